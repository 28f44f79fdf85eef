"""Accounts for every changed line of a file: told by a fact, cosmetic, or untold."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from diff_insight.model.changes import Block, FileChange, Side
from diff_insight.model.facts import Fact, LineCounts

#: Facts without lines that speak of the whole content of a file all the same.
_WHOLE_CONTENT = frozenset(
    "image.added image.removed submodule.added submodule.removed submodule.moved symlink.added "
    "symlink.removed symlink.moved lock.moved lfs.changed symbol.imports symbol.comments".split()
)
#: Facts that say of a whole change that no word of it is another.
_COSMETIC = "cosmetic."
_Spans = list[tuple[int, int]]


class Ledger:
    """Which changed lines the facts of a file tell.

    A fact takes the lines of its evidence and no others, so that what a document says is told can
    be checked against its evidence and the patch.

    Args:
        blocks: Every run of changed lines.
        facts: What is told of the file.
    """

    def __init__(self, blocks: Sequence[Block], facts: Iterable[Fact]) -> None:
        self._blocks = blocks
        kinds = set()
        spans: dict[Side, _Spans] = {side: [] for side in Side}
        for fact in facts:
            kinds.add(fact.kind)
            for lines in fact.evidence:
                spans[lines.side].append((lines.start, lines.end))
        self._whole = not kinds.isdisjoint(_WHOLE_CONTENT)
        self._all_cosmetic = any(kind.startswith(_COSMETIC) for kind in kinds)
        self._spans = {side: _joined(found) for side, found in spans.items()}

    def counts(self, change: FileChange) -> LineCounts:
        """Return where the changed lines of a file went; they add up to what git counts."""
        told = cosmetic = 0
        for block in self._blocks:
            plain = self._all_cosmetic or _is_white_space(block)
            for side, number, line in lines_of_block(block):
                if self.tells(side, number):
                    told += 1
                elif plain or not line.strip():
                    cosmetic += 1
        # Git counts no line of what it takes for binary, though a text of it may have been read.
        told = min(told, change.changes)
        cosmetic = min(cosmetic, change.changes - told)
        return LineCounts(told, cosmetic, change.changes - told - cosmetic)

    def tells(self, side: Side, number: int) -> bool:
        """Tell whether a fact speaks of a line."""
        if self._whole:
            return True
        spans = self._spans[side]
        at = bisect_right(spans, (number, number + (1 << 40))) - 1
        return at >= 0 and spans[at][1] >= number


def lines_of_block(block: Block) -> Iterator[tuple[Side, int, str]]:
    """Yield side, number and text of each changed line of a run."""
    for number, line in enumerate(block.old_lines, block.old_start):
        yield Side.BASE, number, line
    for number, line in enumerate(block.new_lines, block.new_start):
        yield Side.HEAD, number, line


def _is_white_space(block: Block) -> bool:
    """Tell whether a run has the same characters on both sides, apart from white space."""
    old, new = block.old_lines, block.new_lines
    return bool(old and new) and _squeezed(old) == _squeezed(new)


def _squeezed(lines: Sequence[str]) -> str:
    return "".join("".join(lines).split())


def _joined(spans: _Spans) -> _Spans:
    """Return spans in order, those that touch as one."""
    joined: _Spans = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
