"""OpenAI, Azure OpenAI and everything that speaks like them, through the `openai` package."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from diff_insight.llm.client.endpoint_address import EndpointAddress
from diff_insight.llm.client.exchange import (
    Dialect,
    EndpointError,
    Format,
    ModelAnswer,
    Question,
    Trouble,
)
from diff_insight.llm.client.openai_client import open_client
from diff_insight.llm.client.refusals import endpoint_error

if TYPE_CHECKING:
    import httpx2

#: Decoded bytes of an answer; a completion has some tens of thousands.
LARGEST_ANSWER = 8_000_000
#: Tokens of one request that an endpoint is believed.
_MOST_TOKENS = 100_000_000


class OpenAIEndpoint:
    """Asks through the `openai` package; retries are not its business.

    Args:
        address: Where to.
        transport: What carries the bytes; the network by default.
    """

    def __init__(
        self, address: EndpointAddress, transport: httpx2.AsyncBaseTransport | None = None
    ) -> None:
        self._place = address
        self._client = open_client(address, transport, largest=LARGEST_ANSWER)

    async def ask(self, question: Question, dialect: Dialect) -> ModelAnswer:
        """Return the answer; everything else is an `EndpointError`."""
        create: Callable[..., Any] = self._client.chat.completions.create
        try:
            completion = await create(**request_body(question, dialect))
        except Exception as error:
            raise endpoint_error(error, self._place.key) from error
        return read_completion(completion)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()


def request_body(question: Question, dialect: Dialect) -> dict[str, Any]:
    """Return the body of a request in a dialect."""
    body: dict[str, Any] = {
        "model": question.model,
        "messages": [
            {"role": "system", "content": question.prompt.system},
            {"role": "user", "content": question.prompt.user},
        ],
    }
    if dialect.format is Format.SCHEMA:
        schema = {"name": "answer", "strict": True, "schema": question.schema}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    elif dialect.format is Format.OBJECT:
        body["response_format"] = {"type": "json_object"}
    if dialect.tokens[0]:
        body[dialect.tokens[0]] = question.room
    if dialect.temperature:
        body["temperature"] = 0
    if dialect.effort:
        body["reasoning_effort"] = dialect.effort
    return body


def read_completion(completion: Any) -> ModelAnswer:  # noqa: ANN401 - compatible servers leave fields out
    """Return the text of a completion, or say why it has none."""
    usage = getattr(completion, "usage", None)
    choices = getattr(completion, "choices", None)
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = getattr(choice, "message", None)
    content = getattr(message, "content", None)
    answer = ModelAnswer(
        content if isinstance(content, str) else "",
        _count(usage, "prompt_tokens"),
        _count(usage, "completion_tokens"),
        _count(getattr(usage, "completion_tokens_details", None), "reasoning_tokens"),
    )
    reason = getattr(choice, "finish_reason", None)
    if getattr(message, "refusal", None):
        raise EndpointError(Trouble.REFUSED, answer=answer)
    if reason == "content_filter":
        raise EndpointError(Trouble.FILTERED, answer=answer)
    if reason == "length":
        raise EndpointError(Trouble.LENGTH, answer=answer)
    if choice is None:
        raise EndpointError(Trouble.SERVER, "an answer without choices", answer=answer)
    if not answer.text.strip():
        raise EndpointError(Trouble.EMPTY, answer=answer)
    return answer


def _count(usage: object, name: str) -> int:
    value = getattr(usage, name, 0)
    known = isinstance(value, int) and not isinstance(value, bool) and value > 0
    return min(value, _MOST_TOKENS) if known else 0
