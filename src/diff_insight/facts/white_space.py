"""Tells whether white space alone differs between two runs of lines, and whether that decides nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from msgspec import Struct

from diff_insight.facts.identity.same_content import without_gaps_beside_wide
from diff_insight.file_types import extension, is_for_tools

_WORD = re.compile(r"\w")
#: A text in quotation marks, as far as it reaches; a word; any other mark.
_TOKENS = re.compile(r"\"(?:[^\"\\\n]|\\.)*+\"?|'(?:[^'\\\n]|\\.)*+'?|`[^`]*+`?|\w+|\S", re.DOTALL)
_QUOTES = "\"'`"
_BRACKETS = "()[]{},;"
#: Marks that stand before one that belongs to what follows: `a = -1`.
_SIGNS = "-!&*~+"
#: Marks beside which a text in quotation marks has no prefix.
_AROUND_TEXTS = "=+:?<>&|"
#: A line goes on behind the first ones, and in front of the second ones.
_GOES_ON = "([{,;:?=+-*/&|<>."
_GOES_ON_BEFORE = ")]},;:?.&|="
_COMMENT = re.compile(r"//|#|--")
#: How lines of a page begin that are more than text: those that stand for themselves, and items.
_OF_THEIR_OWN = re.compile(r"[ \t]*[#|:=~`.<{!]")
_ITEM = re.compile(r"[ \t>]*(?:[-*+>]|\d{1,9}[.)])(?=[ \t])")
_BESIDE_TAGS = re.compile(r"(?<=[{}<>])\s++|(?<!\s)\s++(?=[{}<>])")


class Layout(Struct, frozen=True):
    """Where the white space of a sort of file decides nothing.

    Attributes:
        prose: Whether its lines are sentences, which may be broken anywhere.
        breaks: Whether lines may be broken anywhere.
        gaps: Marks beside which a gap may come and go.
        operators: Whether gaps may come and go between words and other marks as well.
    """

    prose: bool = False
    breaks: bool = False
    gaps: str = ""
    operators: bool = False


#: Nothing but indentation, blank lines, and how many spaces stand between two words.
STRICT = Layout()
_PROSE = Layout(prose=True)
_FREE = Layout(breaks=True, gaps=_BRACKETS, operators=True)
_BY_LINES = Layout(gaps=_BRACKETS, operators=True)
_BY_WORDS = Layout(gaps="{},|")
_STYLES = Layout(breaks=True, gaps="{};,")
_TAGS = Layout(breaks=True, gaps="<>")
_LAYOUTS: dict[str, Layout] = {
    **dict.fromkeys("md mdx markdown rst adoc asciidoc txt org".split(), _PROSE),
    **dict.fromkeys(
        "c h cc cpp cxx hh hpp hxx m mm java cs rs php dart proto graphql graphqls gql sql json jsonc json5".split(), _FREE
    ),
    **dict.fromkeys("html htm xml svg xaml xsd resx csproj".split(), _TAGS),
    **dict.fromkeys(
        "js jsx mjs cjs ts tsx mts cts go kt kts swift scala groovy gradle py pyi tf hcl vue svelte astro lua zig".split(),
        _BY_LINES,
    ),
    **dict.fromkeys("rb ex exs jl pl".split(), _BY_WORDS),
    **dict.fromkeys("css scss less".split(), _STYLES),
}  # fmt: skip
#: Parts of a page of HTML in which white space is shown, or is code.
_SHOWN = re.compile(r"(?i)<(?:pre|script|style|textarea)\b")


class GapChange(Enum):
    """What two runs of lines with the same marks differ in."""

    GAPS = 0
    BREAKS = 1
    CONTENT = 2


def layout_of(path: str) -> Layout:
    """Return what a file's name says about its white space."""
    return STRICT if is_for_tools(path) else _LAYOUTS.get(extension(path), STRICT)


def shows_white_space(text: str) -> bool:
    """Tell whether a page of HTML has parts in which white space is more than a gap."""
    return _SHOWN.search(text) is not None


def difference(old: Sequence[str], new: Sequence[str], layout: Layout) -> GapChange:
    """Return how two runs of lines differ that are the same without their white space."""
    old, new = ([line.rstrip() for line in lines if line.strip()] for lines in (old, new))
    return (_of_prose if layout.prose else _of_code)(old, new, layout)


def _of_prose(old: Sequence[str], new: Sequence[str], _: Layout) -> GapChange:
    lines = [[_bare(line) for line in side] for side in (old, new)]
    if lines[0] == lines[1]:
        return GapChange.GAPS
    joined = [_bare(" ".join(side)) for side in (old, new)]
    same = joined[0] == joined[1] and _structure(old) == _structure(new)
    return GapChange.BREAKS if same else GapChange.CONTENT


def _bare(text: str) -> list[str]:
    """Return the words of a text; outside of code no gap counts that is none to its readers."""
    parts = text.split("`")
    parts[::2] = [_BESIDE_TAGS.sub("", without_gaps_beside_wide(part)) for part in parts[::2]]
    return "`".join(parts).split()


def _structure(lines: Sequence[str]) -> list[list[str]]:
    """Return what begins the parts of a page: what does stays where it is when text is rewrapped."""
    parts = []
    for line in lines:
        if _OF_THEIR_OWN.match(line):
            parts.append(line.split())
        elif _ITEM.match(line):
            parts.append(line.split()[:2])
    return parts


def _of_code(old: Sequence[str], new: Sequence[str], layout: Layout) -> GapChange:
    sides = [_tokens(lines) for lines in (old, new)]
    if [token for token, _ in sides[0]] != [token for token, _ in sides[1]]:
        return GapChange.CONTENT  # a text in quotation marks is another one
    if _directives(old) != _directives(new):
        return GapChange.CONTENT  # `#define A (x)` has no parameters
    broken = False
    before = ""
    for (token, gap), (_, other) in zip(*sides, strict=True):
        if gap != other and before:
            if not _may_differ((gap, other), before, token, layout):
                return GapChange.CONTENT
            broken = broken or "\n" in (gap, other)
        before = token
    if broken and _comment_lines(old) != _comment_lines(new):
        return GapChange.CONTENT  # what stands behind a comment's mark is no code
    return GapChange.BREAKS if broken else GapChange.GAPS


def _may_differ(gaps: tuple[str, str], before: str, token: str, layout: Layout) -> bool:
    """Tell whether two tokens may stand apart in two ways."""
    if "\n" in gaps and not (layout.breaks or _may_break(before, token, layout)):
        return False
    return all(gaps) or _may_close(before, token, layout)


def _tokens(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Return the words and marks of lines, each with the gap before it: none, a space or a break."""
    text = "\n".join(lines)
    tokens = []
    end = 0
    for match in _TOKENS.finditer(text):
        gap = text[end : match.start()]
        tokens.append((match[0], "\n" if "\n" in gap else " " if gap else ""))
        end = match.end()
    return tokens


def _directives(lines: Sequence[str]) -> list[list[str]]:
    return [line.split() for line in lines if line.lstrip().startswith("#")]


def _comment_lines(lines: Sequence[str]) -> list[list[str]]:
    return [line.split() for line in lines if _COMMENT.search(line)]


def _may_break(before: str, token: str, layout: Layout) -> bool:
    """Tell whether a line may end between two tokens where lines end statements."""
    return bool(layout.gaps) and (before[-1] in _GOES_ON or token[0] in _GOES_ON_BEFORE)


def _may_close(before: str, token: str, layout: Layout) -> bool:
    """Tell whether two tokens may stand with or without a gap between them."""
    last, first = before[-1], token[0]
    if last in layout.gaps or first in layout.gaps or (last == ":" != first and "," in layout.gaps):
        return True
    if not layout.operators:
        return False
    if last in _QUOTES or first in _QUOTES:
        return last in _AROUND_TEXTS or first in _AROUND_TEXTS
    words = [_WORD.match(mark) is not None for mark in (last, first)]
    return words[0] != words[1] or (last == "=" and first in _SIGNS)
