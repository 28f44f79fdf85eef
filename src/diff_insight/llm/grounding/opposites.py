"""Words that are each other's opposite, in the languages of the catalogs: what one side says, the other denies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from diff_insight.llm.grounding.opposite_words import OPPOSITE_WORDS
from diff_insight.llm.grounding.statement_cues import phrase_expression
from diff_insight.llm.grounding.states import any_state, state

_Words = dict[str, tuple[str, ...]]
#: What is said -> words of the one side, words of the other. Latin ones begin where a word begins.
OPPOSITES: dict[str, tuple[_Words, _Words]] = {
    "together": (
        {
            "en": ("together\\b(?! with (?:the|its|their)\\b)", "combin\\w*", "at the same time", "simultaneous\\w*", "alongside"),
            "ja": ("同時に", "一緒に", "併用", "組み合わせ"), "zh": ("同时", "一起", "一同", "结合使用", "搭配", "同時"),
            "ko": ("함께", "동시에", "같이"), "de": ("zusammen", "gleichzeitig", "kombinier\\w*"), "fr": ("ensemble", "simultan\\w*", "combin\\w*"),
            "es": ("junt[oa]s?\\b", "simult\\w*", "combin\\w*"), "pt": ("junt[oa]s?\\b", "simult\\w*", "combin\\w*"),
        },
        {
            "en": ("mutually exclusive", "conflict\\w*", "exclusive of", "incompatible", "not valid with", "invalid with", "either\\b.{1,40}\\bor\\b", "separately"),
            "ja": ("排他", "競合", "別々に"), "zh": ("互斥", "冲突", "二选一", "不能同时", "互斥", "衝突"), "ko": ("상호 배타", "충돌", "따로"),
            "de": ("schließen sich", "im konflikt", "getrennt"), "fr": ("s['’]excluent", "mutuellement exclus\\w*", "conflit\\w*"),
            "es": ("excluyente\\w*", "conflict\\w*"), "pt": ("exclusiv\\w* entre si", "mutuamente exclus\\w*", "conflit\\w*"),
        },
    ),
    "duty": (
        {
            "en": ("must\\b", "required\\b", "requires\\b", "mandatory", "obligatory", "ha(?:s|ve) to\\b", "shall\\b", "compulsory"),
            "ja": ("必須", "なければ(?:な|いけ)\\S{0,6}", "義務"), "zh": ("必须", "必填", "必需", "须(?!知)", "強制", "强制", "必須"), "ko": ("해야", "필수"),
            "de": ("muss\\b", "müssen", "erforderlich", "verpflichtend", "pflicht"), "fr": ("doi(?:t|vent)\\b", "obligatoire", "requis\\w*"),
            "es": ("obligatori\\w*", "requerid\\w*"), "pt": ("obrigatóri\\w*", "exigid\\w*"),
        },
        {
            "en": ("optional\\w*", "should\\b", "may\\b", "recommended", "not (?:be )?(?:strictly )?(?:required|necessary|mandatory)", "can be omitted", "unnecessary"),
            "ja": ("任意", "省略", "推奨", "不要", "オプション(?!の値)", "望ましい", "してもよい"), "zh": ("可选", "应(?:当|该)?(?!用)", "建议", "推荐", "非必", "无需", "不必", "可省略", "可以省略"), "ko": ("선택", "권장", "생략", "좋습니다", "필요 없"),
            "de": ("optional", "soll(?:te|ten)?\\b", "empfohlen", "nicht (?:zwingend )?(?:nötig|notwendig|erforderlich)", "darf\\b", "dürfen"), "fr": ("facultati\\w*", "devrai\\w*", "recommandé\\w*", "optionnel\\w*"),
            "es": ("opcional\\w*", "debería\\w*", "recomend\\w*", "conviene"), "pt": ("opcional\\w*", "deveria\\w*", "recomend\\w*"),
        },
    ),
    "leave": (
        {
            "en": ("can\\b", "may\\b", "allow\\w*", "support(?:s|ed)?\\b", "accept(?:s|ed|able)?\\b", "available", "enabled?\\b", "possible", "permit\\w*", "compatible", "works?\\b", "valid\\b", "welcome"),
            "ja": ("でき(?!事)", "使え", "可能", "対応し", "サポート", "許可", "受け付け", "受け入れ", "有効", "取り込め"), "zh": ("可以", "支持", "能够", "可(?:与|用|使用)", "允许", "接受", "启用", "兼容", "仍可", "能(?!力|源)"),
            "ko": ("수 있", "가능", "지원", "허용"), "de": ("kann\\b", "können", "unterstütz\\w*", "möglich", "erlaub\\w*", "akzeptier\\w*", "funktionier\\w*"), "fr": ("peu(?:t|vent)\\b", "pren\\w+ en charge", "accept\\w*", "autoris\\w*", "possible", "fonctionn\\w*"),
            "es": ("puede[n]?\\b", "admit\\w*", "acept\\w*", "permit\\w*", "posible", "funciona\\w*", "compatible\\w*"), "pt": ("pode[m]?\\b", "suport\\w*", "aceit\\w*", "permit\\w*", "possíve\\w*", "funciona\\w*"),
        },
        {
            "en": ("reject\\w*", "refus\\w*", "forbid\\w*", "forbidden", "prohibit\\w*", "disallow\\w*", "den(?:y|ies|ied)\\b", "unsupported", "unavailable", "disabled?\\b", "impossible", "incompatible", "invalid", "conflict\\w*", "mutually exclusive", "fails?\\b", "break(?:s|ing)?\\b"),
            "ja": ("拒否", "拒絶", "禁止", "無効", "不可", "非対応", "弾か"), "zh": ("拒绝", "禁止", "禁用", "无法", "互斥", "冲突", "不兼容", "拒絕"), "ko": ("거부", "금지", "불가"),
            "de": ("ablehn\\w*", "abgelehnt", "verweiger\\w*", "verboten", "verworfen", "unmöglich"), "fr": ("rejet\\w*", "refus\\w*", "interdi\\w*", "impossible"), "es": ("rechaz\\w*", "prohíb\\w*", "prohib\\w*", "imposible"), "pt": ("rejeit\\w*", "recus\\w*", "proib\\w*", "impossíve\\w*"),
        },
    ),
    "going on": (
        {
            "en": ("continues?\\b", "keeps? (?:running|working|going)", "carr(?:y|ies) on", "goes on", "falls? back"),
            "ja": ("動き続け", "続行", "継続", "動作し続け", "代わりに使"), "zh": ("继续", "保持运行", "照常", "回退到", "繼續"), "ko": ("계속",), "de": ("läuft weiter", "fortgesetzt", "weiterlaufen", "weiterhin läuft"),
            "fr": ("continue\\w*", "poursui\\w*"), "es": ("contin[uú]\\w*", "sigue\\w* (?:funcion|ejecut)\\w*"), "pt": ("continua\\w*", "prossegu\\w*"),
        },
        {
            "en": ("terminat\\w*", "exit\\w*", "abort\\w*", "stops?\\b", "stopped", "shuts? down", "quits?\\b", "halts?\\b", "crash\\w*", "panic\\w*"),
            "ja": ("終了", "停止", "中断", "中止", "落ちる", "クラッシュ"), "zh": ("终止", "退出", "停止", "中止", "崩溃", "中断"), "ko": ("종료", "중단", "중지"), "de": ("beende\\w*", "abbrech\\w*", "abgebrochen", "stopp\\w*", "abst[uü]rz\\w*"),
            "fr": ("termin\\w*", "arrêt\\w*", "interromp\\w*"), "es": ("termin\\w*", "det(?:iene|ener)\\w*", "aborta\\w*"), "pt": ("termin\\w*", "encerr\\w*", "aborta\\w*"),
        },
    ),
    "checking": (
        {
            "en": ("check(?:s|ed|ing)?\\b", "verif\\w*", "validat\\w*"), "ja": ("確認(?!ください)", "検証", "検査", "チェック"), "zh": ("检查", "校验", "验证", "核对", "檢查", "驗證"), "ko": ("확인", "검증", "검사"),
            "de": ("prüf\\w*", "überprüf\\w*", "validier\\w*"), "fr": ("vérifi\\w*", "valid\\w*", "contrôl\\w*"), "es": ("comprueb\\w*", "comprob\\w*", "verific\\w*", "valid\\w*"), "pt": ("verific\\w*", "valid\\w*"),
        },
        {
            "en": ("unchecked", "without (?:checking|validation|verification)", "bypass\\w*", "unvalidated"), "ja": ("回避", "検証せずに", "確認せずに"), "zh": ("绕过", "未经校验", "未经验证", "未经检查", "繞過"), "ko": ("우회", "검증 없이"),
            "de": ("umgeh\\w*", "ungeprüft\\w*"), "fr": ("contourn\\w*", "sans vérif\\w*"), "es": ("elud\\w*", "sin (?:comprobar|verificar|validar)"), "pt": ("ignora\\w* a verif\\w*", "sem (?:verificar|validar)"),
        },
    ),
    "publicity": (
        {"en": ("public\\w*",), "ja": ("(?<!非)公開(?!側)",), "zh": ("公开", "公開"), "ko": ("공개",), "de": ("öffentlich\\w*",), "fr": ("publi(?:c|que|quement)\\w*",), "es": ("públic\\w*",), "pt": ("públic\\w*",)},
        {"en": ("private\\w*", "confidential\\w*", "secret(?:ly)?\\b"), "ja": ("非公開", "内密"), "zh": ("私下", "非公开", "保密", "私密"), "ko": ("비공개",), "de": ("vertraulich\\w*", "nicht öffentlich\\w*", "privat"), "fr": ("privé\\w*", "confidentiel\\w*"), "es": ("privad\\w*", "confidencial\\w*"), "pt": ("privad\\w*", "confidencia\\w*")},
    ),
    "extent": (
        {"en": ("entire\\w*", "whole\\b", "exact\\w*", "in full", "completely"), "ja": ("全体", "完全", "丸ごと"), "zh": ("整个", "完整", "全体", "精确", "整個"), "ko": ("전체", "정확히"), "de": ("gesamt\\w*", "ganze\\w*", "vollständig\\w*", "genau\\b"), "fr": ("entier\\w*", "entière\\w*", "exact\\w*"), "es": ("enter[oa]\\w*", "complet[oa]\\w*", "exact\\w*"), "pt": ("inteir[oa]\\w*", "complet[oa]\\w*", "exat\\w*")},
        {"en": ("partial\\w*", "substring\\w*", "part of", "parts of", "portion\\w*", "the rest\\b", "in part"), "ja": ("部分", "一部"), "zh": ("部分", "子串", "其余", "一部份"), "ko": ("부분", "일부", "나머지"), "de": ("teilweise", "teil(?:e|en)?\\b", "rest\\b"), "fr": ("partiel\\w*", "partie\\b", "sous-chaîne"), "es": ("parcial\\w*", "parte\\b", "subcadena"), "pt": ("parcia\\w*", "parte\\b", "substring")},
    ),
    "amount": (
        {"en": ("rais(?:e|es|ed|ing)\\b", "increas\\w*", "grow\\w*", "grew", "extend(?:s|ed)?\\b", "longer\\b", "larger"), "ja": ("引き上げ", "増え", "増加", "延長", "長く", "大きく"), "zh": ("提高到", "增加到", "延长", "增大", "上调"), "ko": ("늘어", "늘렸", "증가", "올라", "연장"), "de": ("erhöh\\w*", "verlänger\\w*", "vergrößer\\w*", "angehoben"), "fr": ("augment\\w*", "prolong\\w*", "relev\\w*"), "es": ("aument\\w*", "ampl[ií]\\w*", "prolong\\w*"), "pt": ("aument\\w*", "ampli\\w*", "prolong\\w*")},
        {"en": ("lower(?:s|ed|ing)?\\b", "reduc\\w*", "decreas\\w*", "shrink\\w*", "shr[au]nk", "shorten\\w*", "shorter", "smaller"), "ja": ("引き下げ", "減り", "減少", "短縮", "短く", "小さく"), "zh": ("降低", "减少到", "缩短", "减小", "下调"), "ko": ("줄어", "줄였", "감소", "내려", "단축"), "de": ("verringer\\w*", "gesenkt", "senk\\w*", "verkürz\\w*", "verkleiner\\w*"), "fr": ("rédui\\w*", "diminu\\w*", "raccourci\\w*", "abaiss\\w*"), "es": ("reduc\\w*", "disminu\\w*", "acort\\w*"), "pt": ("reduz\\w*", "diminu\\w*", "encurt\\w*")},
    ),
    "standing": (
        {"en": ("experimental", "preview\\b", "beta\\b", "unstable", "draft"), "ja": ("実験的", "プレビュー", "ベータ", "試験的", "不安定"), "zh": ("实验", "预览", "测试版", "不稳定", "草案", "預覽"), "ko": ("실험적", "미리 보기", "베타"), "de": ("experimentell\\w*", "vorschau", "beta\\b"), "fr": ("expérimenta\\w*", "préversion", "bêta"), "es": ("experimental\\w*", "versión preliminar", "beta\\b"), "pt": ("experimenta\\w*", "versão prévia", "beta\\b")},
        {"en": ("stable\\b", "production[- ]ready", "generally available", "general availability"), "ja": ("安定版", "安定した", "正式", "一般提供"), "zh": ("稳定版", "稳定", "正式", "正式发布"), "ko": ("안정", "정식"), "de": ("stabil\\w*", "allgemein verfügbar"), "fr": ("stable\\w*", "disponibilité générale"), "es": ("estable\\w*", "disponibilidad general"), "pt": ("estáve\\w*", "disponibilidade geral")},
    ),
    "outcome": (
        {"en": ("success\\w*", "succeed\\w*", "passes\\b"), "ja": ("成功",), "zh": ("成功",), "ko": ("성공",), "de": ("erfolgreich\\w*", "gelingt"), "fr": ("réussi\\w*", "succès"), "es": ("éxito", "exitos\\w*"), "pt": ("sucesso", "bem-sucedid\\w*")},
        {"en": ("fail\\w*", "error\\w*", "raises?\\b", "throws?\\b", "panic\\w*"), "ja": ("失敗", "エラー", "例外", "panic", "パニック"), "zh": ("失败", "错误", "报错", "异常", "失敗", "錯誤", "panic", "崩溃"), "ko": ("실패", "오류", "예외", "패닉", "panic"), "de": ("fehl\\w*", "scheiter\\w*", "panic"), "fr": ("échou\\w*", "échec", "erreur\\w*"), "es": ("fall\\w*", "error\\w*"), "pt": ("falh\\w*", "erro\\w*")},
    ),
    "severity": (
        {"en": ("warn(?:s|ed|ing|ings)?\\b",), "ja": ("警告",), "zh": ("警告",), "ko": ("경고",), "de": ("warn\\w*",), "fr": ("avertiss\\w*",), "es": ("advertencia\\w*", "advier\\w*"), "pt": ("aviso\\w*", "advertência\\w*")},
        {"en": ("raises? an?\\b", "throws?\\b", "an error\\b", "logger\\.error"), "ja": ("例外", "エラーにな", "エラーを(?:出|記録|返)"), "zh": ("抛出", "报错", "引发异常", "记录错误"), "ko": ("예외", "오류가 (?:발생|납)"), "de": ("löst .{1,40} aus", "wirft"), "fr": ("lève une", "provoque une erreur"), "es": ("lanza\\b", "produce un error"), "pt": ("lança\\b", "gera um erro")},
    ),
}  # fmt: skip
_ALL = OPPOSITES | OPPOSITE_WORDS
#: Where a word of denial says no more than the other side does.
_NO_DENIAL = frozenset(("amount", "standing", "severity"))


@cache
def _sides(name: str, language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    first, second = _ALL[name]
    edge = r"(?<!\w)"
    return phrase_expression(first, language, edge), phrase_expression(second, language, edge)


@cache
def _any_sides(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    # In code a mark stands where prose has a blank.
    return tuple(
        re.compile(
            "|".join(phrase_expression(words, each, r"(?<![^\W_])").pattern for each in words)
        )
        for words in _ALL[name]
    )  # type: ignore[return-value]


#: Words of denial that deny nothing: of duties, and of what is meant besides.
_NO_DENIALS = re.compile(
    r"なければ(?:な|いけ)\S{0,6}|なくては(?:な|いけ)\S{0,6}|だけで(?:は)?なく|のみならず|不得不|不仅|不只|不但|\bnot only\b|\bwhether or not\b"
)


def stances(text: str, language: str) -> Iterator[tuple[str, int]]:
    """Yield what a text in small letters says: of which matter, and on which of its two sides; nothing of what it says both."""
    for name in _ALL:
        sides = set(_stand(name, text, _sides(name, language), state("denial", language)))
        if len(sides) == 1:
            yield name, sides.pop()


def stances_of(name: str, text: str) -> Iterator[int]:
    """Yield on which sides of a matter a text of the data stands, in whatever language."""
    yield from _stand(name, text, _any_sides(name), any_state("denial"))


def _stand(
    name: str,
    text: str,
    sides: tuple[re.Pattern[str], re.Pattern[str]],
    denial: re.Pattern[str],
) -> Iterator[int]:
    for side, expression in zip((1, -1), sides, strict=True):
        rest, times = expression.subn(" ", text)
        if times:
            # Words such as “unavailable” deny by themselves, and nothing besides.
            denies = name not in _NO_DENIAL and denial.search(_NO_DENIALS.sub(" ", rest))
            yield -side if denies else side
