"""Runs a template of a user where it can do no harm: a child process with bounded time and memory.

Jinja's sandbox keeps templates from Python; it does not keep them from looping, nor from doubling a
text until the machine is out of memory.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from diff_insight.errors import DiffInsightError, UsageError
from diff_insight.runtime.children import Child, NoOutcomeError, can_fork

#: How an answer of the child begins. It is text: a template that broke out has nothing to unpickle.
_TEXT, _ERROR = b"T", b"E"


class ChildLimits(Struct, frozen=True):
    """What a template may take: characters of output, seconds of computing, bytes of memory."""

    characters: int = 25_000_000
    seconds: int = 60
    memory: int = 1 << 30


def render_confined(produce: Callable[[], Iterable[str]], limits: ChildLimits) -> str:
    """Return the joined pieces.

    Raises:
        UsageError: They take more than the limits allow; other errors come from `produce`.
    """
    if not can_fork():
        return join_bounded(produce(), limits.characters)

    def produce_bytes() -> bytes:
        _restrict(limits)
        try:
            return _TEXT + join_bounded(produce(), limits.characters).encode(
                "utf-8", "surrogatepass"
            )
        except DiffInsightError as error:
            return _ERROR + json.dumps([error.what, error.cause, error.cure]).encode()

    try:
        answer = Child(produce_bytes, plain=True).collect()
        if answer.startswith(_ERROR):
            what, cause, cure = map(str, json.loads(answer[1:]))
            raise UsageError(what, cause=cause, cure=cure)
        return answer.removeprefix(_TEXT).decode("utf-8", "surrogatepass")
    except NoOutcomeError:
        raise UsageError(
            "a template takes too much time or memory",
            cause=f"it may compute for {limits.seconds} seconds",
            cure="loop over less, and do not build long texts in variables",
        ) from None


def join_bounded(pieces: Iterable[str], most: int) -> str:
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


def _restrict(limits: ChildLimits) -> None:
    """Let the system end this process when it takes too much."""
    import resource  # noqa: PLC0415 - only where processes can be forked

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    with suppress(OSError, ValueError):  # where the system does not tell, time is the only bound
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        most = pages * os.sysconf("SC_PAGE_SIZE") + limits.memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
