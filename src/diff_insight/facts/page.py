"""What a scanner finds in one version of a page: headings, metadata at the top, blocks of code."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct, field

from diff_insight.facts.fences import Fence
from diff_insight.markup.plain import words_of

_ANCHOR = re.compile(r"\s*(\{[ \t]{0,4}#[\w:.-]+[^{}\n]{0,200}\}|<a [^<>\n]{0,200}></a>)\s*")


class Heading(Struct, frozen=True, dict=True):
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

    @cached_property
    def text(self) -> str:
        """The heading's words without markup."""
        return words_of(_ANCHOR.sub(" ", self.source))


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
        index = bisect_right(self.fences, line, key=lambda fence: fence.start) - 1
        if index < 0 or self.fences[index].end < line:
            return None
        return self.fences[index].language

    def section_at(self, line: int) -> str:
        """Return the heading that a line stands under, or an empty string."""
        index = bisect_right(self.headings, line, key=lambda heading: heading.line)
        return self.headings[index - 1].text if index else ""

    def title(self) -> str:
        """Return the page's own title: front matter first, then the first level-1 heading."""
        named = (value for key, value in self.front_matter.values() if key.lower() == "title")
        first = next((heading.text for heading in self.headings if heading.level == 1), "")
        return next(named, "") or first
