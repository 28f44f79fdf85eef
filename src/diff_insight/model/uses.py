"""Uses: lines of the reader's own code that hold what a range takes away, deprecates or gives a deadline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

Certainty = Literal["proved", "likely"]


class Use(Struct, frozen=True, order=True):
    """One line of one's own code that uses the subject of a finding.

    Attributes:
        path: Relative to the top of the checkout.
        line: 1-based.
        certainty: `proved` where the name was resolved or stands exactly, `likely` for a word alone.
    """

    path: str
    line: int
    certainty: Certainty = "proved"


class CodeHits(Struct, frozen=True, kw_only=True):
    """The lines of one's own code that hold one of some words.

    Attributes:
        lines: Path -> number and text of each line, in order.
        searched: Whether git could search at all.
        cut: Whether a limit kept some lines out.
    """

    lines: Mapping[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    searched: bool = True
    cut: bool = False
