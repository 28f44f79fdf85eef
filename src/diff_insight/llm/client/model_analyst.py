"""The analyst that asks a model: plans, asks about files and ranges, keeps what is believed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import partial

from diff_insight.llm.client.answered_before import AnsweredBefore
from diff_insight.llm.client.batch_queue import Answered
from diff_insight.llm.client.cache import Cache, NoCache
from diff_insight.llm.client.category_session import CategorySession
from diff_insight.llm.client.endpoint_client import Client, Timing
from diff_insight.llm.client.exchange import Dialect, Endpoint, ModelAnswer, Question
from diff_insight.llm.client.file_requests import FileAsker
from diff_insight.llm.client.outgoing import outgoing
from diff_insight.llm.client.overviews import OverviewAsker
from diff_insight.llm.client.prepared import Asked, PreparedCategory, describe_plan
from diff_insight.llm.client.usage_ledger import TokenBudget
from diff_insight.llm.prompting.overview import (
    EXPLAINED,
    ranking,
)
from diff_insight.llm.prompting.plan import Plan, join_plans, make_plan
from diff_insight.llm.prompting.units import choose
from diff_insight.model.changes import ChangeSet, Side
from diff_insight.model.insight import FileEntry, Insight
from diff_insight.model.telling import Told
from diff_insight.ports import DiffSource, Progress
from diff_insight.report.patches import has_hunks, patch_reader

#: Share of the budget that patches may take; the rest is for instructions, retries and overviews.
_FOR_PATCHES = 0.75


class ModelAnalyst:
    """Replaces texts of the rules by a model's, as far as they stand up to the checks.

    Args:
        asked: How to ask.
        endpoint: Makes the endpoint when there is something to ask.
        progress: Hears how far it is, and the plan.
        cache: Remembers answers between runs.
        timing: Clock and patience.
    """

    def __init__(
        self,
        asked: Asked,
        endpoint: Callable[[], Endpoint],
        progress: Progress,
        cache: Cache | None = None,
        timing: Timing | None = None,
    ) -> None:
        self._asked = asked
        self._endpoint = endpoint
        self._progress = progress
        self._cache = cache or NoCache()
        self._timing = timing or Timing()
        self._interrupted = False
        self._over: Client | None = None

    @property
    def is_interrupted(self) -> bool:
        """Whether somebody ended the run meanwhile."""
        return self._interrupted

    @property
    def asking(self) -> Asked:
        """How a model is asked."""
        return self._asked

    def retell(
        self, insights: Sequence[Insight], changes: ChangeSet, source: DiffSource
    ) -> Sequence[Told]:
        """Return what is believed of each document."""
        return self.tell(self.prepare(insights, changes, source))

    def prepare(
        self,
        insights: Sequence[Insight],
        changes: ChangeSet,
        source: DiffSource,
        *,
        slots: int | None = None,
    ) -> list[PreparedCategory]:
        """Return what is to be asked of each document, and what is known of it already.

        Args:
            insights: The documents of the rules.
            changes: The changes that they are about.
            source: Gives what stands around the changed lines.
            slots: Requests under way at once, for which files share them; None is as set.
        """
        prepared = []
        room = int(self._asked.budget * _FOR_PATCHES)
        for insight in insights:
            desk = self._desk(insight, changes, source, room)
            waiting = desk.recall()
            room = max(0, room - sum(unit.tokens for unit in desk.chosen.units))
            plans = [
                make_plan(
                    units, locales, slots=self._asked.limits.slots if slots is None else slots
                )
                for locales, units in waiting.items()
            ]
            prepared.append(PreparedCategory(desk, join_plans(plans)))
        return prepared

    def tell(
        self, prepared: Sequence[PreparedCategory], answered: Mapping[str, Answered] | None = None
    ) -> Sequence[Told]:
        """Ask what was prepared, and return what is believed of it.

        Args:
            prepared: What to ask.
            answered: Outcomes of questions by their names, which are not asked again.
        """
        desks = [each.desk for each in prepared]
        plans = [each.plan for each in prepared]
        self._progress.say(describe_plan(self._asked, prepared))
        if not self._asked.plan_only:
            self._progress.stage("model", sum(len(plan.units) for plan in plans))
            try:
                asyncio.run(self._run(desks, plans, answered or {}))
            except KeyboardInterrupt:
                self._interrupted = True
        over = self._over.over if self._over is not None else None
        return [desk.contribution(over, interrupted=self._interrupted) for desk in desks]

    def _desk(
        self, insight: Insight, changes: ChangeSet, source: DiffSource, room: int
    ) -> CategorySession:
        readers = [
            patch_reader(entry.analysis.change, changes.patches)
            if has_hunks(entry.analysis.change)
            else None
            for entry in insight.files
        ]
        budget = room if self._asked.budget else None
        chosen = choose(
            insight, readers, self._asked.never_send, budget, partial(head_text, source)
        )
        return CategorySession(insight, chosen, self._asked.model, self._asked.place, self._cache)

    async def _run(
        self,
        desks: Sequence[CategorySession],
        plans: Sequence[Plan],
        answered: Mapping[str, Answered],
    ) -> None:
        endpoint = AnsweredBefore(_Fenced(self._endpoint, self._asked.nonce), answered)
        purse = TokenBudget(self._asked.budget)
        client = Client(endpoint, self._asked.dialect, self._asked.limits, purse, self._timing)
        self._over = client
        try:
            await asyncio.gather(
                *(
                    self._category(client, desk, plan, number)
                    for number, (desk, plan) in enumerate(zip(desks, plans, strict=True))
                )
            )
        finally:
            await endpoint.close()

    async def _category(
        self, client: Client, desk: CategorySession, plan: Plan, number: int
    ) -> None:
        """Ask about the files that the overview explains first, and about the others meanwhile."""
        asker = FileAsker(client, desk, number)
        explained = frozenset(ranking(desk.insight)[:EXPLAINED])
        orders = iter(range(plan.requests))
        first: list[asyncio.Task[None]] = []
        others: list[asyncio.Task[None]] = []
        # Tasks begin in the order in which they are made, so runs ask in the same order.
        for wanted, tasks in ((True, first), (False, others)):
            for jobs in plan.parted:
                if (jobs[0].pieces[0].unit.index in explained) is wanted:
                    tasks.append(self._start(asker.ask_parts(jobs, next(orders)), 1))
            for job in plan.jobs:
                units = {piece.unit.index for piece in job.pieces}
                if bool(units & explained) is wanted:
                    tasks.append(self._start(asker.ask(job, next(orders)), len(units)))
        await asyncio.gather(*first)
        if desk.chosen.units:  # else the rules' words about the whole stand too
            overview = OverviewAsker(client, desk, self._asked.summary_model, number)
            await asyncio.gather(*(overview.ask(locale) for locale in desk.locales))
        await asyncio.gather(*others)

    def _start(self, asking: Coroutine[None, None, None], files: int) -> asyncio.Task[None]:
        """Begin a request; the bar moves on when it is settled."""
        task = asyncio.create_task(asking)
        task.add_done_callback(lambda _: self._progress.advance(files))
        return task


def head_text(source: DiffSource, entry: FileEntry) -> str:
    """Return the new version of a file, for the headings above its hunks; nothing without one."""
    content = source.read(Side.HEAD, entry.analysis.change.path_bytes)
    return "" if content is None else content.decode("utf-8", "replace")


class _Fenced:
    """Puts the run's mark into every question, and opens the endpoint with the first of them."""

    def __init__(self, make: Callable[[], Endpoint], nonce: str) -> None:
        self._make = make
        self._nonce = nonce
        self._endpoint: Endpoint | None = None

    async def ask(self, question: Question, dialect: Dialect) -> ModelAnswer:
        """Ask with the mark in its place."""
        if self._endpoint is None:
            self._endpoint = self._make()
        return await self._endpoint.ask(outgoing(question, self._nonce), dialect)

    async def close(self) -> None:
        """Close the endpoint, if there is one."""
        if self._endpoint is not None:
            await self._endpoint.close()
