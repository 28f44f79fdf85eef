"""Checks what a value is said to be: the default, the recommended one. The data may not say so of another value of its form alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from diff_insight.llm.grounding.anchors import Anchor, is_small
from diff_insight.llm.grounding.evidence import DiffEvidence
from diff_insight.llm.grounding.fault import Fault, reading
from diff_insight.llm.grounding.sentence_pieces import clauses
from diff_insight.llm.grounding.standing_sides import without_quotes
from diff_insight.llm.grounding.statement_cues import phrase_expression
from diff_insight.llm.grounding.version_sentences import VersionSentence

#: What a value is -> language -> expressions. Latin ones begin where a word begins.
_ROLES: dict[str, dict[str, tuple[str, ...]]] = {
    "default": {
        "en": ("by default", "defaults?\\b", "preset"), "ja": ("既定", "デフォルト", "初期値", "標準で"), "zh": ("默认", "缺省", "預設", "默認"), "ko": ("기본",),
        "de": ("standard(?:wert|mäßig|größe)?\\w*", "vorgabe\\w*", "voreingestellt\\w*"), "fr": ("par défaut",), "es": ("predeterminad\\w*", "por defecto"), "pt": ("padrão", "predefinid\\w*"),
    },
    "recommended": {
        "en": ("recommend\\w*", "suggest\\w*", "advis\\w*"), "ja": ("推奨", "勧め"), "zh": ("推荐", "建议", "推薦"), "ko": ("권장", "추천"), "de": ("empf[eo]hl\\w*", "empfiehl\\w*"), "fr": ("recommand\\w*", "conseill\\w*"), "es": ("recom[ei]\\w*", "aconsej\\w*"), "pt": ("recomend\\w*", "sugere\\w*"),
    },
    "deprecated": {
        "en": ("deprecat\\w*", "retire\\w*", "obsolete"), "ja": ("非推奨", "廃止", "提供終了"), "zh": ("弃用", "停用", "淘汰", "廢棄"), "ko": ("사용 중단", "지원 종료"), "de": ("veraltet\\w*", "abgekündigt\\w*"), "fr": ("obsolèt\\w*", "dépréci\\w*"), "es": ("obsolet\\w*", "en desuso"), "pt": ("obsolet\\w*", "descontinuad\\w*"),
    },
    "required": {
        "en": ("minimum", "at least", "requires?\\b", "required"), "ja": ("最低", "必要", "必須"), "zh": ("最低", "需要", "要求", "必须"), "ko": ("최소", "필요", "필수"), "de": ("mindest\\w*", "erforderlich\\w*", "benötigt\\w*"), "fr": ("minim\\w*", "requis\\w*", "nécessite\\w*"), "es": ("mínim\\w*", "requier\\w*", "necesit\\w*"), "pt": ("mínim\\w*", "requer\\w*", "exig\\w*"),
    },
    "solved": {
        "en": ("resolv\\w*", "fix(?:es|ed)\\b", "solved", "lifted"), "ja": ("解消", "解決", "修正され"), "zh": ("解决", "解除", "修复", "消除"), "ko": ("해결", "해소"), "de": ("behoben", "gelöst", "aufgehoben"), "fr": ("résol\\w*", "corrigé\\w*"), "es": ("res[ou]\\w*el\\w*", "corregid\\w*"), "pt": ("resolv\\w*", "corrigid\\w*"),
    },
}  # fmt: skip
_DIGITS = re.compile(r"\d+")
_LITERAL = re.compile(r"(?<![\w-])(?:true|false|null|none|nil|on|off)(?![\w-])")
_TOKEN = re.compile(r"(?<![\w.])v?\d[\w.]*\w|(?<![\w.])\d(?![\w.])")
#: The form of all values that code has words for.
_LITERALS = "literal"


@cache
def _role(name: str, language: str) -> re.Pattern[str]:
    return phrase_expression(_ROLES[name], language, r"(?<!\w)")


@cache
def _any_role(name: str) -> re.Pattern[str]:
    return re.compile("|".join(_role(name, each).pattern for each in _ROLES[name]))


def role_faults(
    sentence: str, values: Sequence[Anchor], evidence: DiffEvidence, language: str
) -> Iterator[Fault]:
    """Yield a value that a clause calls the default or the like, where the data says that of another value of its form alone."""
    bare = without_quotes(sentence).lower()
    for start, end in clauses(sentence):
        amounts = [
            each
            for each in values
            if start <= each.start < end and not is_small(each) and _form(each.comparable)
        ]
        roles = [name for name in _ROLES if _role(name, language).search(bare[start:end])]
        if len(amounts) != 1 or not roles:
            continue
        value = amounts[0]
        parts = [each for each in _parts(evidence) if _forms(each.text) & {_form(value.comparable)}]
        own = [each for each in parts if each.line.has(value)]
        others = [each for each in parts if not each.line.has(value)]
        for name in roles:
            said = _any_role(name)
            if (
                own
                and not any(said.search(each.text) for each in own)
                and any(said.search(each.text) for each in others)
            ):
                yield reading(f"the data says of another value that it is {name}")
                return


def _parts(evidence: DiffEvidence) -> list[VersionSentence]:
    """Return the sentences of the new version, in small letters."""
    return [VersionSentence(each.text.lower(), each.changed) for each in evidence.new_sentences]


def _form(value: str) -> str:
    """Return an amount or version with its digits as one mark; nothing of what is neither."""
    if _LITERAL.fullmatch(value):
        return _LITERALS
    token = _TOKEN.fullmatch(value)
    return _DIGITS.sub("#", value) if token else ""


def _forms(text: str) -> set[str]:
    forms = {_DIGITS.sub("#", each) for each in _TOKEN.findall(text)}
    return forms | ({_LITERALS} if _LITERAL.search(text) else set())
