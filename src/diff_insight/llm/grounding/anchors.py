"""Finds in a sentence what can be looked up in a diff, and where in the sentence it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from diff_insight.llm.grounding.date_readings import NAMED, find_dates
from diff_insight.llm.grounding.folding import literal, lower
from diff_insight.llm.grounding.numbers import find_numbers, find_spaced


class AnchorKind(StrEnum):
    """What an anchor is."""

    CODE = "code"
    QUOTE = "quote"
    NAME = "name"
    DATE = "date"
    NUMBER = "number"


class Anchor(Struct, frozen=True):
    """A value in a sentence: where it stands, as it is compared, and what it may mean."""

    kind: AnchorKind
    start: int
    end: int
    comparable: str
    readings: tuple[str, ...] = ()

    @property
    def names(self) -> bool:
        """Whether it names something, and is no amount and no date."""
        return self.kind not in (AnchorKind.DATE, AnchorKind.NUMBER)


def is_small(value: Anchor) -> bool:
    """Tell whether a number may be a count."""
    return value.kind is AnchorKind.NUMBER and all(len(each) < 2 for each in value.readings)


_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)(.+?)(?<!`)\1(?!`)")
_QUOTE = re.compile(
    r"[“「『«„]([^“”「」『』«»„]{1,200})[”」』»]|(?<!\w)\"([^\"]{2,200})\"(?!\w)"
    r"|(?<!\w)‘([^‘’]{2,200})’(?!\w)|\*\*([^*\n]{2,80})\*\*"
)
#: A name in prose: words with a capital or a mark, and a version behind them.
_NAME = re.compile(
    r"(?<![A-Za-z0-9_./-])(?:[A-Z][\w.+#-]*(?:\s[A-Z][\w.+#-]*)*(?:\s\d+(?:\.\d+)*(?![\w.]))?|[a-z]\w*(?:[._][A-Za-z0-9_]+)+)",
    re.ASCII,
)
#: Between letters of other scripts every Latin word is one.
_LATIN = re.compile(r"(?<![A-Za-z0-9_./-])[A-Za-z][\w+#]*(?:[ ._-][A-Za-z0-9_+#]+)*", re.ASCII)
_VERSION = re.compile(r"(?<![A-Za-z0-9_./-])v\d+(?:\.\d+)*(?![\w.]*\w)", re.ASCII)
_MARKED = re.compile(r"[A-Z].*[A-Z]|[_.\d]|^[A-Z][a-z]+\s")
_SPACELESS = frozenset(("ja", "zh", "ko"))


def anchors(sentence: str, locale: str) -> list[Anchor]:
    """Return the anchors of a sentence in order; what one covers is not looked at again."""
    covered = bytearray(len(sentence))
    kept: list[Anchor] = []
    for anchor in _candidates(sentence, locale.partition("_")[0]):
        if not any(covered[anchor.start : anchor.end]):
            covered[anchor.start : anchor.end] = b"\1" * (anchor.end - anchor.start)
            kept.append(anchor)
    return sorted(kept, key=lambda each: each.start)


def _candidates(sentence: str, language: str) -> Iterator[Anchor]:
    """Yield what may be an anchor, the surest first."""
    for match in _CODE.finditer(sentence):
        yield _anchor(AnchorKind.CODE, match, match[2])
    for match in _QUOTE.finditer(sentence):
        quoted = next(filter(None, match.groups()))
        yield _anchor(AnchorKind.QUOTE, match, quoted.rstrip(".,;:!?。、，"))
    shown = lower(_half_width(sentence))
    languages = ("en", language) if language in NAMED and language != "en" else ("en",)
    dates = sorted(
        find_dates(shown, languages), key=lambda date: (date.start - date.end, date.start)
    )
    for date in dates:
        text = sentence[date.start : date.end]
        yield Anchor(AnchorKind.DATE, date.start, date.end, _comparable(text), date.readings)
    spaceless = language in _SPACELESS
    for match in (_LATIN if spaceless else _NAME).finditer(sentence):
        name = match[0].rstrip(".-")
        if spaceless or _MARKED.search(name):
            yield _anchor(AnchorKind.NAME, match, name)
    for match in _VERSION.finditer(sentence):
        yield _anchor(AnchorKind.NAME, match, match[0])
    for number in (*find_spaced(shown), *find_numbers(shown, languages)):
        text = sentence[number.start : number.end]
        yield Anchor(
            AnchorKind.NUMBER, number.start, number.end, _comparable(text), number.readings
        )


def _anchor(kind: AnchorKind, match: re.Match[str], text: str) -> Anchor:
    # A call without arguments names what is called, which has parameters where it is defined.
    name = text.removesuffix("()") if kind is AnchorKind.CODE else text
    return Anchor(kind, match.start(), match.end(), _comparable(name or text))


def _comparable(text: str) -> str:
    return lower(literal(text)).strip()


def _half_width(text: str) -> str:
    """Return the text with half-width digits and marks, every character at its place."""
    return text.translate(_WIDTHS)


_WIDTHS = {0xFF01 + at: chr(0x21 + at) for at in range(94)}
