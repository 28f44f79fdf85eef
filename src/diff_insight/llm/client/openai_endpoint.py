"""OpenAI, Azure OpenAI and everything that speaks like them, through the `openai` package."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, parse_qs, urlsplit, urlunsplit
from urllib.request import getproxies, proxy_bypass

from msgspec import Struct

from diff_insight.errors import UsageError
from diff_insight.llm.client.models import thinks
from diff_insight.llm.client.protocol import (
    Dialect,
    EndpointError,
    Format,
    ModelAnswer,
    Question,
    Trouble,
)

if TYPE_CHECKING:
    import httpx2
    import openai

OPENAI_URL = "https://api.openai.com/v1"
_AZURE_HOSTS = (".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com")
#: Tokens of one request that an endpoint is believed.
_MOST_TOKENS = 100_000_000
#: What endpoints without a key are given: the client insists on one.
_NO_KEY = "none"
#: An Entra token is a JWT; Azure keys are not.
_ENTRA = re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]*")
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


class EndpointAddress(Struct, frozen=True, kw_only=True):
    """Where questions go and what opens the door; never shown.

    Attributes:
        url: Base URL as given; empty for OpenAI's own.
        key: API key or Entra token; empty where none is needed.
        timeout: Seconds that one request may take.
    """

    url: str = ""
    key: str = ""
    timeout: float = 120.0

    def __repr__(self) -> str:
        return f"Place(url={shown_url(self.url)!r}, timeout={self.timeout})"


def shown_url(url: str) -> str:
    """Return a base URL without user, password and query, for messages."""
    parts = urlsplit(url or OPENAI_URL)
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit((parts.scheme, f"{parts.hostname or ''}{port}", parts.path, "", ""))


def check_url(name: str, url: str) -> str:
    """Return a base URL that questions may go to.

    Raises:
        UsageError: It is no web address, or would send data in the clear over a network.
    """
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme, parts.hostname or "", parts.port
    except ValueError:
        scheme, host, port = "", "", 0
    if scheme not in {"https", "http"} or not host or port == 0:
        raise UsageError(
            f"{name}: it is no web address", cure="give one such as https://api.openai.com/v1"
        )
    if scheme == "http" and not _is_this_machine(host):
        raise UsageError(
            f"{name}: an address with http:// sends the key and the diff in the clear",
            cause="only a server on this machine may be asked without https",
            cure="use https, or a tunnel to localhost",
        )
    return url


def _is_this_machine(host: str) -> bool:
    """Tell whether a host name can only be that of this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def first_dialect(url: str, model: str, effort: str = "") -> Dialect:
    """Return how to ask first: as OpenAI has it, or as most compatible servers do.

    Args:
        url: Base URL; empty for OpenAI's own.
        model: The model's name.
        effort: How much to think, as set; empty for little with models that are known to think.
    """
    host = urlsplit(url or OPENAI_URL).hostname or ""
    own = host == "api.openai.com" or host.endswith((*_AZURE_HOSTS, ".api.openai.com"))
    if not own:
        return Dialect(tokens=("max_tokens", "max_completion_tokens", ""), effort=effort)
    thinking = thinks(model)
    return Dialect(temperature=not thinking, effort=effort or ("low" if thinking else ""))


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
        self._client = _client(address, transport)

    async def ask(self, question: Question, dialect: Dialect) -> ModelAnswer:
        """Return the answer; everything else is an `EndpointError`."""
        import openai  # noqa: PLC0415 - half a second, only when a model is asked

        from diff_insight.llm.client.bounded_transport import UnboundedAnswerError  # noqa: PLC0415

        create: Callable[..., Any] = self._client.chat.completions.create
        try:
            completion = await create(**_parameters(question, dialect))
        except openai.APITimeoutError as error:
            raise EndpointError(Trouble.TIMEOUT) from error
        except openai.APIStatusError as error:
            raise _from_status(error, self._place.key) from error
        except openai.APIConnectionError as error:
            if isinstance(error.__cause__, UnboundedAnswerError):  # it would answer the same again
                raise EndpointError(Trouble.SILENT, str(error.__cause__)) from error
            reason = type(error.__cause__).__name__ if error.__cause__ else ""
            raise EndpointError(Trouble.CONNECTION, reason) from error
        except Exception as error:  # the answer is anybody's, and so is what it breaks
            raise EndpointError(Trouble.SERVER, "an answer that cannot be read") from error
        return _read(completion)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()


def _client(
    address: EndpointAddress, transport: httpx2.AsyncBaseTransport | None
) -> openai.AsyncOpenAI:
    import httpx2  # noqa: PLC0415 - heavy
    import openai  # noqa: PLC0415 - heavy

    from diff_insight.llm.client.bounded_transport import BoundedTransport  # noqa: PLC0415

    parts = urlsplit(address.url or OPENAI_URL)
    options: dict[str, Any] = {
        "timeout": address.timeout,
        "max_retries": 0,
        "http_client": httpx2.AsyncClient(
            transport=BoundedTransport(transport or _network(parts)),
            timeout=address.timeout,
            follow_redirects=False,
        ),
    }
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    bare = urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))
    entra = bool(_ENTRA.fullmatch(address.key))
    version = query.pop("api-version", "")
    if version and not parts.path.rstrip("/").endswith("/v1"):
        # A deployment may be part of the address; else the client adds it from the model's name.
        deployed = "/deployments/" in parts.path
        where = bare if deployed else f"{bare.removesuffix('/openai')}/openai"
        return openai.AsyncAzureOpenAI(
            base_url=where,
            api_version=version,
            api_key=None if entra else address.key or _NO_KEY,
            azure_ad_token=address.key if entra else None,
            **options,
        )
    if version:
        query["api-version"] = version
    azure = (parts.hostname or "").endswith(_AZURE_HOSTS)
    headers = {"api-key": address.key} if azure and address.key and not entra else None
    return openai.AsyncOpenAI(
        api_key=address.key or _NO_KEY,
        base_url=bare,
        default_headers=headers,
        default_query=query or None,
        **options,
    )


def _network(parts: SplitResult) -> httpx2.AsyncBaseTransport:
    """Return what reaches an address: through the proxy of the environment, if it has one."""
    import httpx2  # noqa: PLC0415 - heavy

    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if not proxy or proxy_bypass(parts.hostname or ""):
        return httpx2.AsyncHTTPTransport()
    return httpx2.AsyncHTTPTransport(proxy=proxy if "://" in proxy else f"http://{proxy}")


def _parameters(question: Question, dialect: Dialect) -> dict[str, Any]:
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


def _read(completion: Any) -> ModelAnswer:  # noqa: ANN401 - compatible servers leave fields out
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


_BY_STATUS: Mapping[int, Trouble] = {
    401: Trouble.KEY,
    403: Trouble.KEY,
    404: Trouble.MODEL,
    408: Trouble.TIMEOUT,
    409: Trouble.SERVER,
    413: Trouble.TOO_LARGE,
    429: Trouble.RATE,
}


def _from_status(error: openai.APIStatusError, key: str) -> EndpointError:
    """Return what a refusal means."""
    status, said = error.status_code, f"{error.code or ''} {_message_of(error)}"
    trouble = _BY_STATUS.get(status, Trouble.SERVER if status >= 500 else Trouble.REQUEST)
    if trouble is Trouble.RATE and "insufficient_quota" in said:
        trouble = Trouble.QUOTA
    elif trouble in (Trouble.REQUEST, Trouble.SERVER):
        # Some servers answer 500 to a parameter or a length that they do not take.
        named = f"{error.param or ''} {said}"
        trouble = next((each for each, sign in _SIGNS if sign.search(named)), trouble)
    detail = _harmless(_message_of(error), key) or f"status {status}"
    limit = _limit(said) if trouble is Trouble.ROOM_LIMIT else 0
    if trouble is Trouble.ROOM_LIMIT and not limit:
        trouble = Trouble.ROOM_PARAMETER
    return EndpointError(trouble, detail, wait=_retry_after(error.response.headers), limit=limit)


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


def _harmless(text: str, key: str) -> str:
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
