"""Compares the passages of both sides: which moved, and which are versions of each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from diff_insight.facts.file_view import FileView
from diff_insight.facts.pages.changed_lines import code_lines
from diff_insight.facts.pages.page_scanner import structure
from diff_insight.facts.pages.passages import Passage, paragraph_blocks, passages
from diff_insight.file_types import extension
from diff_insight.markup.plain import words_of
from diff_insight.model.changes import Side

#: Passages compared with each other in one block.
_MOST_COMPARED = 400
#: Passages with at least this share of words in common are versions of each other.
_ALIKE = 0.5
#: The same of passages that are the only ones of their block.
_ALIKE_ALONE = 0.3
_SHORTEST_MOVED = 6
Passages = list[Passage]
Pair = tuple[Passage, Passage]


def unclaimed_passages(view: FileView) -> Iterator[tuple[Passages, Passages]]:
    """Yield the passages of both sides of each block that are still to be told, if there are any."""
    top = structure(view, Side.HEAD).front_end if view.has_page_structure and view.blocks else 0
    flows = extension(view.change.path) != "txt"  # which may as well be a list
    cut = passages if flows else _each
    for hunk in view.hunks:
        for block in paragraph_blocks(hunk, top) if flows else hunk.blocks:
            old = _unclaimed_lines(view, Side.BASE, block.old_start, block.old_lines)
            new = _unclaimed_lines(view, Side.HEAD, block.new_start, block.new_lines)
            if old or new:
                yield cut(old), cut(new)


def _unclaimed_lines(
    view: FileView, side: Side, start: int, lines: Sequence[str]
) -> list[tuple[int, str]]:
    """Return the lines that are still to be told, without blanks and code."""
    if not lines:
        return []
    code, claimed = code_lines(view, side), view.claimed
    return [
        (number, line)
        for number, line in enumerate(lines, start)
        if number not in code and (side, number) not in claimed and line.strip()
    ]


def _each(lines: Sequence[tuple[int, str]]) -> Passages:
    return [Passage(number, number, line) for number, line in lines]


def moved_words(blocks: Sequence[tuple[Passages, Passages]]) -> set[str]:
    """Return the words of passages that were removed in one place and added in another.

    Passages with the same words in one block are not moved: their markup was changed.
    """
    removed: set[str] = set()
    added: set[str] = set()
    for sides in blocks if len(blocks) > 1 else ():
        old, new = ({words_of(passage.text) for passage in side} for side in sides)
        removed |= old - new
        added |= new - old
    return {words for words in removed & added if len(words) >= _SHORTEST_MOVED}


def match_passages(removed: Passages, added: Passages) -> tuple[list[Pair], Passages, Passages]:
    """Match removed and added passages of a block that are versions of each other.

    Pairs in which only white space differs are in none of the results.
    """
    if not removed or not added or len(removed) * len(added) > _MOST_COMPARED:
        return [], removed, added
    least = _ALIKE_ALONE if len(removed) == len(added) == 1 else _ALIKE
    pairs: list[Pair] = []
    rest_removed: Passages = []
    rest_added = [(passage, _Bag(passage)) for passage in added]
    for old in removed:
        bag = _Bag(old)
        best, at = 0.0, 0
        for number, (_, other) in enumerate(rest_added):
            score = _alike(bag, other, max(best, least), alone=len(rest_added) == 1)
            if score > best:
                best, at = score, number
        if best < least:
            rest_removed.append(old)
            continue
        new, other = rest_added.pop(at)
        if bag.words != other.words:
            pairs.append((old, new))
    return pairs, rest_removed, [new for new, _ in rest_added]


class _Bag:
    """The words of a passage: in order, each once, and how many are repetitions."""

    __slots__ = ("different", "repeated", "words")

    def __init__(self, passage: Passage) -> None:
        self.words = passage.text.split()
        self.different = frozenset(self.words)
        self.repeated = len(self.words) - len(self.different)


def _alike(first: _Bag, second: _Bag, least: float, *, alone: bool) -> float:
    """Return the share of words that two passages have in common, 0 to 1.

    Args:
        first: One passage.
        second: The other.
        least: Below this the share is of no interest, and may be told too low.
        alone: Whether it is compared with no other, so that it is enough to reach `least`.
    """
    total = len(first.words) + len(second.words)
    common = len(first.different & second.different)
    if not common:
        return 0.9 if total == 2 else 0.0
    most = common + min(first.repeated, second.repeated)
    enough = alone and 2 * common >= least * total
    if most > common and not enough and 2 * most >= least * total:
        common = (Counter(first.words) & Counter(second.words)).total()
    return 2 * common / total
