"""One entry of a changelog, of release notes or of a fragment: what it says, of which kind, and where."""

from __future__ import annotations

from msgspec import Struct

from diff_insight.analysis.people.cues import Words
from diff_insight.model.threads import ThreadKind


class ChangelogEntry(Struct, frozen=True, kw_only=True):
    """One entry of a changelog.

    Attributes:
        words: What its first sentence or line says.
        kind: From its own words, its marks, or the headings above.
        detail: What it says beyond its first sentence.
        version: The version it stands under; empty when it is not released.
        start: First line in the file.
        end: Last line.
        heading: Whether it is a heading with text below.
        declared: Whether people wrote the kind as a mark or a heading.
        item: Whether it is an item of a list.
        section: The line of the heading it stands under.
        new: Whether what it tells may be new to users, and is not only done otherwise.
    """

    words: Words
    kind: ThreadKind | None
    detail: str
    version: str
    start: int
    end: int
    heading: bool = False
    declared: bool = False
    item: bool = True
    section: int = 0
    new: bool = True
