"""Runs pure work on several cores: forked children each take a share and hand the results back.

A child sees the parent's memory as it is, so nothing has to be sent to it; only results come back,
pickled, through a temporary file. There are no threads, so forking is safe. Where the system
cannot fork, or there is little to do, the work is done in place.
"""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Callable, Sequence
from typing import IO, TypeVar

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
        children = [_fork(function, items[number::shares]) for number in range(1, shares)]
        try:
            own = [function(item) for item in items[0::shares]]
        except BaseException:
            for pid, file in children:
                os.waitpid(pid, 0)
                file.close()
            raise
        results: list[Result | None] = [None] * len(items)
        results[0::shares] = own
        for number, (pid, file) in enumerate(children, 1):
            results[number::shares] = _collect(pid, file)
        return results  # type: ignore[return-value]


def _fork(function: Callable[[Item], Result], items: Sequence[Item]) -> tuple[int, IO[bytes]]:
    """Start a child that does the items; its results will stand in the returned file."""
    # Unbuffered, so that parent and child never write the same bytes twice.
    file = tempfile.TemporaryFile(prefix="diff-insight-", buffering=0)  # noqa: SIM115
    pid = os.fork()
    if pid:
        return pid, file
    code = 0
    try:
        file.write(pickle.dumps(_outcome(function, items), protocol=pickle.HIGHEST_PROTOCOL))
    except BaseException:  # noqa: BLE001 - a child must never return into the parent's code
        code = 1
    os._exit(code)


def _outcome(
    function: Callable[[Item], Result], items: Sequence[Item]
) -> tuple[list[Result], Exception | None]:
    """Return the results, or the failure that the parent is to raise."""
    try:
        return [function(item) for item in items], None
    except Exception as error:  # noqa: BLE001 - handed to the parent, which raises it
        return [], error


def _collect(pid: int, file: IO[bytes]) -> list[Result]:
    """Wait for a child and return its results."""
    _, status = os.waitpid(pid, 0)
    with file:
        if status != 0:
            raise EnvironmentFailure(
                "a helper process ended without its results",
                cause="too little memory, a full temporary directory, or a signal",
                cure="free memory and disk space and run again",
            )
        file.seek(0)
        results, error = pickle.load(file)  # noqa: S301 - written by our own child
    if error is not None:
        raise error
    return list(results)
