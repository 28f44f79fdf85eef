"""Which finished ranges are published next, and which of them in one commit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from msgspec import Struct

from diff_insight.plan.finished import FinishedRange, read_travelled
from diff_insight.plan.planned_range import PlannedRange

#: Ranges and bytes of documents that go into one commit.
MOST_RANGES, MOST_BYTES = 40, 8_000_000


class Publishable(Struct, frozen=True):
    """A planned range with its record, and the bytes of its documents."""

    planned: PlannedRange
    record: FinishedRange
    size: int


def after_commit(
    ranges: Sequence[PlannedRange], head: str, begun: str = ""
) -> Sequence[PlannedRange] | None:
    """Return the ranges behind the commit that reports have come to.

    Args:
        ranges: As planned.
        head: Where the cursor stands; empty when there is none.
        begun: Where it stood when they were planned.

    Returns:
        None when it stands at a commit that the plan knows nothing of: others have gone on meanwhile.
    """
    heads = [each.head for each in ranges]
    if head in heads:
        return ranges[heads.index(head) + 1 :]
    return ranges if head in {"", begun} else None


def stretches(ranges: Sequence[PlannedRange]) -> Iterator[list[PlannedRange]]:
    """Yield ranges that follow each other; one whose parts have to be joined first stands alone."""
    for _, stretch in groupby(ranges, lambda each: each.key if each.parts else ""):
        yield list(stretch)


def publishable_ranges(root: Path, ranges: Iterable[PlannedRange]) -> Iterator[Publishable]:
    """Yield ranges up to the first that is not recorded as done below a folder."""
    for planned in ranges:
        record = read_travelled(root, planned)
        if record is None:
            return
        size = sum((root / name).stat().st_size for name in record.documents)
        yield Publishable(planned, record, size)


def batches(
    done: Iterable[Publishable], most_ranges: int = MOST_RANGES, most_bytes: int = MOST_BYTES
) -> Iterator[list[Publishable]]:
    """Yield what goes into one commit each: neither too many ranges nor too many bytes."""
    batch: list[Publishable] = []
    size = 0
    for each in done:
        if batch and (len(batch) == most_ranges or size + each.size > most_bytes):
            yield batch
            batch, size = [], 0
        batch.append(each)
        size += each.size
    if batch:
        yield batch
