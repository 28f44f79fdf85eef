"""Words by which a sentence tells what kind of statement it makes, in the languages of the catalogs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

_CJK = frozenset(("ja", "zh", "ko"))

#: What is claimed -> language -> expressions. Latin ones begin where a word begins.
CUES: dict[str, dict[str, tuple[str, ...]]] = {
    "purpose": {
        "en": ("in order to", "so that", "so as to", "aim(?:s|ed|ing)? (?:to|at)", "intended to", "designed to", "with the goal", "for the purpose", "helps? (?:[a-z]+ ){0,2}(?:to )?(?:improve|reduce|save|avoid|lower|cut|speed)", "to (?:better |further )?(?:improve|enhance|help|ensure|simplify|streamline|reduce|increase|strengthen|avoid|prevent|encourage|make it easier|speed up|optimi[sz]e|boost|clarify|align|prepare|comply|meet|support growing|address|cut|save|protect)"),
        "ja": ("(?:する|せる|れる|ない|上げる|下げる|防ぐ|避ける|減らす|高める|図る|える|げる|める|ぐ|す)ため(?!、その|、|の\\S{0,6}(?:設定|例|手順|方法|ページ|節|コード|説明|オプション|コマンド))(?:に|の|、|です|で)?", "目的(?:で|と|は)", "ことを狙", "狙い", "(?:向上|改善|強化|削減|簡素化|効率化|最適化|軽減|回避|防止|短縮|促進)(?:を図|のため|を目的|のための|に向け)", "しやすく(?:する|なるよう)", "できるように(?:する|した)ため"),
        "zh": ("以便", "旨在", "目的(?:是|在于|为)", "为了", "为(?:避免|提高|提升|防止|确保|方便|满足|减少|简化|降低|改善|便于|配合)", "以(?:提高|提升|改善|增强|减少|降低|避免|防止|确保|简化|优化|满足|加强|节省|便于|方便|帮助|加快|缩短|支持更)", "从而(?:提高|提升|改善|增强|减少|降低|避免|简化|优化)", "為了", "旨在", "以(?:提升|改善|增強|減少|確保|簡化|最佳化)"),
        "ko": ("위해", "위한", "목적으로", "도록 하기"), "de": ("um .{3,60} zu ", "damit ", "zwecks", "soll(?:en)? .{0,40}(?:verbessern|vereinfachen)"),
        "fr": ("afin d", "pour (?:améliorer|simplifier|éviter|réduire|faciliter|garantir)", "visant à", "dans le but"), "es": ("con el fin", "para (?:mejorar|simplificar|evitar|reducir|facilitar|garantizar)", "con el objetivo"),
        "pt": ("a fim de", "para (?:melhorar|simplificar|evitar|reduzir|facilitar|garantir)", "com o objetivo", "visando"),
    },
    "cause": {
        "en": ("due to", "owing to", "as a result of", "caused by", "the reason (?:is|for)", "in response to", "following (?:complaints|reports|an? )", "after (?:an? |several |repeated )?(?:incident|outage|complaint|report|audit|breach|feedback)", "prompted by", "on account of", "thanks to"),
        "ja": ("理由(?:は|で|として|から)", "原因", "(?:に|を)受け(?:て|、|た)", "によるもの", "(?:た|る|いる|された)こと(?:により|によって)"),
        "zh": ("由于", "原因(?:是|在于|为)", "导致", "鉴于", "起因", "應.{0,8}要求", "应.{1,8}要求", "為因應", "由於", "之所以", "引起"),
        "ko": ("때문", "인해", "따라서", "원인"), "de": ("weil ", "wegen ", "aufgrund ", "infolge", "grund (?:ist|dafür)"), "fr": ("parce qu", "en raison d", "à cause d", "suite à", "grâce à"),
        "es": ("porque ", "debido a", "a causa de", "como consecuencia"), "pt": ("porque ", "devido a", "por causa d", "em razão"),
    },
    "reason": {
        "en": ("because", "since (?:the|it|this|they) "), "ja": ("ためです", "たため", "ているため", "(?:た|る|い|の)ので", "ことから"), "zh": ("因为", "因為"),
    },
    "duty": {
        "en": ("must", "(?:need|needs|have|has) to", "(?:is|are) (?:now )?(?:required|obliged|forced|mandatory)", "mandatory", "should", "(?:is|are) (?:strongly )?(?:advised|recommended|encouraged|urged)", "required to", "requires? (?:users|customers|readers|developers|action|everyone|all)", "action is required", "make sure", "no action"),
        "ja": ("必要があり", "必要があ", "なければな", "必要です", "必要にな", "必須", "義務", "しないといけ", "べき", "(?<!非)推奨", "求め(?:られ|てい)", "求められ", "要対応", "対応が必要", "が必要"),
        "zh": ("必须", "需要(?!的|量)", "须", "应当", "应该", "务必", "强制", "要求", "建议(?!器)", "请(?:先|务必|使用|更新|改用|注意|确保|尽快|立即)", "不得不", "无需", "必須", "需(?:先|在|要|将|自行|手动|重新|改|使用|更新)", "應(?:該|當)"),
        "ko": ("해야", "필수", "필요가 있", "필요합니다", "권장"), "de": ("muss|müssen", "erforderlich", "soll(?:te|ten)\\b", "verpflichtend", "empfohlen"),
        "fr": ("doi(?:t|vent)", "il faut", "nécessaire", "obligatoire", "recommandé"), "es": ("debe(?:n|rá|rán)?\\b", "hay que", "necesari", "obligatori", "recomienda"), "pt": ("deve(?:m|rá|rão)?\\b", "precisa", "necessári", "obrigatóri", "recomend"),
    },
    "risk": {
        "en": ("security", "secure(?:ly|d)?", "insecure", "vulnerab\\w*", "exploit\\w*", "attack\\w*", "leak\\w*", "expos(?:e|es|ed|ing|ure)", "breach\\w*", "cve-", "malicious", "privacy", "data loss", "unauthori[sz]ed", "hijack\\w*", "tamper\\w*", "injection"),
        "ja": ("脆弱", "セキュリティ", "攻撃", "漏えい", "漏洩", "侵害", "不正アクセス", "悪用", "安全性", "機密", "データ損失", "改ざん"), "zh": ("漏洞", "安全(?!注册)", "攻击", "泄露", "泄漏", "入侵", "恶意", "隐私", "未经授权", "越权", "数据丢失", "篡改", "資安", "攻擊", "外洩"),
        "ko": ("취약", "보안", "공격", "유출"), "de": ("sicherheit", "schwachstelle", "angriff", "datenleck"), "fr": ("sécurité", "vulnérab", "attaque", "fuite"), "es": ("seguridad", "vulnerab", "ataque", "filtraci"), "pt": ("segurança", "vulnerab", "ataque", "vazamento"),
    },
    "incident": {
        "en": ("incident\\w*", "outage\\w*", "complain\\w*", "customer feedback", "user feedback", "feedback from", "users (?:had |have )?(?:reported|requested|asked|complained)", "customers (?:had |have )?(?:reported|requested|asked|complained)", "(?:frequently|often|widely|long) requested", "reported by (?:users|customers)", "popular demand", "at the request of", "widespread", "in production", "support tickets"),
        "ja": ("インシデント", "障害", "苦情", "要望", "利用者から", "ユーザーから", "顧客から", "報告(?:を受|が相次|され(?:ていた|た))", "問い合わせ", "フィードバック", "不満", "指摘(?:を受|され)", "要求に応"),
        "zh": ("事故", "安全事件", "故障", "投诉", "用户反馈", "客户反馈", "反馈", "应用户", "用户(?:报告|要求|抱怨|投诉)", "客户(?:报告|要求|抱怨)", "呼声", "抱怨", "客訴"),
        "ko": ("사고", "장애", "불만", "요청에 따라", "피드백"), "de": ("vorfall", "vorfäll", "beschwer", "rückmeldung", "ausfall"), "fr": ("incident", "panne", "plainte", "retours d"), "es": ("incidente", "queja", "comentarios de"), "pt": ("incidente", "reclama", "feedback d"),
    },
    "reassurance": {
        "en": ("not affected", "(?:do|does|did|will|would) not affect", "unaffected", "nothing changes for", "no impact", "without (?:any )?(?:impact|changes? to (?:existing|your|their))", "(?:existing|current) [^.;]{2,60} (?:keep|keeps|continue|continues|remain|remains|still) ", "everything else (?:stays|remains|is unchanged)", "fully (?:backwards? )?compatible", "no (?:further )?(?:changes|action|migration|steps?) (?:is|are) (?:needed|required|necessary)", "no action", "for everybody else", "works? as before", "seamless\\w*", "safely", "zero downtime"),
        "ja": ("影響(?:は(?:あり|な)|を受けませ|しませ|がな|はござ|を与えませ)", "従来どおり", "これまでどおり", "今までどおり", "そのまま(?:動作|利用|使え|使用|お使)", "変わりません", "対応は(?:不要|必要ありません)", "互換性(?:は|が)(?:保たれ|維持|あり)", "問題なく", "変更は(?:不要|必要ありません)", "安心して"),
        "zh": ("不受影响", "没有(?:任何)?影响", "无(?:任何)?影响", "不会影响", "不影响", "无需(?:任何)?(?:更改|修改|操作|改动|调整|迁移)", "照常", "仍可(?:继续|正常)", "完全兼容", "保持兼容", "向后兼容", "无缝", "可以放心", "不受影響", "無需"),
        "ko": ("영향(?:을 받지|이 없)", "그대로", "변경할 필요"), "de": ("nicht betroffen", "keine auswirkung", "weiterhin unverändert", "kein handlungsbedarf"), "fr": ("pas affecté", "aucun impact", "aucune action", "sans incidence"), "es": ("no (?:se ven )?afectad", "ningún impacto", "sin impacto", "no requiere"), "pt": ("não (?:são )?afetad", "sem impacto", "nenhum impacto", "nenhuma ação"),
    },
    "redo": {
        "en": ("(?:must|need(?:s)? to|have to|has to|should) (?:all )?(?:be )?(?:re-?creat|re-?deploy|re-?install|re-?generat|re-?train|re-?build|re-?index|re-?configur|migrat|re-?issu|rotat)\\w*", "(?:existing|all|every) [^.;]{2,60} (?:stop|will stop|fail|will fail|break|no longer work|become invalid|be deleted|are deleted|lose)\\w*"),
        "ja": ("(?:再作成|作り直|再デプロイ|再インストール|再生成|再学習|再構築|移行|再設定|再登録)(?:が必要|しなければ|する必要|を求め|してくださ|が求め)", "(?:動かなく|動作しなく|使えなく|利用できなく|失敗するように|無効に)な"),
        "zh": ("(?:必须|需要|须|需)(?:全部)?(?:重新创建|重建|重新部署|重新安装|重新生成|重新训练|迁移|重新配置|重新登录|重新索引)", "(?:将|会)(?:全部)?(?:失效|停止工作|无法(?:使用|运行)|报错|被删除)"),
        "ko": ("다시 (?:만들|배포|설치)", "작동하지 않"), "de": ("neu (?:erstell|angelegt|bereitgestellt)", "funktionier\\w+ nicht mehr"), "fr": ("recré", "redéploy", "ne fonctionne\\w* plus"), "es": ("volver a (?:crear|desplegar)", "dejar\\w* de funcionar"), "pt": ("recria", "reimplanta", "deixar\\w* de funcionar"),
    },
    "benefit": {
        "en": ("faster", "easier", "simpler", "safer", "more (?:reliable|robust|efficient|accurate|secure|flexible|stable|consistent|intuitive)", "better", "improv(?:es|ed|ing|ement\\w*)", "enhanc\\w+", "reduces? (?:the )?(?:latency|cost|risk|time|load|memory)", "performance", "cheaper", "lower(?:s|ed)? (?:the )?(?:latency|cost)", "smoother"),
        "ja": ("高速", "簡単にな", "容易にな", "安定性", "信頼性", "性能", "パフォーマンス", "向上", "改善", "効率", "負荷", "コスト", "使いやす", "わかりやすく"),
        "zh": ("更快", "更简单", "更容易", "更可靠", "更稳定", "更高效", "更安全", "性能", "提升(?!到|至|为)", "提高(?!到|至|为)", "改善", "效率", "成本", "优化", "更清晰", "更便捷", "效能"),
        "ko": ("성능", "향상", "개선", "효율"), "de": ("schneller", "einfacher", "sicherer", "verbesser", "leistung"), "fr": ("plus (?:rapide|simple|fiable|sûr)", "amélior", "performance"), "es": ("más (?:rápid|fácil|segur|fiable)", "mejor", "rendimiento"), "pt": ("mais (?:rápid|fácil|segur|confiáve)", "melhor", "desempenho"),
    },
    "everybody": {
        "en": ("(?:all|every|any) (?:[a-z0-9-]+ ){0,2}(?:user|customer|reader|developer|project|application|endpoint|deployment|subscription|region|account|tenant|model|client|team|resource|workspace|server|platform|plan|tier|installation)s?\\b", "everyone", "everybody", "in all cases", "across (?:the board|all )", "without exception", "each and every"),
        "ja": ("(?:すべて|全て|あらゆる|全)の?(?:利用者|ユーザー|顧客|プロジェクト|アプリ|エンドポイント|デプロイ|サブスクリプション|リージョン|地域|モデル|バージョン|クライアント|リソース|環境|プラン|言語|プラットフォーム|ページ|リクエスト|メソッド|コネクタ|サンプル|表|呼び出し)", "全員", "例外なく", "あらゆる", "全(?:リージョン|モデル|ユーザー|プラン|言語|バージョン)"),
        "zh": ("(?:所有|全部|全体|每个|每一|任何|一切)(?:现有|已有|的)?(?:用户|客户|读者|开发者|项目|应用|端点|终结点|部署|订阅|区域|地区|模型|版本|客户端|资源|环境|套餐|语言|平台|页面|请求|方法|连接器|示例|表格|调用)", "所有人", "无一例外", "任何情况", "所有使用者", "全部(?:取消|停用|支持|删除|适用)"),
        "ko": ("모든", "항상", "전체"), "de": ("alle(?:n|r|s)? (?:nutzer|kunden|benutzer|projekte|regionen|modelle|versionen)", "immer ", "ausnahmslos"), "fr": ("tou(?:s|tes) les ", "toujours", "sans exception"), "es": ("tod(?:os|as) l(?:os|as) ", "siempre", "sin excepción"), "pt": ("tod(?:os|as) (?:os|as) ", "sempre", "sem exceção"),
    },
    "availability": {
        "en": ("generally available", "general availability", "\\bga\\b", "out of preview", "left preview", "leaves? (?:public )?preview"),
        "ja": ("一般提供", "一般公開", "正式版", "正式提供", "プレビューを終"), "zh": ("正式发布", "正式可用", "全面上市", "正式版", "一般可用", "正式推出", "结束预览", "正式發行"),
        "ko": ("정식 출시", "일반 공급"), "de": ("allgemein verfügbar",), "fr": ("disponibilité générale",), "es": ("disponibilidad general",), "pt": ("disponibilidade geral",),
    },
    "ending": {
        "en": ("deprecat\\w+", "retire\\w*", "retiring", "discontinu\\w+", "end of (?:life|support)", "sunset\\w*", "shut ?down", "phased? out", "abandon\\w*", "obsolete"),
        "ja": ("非推奨", "提供終了", "サポート終了", "廃止予定", "打ち切"), "zh": ("弃用", "停用", "停止支持", "终止支持", "下线", "淘汰", "棄用"),
        "ko": ("사용 중단", "지원 종료", "더 이상 사용되지"), "de": ("veraltet", "eingestellt", "abgekündigt"), "fr": ("obsolète", "déprécié", "fin de (?:vie|support)"), "es": ("obsolet", "en desuso", "fin de (?:vida|soporte)"), "pt": ("obsolet", "descontinu", "fim de (?:vida|suporte)"),
    },
    "to come": {
        "en": ("(?:in|with|by|before|until) (?:the|a|an|one of the) (?:next|coming|upcoming|later|future)(?: [a-z]+)? (?:release|version|update|year|month|quarter)s?", "in the (?:near )?future", "(?:will|to be) soon", "soon be", "by the end of", "in the coming"),
        "ja": ("次の(?:メジャー|マイナー)?(?:リリース|バージョン)", "次期(?:リリース|バージョン)", "まもなく", "近いうち", "近日", "将来の(?:リリース|バージョン)", "将来的に", "年内"), "zh": ("下一?个?(?:主要|大|次要)?版本", "即将", "近期", "不久", "未来(?:的)?版本", "年底", "下次发布", "即將"),
        "ko": ("다음 (?:주요 |메이저 )?(?:릴리스|버전)", "곧 ", "향후", "조만간"), "de": ("nächste\\w* (?:haupt)?(?:version|release|ausgabe)", "demnächst", "in kürze", "künftige\\w* (?:version|release)", "bald\\b"),
        "fr": ("prochaine? (?:version|publication)", "bientôt", "à l['’]avenir", "version (?:future|majeure suivante)"), "es": ("próxim\\w+ (?:versión|lanzamiento)", "pronto\\b", "en el futuro", "futura versión"), "pt": ("próxim\\w+ (?:versão|lançamento)", "em breve", "no futuro", "futura versão"),
    },
    "many": {
        "en": ("dozens", "hundreds", "thousands", "numerous", "countless", "a (?:large|great) number", "scores of", "extensive(?:ly)?", "vast", "wide range", "sweeping", "nearly all", "almost all"),
        "ja": ("数十", "数百", "数千", "多数の", "膨大", "幅広い"), "zh": ("数十", "数百", "数千", "几十", "上百", "上千", "大量", "众多", "绝大多数", "几乎所有", "广泛"),
        "ko": ("수십", "수백", "수천", "대부분", "많은", "대폭"), "de": ("dutzende", "hunderte", "tausende", "zahlreiche", "die meisten"), "fr": ("dizaines", "centaines", "milliers", "de nombreu", "la plupart"), "es": ("decenas", "cientos", "miles", "numeros", "la mayoría"), "pt": ("dezenas", "centenas", "milhares", "inúmer", "a maioria"),
    },
}  # fmt: skip


def phrase_expression(
    table: Mapping[str, tuple[str, ...]], language: str, edge: str
) -> re.Pattern[str]:
    """Return what finds one of the phrases of a language; nothing where it has none.

    Args:
        table: Expressions by language.
        language: Which of them.
        edge: What stands before a phrase in scripts that put blanks between words.
    """
    phrases = table.get(language, ()) or ("(?!)",)
    before = "" if language in _CJK else edge
    return re.compile("|".join(rf"{before}(?:{each})" for each in phrases))


@cache
def cue(claim: str, language: str) -> re.Pattern[str]:
    """Return the expression of a claim in a language, for text in small letters."""
    return phrase_expression(CUES[claim], language, r"\b")


@cache
def any_cue(claim: str) -> re.Pattern[str]:
    """Return the expression of a claim in all languages together, for what was compared."""
    return re.compile("|".join(cue(claim, language).pattern for language in CUES[claim]))
