"""The analyst that does not wait: hands questions to a provider's queue, or reads what that has answered."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec.structs import replace

from diff_insight.errors import EnvironmentFailure
from diff_insight.llm.client.batch_queue import Answered, BatchQueue, BatchReport, BatchState
from diff_insight.llm.client.category_session import ENDED, WAITING
from diff_insight.llm.client.exchange import (
    DIALECT,
    Dialect,
    EndpointError,
    ModelAnswer,
    Question,
    Trouble,
)
from diff_insight.llm.client.file_requests import file_question
from diff_insight.llm.client.model_analyst import ModelAnalyst
from diff_insight.llm.client.outgoing import outgoing, question_id
from diff_insight.llm.client.output_room import OutputRoom
from diff_insight.llm.client.prepared import PreparedCategory, describe_plan
from diff_insight.model.changes import ChangeSet
from diff_insight.model.insight import Insight
from diff_insight.model.model_batches import MOST_ATTEMPTS
from diff_insight.model.telling import Told
from diff_insight.ports import DiffSource, Progress

Result = TypeVar("Result")
#: Seconds for everything that one visit to the queue takes.
_VISIT = 600.0


class BatchDesk:
    """Visits the queue; each visit opens it, does one thing, and closes it.

    Args:
        open_queue: Makes the queue.
    """

    def __init__(self, open_queue: Callable[[], BatchQueue]) -> None:
        self._open = open_queue

    def look_up(self, batch: str) -> BatchReport:
        """Return how far a batch is.

        Raises:
            EnvironmentFailure: That cannot be told now.
        """
        try:
            return self._visit(lambda queue: queue.look_up(batch))
        except EndpointError as error:
            raise _not_now("how far a batch is could not be asked", error) from error

    def submit(self, questions: Mapping[str, Question], dialect: Dialect, label: str) -> str:
        """Hand questions over and return the id of the batch.

        Raises:
            EndpointError: The endpoint does not take them.
        """
        return self._visit(lambda queue: queue.submit(questions, dialect, label))

    def outcomes(self, report: BatchReport, wanted: Collection[str]) -> dict[str, Answered]:
        """Return what became of the questions with these names.

        Raises:
            EnvironmentFailure: The outcomes cannot be had now.
        """
        try:
            return self._visit(lambda queue: queue.outcomes(report, wanted))
        except EndpointError as error:
            raise _not_now("the answers of a batch could not be read", error) from error

    def forget(self, report: BatchReport) -> None:
        """Delete what the provider keeps of a batch; what stays does no harm."""
        self._visit(lambda queue: queue.forget(report))

    def _visit(self, doing: Callable[[BatchQueue], Awaitable[Result]]) -> Result:
        async def visit() -> Result:
            queue = self._open()
            try:
                async with asyncio.timeout(_VISIT):
                    return await doing(queue)
            except TimeoutError as error:
                raise EndpointError(Trouble.TIMEOUT) from error
            finally:
                await queue.close()

        return asyncio.run(visit())


def _not_now(what: str, error: EndpointError) -> EnvironmentFailure:
    return EnvironmentFailure(
        f"{what}: {error.detail or error.trouble}",
        cause="the endpoint does not say it now, or the batch is another key's",
        cure="nothing is lost: the next run tries again",
    )


class BatchAnalyst:
    """Leaves files to the rules while a model's queue has them, and reads its answers afterwards.

    Args:
        model: Prepares questions, believes answers, and asks at once what the queue cannot be asked.
        desk: Visits the queue.
        progress: Hears the plan.
        collected: The batch whose answers are to be read; None before there is one.
        attempt: How often its questions were handed over.
        room: How many batches may be handed over.
    """

    def __init__(
        self,
        model: ModelAnalyst,
        desk: BatchDesk,
        progress: Progress,
        collected: BatchReport | None = None,
        *,
        attempt: int = 0,
        room: int = 1,
    ) -> None:
        self._model = model
        self._desk = desk
        self._progress = progress
        self._collected = collected
        self._attempt = attempt
        self._room = room
        self._submitted: list[str] = []
        self._refusal = ""
        self._interrupted = False

    @property
    def is_interrupted(self) -> bool:
        """Whether somebody ended the run meanwhile."""
        return self._interrupted or self._model.is_interrupted

    def take_submitted(self) -> str:
        """Return the id of the batch that the last documents wait for, once; empty when there is none."""
        return self._submitted.pop() if self._submitted else ""

    def take_refusal(self) -> str:
        """Return why the endpoint took no questions, once; empty when it took them."""
        why, self._refusal = self._refusal, ""
        return why

    def retell(
        self, insights: Sequence[Insight], changes: ChangeSet, source: DiffSource
    ) -> Sequence[Told]:
        """Return what is believed of each document, or that its texts follow.

        Raises:
            EnvironmentFailure: The answers are there and cannot be had now.
        """
        # Each file alone: then a text depends on nothing that another run may do otherwise.
        prepared = self._model.prepare(insights, changes, source, slots=0)
        questions = dict(_questions(prepared, self._model.asking.model))
        if not questions or not self._room or self._model.asking.plan_only:
            return self._model.tell(prepared)
        dialect = self._model.asking.dialect
        if self._collected is not None:
            answered = self._desk.outcomes(self._collected, questions)
            if any(isinstance(each, ModelAnswer) for each in answered.values()):
                return self._model.tell(prepared, answered)
            refused = self._collected.state is BatchState.CANCELLED
            if refused or self._attempt >= MOST_ATTEMPTS:
                return _leave(prepared, ENDED)
            dialect = _other_dialect(dialect, answered)
        return self._hand_over(prepared, questions, dialect)

    def _hand_over(
        self,
        prepared: Sequence[PreparedCategory],
        questions: Mapping[str, Question],
        dialect: Dialect,
    ) -> Sequence[Told]:
        asked = self._model.asking
        room = OutputRoom(asked.limits.thinking_tokens)
        going = {
            name: replace(outgoing(question, asked.nonce), room=room.of(question.room, 0))
            for name, question in questions.items()
        }
        names = hashlib.sha256("\0".join(sorted(going)).encode()).hexdigest()[:40]
        self._progress.say(describe_plan(asked, prepared, batched=True))
        try:
            batch = self._desk.submit(going, dialect, f"{names}-{self._attempt + 1}")
        except EndpointError as error:
            # It would not take those of the next report either.
            self._refusal, self._room = error.detail or str(error.trouble), 0
            return self._model.tell(prepared)
        except KeyboardInterrupt:
            self._interrupted = True
            return [each.desk.contribution(None, interrupted=True) for each in prepared]
        self._submitted.append(batch)
        self._room -= 1
        self._progress.say(f"{len(going)} questions wait in the batch {batch}")
        return _leave(prepared, WAITING)


def _questions(prepared: Sequence[PreparedCategory], model: str) -> Iterator[tuple[str, Question]]:
    """Yield every question whose words are known, with its name."""
    for each in prepared:
        for job in each.plan.all_jobs:
            question = file_question(job, model)
            yield question_id(question), question


def _leave(prepared: Sequence[PreparedCategory], why: str) -> list[Told]:
    """Return documents told by the rules, and why they are."""
    for each in prepared:
        each.desk.leave_to_queue(why)
    return [each.desk.contribution(None, interrupted=False) for each in prepared]


def _other_dialect(dialect: Dialect, answered: Mapping[str, Answered]) -> Dialect:
    """Return how to ask after refusals of parameters, each of which a batch shows for all questions."""
    troubles = {each.trouble for each in answered.values() if isinstance(each, EndpointError)}
    for trouble in sorted(troubles & DIALECT):
        dialect = dialect.without(trouble) or dialect
    return dialect
