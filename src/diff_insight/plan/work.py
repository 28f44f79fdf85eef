"""Estimates what ranges take: seconds of a processor, tokens of a model, and their price."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from diff_insight.plan.planned_range import PlannedRange

#: Seconds for a range with nothing in it, for each file, and for each changed line, with three
#: locales on one core; docs/scale.md tells how they were measured.
_START, _PER_FILE, _PER_LINE = 0.14, 0.008, 0.000009
#: The share of these that git's comparison takes, which every part of a range does.
_COMPARED_PER_FILE, _COMPARED_PER_LINE = 0.0003, 0.000002
#: Files of a range whose number is not known.
_USUAL_FILES = 20
#: Tokens that a model reads for each changed line and each file, and that it writes for each file
#: and locale.
_READ_PER_LINE, _READ_PER_FILE, _WRITTEN_PER_FILE = 16, 220, 90


class Estimate(Struct, frozen=True, kw_only=True):
    """What a plan takes altogether.

    Attributes:
        seconds: Of one processor.
        input_tokens: That a model would be sent, in one request for all locales.
        output_tokens: That it would answer.
        dollars: What both cost; None without prices.
    """

    seconds: float
    input_tokens: int
    output_tokens: int
    dollars: float | None = None


def seconds_of(planned: PlannedRange) -> float:
    """Return the seconds that a range takes on one core."""
    files, lines = _size(planned)
    return _START + files * _PER_FILE + lines * _PER_LINE


def part_seconds_of(planned: PlannedRange, count: int) -> float:
    """Return the seconds that one of so many parts of a range takes on one core."""
    files, lines = _size(planned)
    compared = files * _COMPARED_PER_FILE + lines * _COMPARED_PER_LINE
    return _START + compared + (files * _PER_FILE + lines * _PER_LINE) / count


def estimate(
    ranges: Iterable[PlannedRange], locales: int, prices: tuple[float, float] | None = None
) -> Estimate:
    """Return what ranges take.

    Args:
        ranges: The plan.
        locales: Number of locales that a model writes in.
        prices: US dollars for a million input and output tokens.
    """
    planned = list(ranges)
    sizes = [_size(each) for each in planned]
    read = sum(files * _READ_PER_FILE + lines * _READ_PER_LINE for files, lines in sizes)
    written = sum(files * _WRITTEN_PER_FILE * locales for files, _ in sizes)
    cost = None if prices is None else (read * prices[0] + written * prices[1]) / 1_000_000
    return Estimate(
        seconds=sum(map(seconds_of, planned)),
        input_tokens=read,
        output_tokens=written,
        dollars=cost,
    )


def _size(planned: PlannedRange) -> tuple[int, int]:
    files = planned.files if planned.files >= 0 else _USUAL_FILES
    return files, planned.lines if planned.lines >= 0 else 10 * files
