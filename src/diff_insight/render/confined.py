"""Runs a template of a user where it can do no harm: a child process with bounded time and memory.

Jinja's sandbox keeps templates from Python; it does not keep them from looping, nor from doubling a
text until the machine is out of memory.
"""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NoReturn

from diff_insight.errors import UsageError


@dataclass(frozen=True, slots=True)
class Limits:
    """What a template may take: characters of output, seconds of computing, bytes of memory."""

    characters: int = 25_000_000
    seconds: int = 60
    memory: int = 1 << 30


def confined(produce: Callable[[], Iterable[str]], limits: Limits) -> str:
    """Return the joined pieces.

    Raises:
        UsageError: They take more than the limits allow; other errors come from `produce`.
    """
    if not hasattr(os, "fork"):
        return bounded(produce(), limits.characters)
    # Unbuffered, so that parent and child never write the same bytes twice.
    with tempfile.TemporaryFile(prefix="diff-insight-", buffering=0) as file:
        pid = os.fork()
        if not pid:
            _child(produce, limits, file)
        _, status = os.waitpid(pid, 0)
        if status != 0:
            raise UsageError(
                "a template takes too much time or memory",
                cause=f"it may compute for {limits.seconds} seconds",
                cure="loop over less, and do not build long texts in variables",
            )
        file.seek(0)
        text, error = pickle.load(file)  # noqa: S301 - written by our own child
    if error is not None:
        raise error
    return str(text)


def bounded(pieces: Iterable[str], most: int) -> str:
    """Join pieces up to a number of characters.

    Raises:
        UsageError: There are more.
    """
    kept, size = [], 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise UsageError(
                f"a template writes more than {most} characters",
                cure="write less",
            )
        kept.append(piece)
    return "".join(kept)


def _child(produce: Callable[[], Iterable[str]], limits: Limits, file: IO[bytes]) -> NoReturn:
    """Do the work, leave its outcome in the file, and end without returning to the parent's code."""
    code = 0
    try:
        _restrict(limits)
        file.write(pickle.dumps(_outcome(produce, limits)))
    except BaseException:  # noqa: BLE001 - a child must never return into the parent's code
        code = 1
    os._exit(code)


def _outcome(
    produce: Callable[[], Iterable[str]], limits: Limits
) -> tuple[str, None] | tuple[None, Exception]:
    try:
        return bounded(produce(), limits.characters), None
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - handed to the parent, which raises it
        return None, error


def _restrict(limits: Limits) -> None:
    """Let the system end this process when it takes too much."""
    import resource  # noqa: PLC0415 - only where processes can be forked

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    with suppress(OSError, ValueError):  # where the system does not tell, time is the only bound
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        most = pages * os.sysconf("SC_PAGE_SIZE") + limits.memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
