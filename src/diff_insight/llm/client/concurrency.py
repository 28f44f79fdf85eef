"""Bounds the requests under way, fewer after each 429, more again with success."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

#: A smaller number goes first; within one, the order of asking decides.
Priority = tuple[int, ...]


class Slots:
    """Lets at most `most` holders in at a time, most urgent first.

    The bound is halved when the endpoint says that it is too much, and grows by one when as many
    requests as the bound have succeeded since.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._bound = most
        self._held = 0
        self._good = 0
        self._waiting: list[tuple[Priority, int, asyncio.Future[None]]] = []
        self._asked = 0
        self.highest = 0

    @asynccontextmanager
    async def hold(self, priority: Priority) -> AsyncIterator[None]:
        """Wait for a slot and give it back."""
        await self._take(priority)
        try:
            yield
        finally:
            self._held -= 1
            self._wake()

    def too_much(self) -> None:
        """Halve the bound."""
        self._bound = max(1, self._bound // 2)
        self._good = 0

    def went_well(self) -> None:
        """Count a success towards a higher bound."""
        self._good += 1
        if self._bound < self._most and self._good >= self._bound:
            self._bound += 1
            self._good = 0
            self._wake()

    async def _take(self, priority: Priority) -> None:
        self._asked += 1
        ticket = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (priority, self._asked, ticket))
        self._wake()
        try:
            await ticket
        except asyncio.CancelledError:
            if ticket.done() and not ticket.cancelled():
                self._held -= 1
                self._wake()
            raise

    def _wake(self) -> None:
        while self._waiting and self._held < self._bound:
            _, _, ticket = heapq.heappop(self._waiting)
            if not ticket.done():
                self._held += 1
                self.highest = max(self.highest, self._held)
                ticket.set_result(None)
