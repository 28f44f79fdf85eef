"""Words by which a sentence says that something was, is gone, is now, or is not, in the languages of the catalogs."""

from __future__ import annotations

import re
from functools import cache

from diff_insight.llm.grounding.statement_cues import phrase_expression

#: What a sentence says of the state of a thing -> language -> expressions. Latin ones begin where a word begins.
STATES: dict[str, dict[str, tuple[str, ...]]] = {
    # It speaks of what was, beside or without what is: any word of the old text may stand in it.
    "former": {
        "en": ("was\\b", "were\\b", "had\\b", "has been", "have been", "(?<!is )(?<!are )(?<!be )(?<!now )used to", "formerly", "previous\\w*", "before\\b", "old\\b", "older", "former", "original\\w*", "until", "so far", "from\\b", "instead", "in place of", "rather than", "replac\\w*", "no longer", "not any ?more", "never", "remov\\w*", "delet\\w*", "drop\\w*", "gone", "los(?:es|t|ing|e)\\b", "without", "renam\\w*", "mov(?:e|es|ed|ing)\\b", "correct\\w*", "fix(?:es|ed|ing)?\\b", "cut\\w*", "trim\\w*", "omit\\w*", "left", "disappear\\w*", "supersed\\w*", "revert\\w*", "roll\\w* back", "restor\\w*", "chang\\w*", "where\\b", "switch\\w*", "swap\\w*", "retir\\w*", "deprecat\\w*", "ends?\\b", "strik\\w*", "strip\\w*", "shorten\\w*", "merg\\w*", "split\\w*", "rewrit\\w*", "rewrote", "reword\\w*", "becom\\w*", "became", "turn\\w*", "convert\\w*", "migrat\\w*", "repair\\w*", "than\\b", "stop(?:s|ped)?\\b", "discard\\w*", "abandon\\w*", "took\\b", "said\\b", "rais\\w*", "lower\\w*", "reduc\\w*", "increas\\w*", "unchanged", "updat\\w*", "bump\\w*", "upgrad\\w*", "typo\\w*", "misspel\\w*", "wrong\\w*", "mistak\\w*", "refactor\\w*", "modif\\w*", "revis\\w*", "edit(?:s|ed)?\\b", "narrow\\w*", "->", "→"),
        "ja": ("から", "ではなく", "なくな", "無くな", "代わ", "かわり", "置き換", "置換", "変更", "変わ", "改め", "改定", "削除", "廃止", "撤去", "除去", "取り除", "取り下げ", "外れ", "外し", "外す", "消え", "消さ", "以前", "従来", "これまで", "それまで", "旧", "元の", "元は", "だった", "でした", "ていた", "ていまし", "修正", "訂正", "直し", "直さ", "直り", "移動", "移さ", "移り", "移行", "統一", "整理", "簡素", "短縮", "短く", "改名", "名称", "入れ替", "差し替", "切り替", "更新", "終了", "停止", "非推奨", "やめ", "不要", "ない", "ません", "ず、", "減", "増", "引き", "維持", "引き続き", "まま", "残", "変化", "統合", "分割", "改行", "表記", "誤", "→", "にな"),
        "zh": ("由", "从", "不再", "改", "替换", "替代", "取代", "代替", "而不是", "而非", "不是", "删", "移除", "移走", "移动", "移至", "移到", "去掉", "去除", "取消", "撤", "此前", "以前", "之前", "原", "旧", "曾", "过去", "更名", "重命名", "修正", "修复", "更正", "纠正", "更新", "变", "迁移", "统一", "精简", "简化", "缩短", "停用", "弃用", "淘汰", "停止", "结束", "终止", "转为", "换", "调整", "升级", "降", "提高", "减", "增至", "无需", "没有", "未", "仍", "保留", "不变", "合并", "拆分", "错", "→", "丢"),
        "ko": ("에서", "대신", "이전", "기존", "더 이상", "삭제", "제거", "없", "바뀌", "변경", "교체", "대체", "수정", "옮", "이동", "았", "었", "였", "않", "아니", "업데이트", "통일", "중단", "폐지", "→"),
        "de": ("war(?:en)?\\b", "hatte\\w*", "wurde\\w*", "zuvor", "bisher\\w*", "früher\\w*", "vorher\\w*", "alt\\w*", "statt", "anstelle", "ersetz\\w*", "nicht mehr", "entf\\w+", "gestrichen", "gelöscht", "wegf\\w+", "von\\b", "aus\\b", "geänder\\w*", "änder\\w*", "umbenann\\w*", "korrigier\\w*", "beh[oe]b\\w*", "versch\\w+", "aktualisier\\w*", "ohne", "kein\\w*", "weiterhin", "bleib\\w*", "→"),
        "fr": ("ét(?:ait|aient|é)\\b", "av(?:ait|aient)\\b", "auparavant", "avant", "ancien\\w*", "précédent\\w*", "au lieu", "rempla\\w*", "plus\\b", "supprim\\w*", "retir\\w*", "dispar\\w*", "de\\b", "du\\b", "chang\\w*", "modifi\\w*", "renomm\\w*", "corrig\\w*", "déplac\\w*", "mis\\w* à jour", "sans", "reste\\w*", "→"),
        "es": ("era\\w*", "había\\w*", "tenía\\w*", "antes", "anterior\\w*", "antigu\\w*", "en lugar", "en vez", "reemplaz\\w*", "sustitu\\w*", "ya no", "elimin\\w*", "quit\\w*", "desapar\\w*", "de\\b", "del\\b", "cambi\\w*", "renombr\\w*", "corrig\\w*", "corr[ei]g\\w*", "mov\\w*", "actualiz\\w*", "sin\\b", "sigue\\w*", "→"),
        "pt": ("era\\w*", "havia\\w*", "tinha\\w*", "antes", "anterior\\w*", "antig\\w*", "em vez", "no lugar", "substitu\\w*", "não .{0,20}mais", "remov\\w*", "exclu\\w*", "desapar\\w*", "de\\b", "do\\b", "da\\b", "mud\\w*", "alter\\w*", "renome\\w*", "corrig\\w*", "mov\\w*", "atualiz\\w*", "sem\\b", "continua\\w*", "→"),
    },
    # It says that a thing is no more.
    "gone": {
        "en": ("no longer", "not any ?more", "(?:is|are|was|were|has been|have been) (?:now )?(?:removed|deleted|dropped|gone|taken out)", "removes?\\b", "deletes?\\b", "drops?\\b", "ceases? to"),
        "ja": ("なくなり", "なくなっ", "無くなり", "無くなっ", "できなく", "されなく", "しなく", "削除", "廃止", "撤廃", "除去され", "取り除か"),
        "zh": ("不再", "被?删除", "移除", "去掉", "取消", "被?撤"),
        "ko": ("더 이상", "삭제", "제거", "없어"),
        "de": ("nicht mehr", "entf[äa]ll\\w*", "entfernt", "gestrichen", "gelöscht"),
        "fr": ("ne .{1,30} plus\\b", "n['’].{1,30} plus\\b", "supprim\\w*", "retir\\w*", "disparaî\\w*"),
        "es": ("ya no", "elimin\\w*", "suprim\\w*", "desaparec\\w*"),
        "pt": ("não .{1,30} mais\\b", "remov\\w*", "exclu\\w*", "desaparec\\w*"),
    },
    # It says that a thing came, or holds from now on.
    "now": {
        "en": ("now\\b", "newly", "new\\b", "adds?\\b", "added", "gains?\\b", "introduc\\w*", "from now on", "as of now", "starts? to", "(?:is|are) also"),
        "ja": ("ようになり", "ようになっ", "追加", "新た", "新しく", "新設", "加わ", "加え", "導入", "今後"),
        "zh": ("现在", "新增", "添加", "增加", "加入", "引入", "补充", "现已", "今后", "開始", "开始"),
        "ko": ("이제", "추가", "새로", "도입"),
        "de": ("jetzt", "nun\\b", "neu\\w*", "hinzu\\w*", "ergänz\\w*", "eingeführt"),
        "fr": ("désormais", "maintenant", "ajout\\w*", "nouve\\w*", "introdui\\w*"),
        "es": ("ahora", "añad\\w*", "agreg\\w*", "nuev\\w*", "incorpor\\w*"),
        "pt": ("agora", "adicion\\w*", "acrescent\\w*", "nov[oa]s?\\b", "inclui\\w*"),
    },
    # It says that a thing has another value, name or place than before.
    "changed": {
        "en": ("changes? (?:from|to)\\b", "changed (?:from|to)\\b", "becomes?\\b", "became", "(?:is|are) (?:raised|lowered|renamed|moved|extended|shortened|replaced)"),
        "ja": ("変わり", "変わっ", "変更され", "になりまし", "に改め", "引き上げ", "引き下げ", "に置き換"),
        "zh": ("改为", "变为", "改成", "更改为", "调整为", "替换为", "更名为"),
        "ko": ("바뀌", "변경되", "되었"), "de": ("geändert", "wird zu", "wurde zu"), "fr": ("passe (?:de|à)", "devien\\w+"), "es": ("cambia", "pasa (?:de|a)"), "pt": ("muda", "passa (?:de|a)"),
    },
    # It denies, in its own words.
    "denial": {
        "en": ("not\\b", "no\\b(?! (?:earlier|later|more|less|fewer|longer)\\b)", "never", "cannot", "neither", "nor\\b", "without", "unable", "unsupported", "unavailable", "disabled?\\b", "no longer", "[a-z]+n['’]t\\b"),
        "ja": ("(?<![のがはでも])ない", "ません", "(?<![のがはでも])なく(?!な)", "ず(?:に|、)", "不可", "非対応", "未対応", "無効", "禁止", "対象外"),
        "zh": ("不(?!是|同|仅|只|过|断|论|管|早于|晚于|超过|少于|低于|高于|多于)", "无法", "没有", "未(?!来|必)", "无需", "禁", "并非", "無"),
        "ko": ("않", "못", "없", "불가", "금지", "아니"),
        "de": ("nicht", "kein\\w*", "ohne", "nie\\b", "niemals"),
        "fr": ("ne\\b", "n['’]", "pas\\b", "sans", "jamais", "aucun\\w*"),
        "es": ("no\\b", "sin\\b", "nunca", "ningun\\w*", "ningún"),
        "pt": ("não", "sem\\b", "nunca", "nenhum\\w*"),
    },
    # What turns a statement round without a word of denial.
    "reversal": {
        "en": ("only", "except", "unless", "unlike", "stop\\w*", "fail\\w*", "los(?:es|t|e|ing)\\b", "fix\\w*", "avoid\\w*", "prevent\\w*", "reject\\w*", "refus\\w*", "ignor\\w*", "exclud\\w*", "prohibit\\w*", "forbid\\w*", "disallow\\w*", "deprecat\\w*", "remov\\w*", "drop\\w*", "delet\\w*", "gone", "lack\\w*", "miss\\w*", "skip\\w*", "omit\\w*", "unset", "invalid\\w*", "incompatib\\w*", "restrict\\w*", "un(?:supported|available|used|known|able|set|defined|changed|affected|authori[sz]ed|expected|necessary|needed|documented|listed|specified|safe|stable|tested|limited|bounded|resolved|readable|usable|trusted|encrypted|related)\\w*", "retir\\w*", "hardly", "broken", "break\\w*", "wrong\\w*"),
    },
    # It tells of the past or of a change, in words that no statement of today has.
    "past": {
        "en": ("was\\b", "were\\b", "had\\b", "used to", "no longer", "instead", "rather", "replac\\w*", "remov\\w*", "chang\\w*", "renam\\w*", "from\\b", "said\\b", "becom\\w*", "became"),
    },
    # It sets a condition or a time, and so may mean the opposite of what its words say.
    "hedge": {
        "en": ("if\\b", "whether", "than\\b", "used to", "before", "previous\\w*", "empty", "null", "none", "zero", "false", "until", "too\\b", "correct\\w*", "limit\\w*", "outside", "instead", "rather", "optional\\w*", "free\\b", "warn\\w*", "independent\\w*"),
    },
}  # fmt: skip


@cache
def state(name: str, language: str) -> re.Pattern[str]:
    """Return the expression of a state in a language, for text in small letters."""
    return phrase_expression(STATES[name], language, r"(?<!\w)")


@cache
def any_state(name: str) -> re.Pattern[str]:
    """Return the expression of a state in all languages together, for what was compared."""
    return re.compile("|".join(state(name, language).pattern for language in STATES[name]))
