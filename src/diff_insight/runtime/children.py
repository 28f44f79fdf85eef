"""A forked child process that does one piece of work and hands its outcome back.

A child sees the parent's memory as it is, so nothing has to be sent to it; only the outcome comes
back, pickled, through a temporary file. The product has no threads, so forking is safe.
"""

from __future__ import annotations

import os
import pickle
import signal
import tempfile
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Generic, TypeVar

Result = TypeVar("Result")
_PROTOCOL = pickle.HIGHEST_PROTOCOL


def can_fork() -> bool:
    """Tell whether this system has child processes of this kind."""
    return hasattr(os, "fork")


class NoOutcomeError(Exception):
    """A child ended without an outcome: killed by the system, or unable to write one."""


class Child(Generic[Result]):
    """Starts the work in a child at once.

    Args:
        work: Its result, or the `Exception` it raises, is the outcome. `MemoryError` ends the child
            without one, since a child that has no memory cannot tell so either.
        plain: The work returns bytes and raises nothing; they come back as they are. For work that is
            not to be trusted with what a pickle can do.
    """

    def __init__(self, work: Callable[[], Result], *, plain: bool = False) -> None:
        self._plain = plain
        # Unbuffered, so that parent and child never write the same bytes twice.
        self._file: IO[bytes] = tempfile.TemporaryFile(  # noqa: SIM115 - closed by collect or abandon
            prefix="diff-insight-", buffering=0
        )
        self._pid = os.fork()
        if not self._pid:
            _work_and_exit(work, self._file, plain=plain)

    def collect(self) -> Result:
        """Wait for the child and return its result, or raise what the work raised.

        Raises:
            NoOutcomeError: The child left no outcome.
        """
        _, status = os.waitpid(self._pid, 0)
        with self._file:
            if status != 0:
                raise NoOutcomeError
            self._file.seek(0)
            if self._plain:
                return self._file.read()  # type: ignore[return-value]
            result, error = pickle.load(self._file)  # noqa: S301 - written by our own child
        if error is not None:
            raise error
        return result  # type: ignore[no-any-return]

    def abandon(self) -> None:
        """End the child and drop its outcome."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        self._file.close()


def _work_and_exit(work: Callable[[], object], file: IO[bytes], *, plain: bool) -> None:
    """Leave the outcome in the file, and end without returning to the parent's code."""
    code = 0
    try:
        outcome = work() if plain else pickle.dumps(_outcome(work), protocol=_PROTOCOL)
        if isinstance(outcome, bytes):
            file.write(outcome)
    except BaseException:  # noqa: BLE001 - a child must never return into the parent's code
        code = 1
    os._exit(code)


def _outcome(work: Callable[[], object]) -> tuple[object, Exception | None]:
    try:
        return work(), None
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - handed to the parent, which raises it
        return None, error
