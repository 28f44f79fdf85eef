"""Further words that are each other's opposite, in the languages of the catalogs: order, keeping, places, states."""

from __future__ import annotations

Words = dict[str, tuple[str, ...]]
#: What is said -> words of the one side, words of the other. Latin ones begin where a word begins.
OPPOSITE_WORDS: dict[str, tuple[Words, Words]] = {
    "order": (
        {"en": ("before (?!the (?:change|update|fix))(?!,)", "prior to", "beforehand", "in advance"), "ja": ("(?:する|[うくすつぬむるぐぶ])前に", "の前に", "事前に", "先に"), "zh": ("之前(?!的)", "以前(?!的)", "先(?!进|前)", "事先", "預先"), "ko": ("기 전에", "이전에", "먼저", "미리"), "de": ("bevor", "vor dem", "vor der", "zuvor\\b", "vorab"), "fr": ("avant (?:de|qu|le|la)", "au préalable"), "es": ("antes de\\b", "previamente"), "pt": ("antes (?:de|d[oa])\\b", "previamente")},
        {"en": ("after(?:wards?)?\\b", "once (?:the|it|all)", "subsequent\\w*"), "ja": ("た後", "てから", "の後に", "完了後", "終了後"), "zh": ("之后(?!的)", "以后(?!的)", "完成后", "结束后", "后再", "之後"), "ko": ("후에", "뒤에", "다음에"), "de": ("nachdem", "nach dem", "nach der", "danach"), "fr": ("après",), "es": ("después", "tras\\b"), "pt": ("depois", "após")},
    ),
    "keeping": (
        {"en": ("keeps?\\b(?! (?:its|their|the same))", "kept\\b", "keeping", "preserv\\w*", "retain\\w*", "left (?:open|in place|untouched|alone)", "stays?\\b", "remains?\\b"), "ja": ("保持", "維持", "残(?:す|し|さ|り|る)", "保存され", "そのまま"), "zh": ("保留", "保持", "维持", "留存", "仍然存在", "維持"), "ko": ("유지", "보존", "남"), "de": ("behält", "beibehalt\\w*", "erhalten", "bleib\\w*", "lässt .{1,40} (?:offen|stehen)"), "fr": ("conserv\\w*", "gard(?:e|ent|é)\\w*", "rest(?:e|ent)\\b", "laiss\\w*"), "es": ("conserv\\w*", "mant[ie]\\w*", "permanec\\w*", "dej[ao]n? .{1,20} abiert\\w*"), "pt": ("mant[ée]m\\w*", "mantid\\w*", "conserv\\w*", "preserv\\w*", "permanec\\w*")},
        {"en": ("discard\\w*", "los(?:es?|t|ing)\\b", "overwrit\\w*", "dropped", "strip(?:s|ped)?\\b", "delet\\w*", "remov\\w*", "clos(?:es?|ed|ing)\\b", "clear(?:s|ed)\\b", "resets?\\b", "escap\\w*"), "ja": ("破棄", "失われ", "上書き", "消去", "削除", "捨て", "閉じ", "取り除"), "zh": ("丢弃", "丢失", "覆盖", "清除", "删除", "移除", "去掉", "关闭", "捨棄"), "ko": ("버려", "삭제", "제거", "덮어", "닫"), "de": ("verw[eio]rf\\w*", "verlier\\w*", "überschr\\w*", "gelöscht", "lösch\\w*", "entfern\\w*", "schließ\\w*"), "fr": ("perd\\w*", "écras\\w*", "supprim\\w*", "ferm\\w*", "abandonn\\w*"), "es": ("descart\\w*", "pierd\\w*", "sobrescrib\\w*", "elimin\\w*", "borr\\w*", "cierr\\w*"), "pt": ("descart\\w*", "perd\\w*", "sobrescrev\\w*", "remov\\w*", "apag\\w*", "fech\\w*")},
    ),
    "frequency": (
        {"en": ("always\\b", "at all times", "in every case"), "ja": ("常に", "必ず", "いつも"), "zh": ("始终", "总是", "一律", "永远会", "始終"), "ko": ("항상", "언제나"), "de": ("immer\\b", "stets"), "fr": ("toujours",), "es": ("siempre",), "pt": ("sempre",)},
        {"en": ("never\\b", "at no time", "sometimes", "occasionally"), "ja": ("決して", "ときどき", "一度も"), "zh": ("从不", "绝不", "永不", "有时", "從不"), "ko": ("절대", "결코", "가끔"), "de": ("nie\\b", "niemals", "manchmal"), "fr": ("jamais", "parfois"), "es": ("nunca", "jamás", "a veces"), "pt": ("nunca", "jamais", "às vezes")},
    ),
    "enough": (
        {"en": ("sufficient\\b", "sufficiently", "enough\\b", "adequate", "suffices?\\b"), "ja": ("十分", "足りる", "足ります"), "zh": ("足够", "充足", "够用", "足夠"), "ko": ("충분",), "de": ("ausreich\\w*", "genügt", "reicht"), "fr": ("suffi\\w*",), "es": ("suficiente\\w*", "basta\\b"), "pt": ("suficiente\\w*", "basta\\b")},
        {"en": ("insufficient\\w*", "too (?:small|little|few|low|short)", "inadequate"), "ja": ("不十分", "足りな", "不足", "小さすぎ"), "zh": ("不足", "太小", "过小", "不够"), "ko": ("부족", "불충분", "너무 작"), "de": ("zu (?:klein|wenig|gering|knapp)", "unzureichend"), "fr": ("insuffisan\\w*", "trop (?:petit|peu|faible)"), "es": ("insuficiente\\w*", "demasiado pequeñ\\w*"), "pt": ("insuficiente\\w*", "pequen\\w+ demais")},
    ),
    "place": (
        {"en": ("inside\\b", "within\\b", "nested in"), "ja": ("の(?:中|内側|内部)", "内にある"), "zh": ("内部", "之内", "里面", "内的"), "ko": ("안에", "내부"), "de": ("innerhalb", "darin"), "fr": ("à l['’]intérieur", "au sein d"), "es": ("dentro de",), "pt": ("dentro d",)},
        {"en": ("outside\\b", "beyond\\b", "not (?:inside|within|in)\\b"), "ja": ("の(?:外|外側|外部)", "以外"), "zh": ("外部", "之外", "以外", "不在"), "ko": ("밖에", "외부"), "de": ("außerhalb",), "fr": ("en dehors", "hors d"), "es": ("fuera de",), "pt": ("fora d",)},
    ),
    "hand": (
        {"en": ("automatic\\w*", "by itself", "on its own", "transparent\\w*", "takes care of", "implicit\\w*"), "ja": ("自動", "暗黙"), "zh": ("自动", "自行处理", "隐式", "自動"), "ko": ("자동", "저절로"), "de": ("automatisch\\w*", "von selbst", "selbsttätig"), "fr": ("automatique\\w*", "implicit\\w*"), "es": ("automátic\\w*", "implícit\\w*"), "pt": ("automátic\\w*", "automaticamente", "implícit\\w*")},
        {"en": ("manual\\w*", "by hand", "explicitly", "yourself", "themselves"), "ja": ("手動", "手作業", "自分で", "自ら", "明示的"), "zh": ("手动", "手工", "自己", "亲自", "显式", "手動"), "ko": ("수동", "직접", "명시적"), "de": ("manuell\\w*", "von hand", "selbst (?:um|für)", "explizit\\w*"), "fr": ("manuel\\w*", "à la main", "soi-même", "explicit\\w*"), "es": ("manual\\w*", "a mano", "explícit\\w*"), "pt": ("manual\\w*", "à mão", "explícit\\w*")},
    ),
    "likeness": (
        {"en": ("the same\\b", "identical\\w*", "equal\\b", "equivalent"), "ja": ("同じ", "同一", "等しい", "同等"), "zh": ("相同", "一样", "一致", "等同", "同一个"), "ko": ("같은", "동일"), "de": ("dieselbe\\w*", "gleiche[nrs]?\\b", "identisch\\w*"), "fr": ("le même", "la même", "identique\\w*"), "es": ("el mismo", "la misma", "idéntic\\w*"), "pt": ("o mesmo", "a mesma", "idêntic\\w*")},
        {"en": ("different\\w*", "distinct", "unequal", "differs?\\b"), "ja": ("異なる", "異なり", "別の", "違う"), "zh": ("不同", "不一样", "各异", "有别"), "ko": ("다른", "다르"), "de": ("unterschied\\w*", "verschieden\\w*", "andere[nrs]? als"), "fr": ("différent\\w*", "distinct\\w*"), "es": ("diferente\\w*", "distint\\w*"), "pt": ("diferente\\w*", "distint\\w*")},
    ),
    "number": (
        {"en": ("several", "multiple", "many\\b", "more than one", "a list of", "comma[- ]separated", "any number"), "ja": ("複数", "いくつも"), "zh": ("多个", "若干", "多項", "多條", "逗号分隔", "多種", "一组"), "ko": ("여러", "복수"), "de": ("mehrere\\w*", "mehr als ein\\w*"), "fr": ("plusieurs", "multiples"), "es": ("varios", "varias", "múltiples"), "pt": ("vários", "várias", "múltipl\\w*")},
        {"en": ("a single", "only one", "exactly one", "at most one", "one at a time"), "ja": ("単一", "1つだけ", "一つだけ", "ひとつだけ"), "zh": ("单个", "单一", "一个而已", "仅一个", "只能有一个"), "ko": ("하나만", "단일"), "de": ("einzige[nrsm]?\\b", "nur ein\\w*", "genau ein\\w*"), "fr": ("un seul", "une seule", "unique\\b"), "es": ("un solo", "una sola", "único"), "pt": ("um único", "uma única", "só um\\w*")},
    ),
    "heed": (
        {"en": ("honou?r\\w*", "respect(?:s|ed)\\b", "obey\\w*", "takes? into account", "trust(?:s|ed)?\\b"), "ja": ("尊重", "従い", "考慮", "信頼"), "zh": ("遵循", "遵守", "尊重", "考虑", "信任"), "ko": ("존중", "따르", "고려", "신뢰"), "de": ("beachte\\w*", "berücksichtig\\w*", "vertrau\\w*"), "fr": ("respect\\w*", "tient compte", "confiance"), "es": ("respeta\\w*", "tiene en cuenta", "confía\\w*"), "pt": ("respeita\\w*", "leva em conta", "confia\\w*")},
        {"en": ("ignor\\w*", "disregard\\w*", "distrust\\w*", "untrusted", "skip(?:s|ped)\\b"), "ja": ("無視", "飛ばさ", "信頼しない"), "zh": ("忽略", "无视", "跳过", "忽視", "不信任"), "ko": ("무시", "건너"), "de": ("ignorier\\w*", "übergeh\\w*", "überspring\\w*"), "fr": ("ignor\\w*",), "es": ("ignor\\w*", "omite\\w*"), "pt": ("ignor\\w*",)},
    ),
    "solving": (
        {"en": ("resolv(?:es|ed)\\b", "solv(?:es|ed)\\b", "fix(?:es|ed)\\b", "lift(?:s|ed)?\\b", "no longer panics?", "overcom\\w*"), "ja": ("解消", "解決", "修正"), "zh": ("解决", "解除", "修复", "消除", "解決"), "ko": ("해결", "해소", "수정"), "de": ("behoben", "beheb\\w*", "gelöst", "aufgehoben"), "fr": ("résol\\w*", "corrig\\w*", "lev(?:é|ée)s?\\b"), "es": ("resuel\\w*", "resolv\\w*", "solucion\\w*", "corrig\\w*"), "pt": ("resol\\w*", "corrig\\w*", "solucion\\w*")},
        {"en": ("remain\\w*", "persist\\w*", "still (?:applies|holds|exists|occurs|panics?)", "unresolved", "unfixed"), "ja": ("残って", "残り", "未解決", "続いて"), "zh": ("仍(?:然)?(?:存在|有)", "依然", "尚未", "未解决"), "ko": ("남아", "여전히"), "de": ("bleibt", "bleiben", "besteht", "bestehen", "ungelöst"), "fr": ("persist\\w*", "demeure\\w*", "subsist\\w*"), "es": ("persist\\w*", "sigue\\w*", "permanec\\w*"), "pt": ("persist\\w*", "continua\\w*", "permanec\\w*")},
    ),
    "content": (
        {"en": ("empty\\b", "blank\\b", "nothing\\b"), "ja": ("空(?:に|の|で|文字)", "何もない"), "zh": ("为空", "空(?:值|的|字符)", "留空", "為空"), "ko": ("비어", "빈 "), "de": ("leer\\w*", "nichts"), "fr": ("vides?\\b", "rien\\b"), "es": ("vací\\w*", "nada\\b"), "pt": ("vazi\\w*", "nada\\b")},
        {"en": ("non-?empty", "filled", "populated", "becomes `", "or `"), "ja": ("空でない", "になります"), "zh": ("非空", "不为空"), "ko": ("비어 있지 않",), "de": ("gefüllt", "nicht leer"), "fr": ("non vide\\w*", "rempli\\w*"), "es": ("no vací\\w*", "relleno"), "pt": ("não vazi\\w*", "preenchid\\w*")},
    ),
    "size": (
        {"en": ("large\\b", "large numbers?", "big\\b", "huge", "long[- ]lived"), "ja": ("大きい", "大きく", "大きな", "巨大", "より高"), "zh": ("很大", "较大", "大型", "庞大", "更高", "更大"), "ko": ("크", "큰", "더 높"), "de": ("groß\\w*", "höher\\w*"), "fr": ("grand\\w*", "plus (?:haut|élevé|grand)\\w*"), "es": ("grand\\w*", "mayor\\w*", "más alt\\w*"), "pt": ("grande\\w*", "maior\\w*", "mais alt\\w*")},
        {"en": ("small\\b", "tiny", "short[- ]lived", "minimal"), "ja": ("小さい", "小さく", "小さな", "わずか", "より低"), "zh": ("很小", "较小", "小型", "更低", "更小"), "ko": ("작", "더 낮"), "de": ("klein\\w*", "gering\\w*", "niedriger\\w*"), "fr": ("petit\\w*", "plus (?:bas|faible|petit)\\w*"), "es": ("pequeñ\\w*", "menor\\w*", "más baj\\w*"), "pt": ("pequen\\w*", "menor\\w*", "mais baix\\w*")},
    ),
    "bound": (
        {"en": ("minimum\\b", "at least", "lowest", "no (?:fewer|less) than"), "ja": ("最低", "少なくとも"), "zh": ("最低", "至少", "最少"), "ko": ("최소", "적어도"), "de": ("mindest\\w*", "minimum"), "fr": ("au moins", "minimum", "minimale?"), "es": ("al menos", "mínim\\w*"), "pt": ("pelo menos", "mínim\\w*")},
        {"en": ("maximum\\b", "at most", "highest", "up to", "no more than"), "ja": ("最大で", "最高", "多くても"), "zh": ("最高", "至多", "最多"), "ko": ("최대", "많아야"), "de": ("höchst\\w*", "maxim\\w*"), "fr": ("au plus", "maxim\\w*"), "es": ("como máximo", "máxim\\w*"), "pt": ("no máximo", "máxim\\w*")},
    ),
    "asking": (
        {"en": ("no need to ask", "without (?:asking|permission)", "freely"), "ja": ("許可なく", "自由に"), "zh": ("无需(?:许可|征得)", "自由"), "ko": ("허락 없이", "자유롭게"), "de": ("ohne (?:rückfrage|erlaubnis)",), "fr": ("sans demander", "librement"), "es": ("sin pedir", "libremente"), "pt": ("sem pedir", "livremente")},
        {"en": ("ask (?:for|the)", "permission", "approval", "consult"), "ja": ("許可を(?:得|求)", "承認を"), "zh": ("征得", "先获得许可", "经批准"), "ko": ("허락을", "승인을"), "de": ("um erlaubnis", "genehmigung"), "fr": ("demandez", "autorisation"), "es": ("pida", "permiso"), "pt": ("peça", "permissão")},
    ),
}  # fmt: skip
