"""What passes between the product and an endpoint: a question, an answer, or why there is none."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.llm.prompting.answers import Schema
from diff_insight.llm.prompting.prompts import Prompt


class Trouble(StrEnum):
    """Why a request brought no answer, by what can be done about it."""

    RATE = "rate"  # wait, and send less at once
    SERVER = "server"  # wait, try again
    CONNECTION = "connection"  # wait, try again
    TIMEOUT = "timeout"  # try again
    FORMAT = "format"  # ask in another dialect
    ROOM_PARAMETER = "room-parameter"
    ROOM_LIMIT = "room-limit"  # ask for less room
    TEMPERATURE = "temperature"
    EFFORT = "effort"
    TOO_LARGE = "too-large"  # ask about less
    LENGTH = "length"  # ask about less, or leave more room
    REFUSED = "refused"  # leave it to the rules
    FILTERED = "filtered"
    EMPTY = "empty"
    KEY = "key"  # nothing will go
    MODEL = "model"
    QUOTA = "quota"
    REQUEST = "request"  # this one will never go
    SILENT = "silent"  # the endpoint has failed too often in a row
    DEADLINE = "deadline"
    BUDGET = "budget"


#: Nothing more is asked after one of these.
FATAL = frozenset((Trouble.KEY, Trouble.MODEL, Trouble.QUOTA, Trouble.SILENT, Trouble.DEADLINE))
#: Passing troubles: the same request may succeed later.
PASSING = frozenset((Trouble.RATE, Trouble.SERVER, Trouble.CONNECTION, Trouble.TIMEOUT))
#: The endpoint does not know a parameter.
DIALECT = frozenset((Trouble.FORMAT, Trouble.ROOM_PARAMETER, Trouble.TEMPERATURE, Trouble.EFFORT))


class Question(Struct, frozen=True, kw_only=True):
    """One request.

    Attributes:
        schema: What the answer has to look like.
        room: Output tokens that the answer may have; thoughts come on top.
    """

    model: str
    prompt: Prompt
    schema: Schema
    room: int


class ModelAnswer(Struct, frozen=True):
    """What came back; the tokens are the endpoint's own figures, 0 when it does not say.

    `thought_tokens` are those of the output that the model spent on thoughts; `batched` is what came
    out of a queue, for half the price.
    """

    text: str
    input_tokens: int = 0
    output_tokens: int = 0
    thought_tokens: int = 0
    batched: bool = False


class EndpointError(Exception):
    """There is no usable answer.

    Args:
        trouble: Which kind.
        detail: The endpoint's words, without secrets.
        wait: Seconds that it asks to wait; None when it does not say.
        answer: What was paid for nevertheless.
        limit: The most output tokens that the endpoint takes, when it says so.
    """

    def __init__(
        self,
        trouble: Trouble,
        detail: str = "",
        *,
        wait: float | None = None,
        answer: ModelAnswer | None = None,
        limit: int = 0,
    ) -> None:
        super().__init__(f"{trouble}: {detail}")
        self.trouble = trouble
        self.detail = detail
        self.wait = wait
        self.answer = answer
        self.limit = limit


class Format(StrEnum):
    """How the shape of an answer is asked for, from the strictest to the one that always works."""

    SCHEMA = "json_schema"
    OBJECT = "json_object"
    TEXT = "text"


class Dialect(Struct, frozen=True):
    """Which parameters an endpoint takes; every refusal gives a new one.

    Attributes:
        tokens: Names of the parameter that limits the output, to be tried in turn; the last is none.
        effort: How much a thinking model is to think, such as `low`; empty leaves it to the endpoint.
    """

    format: Format = Format.SCHEMA
    tokens: tuple[str, ...] = ("max_completion_tokens", "max_tokens", "")
    temperature: bool = True
    effort: str = ""

    def without(self, trouble: Trouble) -> Dialect | None:
        """Return the next dialect to try after a refusal; None when there is none left."""
        formats = list(Format)
        match trouble:
            case Trouble.FORMAT if self.format is not Format.TEXT:
                return replace(self, format=formats[formats.index(self.format) + 1])
            case Trouble.ROOM_PARAMETER if len(self.tokens) > 1:
                return replace(self, tokens=self.tokens[1:])
            case Trouble.TEMPERATURE if self.temperature:
                return replace(self, temperature=False)
            case Trouble.EFFORT if self.effort:
                return replace(self, effort="")
            case _:
                return None


class Endpoint(Protocol):
    """Where questions go."""

    async def ask(self, question: Question, dialect: Dialect) -> ModelAnswer:
        """Return the answer.

        Raises:
            EndpointError: There is none.
        """
        ...

    async def close(self) -> None:
        """Give back connections."""
        ...
