"""Runs pure work on several cores: this process and forked children take item after item.

Where the system cannot fork, or there is little to do, the work is done in place.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from typing import IO, TypeVar

from diff_insight.errors import EnvironmentFailure
from diff_insight.runtime.children import Child, NoOutcomeError

Item = TypeVar("Item")
Result = TypeVar("Result")


def _untold(_: int) -> None:
    """Say nothing."""


class InPlace:
    """Does the work in this process."""

    def map(
        self,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        advance: Callable[[int], None] = _untold,
    ) -> list[Result]:
        """Return the results in the order of the items; `advance` is told of each one."""
        results: list[Result] = []
        for item in items:
            results.append(function(item))
            advance(1)
        return results


class Forked:
    """Shares the work between this process and `count - 1` children.

    Who is done with an item takes the next one, so that none of them waits long for the others.

    Args:
        count: Processes in all, usually the number of cores.
    """

    def __init__(self, count: int) -> None:
        self._count = count

    def map(
        self,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        advance: Callable[[int], None] = _untold,
    ) -> list[Result]:
        """Return the results in the order of the items; the first failure is raised here.

        `advance` is told, in this process alone, how many more items all of them have begun.
        """
        shares = min(self._count, len(items))
        if shares < 2:
            return InPlace().map(function, items, advance)
        with tempfile.TemporaryFile(prefix="diff-insight-") as position:

            def work() -> dict[int, Result]:
                return {turn: function(items[turn]) for turn in _turns(position, len(items))}

            children = [Child(work) for _ in range(1, shares)]
            results: dict[int, Result] = {}
            begun = 0
            try:
                for turn in _turns(position, len(items)):
                    results[turn] = function(items[turn])
                    advance(turn + 1 - begun)
                    begun = turn + 1
            except BaseException:
                for child in children:
                    child.abandon()
                raise
        for child in children:
            results |= _collect(child)
        return [results[turn] for turn in range(len(items))]


def _turns(stream: IO[bytes], count: int) -> Iterator[int]:
    """Yield numbers below `count`, each to one of the processes that share an open file.

    They share its position as well, and each step forward tells whose turn the number is. Were two
    ever told the same one, both would do the same work.
    """
    while (turn := os.lseek(stream.fileno(), 1, os.SEEK_CUR) - 1) < count:
        yield turn


def _collect(child: Child[dict[int, Result]]) -> dict[int, Result]:
    try:
        return child.collect()
    except NoOutcomeError:
        raise EnvironmentFailure(
            "a helper process ended without its results",
            cause="too little memory, a full temporary directory, or a signal",
            cure="free memory and disk space and run again",
        ) from None
