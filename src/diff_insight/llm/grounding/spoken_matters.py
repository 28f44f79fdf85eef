"""Checks what a sentence in another language than English speaks of: something of the data has to speak of it too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault, reading
from diff_insight.llm.grounding.standing_sides import without_quotes
from diff_insight.llm.grounding.statement_cues import phrase_expression

#: A matter -> its words by language; English ones begin where a word does, or a part of a name in code.
MATTERS: dict[str, dict[str, tuple[str, ...]]] = {
    "compression": {"en": ("compress", "g?zip", "deflate", "brotli", "shrink", "minif"), "ja": ("圧縮",), "zh": ("压缩", "壓縮"), "ko": ("압축",), "de": ("komprim", "kompress"), "fr": ("compress",), "es": ("compri[mr]",), "pt": ("compri[mr]", "compact")},
    "encryption": {"en": ("encrypt", "decrypt", "cipher", "crypt", "tls", "ssl"), "ja": ("暗号",), "zh": ("加密", "解密"), "ko": ("암호화",), "de": ("verschlüssel",), "fr": ("chiffr",), "es": ("cifr", "encript"), "pt": ("criptograf", "cifr")},
    "cache": {"en": ("cache", "memoi"), "ja": ("キャッシュ",), "zh": ("缓存", "快取"), "ko": ("캐시",), "de": ("zwischenspeicher", "cache"), "fr": ("cache",), "es": ("caché", "cache"), "pt": ("cache",)},
    "retry": {"en": ("retr(?:y|ies)", "again", "attempt", "repeat"), "ja": ("再試行", "リトライ"), "zh": ("重试", "重試"), "ko": ("재시도",), "de": ("wiederhol", "erneut"), "fr": ("réessa", "nouvelle tentative"), "es": ("reintent",), "pt": ("tent\\w+ novamente", "repet")},
    "sorting": {"en": ("sort", "order", "rank", "arrang"), "ja": ("並べ替え", "ソート"), "zh": ("排序",), "ko": ("정렬",), "de": ("sortier",), "fr": ("tri(?:e|é)",), "es": ("orden",), "pt": ("orden",)},
    "refusal": {"en": ("reject", "refus", "den(?:y|ied)", "forbid", "disallow", "block", "invalid", "error", "err", "fail", "panic", "unauthor", "not allowed", "only", "must"), "ja": ("拒否", "拒絶"), "zh": ("拒绝", "拒絕"), "ko": ("거부", "거절"), "de": ("ablehn", "abgelehnt", "verweiger"), "fr": ("rejet", "refus"), "es": ("rechaz",), "pt": ("rejeit", "recus")},
    "emptiness": {"en": ("empty", "blank", "null", "nil", "none", "undefined", "nothing", "zero", "''", '""', "clear", "strip", "trim", "no "), "ja": ("空に", "空の", "空文字"), "zh": ("为空", "空值", "空字符", "留空"), "ko": ("비어 ", "빈 "), "de": ("leer",), "fr": ("\\bvides?\\b",), "es": ("vací",), "pt": ("vazi",)},
    "mail": {"en": ("e-?mail", "\\bmail", "smtp"), "ja": ("メール",), "zh": ("邮件", "邮箱", "郵件"), "ko": ("이메일", "메일"), "de": ("e-mail",), "fr": ("courriel", "e-mail"), "es": ("correo",), "pt": ("e-mail",)},
    "random": {"en": ("random", "shuffle", "jitter", "uuid"), "ja": ("ランダム", "乱数", "無作為"), "zh": ("随机", "隨機"), "ko": ("무작위", "임의로"), "de": ("zufällig", "zufalls"), "fr": ("aléatoire", "hasard"), "es": ("aleatori",), "pt": ("aleatóri",)},
    "parallel": {"en": ("parallel", "concurren", "simultan", "async", "thread", "goroutine", "worker", "multi"), "ja": ("並列", "並行"), "zh": ("并行", "并发", "並行"), "ko": ("병렬", "동시"), "de": ("parallel", "nebenläufig"), "fr": ("parallèle", "concurren"), "es": ("paralel", "concurren"), "pt": ("paralel", "concorr")},
    "money": {"en": ("price", "pricing", "cost", "fee", "charge", "bill", "paid", "pay", "free"), "ja": ("料金", "有料", "無料", "課金", "価格"), "zh": ("收费", "付费", "价格", "费用", "免费", "計費"), "ko": ("요금", "유료", "무료", "가격"), "de": ("kosten", "gebühr", "preis", "kostenlos"), "fr": ("tarif", "payant", "gratuit", "prix"), "es": ("precio", "gratuit", "tarifa", "de pago"), "pt": ("preço", "gratuit", "tarifa", "pag[oa]s?\\b")},
    "restart": {"en": ("restart", "reboot", "reload", "relaunch", "start"), "ja": ("再起動",), "zh": ("重启", "重新启动", "重啟"), "ko": ("재시작",), "de": ("neu ?start",), "fr": ("redémarr",), "es": ("reinici",), "pt": ("reinici",)},
    "producer": {"en": ("produc", "publish", "sender", "emit"), "ja": ("プロデューサ", "生産者", "送信側"), "zh": ("生产者", "发布者", "发送方", "生產者"), "ko": ("생산자", "프로듀서"), "de": ("produzent", "erzeuger"), "fr": ("producteur",), "es": ("productor",), "pt": ("produtor",)},
    "administrator": {"en": ("admin", "root", "sudo", "owner", "operator"), "ja": ("管理者",), "zh": ("管理员", "管理員"), "ko": ("관리자",), "de": ("administrator",), "fr": ("administrateur",), "es": ("administrador",), "pt": ("administrador",)},
    "search": {"en": ("search", "find", "query", "queries", "lookup", "seo"), "ja": ("検索",), "zh": ("搜索", "检索", "搜尋"), "ko": ("검색",), "de": ("such",), "fr": ("recherch",), "es": ("búsqueda", "buscar", "buscador"), "pt": ("busca", "pesquis")},
    "disk": {"en": ("disk", "storage", "file", "write", "volume", "persist", "save"), "ja": ("ディスク", "ファイルに書き"), "zh": ("磁盘", "写入文件", "硬盘", "磁碟"), "ko": ("디스크",), "de": ("festplatte", "datenträger"), "fr": ("disque",), "es": ("disco",), "pt": ("disco",)},
    "commit": {"en": ("commit", "message"), "ja": ("コミットメッセージ",), "zh": ("提交信息", "提交消息"), "ko": ("커밋 메시지",), "de": ("commit-nachricht",), "fr": ("message de commit",), "es": ("mensaje de commit",), "pt": ("mensagem de commit",)},
    "phone": {"en": ("mobile", "phone", "android", "\\bios\\b", "tablet"), "ja": ("スマートフォン", "モバイル", "携帯"), "zh": ("手机", "移动端", "行動裝置"), "ko": ("모바일", "휴대"), "de": ("mobil", "handy"), "fr": ("mobile", "téléphone"), "es": ("móvil",), "pt": ("celular", "móve")},
    "time of waiting": {"en": ("time-?out", "wait", "delay", "sleep", "deadline", "expire", "ttl", "duration", "interval", "seconds?", "minutes?"), "ja": ("タイムアウト", "待機", "待ち時間"), "zh": ("超时", "等待时间", "逾時"), "ko": ("시간 초과", "타임아웃", "대기"), "de": ("zeitüberschreitung", "wartezeit"), "fr": ("délai", "expiration"), "es": ("tiempo de espera", "intervalo"), "pt": ("tempo limite", "tempo de espera", "intervalo")},
}  # fmt: skip


def matter_faults(sentence: str, evidence: DiffEvidence, language: str) -> Iterator[Fault]:
    """Yield a sentence that speaks of a matter of which nothing of the data speaks, in any language."""
    if language == "en" or not evidence.lines:
        return
    bare = without_quotes(sentence).lower()
    for name in MATTERS:
        if _words(name, language).search(bare) and not _any_words(name).search(evidence.text):
            yield reading(f"nothing of the data speaks of {name}")
            return


@cache
def _words(name: str, language: str) -> re.Pattern[str]:
    return phrase_expression(MATTERS[name], language, r"(?<!\w)")


@cache
def _any_words(name: str) -> re.Pattern[str]:
    return re.compile(
        "|".join(
            phrase_expression(MATTERS[name], each, r"(?<![^\W_])").pattern for each in MATTERS[name]
        )
    )
