"""Accounts for every changed line of a file: told by a fact, cosmetic, or untold."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from math import inf

from diff_insight.facts.pages.word_diff import has_words
from diff_insight.facts.protocol import speaks_of_one_side
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.markup.plain import clip
from diff_insight.model.changes import Block, FileChange, Side
from diff_insight.model.facts import Evidence, Fact, LineCounts
from diff_insight.model.messages import Value

#: The kind of a fact about lines of which no other fact of their file speaks.
MORE = "text.more"
#: Characters of the first line that a fact about the remainder quotes.
LONGEST_QUOTE = 100
#: How lines begin that say less than others: imports and comments.
_QUIET = ("import ", "from ", "use ", "using ", "#include", "//", "#", "/*", "*", "--", '"""')
#: How lines begin that only open or close what stands between them.
_FENCES = ("```", "~~~", ":::")
_Line = tuple[Side, int, str]
_Spans = list[tuple[int, int]]


class LineLedger:
    """Where the changed lines of a file went.

    A fact takes the lines of its evidence and no others, so that what a document says is told can
    be checked against its evidence and the patch.

    Args:
        blocks: Every run of changed lines.
        facts: What is told of the file.
        is_plain: Tells whether nothing but white space differs in a run of both sides.
    """

    def __init__(
        self, blocks: Sequence[Block], facts: Iterable[Fact], is_plain: Callable[[Block], bool]
    ) -> None:
        kinds = set()
        spans: dict[Side, _Spans] = {side: [] for side in Side}
        alone: dict[Side, _Spans] = {side: [] for side in Side}
        for fact in facts:
            kinds.add(fact.kind)
            kept = alone if speaks_of_one_side(fact) else spans
            for lines in fact.evidence:
                kept[lines.side].append((lines.start, lines.end))
        rows = [kind_of(kind) for kind in kinds]
        self._whole = any(row.has(Trait.WHOLE_CONTENT) for row in rows)
        self._plain = any(row.has(Trait.COSMETIC) for row in rows)
        self._spans = {side: _join_spans(unsorted) for side, unsorted in spans.items()}
        self._alone = {side: _join_spans(unsorted) for side, unsorted in alone.items()}
        self._is_plain = is_plain
        self._told = self._cosmetic = 0
        self._left: list[_Line] = []
        for block in blocks:
            self._enter(block)

    def remainder(self, change: FileChange, *, alone: bool) -> Fact | None:
        """Return one fact about all lines that no other fact tells; it quotes a telling one.

        Args:
            change: The file.
            alone: Whether nothing else is told of it.
        """
        left = self._left
        if not left:
            return None
        words = [line for _, _, line in left if has_words(line)]
        telling = (line for line in words if not line.lstrip().startswith(_QUIET))
        quote = next(telling, words[0] if words else left[0][2])
        params: dict[str, Value] = {"quote": clip(quote.strip(), LONGEST_QUOTE)}
        if alone:
            params |= {"additions": change.additions, "deletions": change.deletions}
            return Fact("text.lines", params, _runs(left))
        return Fact(MORE, {"lines": len(left), **params}, _runs(left))

    def counts(self, change: FileChange, *, remainder: bool) -> LineCounts:
        """Return where the lines of a change went; they add up to what git counts.

        Args:
            change: The file.
            remainder: Whether a fact tells what no other one does.
        """
        claimed = self._told + (len(self._left) if remainder else 0)
        # Git counts no line of what it takes for binary, though a text of it may have been read.
        claimed = min(claimed, change.changes)
        cosmetic = min(self._cosmetic, change.changes - claimed)
        return LineCounts(claimed, cosmetic, change.changes - claimed - cosmetic)

    def _enter(self, block: Block) -> None:
        """Count the lines of a run, or keep them as left."""
        lines = list(block.numbered_lines())
        both = [self._tells(side, number) for side, number, _ in lines]
        known = [
            tells or _holds(self._alone[side], number)
            for tells, (side, number, _) in zip(both, lines, strict=True)
        ]
        plain = self._plain or (not all(known) and self._is_white_space(block))
        words = [has_words(line) and not line.lstrip().startswith(_FENCES) for _, _, line in lines]
        if any(known) and not all(known):
            _attach_versions(block, lines, known, both)
            _attach_marks(lines, known, words)
        for entry, is_known in zip(lines, known, strict=True):
            if is_known:
                self._told += 1
            elif plain or not entry[2].strip():
                self._cosmetic += 1
            else:
                self._left.append(entry)

    def _is_white_space(self, block: Block) -> bool:
        return bool(block.old_lines and block.new_lines) and self._is_plain(block)

    def _tells(self, side: Side, number: int) -> bool:
        """Tell whether a fact speaks of a line."""
        return self._whole or _holds(self._spans[side], number)


def _holds(spans: _Spans, number: int) -> bool:
    at = bisect_right(spans, (number, inf)) - 1
    return at >= 0 and spans[at][1] >= number


def _attach_versions(
    block: Block, lines: Sequence[_Line], known: list[bool], both: Sequence[bool]
) -> None:
    """Mark a line as known whose other version is, by a fact about both."""
    numbers = {(side, number): at for at, (side, number, _) in enumerate(lines)}
    for old, new in block.versions():
        pair = numbers[old], numbers[new]
        if any(both[at] for at in pair):
            known[pair[0]] = known[pair[1]] = True


def _attach_marks(lines: Sequence[_Line], known: list[bool], words: Sequence[bool]) -> None:
    """Mark lines of brackets, rules and fences as known that stand beside one that is, on the same side."""
    count = len(lines)
    for numbers, step in ((range(1, count), -1), (range(count - 2, -1, -1), 1)):
        for at in numbers:
            beside = known[at + step] and lines[at + step][0] is lines[at][0]
            if beside and not words[at] and lines[at][2].strip():
                known[at] = True


def _runs(lines: Sequence[_Line]) -> tuple[Evidence, ...]:
    """Return lines as evidence, those of the head first."""
    runs: dict[Side, list[list[int]]] = {side: [] for side in (Side.HEAD, Side.BASE)}
    for side, number, _ in lines:
        known = runs[side]
        if known and number == known[-1][1] + 1:
            known[-1][1] = number
        else:
            known.append([number, number])
    return tuple(Evidence(side, start, end) for side, known in runs.items() for start, end in known)


def _join_spans(spans: _Spans) -> _Spans:
    """Return spans in order, those that touch as one."""
    joined: _Spans = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
