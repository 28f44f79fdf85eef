"""Lines of symbols: as evidence, and as spans that hold other lines."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from diff_insight.facts.code.compare import Pair
from diff_insight.facts.code.model import Symbol
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.model.changes import Side
from diff_insight.model.facts import Evidence


def both_heads(pair: Pair) -> tuple[Evidence, ...]:
    """Return the heads of both versions of a symbol."""
    return head_lines(pair.old, Side.BASE), head_lines(pair.new, Side.HEAD)


def head_lines(symbol: Symbol, side: Side) -> Evidence:
    """Return the lines of a symbol's head: up to where its body begins, ten at the most."""
    end = symbol.end
    if symbol.body is not None:
        end = min(end, max(symbol.start, symbol.body.start_point[0] + 1))
    make = base_line if side is Side.BASE else head_line
    return make(symbol.start, max(1, min(end - symbol.start + 1, 10)))


def all_lines(symbol: Symbol, side: Side) -> Evidence:
    """Return all lines of a symbol."""
    return Evidence(side, symbol.start, symbol.end)


def joined_spans(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def lines_in(start: int, end: int, spans: list[tuple[int, int]]) -> Iterator[int]:
    """Yield the numbers of a run that stand in one of some spans."""
    index = bisect_left(spans, (start, 0))
    for low, high in spans[max(0, index - 1) :]:
        if low > end:
            return
        yield from range(max(low, start), min(high, end) + 1)
