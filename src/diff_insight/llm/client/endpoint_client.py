"""Asks until there is an answer or a reason why there is none: dialect, waits, deadline, budget."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.llm.client.concurrency import Priority, Slots
from diff_insight.llm.client.exchange import (
    DIALECT,
    FATAL,
    PASSING,
    Dialect,
    Endpoint,
    EndpointError,
    ModelAnswer,
    Question,
    Trouble,
)
from diff_insight.llm.client.output_room import OutputRoom
from diff_insight.llm.client.usage_ledger import TokenBudget, UsageLedger
from diff_insight.llm.prompting.token_estimate import estimate

#: Times that a request goes out, waits between them in seconds, and the longest wait that is obeyed.
ATTEMPTS = 4
_WAITS = (0.5, 2.0, 6.0)
_LONGEST_WAIT = 60.0
#: Failures in a row, over all requests, after which the endpoint counts as gone.
_PATIENCE = 6
#: Seconds in which a refused parameter comes back; then the others no longer wait for the first.
_GRACE = 0.5


class RequestLimits(Struct, frozen=True, kw_only=True):
    """What a run may take.

    Attributes:
        slots: Requests under way at once.
        request_seconds: Time for one request.
        run_seconds: Time for all of them.
        thinking_tokens: Output tokens for thoughts, on top of the room of an answer.
    """

    slots: int = 8
    request_seconds: float = 120.0
    run_seconds: float = 900.0
    thinking_tokens: int = 0


class Timing(Struct, frozen=True):
    """Clock and patience; tests give quicker ones."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class Client:
    """Shares one endpoint between the requests of a run."""

    def __init__(
        self,
        endpoint: Endpoint,
        dialect: Dialect,
        limits: RequestLimits,
        purse: TokenBudget,
        timing: Timing,
    ) -> None:
        self._endpoint = endpoint
        self._dialect = dialect
        self._limits = limits
        self._purse = purse
        self._timing = timing
        self._end = timing.now() + limits.run_seconds
        self.slots = Slots(limits.slots)
        self._failures = 0
        self._not_before = 0.0
        self._over: EndpointError | None = None
        self._first: asyncio.Future[None] | None = None
        self._room = OutputRoom(limits.thinking_tokens)

    @property
    def over(self) -> EndpointError | None:
        """Why nothing is asked any more."""
        return self._over

    async def ask(
        self, question: Question, ledger: UsageLedger, priority: Priority, again: str = ""
    ) -> ModelAnswer:
        """Return the answer to a question.

        Args:
            question: What is asked.
            ledger: Who pays.
            priority: Who goes first.
            again: Why something is asked that was asked before; empty when it was not.

        Raises:
            EndpointError: There is none, and asking the same again would not help.
        """
        waits, tries, reason = 0, 0, again
        while True:
            room = self._room.of(question.room, tries)
            try:
                return await self._once(replace(question, room=room), ledger, priority, reason)
            except EndpointError as error:
                if error.trouble in FATAL:
                    self._over = self._over or error
                    raise
                if error.trouble in DIALECT:
                    reason = "dialect"
                elif self._room.learn(error, question.room, room, tries):
                    tries += 1
                    reason = str(error.trouble)
                elif error.trouble in PASSING and waits < ATTEMPTS - 1:
                    await self._wait(error, waits)
                    waits += 1
                    reason = str(error.trouble)
                else:
                    raise

    async def _once(
        self, question: Question, ledger: UsageLedger, priority: Priority, again: str
    ) -> ModelAnswer:
        """Send a question once; a refused parameter changes the dialect for all.

        `again` says why it is sent another time; empty for the first.
        """
        async with self.slots.hold(priority):
            await self._pause()
            first = await self._gate()
            dialect = self._dialect
            try:
                answer = await self._send(question, dialect, ledger, again)
            except EndpointError as error:
                self._learn(error, dialect)
                raise
            finally:
                if first is not None and not first.done():
                    first.set_result(None)
            self._failures = 0
            self.slots.went_well()
            return answer

    async def _pause(self) -> None:
        """Wait as long as the endpoint has asked of anybody; to go on at once would cost a try."""
        seconds = self._not_before - self._timing.now()
        if seconds > 0:
            if self._timing.now() + seconds >= self._end:
                raise EndpointError(Trouble.DEADLINE)
            await self._timing.sleep(seconds)

    async def _gate(self) -> asyncio.Future[None] | None:
        """Let the first request settle the dialect; return its promise to whoever sends it."""
        if self._first is None:
            self._first = asyncio.get_running_loop().create_future()
            return self._first
        if not self._first.done():
            await asyncio.wait((self._first,), timeout=_GRACE)
            if not self._first.done():
                self._first.set_result(None)
        return None

    async def _send(
        self, question: Question, dialect: Dialect, ledger: UsageLedger, again: str
    ) -> ModelAnswer:
        estimated = estimate(question.prompt.system) + estimate(question.prompt.user)
        seconds = self._time_left()
        aside = self._purse.take(estimated)
        if aside is None:
            raise EndpointError(Trouble.BUDGET)
        ledger.requests += 1
        if again:
            ledger.resent[again] += 1
        answer: ModelAnswer | None = None
        try:
            async with asyncio.timeout(seconds):
                answer = await self._endpoint.ask(question, dialect)
        except TimeoutError as error:
            raise EndpointError(Trouble.TIMEOUT) from error
        except EndpointError as error:
            answer = error.answer
            raise
        finally:
            # A request that was refused whole costs nothing; one that broke off may have.
            if answer is None:
                self._purse.give_back(aside)
            else:
                took = self._purse.settle(aside, estimated, answer.input_tokens)
                output = answer.output_tokens or estimate(answer.text)
                ledger.count(took, output, batched=answer.batched)
        return answer

    def _time_left(self) -> float:
        """Return the seconds for one request."""
        if self._over is not None:
            raise EndpointError(self._over.trouble, self._over.detail)
        left = self._end - self._timing.now()
        if left <= 0:
            raise EndpointError(Trouble.DEADLINE)
        return min(left, self._limits.request_seconds)

    def _learn(self, error: EndpointError, dialect: Dialect) -> None:
        """Take from a failure what all other requests have to know."""
        if error.trouble in DIALECT:
            if self._dialect == dialect:
                following = dialect.without(error.trouble)
                if following is None:
                    raise EndpointError(Trouble.REQUEST, error.detail) from error
                self._dialect = following
        elif error.trouble in PASSING:
            self._failures += 1
            if error.trouble is Trouble.RATE:
                self.slots.too_much()
                wait = min(error.wait or 0.0, _LONGEST_WAIT)
                self._not_before = max(self._not_before, self._timing.now() + wait)
            elif self._failures >= _PATIENCE + self._limits.slots:
                raise EndpointError(Trouble.SILENT, error.detail or str(error.trouble)) from error

    async def _wait(self, error: EndpointError, waits: int) -> None:
        """Wait as long as the endpoint asks, or as is usual."""
        seconds = _WAITS[waits] if error.wait is None else error.wait
        seconds = min(seconds, _LONGEST_WAIT)
        if self._timing.now() + seconds >= self._end:
            raise EndpointError(Trouble.DEADLINE)
        await self._timing.sleep(seconds)
