"""Keeps writes to GitHub below its limits on content: one a second, 80 a minute, 500 an hour.

Rules: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

#: How many writes in how many seconds.
LIMITS = ((1, 1.0), (80, 60.0), (500, 3600.0))


class WritePace:
    """Waits before a write until every limit has room for it.

    Args:
        clock: Seconds that only grow.
        sleep: Waits for a number of seconds.
        limits: Counts of writes, with the seconds in which so many are allowed.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        limits: Sequence[tuple[int, float]] = LIMITS,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._limits = tuple(limits)
        self._sent: deque[float] = deque(maxlen=max(count for count, _ in limits))

    def wait(self) -> None:
        """Wait as long as needed, and count a write."""
        now = self._clock()
        until = max(
            (self._sent[-count] + span for count, span in self._limits if len(self._sent) >= count),
            default=now,
        )
        if until > now:
            self._sleep(until - now)
        self._sent.append(max(until, now))
