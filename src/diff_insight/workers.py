"""Runs pure work on several cores: forked children each take a share and hand the results back.

Where the system cannot fork, or there is little to do, the work is done in place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from diff_insight.children import Child, NoOutcomeError
from diff_insight.errors import EnvironmentFailure

Item = TypeVar("Item")
Result = TypeVar("Result")


class InPlace:
    """Does the work in this process."""

    def map(self, function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
        """Return the results in the order of the items."""
        return [function(item) for item in items]


class Forked:
    """Shares the work between this process and `count - 1` children.

    Args:
        count: Processes in all, usually the number of cores.
    """

    def __init__(self, count: int) -> None:
        self._count = count

    def map(self, function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
        """Return the results in the order of the items; the first failure is raised here."""
        shares = min(self._count, len(items))
        if shares < 2:
            return InPlace().map(function, items)
        in_place = InPlace().map
        children = [
            Child(partial(in_place, function, items[number::shares])) for number in range(1, shares)
        ]
        try:
            own = in_place(function, items[0::shares])
        except BaseException:
            for child in children:
                child.abandon()
            raise
        results: list[Result | None] = [None] * len(items)
        for number, share in enumerate([own, *map(_collect, children)]):
            results[number::shares] = share
        return results  # type: ignore[return-value]


def _collect(child: Child[list[Result]]) -> list[Result]:
    try:
        return child.collect()
    except NoOutcomeError:
        raise EnvironmentFailure(
            "a helper process ended without its results",
            cause="too little memory, a full temporary directory, or a signal",
            cure="free memory and disk space and run again",
        ) from None
