"""What a refusal of an endpoint means, by its status and its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from diff_insight.llm.client.exchange import EndpointError, Trouble
from diff_insight.runtime.connections import why_unreachable

if TYPE_CHECKING:
    import openai

#: What the words of a refusal mean; the first that is found decides.
_SIGNS: tuple[tuple[Trouble, re.Pattern[str]], ...] = tuple(
    (trouble, re.compile(pattern, re.IGNORECASE))
    for trouble, pattern in (
        (
            Trouble.ROOM_LIMIT,
            r"max_(?:completion_)?tokens.{0,60}(?:too large|at most|exceed|less than|maximum|<=)",
        ),
        (Trouble.FILTERED, r"content_filter|content management policy|responsibleai"),
        (
            Trouble.TOO_LARGE,
            r"context.(length|window|size)|maximum context|exceed.{0,30}context|too (many|large|long)",
        ),
        (
            Trouble.MODEL,
            r"model_not_found|model.{0,60}(?:not exist|not found|deprecated|retired|shut ?down)",
        ),
        (
            Trouble.FORMAT,
            r"response_format|json_schema|json_object|structured output|guided|grammar",
        ),
        (Trouble.ROOM_PARAMETER, r"max_completion_tokens|max_tokens"),
        (Trouble.TEMPERATURE, r"temperature"),
        (Trouble.EFFORT, r"reasoning_effort|reasoning"),
    )
)
_BY_STATUS: Mapping[int, Trouble] = {
    401: Trouble.KEY,
    403: Trouble.KEY,
    404: Trouble.MODEL,
    408: Trouble.TIMEOUT,
    409: Trouble.SERVER,
    413: Trouble.TOO_LARGE,
    429: Trouble.RATE,
}


class Refusal(Struct, frozen=True, kw_only=True):
    """A refusal as an endpoint words it."""

    status: int
    code: str = ""
    param: str = ""
    message: str = ""


def endpoint_error(error: Exception, key: str) -> EndpointError:
    """Return what a failed call of the `openai` package means; everything else breaks on an answer."""
    import openai  # noqa: PLC0415 - half a second, only when a model is asked

    from diff_insight.llm.client.bounded_transport import UnboundedAnswerError  # noqa: PLC0415

    if isinstance(error, openai.APITimeoutError):
        return EndpointError(Trouble.TIMEOUT)
    if isinstance(error, openai.APIStatusError):
        said = Refusal(
            status=error.status_code, code=error.code or "", param=error.param or "",
            message=_message_of(error),
        )  # fmt: skip
        return refusal_error(said, key, wait=_retry_after(error.response.headers))
    if isinstance(error, openai.APIConnectionError):
        if isinstance(error.__cause__, UnboundedAnswerError):  # it would answer the same again
            return EndpointError(Trouble.SILENT, str(error.__cause__))
        return EndpointError(Trouble.CONNECTION, why_unreachable(error))
    # The answer is anybody's, and so is what it breaks.
    return EndpointError(Trouble.SERVER, "an answer that cannot be read")


def refusal_error(refusal: Refusal, key: str, *, wait: float | None = None) -> EndpointError:
    """Return what a refusal means.

    Args:
        refusal: What was answered.
        key: What opens the endpoint, which it may repeat.
        wait: Seconds that it asks to wait.
    """
    status, said = refusal.status, f"{refusal.code} {refusal.message}"
    trouble = _BY_STATUS.get(status, Trouble.SERVER if status >= 500 else Trouble.REQUEST)
    if trouble is Trouble.RATE and "insufficient_quota" in said:
        trouble = Trouble.QUOTA
    elif trouble in (Trouble.REQUEST, Trouble.SERVER):
        # Some servers answer 500 to a parameter or a length that they do not take.
        named = f"{refusal.param} {said}"
        trouble = next((each for each, sign in _SIGNS if sign.search(named)), trouble)
    detail = harmless(refusal.message, key) or f"status {status}"
    limit = _limit(said) if trouble is Trouble.ROOM_LIMIT else 0
    if trouble is Trouble.ROOM_LIMIT and not limit:
        trouble = Trouble.ROOM_PARAMETER
    return EndpointError(trouble, detail, wait=wait, limit=limit)


def _limit(said: str) -> int:
    """Return the most output tokens that an endpoint names: the smallest number that is no trifle."""
    numbers = [int(each) for each in re.findall(r"(?<![\w.-])\d{3,7}(?![\w.-]|\.\d)", said)]
    return min(numbers, default=0)


def _message_of(error: openai.APIStatusError) -> str:
    body = error.body
    if isinstance(body, dict):
        message = body.get("message") or body.get("error") or body.get("detail")
        return str(message)[:2000] if message is not None else ""
    return error.message[:2000]


def harmless(text: str, key: str) -> str:
    """Return an endpoint's words on one line, short, and without a key that it repeats."""
    line = " ".join(text.split())
    if key:
        line = line.replace(key, "***")
    return re.sub(r"\b(?:sk|key)-[A-Za-z0-9*_-]{4,}", "***", line)[:300]


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that an endpoint asks to wait."""
    for name, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            return max(0.0, float(headers[name]) * scale)
        except (KeyError, ValueError):
            continue
    return None
