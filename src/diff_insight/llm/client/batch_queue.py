"""What passes between the product and a provider's queue of batches: questions, a handle, outcomes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from diff_insight.llm.client.exchange import Dialect, EndpointError, ModelAnswer, Question

#: What became of one question: an answer, or why there is none.
Answered = ModelAnswer | EndpointError


class BatchState(StrEnum):
    """How far a batch is."""

    WAITING = "waiting"
    ENDED = "ended"  # completed, expired or failed: what there is, is there
    CANCELLED = "cancelled"  # somebody does not want it


class BatchReport(Struct, frozen=True, kw_only=True):
    """A batch as the provider tells it.

    Attributes:
        status: The provider's word for the state.
        files: Ids of the files with outcomes.
        sent: Id of the file with the questions.
        detail: Why it failed, in the provider's words; empty when it did not.
    """

    state: BatchState
    status: str
    files: tuple[str, ...] = ()
    sent: str = ""
    detail: str = ""


#: A batch of which nobody knows anything any more.
LOST = BatchReport(state=BatchState.CANCELLED, status="lost")


class BatchQueue(Protocol):
    """A provider's queue of batches; every failure is an `EndpointError`."""

    async def submit(self, questions: Mapping[str, Question], dialect: Dialect, label: str) -> str:
        """Hand questions over, each under its name, and return the id of the batch.

        A batch of the same label that is not over is the same questions: its id is returned.
        """
        ...

    async def look_up(self, batch: str) -> BatchReport:
        """Return how far a batch is."""
        ...

    async def outcomes(self, report: BatchReport, wanted: Collection[str]) -> dict[str, Answered]:
        """Return what became of the questions with these names; others are not believed."""
        ...

    async def forget(self, report: BatchReport) -> None:
        """Delete what the provider keeps of a batch: the questions and the answers."""
        ...

    async def close(self) -> None:
        """Give back connections."""
        ...
