"""The analyst that asks a model: plans, asks about files and ranges, keeps what is believed."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Sequence
from functools import partial

from msgspec import Struct, field

from diff_insight.llm.client.cache import Cache, NoCache
from diff_insight.llm.client.category_session import CategorySession
from diff_insight.llm.client.client import Client, RequestLimits, Timing
from diff_insight.llm.client.files import FileAsker
from diff_insight.llm.client.ledger import TokenBudget
from diff_insight.llm.client.overviews import OverviewAsker
from diff_insight.llm.client.protocol import Dialect, Endpoint, ModelAnswer, Question
from diff_insight.llm.prompting.overview import (
    EXPLAINED,
    OUTPUT,
    groups_of,
    known_files,
    overview_prompt,
    ranking,
)
from diff_insight.llm.prompting.plan import Plan, join_plans, make_plan
from diff_insight.llm.prompting.prompts import Prompt
from diff_insight.llm.prompting.redact import redact
from diff_insight.llm.prompting.tokens import estimate
from diff_insight.llm.prompting.units import choose
from diff_insight.markup.escape import without_unseen
from diff_insight.model.changes import ChangeSet, Side
from diff_insight.model.insight import FileEntry, Insight
from diff_insight.model.telling import Told
from diff_insight.ports import DiffSource, Progress
from diff_insight.report.patches import has_hunks, patch_reader

#: Share of the budget that patches may take; the rest is for instructions, retries and overviews.
_FOR_PATCHES = 0.75


class Asked(Struct, frozen=True, kw_only=True):
    """How a model is asked.

    Attributes:
        place: The endpoint's address as shown, part of what answers are kept under.
        nonce: Mark of this run's fences, which nobody can know before.
        budget: Input tokens of the whole run; 0 is unlimited.
        prices: US dollars for a million input and output tokens, for the plan.
        plan_only: Only say what would be asked.
    """

    model: str
    summary_model: str
    place: str
    dialect: Dialect
    nonce: str
    budget: int = 300_000
    never_send: tuple[str, ...] = ()
    prices: tuple[float, float] | None = None
    plan_only: bool = False
    limits: RequestLimits = field(default_factory=RequestLimits)


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

    def retell(
        self, insights: Sequence[Insight], changes: ChangeSet, source: DiffSource
    ) -> Sequence[Told]:
        """Return what is believed of each document."""
        desks, plans = [], []
        room = int(self._asked.budget * _FOR_PATCHES)
        for insight in insights:
            desk = self._desk(insight, changes, source, room)
            waiting = desk.recall()
            room = max(0, room - sum(unit.tokens for unit in desk.chosen.units))
            desks.append(desk)
            plans.append(
                join_plans(
                    make_plan(units, locales, slots=self._asked.limits.slots)
                    for locales, units in waiting.items()
                )
            )
        self._progress.say(self._describe_plan(desks, plans))
        if not self._asked.plan_only:
            self._progress.stage("model", sum(len(plan.units) for plan in plans))
            try:
                asyncio.run(self._run(desks, plans))
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

    async def _run(self, desks: Sequence[CategorySession], plans: Sequence[Plan]) -> None:
        endpoint = _Fenced(self._endpoint, self._asked.nonce)
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

    def _describe_plan(self, desks: Sequence[CategorySession], plans: Sequence[Plan]) -> str:
        """Return the plan in figures: files, requests, tokens, cost."""
        asked = self._asked
        requests = sum(plan.requests for plan in plans)
        input_tokens, taken = sum(plan.input for plan in plans), sum(plan.output for plan in plans)
        for desk in desks:
            for prompt in _overview_prompts(desk):
                requests += 1
                input_tokens += estimate(prompt.system) + estimate(prompt.user)
                taken += OUTPUT
        files = sum(len(plan.units) for plan in plans)
        sentences = [
            f"{files} files to {asked.model} in about {requests} requests",
            f"about {input_tokens} input and {taken} output tokens",
        ]
        if asked.prices is not None:
            price_in, price_out = asked.prices
            sentences.append(
                f"about ${(input_tokens * price_in + taken * price_out) / 1_000_000:.4f}"
            )
        cached = sum(desk.ledger.cache_hits for desk in desks)
        sentences += [f"{cached} texts from the cache"] if cached else []
        kept_back = sum((desk.chosen.kept_back for desk in desks), start=Counter[str]())
        left_out = sum(desk.chosen.left_out for desk in desks)
        kept_back["over the budget"] += left_out
        reasons = [f"{count} {reason}" for reason, count in sorted(kept_back.items()) if count]
        sentences += [f"not sent: {', '.join(reasons)}"] if reasons else []
        return f"plan: {'; '.join(sentences)}"


def head_text(source: DiffSource, entry: FileEntry) -> str:
    """Return the new version of a file, for the headings above its hunks; nothing without one."""
    content = source.read(Side.HEAD, entry.analysis.change.path_bytes)
    return "" if content is None else content.decode("utf-8", "replace")


def _overview_prompts(desk: CategorySession) -> Iterator[Prompt]:
    """Yield what will be asked about a category as a whole, as far as it is known."""
    for locale in desk.locales if desk.chosen.units else ():
        groups = groups_of(known_files(desk.insight, desk.texts, locale))
        for group in (*groups, *groups[1:2]):
            yield overview_prompt(group, locale)


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
        prompt = question.prompt
        # Whatever the parts were made of, this is the one place through which all of it goes out.
        clean = Prompt(prompt.system, redact(without_unseen(prompt.user)).text)
        fenced = clean.with_fence(self._nonce)
        return await self._endpoint.ask(
            Question(
                model=question.model, prompt=fenced, schema=question.schema, room=question.room
            ),
            dialect,
        )

    async def close(self) -> None:
        """Close the endpoint, if there is one."""
        if self._endpoint is not None:
            await self._endpoint.close()
