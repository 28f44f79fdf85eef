"""What a scanner finds in one version of a page: headings, metadata at the top, blocks of code."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from diff_insight.facts.pages.fences import Fence
from diff_insight.markup.plain import words_of

_ANCHOR = re.compile(
    r"(?:(?<!\s)\s++)?+(\{\{ ?[\w-]{1,30}: [^{}\n]{0,200}\}\}|\{[ \t]{0,4}:?[ \t]{0,4}(?:[#.][\w:.-]++|[A-Za-z_-]{1,30}=[\"'\w])[^{}\n]{0,200}\}|<a [^<>\n]{0,200}></a>|\\?\{/\*[^{}\n]{0,200}\*/\\?\})\s*+"
)

#: A mark that is shown as it is, because a backslash stands before it.
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
#: The forms in which a heading is given an address of its own.
_OWN_ID = re.compile(
    r"\{[ \t]*#([\w:.-]+)[^{}\n]{0,200}\}|\{/\*[ \t]*([\w:.-]+)[ \t]*\*/\\?\}"
    r"|<a [^<>\n]{0,100}?(?:id|name)=[\"']([^\"'\s<>]{1,200})[\"'][^<>\n]{0,100}></a>"
)


class Heading(NamedTuple):
    """A heading: 1-based line, level 1 to 6, its source, and which lines beside it are its own."""

    line: int
    level: int
    source: str
    above: int = 0
    below: int = 0

    @property
    def lines(self) -> range:
        """All its lines, with those of marks above and below the text."""
        return range(self.line - self.above, self.line + self.below + 1)

    @property
    def text(self) -> str:
        """The heading's words without markup."""
        source = self.source
        if "{" in source or "<a" in source:
            source = _ANCHOR.sub(" ", source)
        return words_of(source)

    @property
    def ids(self) -> tuple[str, ...]:
        """The addresses that its source gives it, whatever its words are."""
        if "{" not in self.source and "<a" not in self.source:
            return ()
        return tuple(name for groups in _OWN_ID.findall(self.source) for name in groups if name)


class Structure(Struct, frozen=True):
    """What the scanner found.

    Attributes:
        headings: In order.
        front_matter: Line number -> (key, value) of top-level scalar keys.
        front_end: Last line of the front matter; 0 when there is none.
        fences: Fenced code, in order.
    """

    headings: tuple[Heading, ...] = ()
    front_matter: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    front_end: int = 0
    fences: tuple[Fence, ...] = ()

    def code_at(self, line: int) -> str | None:
        """Return the language of the fenced code that a line stands in, or None outside code."""
        index = _last_from(self.fences, line)
        if index < 0 or self.fences[index].end < line:
            return None
        return self.fences[index].language

    def section_at(self, line: int) -> str:
        """Return the heading that a line stands under, or an empty string."""
        index = _last_from(self.headings, line)
        return self.headings[index].text if index >= 0 else ""

    def title(self) -> str:
        """Return the page's own title: front matter first, then the first level-1 heading."""
        named = next(
            (value for key, value in self.front_matter.values() if key.lower() == "title"), ""
        )
        first = next((heading.text for heading in self.headings if heading.level == 1), "")
        return named or _ESCAPED.sub(r"\1", first)


def _last_from(parts: Sequence[Fence] | Sequence[Heading], line: int) -> int:
    """Return the index of the last of them that begins at a line or before it; -1 for none."""
    return bisect_left(parts, (line + 1,)) - 1
