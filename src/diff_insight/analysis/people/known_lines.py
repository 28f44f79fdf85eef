"""Which lines of a list of changes say what was said before: translated, retitled, or taken over from another file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.model.changes import Hunk, Side
from diff_insight.model.facts import Fact

#: Characters of a line that stands in two files by no chance.
_LEAST_MOVED = 20


def lines_that_go(files: Iterable[Sequence[Hunk]]) -> frozenset[str]:
    """Return the lines that files lose, without the spaces around them; short ones say too little."""
    return frozenset(
        bare
        for hunks in files
        for hunk in hunks
        for block in hunk.blocks
        for line in block.old_lines
        if len(bare := line.strip()) >= _LEAST_MOVED
    )


def lines_known_before(facts: Iterable[Fact], text: str, gone: AbstractSet[str]) -> frozenset[int]:
    """Return the numbers of lines of a file that say nothing new.

    Args:
        facts: What was found of the file.
        text: Its new version.
        gone: The lines that files of the range lose.
    """
    again = {
        number
        for fact in facts
        if kind_of(fact.kind).has(Trait.SAID_BEFORE)
        for lines in fact.evidence
        if lines.side is Side.HEAD
        for number in range(lines.start, lines.end + 1)
    }
    moved = (
        (number for number, line in enumerate(text.split("\n"), 1) if line.strip() in gone)
        if gone
        else ()
    )
    return frozenset(again.union(moved))
