"""Reads the headings of changelogs: how deep each stands, and the version and the kind of change it names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.analysis.people.labels import kind_of_label, only_labels
from diff_insight.analysis.people.lines import ITEM
from diff_insight.analysis.people.references import version_in
from diff_insight.model.threads import ThreadKind

#: Words that a heading has at most when it only names a kind, such as “Bug fixes”.
_LABEL_WORDS = 5
_ATX = re.compile(r"(#{1,6})\s++(\S(?:\s*+(?:[^\s#]|#++(?!$)))*+)\s*+#*+$")
_UNDERLINE = re.compile(r"([=\-~^\"'+*#.:])\1{2,}\s*$")
_PSEUDO = re.compile(r"\*\*([^*\n]{2,80}?):?\*\*:?$|__([^_\n]{2,80}?):?__:?$")
#: A picture in front of such a heading, or its name.
_ORNAMENT = re.compile(r"(?:[^\x00-\x7f\w\s]{1,4}|:[a-z_]{1,30}:)\s++(?=\*\*|__)")
#: A line such as “Bug fixes:” over a list.
_OVER_LIST = re.compile(r"([^\W\d_][\w /&-]{2,40})[:：]$")
_UNRELEASED = re.compile(
    r"(?i)^\W*(?:unreleased|upcoming|next|latest changes|main|未发布|未リリース)\b"
)
_PLAIN = re.compile(r"(?i)(?:other |general |notable )?(?:changed|changes|change)")
#: A product with a number and the stage that it has reached: .NET 11 Preview 6.
_STAGE = re.compile(
    r"(?i)(?:[^\W\d][\w.+#-]{0,30} |\.[a-z]{1,10} ){0,4}+v?(?P<version>\d{1,4}(?:\.\d{1,5}){0,3} (?:preview|alpha|beta|rc|release candidate|milestone|service pack|update) ?\d{0,3})"
)
#: A release by its number alone, by a product's letters, or by its year: Release 34, PLS.37.0.4, 2026-lts-r1.
_NUMBERED = re.compile(
    r"(?i:\b(?:release|version|revision) (\d{1,4})(?![\w.]))|(?<![\w.])[A-Z]{2,5}\.(\d{1,4}(?:\.\d{1,5}){1,4})(?![\w.])|(?<![\w.-])(\d{4}-[a-z]{2,6}-r?\d{1,3})(?!\w)"
)
_ANCHOR = re.compile(
    r"(?:(?<!\s)\s++)?+(?:\{[#/][^{}]{0,200}\}\s*+$|\{\{ ?[\w-]{1,30}: [^{}]{0,200}\}\}\s*+$|<a [^<>]{0,200}></a>\s*+)"
)
#: What opens the part of a page that a release is given: `<Update label="v1.2" description="2026-01-01">`.
_ELEMENT = re.compile(
    r"\s{0,12}<(?:Update|Release|Version)\b[^<>\n]{0,200}?\s(?:label|version|title|name)=[\"']([^\"'<>\n]{1,100})[\"'][^<>\n]{0,200}>\s*$"
)


class EntryHeading(Struct, frozen=True):
    """A heading of a changelog.

    Attributes:
        level: How deep it stands; 1 is the title.
        text: Its words.
        line: Its line in the file.
        version: The version that it names, else "".
        kind: The kind of change that it names.
        label: Whether it says nothing beside a kind, or that its version is not released.
        plain: Whether what stands below it changed and need not be new.
    """

    level: int
    text: str
    line: int
    version: str
    kind: ThreadKind | None
    label: bool
    plain: bool = False


class HeadingReader:
    """Finds the headings of a file; of underlined ones, the mark that comes first stands highest."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._underlines: list[str] = []

    def at(self, number: int) -> tuple[EntryHeading | None, int]:
        """Return the heading that begins at a line, and how many lines it takes."""
        line = self._lines[number].rstrip()
        atx = _ATX.match(line)
        if atx:
            return _heading(len(atx[1]), atx[2], number), 1
        below = self._lines[number + 1] if number + 1 < len(self._lines) else ""
        if (
            line[:1].strip()
            and (mark := _UNDERLINE.match(below))
            and len(below.strip()) * 2 >= len(line)
            and not ITEM.match(line)
            and not _UNDERLINE.match(line)
        ):
            if mark[1] not in self._underlines:
                self._underlines.append(mark[1])
            return _heading(self._underlines.index(mark[1]) + 1, line.strip(), number), 2
        element = _ELEMENT.match(line) if "<" in line else None
        if element:
            return _heading(1, element[1], number), 1
        bare = _ORNAMENT.sub("", line.strip(), count=1)
        pseudo = _PSEUDO.match(bare) if bare.startswith(("**", "__")) else None
        if pseudo:
            return _heading(7, pseudo[1] or pseudo[2], number), 1
        plain = _OVER_LIST.match(line)
        if plain and kind_of_label(plain[1]) and only_labels(plain[1]) and self._list_below(number):
            return _heading(7, plain[1], number), 1
        return None, 0

    def _list_below(self, number: int) -> bool:
        """Tell whether the first line behind a line that holds something begins a list."""
        below = self._lines[number + 1 : number + 4]
        return ITEM.match(next((line for line in below if line.strip()), "")) is not None


def is_marked_heading(line: str) -> bool:
    """Tell whether a line is a heading by the number signs in front of it."""
    return _ATX.match(line) is not None


#: Words of what only names a sort of things, how they end, and what they do not hold.
_SORT_WORDS = 4
_PLURAL = re.compile(r"[a-z]{3}s$")
_NAMES_CODE = re.compile(r"[`_/@\d]|\w\.\w|\w\(|[a-z][A-Z]")


def _heading(level: int, text: str, number: int) -> EntryHeading:
    text = _ANCHOR.sub("", text)
    kind = kind_of_label(text)
    version = "" if kind and len(text.split()) > _LABEL_WORDS else _version(text)
    label = bool(kind) and len(text.split()) <= _LABEL_WORDS and only_labels(text)
    return EntryHeading(
        level, text, number + 1, version, kind, label or _holds_entries(text),
        plain=_PLAIN.fullmatch(text.strip(" :*")) is not None,
    )  # fmt: skip


def names_release(text: str) -> bool:
    """Tell whether a text says no more than which release it means."""
    return _STAGE.fullmatch(text.strip()) is not None


def label_heading(text: str, level: int, number: int) -> EntryHeading | None:
    """Return the heading that an item is which only names the kind of those below it; None for others."""
    heading = _heading(level, text.strip(" :*_"), number)
    if heading.kind is None:
        return None
    return replace(heading, label=True) if heading.label or names_sort(text) else None


def names_sort(text: str) -> bool:
    """Tell whether a few words only name a sort of things, as “New functions” does."""
    few = len(text.split()) <= _SORT_WORDS and _PLURAL.search(text.strip(" :*_")) is not None
    return few and not _NAMES_CODE.search(text)


def _holds_entries(text: str) -> bool:
    """Tell whether a heading says no more than when something was released, or that it was not."""
    return bool(_UNRELEASED.match(text)) or _DATE.fullmatch(text.strip()) is not None


_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_DATE = re.compile(
    rf"(?i)(?:{_MONTH} )?(?:\d{{1,2}}(?:st|nd|rd|th)?,? )?(?:{_MONTH} ?,? ?)?\d{{4}}|{_MONTH}|\d{{4}}[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?|\d{{4}} ?年(?: ?\d{{1,2}} ?月(?: ?\d{{1,2}} ?日)?)?"
)


def _version(heading: str) -> str:
    """Return the version of a heading; of a release of several parts, all that a slash joins."""
    first = version_in(heading)
    staged = None if first else _STAGE.fullmatch(heading.strip())
    numbered = None if first else _NUMBERED.search(heading)
    if staged or numbered:
        return (
            staged["version"]
            if staged
            else next(filter(None, numbered.groups() if numbered else ()), "")
        )
    if not first and len(heading.split()) <= _LABEL_WORDS:
        # A package in front: python-1.0.0rc6
        named = re.search(r"[\w@/]-(\d{1,4}\.\d{1,5}\.\d{1,6}\w{0,8})(?![\w.])", heading)
        return named[1] if named else ""
    joined = re.search(r"v?[\d.]{3,20}(?:/v?[\d.]{3,20}){1,3}", heading)
    return joined[0] if joined and first in joined[0] else first
