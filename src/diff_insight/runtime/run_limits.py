"""Bounds of a whole run: one end for all of its work, and the memory that each of its processes may take."""

from __future__ import annotations

import math
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from time import monotonic

from diff_insight.errors import EnvironmentFailure

#: Seconds after which the end is told again, should something have held it up.
_AGAIN = 5.0
_MEGABYTE = 1 << 20
_HAS_TIMER = hasattr(signal, "setitimer") and hasattr(signal, "SIGALRM")
#: When the run is over, on the clock of `monotonic`.
_END: ContextVar[float] = ContextVar("end", default=math.inf)
#: What a container may take, where it is told.
_CONTAINER = Path("/sys/fs/cgroup/memory.max")


class RunOverError(BaseException):
    """The time of the run is over. No `except Exception` on the way holds it up."""


@contextmanager
def run_limits(seconds: int, megabytes: int) -> Iterator[None]:
    """Bound what a run takes; 0 is no bound.

    Args:
        seconds: From now to the end, whatever is at work then.
        megabytes: What this process, and each that it starts, may ask the system for.

    Raises:
        EnvironmentFailure: It took more.
    """
    with ExitStack() as bounds:
        bounds.enter_context(memory_limit(megabytes))
        bounds.enter_context(_deadline(seconds))
        yield


def seconds_left() -> float:
    """Return the seconds until the end of the run; infinite where it has none."""
    return max(0.0, _END.get() - monotonic())


@contextmanager
def _deadline(seconds: int) -> Iterator[None]:
    if not seconds or not _HAS_TIMER or threading.current_thread() is not threading.main_thread():
        yield
        return
    end = _END.set(monotonic() + seconds)
    handler = signal.signal(signal.SIGALRM, _break_off)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    except RunOverError:
        raise EnvironmentFailure(
            f"the run has not come to its end in {seconds} seconds",
            cause="the range is very large or made so that reading it takes long, or a server is slow",
            cure="compare a smaller range, or raise run-deadline",
        ) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler if handler is not None else signal.SIG_DFL)
        _END.reset(end)


def _break_off(_number: int, _frame: object) -> None:
    raise RunOverError


@contextmanager
def memory_limit(megabytes: int, container: Path = _CONTAINER) -> Iterator[None]:
    """Bound the memory of this process and of those it starts; files that are mapped do not count.

    Args:
        megabytes: The bound; 0 is none. A container with less of it is the bound.
        container: Tells what the container may take.

    Raises:
        EnvironmentFailure: There was not enough.
    """
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_DATA)
    bounds = [bound for bound in before if bound != resource.RLIM_INFINITY]
    if megabytes:
        bounds += [megabytes * _MEGABYTE, *_of_container(container)]
    if bounds:
        with suppress(ValueError, OSError):  # a system that knows no such bound
            resource.setrlimit(resource.RLIMIT_DATA, (min(bounds), before[1]))
    try:
        yield
    except MemoryError:
        raise EnvironmentFailure(
            f"the run needs more memory than the {min(bounds, default=0) // _MEGABYTE} MB that it may take",
            cause="the range is very large, or made so that reading it takes much",
            cure="compare a smaller range, or raise max-memory",
        ) from None
    finally:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, before)


def _of_container(bound: Path) -> list[int]:
    """Return what the container may take, in bytes; nothing where it does not say."""
    try:
        word = bound.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return []
    return [int(word)] if word.isdecimal() and len(word) < 18 else []
