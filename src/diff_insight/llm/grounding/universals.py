"""Checks words that hold for all, or for one thing alone: what is compared has to say so of the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from diff_insight.llm.grounding.anchors import Anchor
from diff_insight.llm.grounding.diff_lines import DiffLine
from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault, reading
from diff_insight.llm.grounding.sentence_pieces import clauses
from diff_insight.llm.grounding.standing_sides import without_quotes
from diff_insight.llm.grounding.statement_cues import phrase_expression
from diff_insight.llm.grounding.word_marks import word_marks

#: What is claimed -> language -> expressions. Latin ones begin where a word begins.
_CLAIMED: dict[str, dict[str, tuple[str, ...]]] = {
    "all": {
        "en": ("all\\b(?! (?:to|in|at|of them|with|on|for)\\b)(?! (?:of the )?(?:two|three|four|five|six|seven|eight|nine|ten|\\d+|other|but|at once))", "every\\b(?! other)", "always", "never", "everything", "whole", "entire\\w*", "in any case", "completely", "anything", "any (?:size|kind|number|version|language)"),
        "ja": ("すべて", "全て", "全部", "あらゆる", "常に", "必ず", "一切", "まったく", "完全に"),
        "zh": ("所有", "全部", "任何", "每(?:个|一|种|次)", "总是", "始终", "一律", "彻底", "完全", "一概"),
        "ko": ("모든", "모두", "항상", "어떤 .{1,12}도", "전혀", "완전히"),
        "de": ("alle\\b", "allen\\b", "jede[rsnm]?\\b", "immer\\b", "nie\\b", "sämtliche\\w*", "völlig", "vollständig"),
        "fr": ("tou(?:s|tes) les", "tout\\b", "chaque", "toujours", "jamais", "aucun\\w*", "entièrement"),
        "es": ("tod[oa]s? l[oa]s?\\b", "cada\\b", "siempre", "nunca", "ningún\\w*", "completamente"),
        "pt": ("tod[oa]s? [oa]s?\\b", "cada\\b", "sempre", "nunca", "nenhum\\w*", "completamente"),
    },
    "only": {
        "en": ("only\\b(?!.{0,60}\\b(?:if|when|while|because|after|once|until|now)\\b)", "solely", "exclusively", "nothing but"),
        "ja": ("のみ", "だけ(?!で(?:は)?なく)", "しか"), "zh": ("只(?!有|要|是|不过|读)", "(?<!不)仅(?!仅)", "唯一"), "ko": ("만 (?:적용|지원|허용|사용|일치|받)", "오직"),
        "de": ("nur\\b(?! wenn)", "ausschließlich", "lediglich"), "fr": ("seulement", "uniquement", "exclusivement"), "es": ("s[oó]lo\\b", "solamente", "únicamente"), "pt": ("só\\b", "somente", "apenas", "unicamente"),
    },
}  # fmt: skip
#: What of the data says as much, in any language; marks of code and of patterns too.
_SAID = {
    "all": re.compile(
        r"\b(?:all|any|every\w*|each|always|never|none|nothing|whole|entire\w*|complete\w*|whatever|whichever|regardless|everything|both)\b"
        r"|'\*'|\"\*\"|`\*`|すべて|全て|全部|あらゆる|常に|必ず|一切|全|任何|每|所有|总是|始终|一律|都|\b(?:alle\w*|jede\w*|immer|nie|sämtliche\w*|tou(?:s|tes|t)|chaque|toujours|jamais|aucun\w*|tod[oa]s?|cada|siempre|nunca|sempre|nenhum\w*)\b|모든|모두|항상"
    ),
    "only": re.compile(
        r"\b(?:only|just|sole\w*|exclusiv\w*|except|unless|limited|restrict\w*|alone|nothing|without|unlike|other than|but not)\b"
        r"|のみ|だけ|しか|以外|只|仅|除|唯一|\b(?:nur|ausschließlich|lediglich|seulement|uniquement|s[oó]lo|solamente|únicamente|somente|apenas)\b|만 |오직|뿐"
    ),
}
#: Clauses about the change itself or the parts of a text, which are before the model as a whole.
_OF_CHANGE = re.compile(
    r"\b(?:chang\w*|differ\w*|updat\w*|renam\w*|remov\w*|replac\w*|mov\w*|delet\w*|touch\w*|reword\w*|translat\w*|correct\w*|add(?:s|ed)?|gain\w*|edit\w*|fix\w*|convert\w*|wording|typo\w*|cosmetic|formatting|help texts?|lists?|listed|samples?|examples?|links?|before)\b"
    r"|変更|変わ|更新|修正|置き換|削除|追加|統一|訳|移動|移り|改め|誤|例|リンク|見出し|節|改|换|更(?!多|高|快)|替|删|移|译|增|修|统一|列出|涉及|示例|链接|章节|바뀌|변경|수정|삭제|추가"
    r"|geänder|ersetz|entf|aktualis|modifi|remplac|supprim|ajout|mis à jour|cambi|actualiz|elimin|añad|alter|atualiz|remov|adicion"
)
#: Sentences about what was, which the old lines need not say in such words.
_FORMER = re.compile(
    r"\b(?:before|was|were|had|previously|used to|formerly|so far)\b|これまで|以前|従来|ていまし|でした|此前|之前|原先|曾|이전|기존|\b(?:bisher|zuvor|auparavant|jusqu\w*|antes|até agora)\b"
)
#: Words in common from which on a line is about a clause.
_SHARED = 2


@cache
def _claim(name: str, language: str) -> re.Pattern[str]:
    return phrase_expression(_CLAIMED[name], language, r"(?<![\w-])")


def universal_faults(
    sentence: str, values: Sequence[Anchor], evidence: DiffEvidence, language: str
) -> Iterator[Fault]:
    """Yield a clause that holds of all, or of one thing alone, where no line about it says so."""
    bare = without_quotes(sentence).lower()
    if not evidence.lines or _FORMER.search(bare):
        return
    for start, end in clauses(sentence):
        part = bare[start:end]
        if _OF_CHANGE.search(part):
            continue
        for name, said in _SAID.items():
            if _claim(name, language).search(part) is None:
                continue
            clause = [each for each in values if start <= each.start < end]
            lines = _about(part, clause or values, evidence, language)
            if not any(said.search(line.comparable) for line in lines):
                yield reading("no line about it says that it holds of all, or of this alone")
                return


def _about(
    part: str, values: Sequence[Anchor], evidence: DiffEvidence, language: str
) -> list[DiffLine]:
    """Return the lines that have a value of a clause or stand beside one, and those with words of it."""
    places = {at for each in values for at in evidence.places(each)}
    near = {other for at in places for other in (at - 1, at, at + 1)}
    words = word_marks(part, language)
    return [
        line
        for at, line in enumerate(evidence.all_lines)
        if at in near
        or (at >= len(evidence.lines) and (not values or any(map(line.has, values))))
        or len(words & word_marks(line.comparable, language)) >= _SHARED
    ]
