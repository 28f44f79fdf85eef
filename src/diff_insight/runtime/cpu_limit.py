"""Ends work on hostile content after some seconds of computing, and lets the rest of the run go on.

A regular expression or a parser that takes too long cannot be told so from outside, but Python looks
for signals even inside of a search. Only computing counts: a busy machine changes no report.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

#: Seconds after which the signal is repeated, should something have held it up.
_AGAIN = 0.05
#: Whether nothing may break off now.
_UNBROKEN: ContextVar[bool] = ContextVar("unbroken", default=False)
_HAS_TIMER = hasattr(signal, "setitimer") and hasattr(signal, "SIGVTALRM")


class OutOfTimeError(BaseException):
    """The work takes longer than it may. No `except Exception` on the way holds it up."""


@contextmanager
def cpu_limit(seconds: float) -> Iterator[None]:
    """Raise `OutOfTimeError` inside when the work has computed for some seconds.

    Where the system has no such timer, and outside of the main thread, there is no limit. Limits may
    be nested: the inner one stands in for the outer one, whose time goes on afterwards.

    Args:
        seconds: User time of this process; at most 0 means that there is none left.

    Raises:
        OutOfTimeError: It took too long.
    """
    if not _HAS_TIMER or threading.current_thread() is not threading.main_thread():
        yield
        return
    if seconds <= 0:
        raise OutOfTimeError
    handler = signal.signal(signal.SIGVTALRM, _break_off)
    left, _ = signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
    try:
        yield
    finally:
        used = seconds - signal.setitimer(signal.ITIMER_VIRTUAL, 0)[0]
        signal.signal(signal.SIGVTALRM, handler if handler is not None else signal.SIG_DFL)
        if left:
            signal.setitimer(signal.ITIMER_VIRTUAL, max(_AGAIN, left - used), _AGAIN)


@contextmanager
def unbroken() -> Iterator[None]:
    """Do a step that must not be left half done, such as an exchange with git; it is soon over."""
    before = _UNBROKEN.set(True)
    try:
        yield
    finally:
        _UNBROKEN.reset(before)


def _break_off(_number: int, _frame: object) -> None:
    if not _UNBROKEN.get():  # else the timer comes again
        raise OutOfTimeError
