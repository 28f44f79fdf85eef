"""A cancelled run ends at once, with its children: Python is process 1 in the container."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType

INTERRUPTED = 130


def install_signal_handlers() -> None:
    """Turn SIGTERM and SIGINT into `KeyboardInterrupt`, after telling the children to end.

    Process 1 has no default reaction to SIGTERM, and the runner kills 10 seconds after it has asked.
    A second signal does not wait for anything to be put away.
    """
    handler = _handler(os.getpid(), end_descendants)
    signal.signal(signal.SIGTERM, handler)
    signal.signal(signal.SIGINT, handler)


def _handler(installer: int, end: Callable[[int], None]) -> Callable[[int, FrameType | None], None]:
    asked = False

    def handle(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        if os.getpid() != installer:
            # A forked helper has nothing to put away, and must not run its parent's code.
            os._exit(INTERRUPTED)
        end(installer)
        if asked:
            os._exit(INTERRUPTED)
        asked = True
        raise KeyboardInterrupt

    return handle


def end_descendants(ancestor: int) -> None:
    """Send SIGTERM to every process that a process has started, and to those that they have."""
    for process in descendants(ancestor):
        with suppress(ProcessLookupError, PermissionError):
            os.kill(process, signal.SIGTERM)


def descendants(ancestor: int, table: Path = Path("/proc")) -> list[int]:
    """Return the processes below a process; none where the system does not list them."""
    parents = {}
    with suppress(OSError):
        for entry in table.iterdir():
            if entry.name.isdecimal() and (parent := _parent(entry)) is not None:
                parents[int(entry.name)] = parent
    processes = [ancestor]
    for known in processes:
        processes += [process for process, parent in parents.items() if parent == known]
    return processes[1:]


def _parent(entry: Path) -> int | None:
    """Return the parent of a process; None when it has ended meanwhile."""
    try:
        # The name stands in parentheses and may hold anything; state and parent follow it.
        return int((entry / "stat").read_bytes().rpartition(b")")[2].split()[1])
    except (OSError, IndexError, ValueError):
        return None
