"""An endpoint for questions of which some were answered before, by a queue that one does not wait for."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from diff_insight.llm.client.batch_queue import Answered
from diff_insight.llm.client.exchange import (
    Dialect,
    Endpoint,
    ModelAnswer,
    Question,
    Trouble,
)
from diff_insight.llm.client.outgoing import question_id

#: What asking the same again at once would not change; it goes through the usual ways out.
_FINAL = frozenset(
    (
        Trouble.LENGTH, Trouble.EMPTY, Trouble.REFUSED, Trouble.FILTERED, Trouble.TOO_LARGE, Trouble.ROOM_LIMIT,
        Trouble.REQUEST,
    )
)  # fmt: skip


class AnsweredBefore:
    """Gives each outcome once; whatever else is asked goes to the endpoint.

    Args:
        endpoint: Where questions go.
        answered: Outcomes of questions by their names.
    """

    def __init__(self, endpoint: Endpoint, answered: Mapping[str, Answered]) -> None:
        self._endpoint = endpoint
        self._answered = dict(answered)

    async def ask(self, question: Question, dialect: Dialect) -> ModelAnswer:
        """Return the answer that is there, or ask."""
        known = self._answered.pop(question_id(question), None) if self._answered else None
        if isinstance(known, ModelAnswer):
            return replace(known, batched=True)
        if known is not None and known.trouble in _FINAL:
            if known.answer is not None:
                known.answer = replace(known.answer, batched=True)
            raise known
        return await self._endpoint.ask(question, dialect)

    async def close(self) -> None:
        """Close the endpoint."""
        await self._endpoint.close()
