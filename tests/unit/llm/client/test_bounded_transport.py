"""Answers of an endpoint: they have an end, lead nowhere else, and are read or refused."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator

import httpx2
import pytest

from diff_insight.errors import UsageError
from diff_insight.llm.client.bounded_transport import BoundedTransport, UnboundedAnswerError
from diff_insight.llm.client.endpoint_address import EndpointAddress, check_url
from diff_insight.llm.client.exchange import Dialect, EndpointError, Question, Trouble
from diff_insight.llm.client.openai_endpoint import OpenAIEndpoint
from diff_insight.llm.prompting.prompts import Prompt

QUESTION = Question(model="m", prompt=Prompt(system="s", user="u"), schema={}, room=10)


class Answers(httpx2.AsyncBaseTransport):
    """Answers every request the same, and remembers where they went."""

    def __init__(self, status: int, stream: httpx2.AsyncByteStream | bytes, **headers: str) -> None:
        self.status, self.stream, self.headers = status, stream, headers
        self.asked: list[httpx2.Request] = []

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer."""
        self.asked.append(request)
        headers = {name.replace("_", "-"): value for name, value in self.headers.items()}
        if isinstance(self.stream, bytes):
            return httpx2.Response(self.status, headers=headers, stream=Pieces([self.stream]))
        return httpx2.Response(self.status, headers=headers, stream=self.stream)


class Pieces(httpx2.AsyncByteStream):
    """A body in pieces, which may have no end."""

    def __init__(self, pieces: list[bytes], *, again: bool = False) -> None:
        self.pieces, self.again, self.sent = pieces, again, 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield the pieces."""
        while True:
            for piece in self.pieces:
                self.sent += len(piece)
                yield piece
            if not self.again:
                return


def fetch(inner: Answers, largest: int = 1000) -> bytes:
    async def once() -> bytes:
        async with httpx2.AsyncClient(transport=BoundedTransport(inner, largest=largest)) as client:
            return (await client.post("https://model.example/v1", json={})).content

    return asyncio.run(once())


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("identity", b"x" * 1000),
        ("gzip", gzip.compress(b"x" * 1000, mtime=0)),
        ("deflate", zlib.compress(b"x" * 1000)),
    ],
)
def test_answers_up_to_the_limit_are_read(coding: str, body: bytes) -> None:
    inner = Answers(200, body, content_encoding=coding)
    assert fetch(inner) == b"x" * 1000
    assert inner.asked[0].headers["accept-encoding"] == "identity"


EMPTY = zlib.compressobj(wbits=31)
STARTED = EMPTY.compress(b"{}") + EMPTY.flush(zlib.Z_FULL_FLUSH)


@pytest.mark.parametrize(
    ("start", "more"),
    [
        (gzip.compress(b"{}", mtime=0), b"x" * 5000),
        (gzip.compress(b"{}", mtime=0), gzip.compress(b"", mtime=0) * 100),
        (STARTED, EMPTY.flush(zlib.Z_FULL_FLUSH) + b"\0\0\0\xff\xff" * 1000),
    ],
    ids=["behind the end", "more members", "blocks of nothing"],
)
def test_what_decodes_to_nothing_has_an_end_too(start: bytes, more: bytes) -> None:
    class Endless(Pieces):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield start
            while True:
                self.sent += len(more)
                assert self.sent < 1_000_000, "it is read without an end"
                yield more

    with pytest.raises(UnboundedAnswerError, match="more than 1000 bytes"):
        fetch(Answers(200, Endless([]), content_encoding="gzip"))


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_body_without_end_is_left(coding: str) -> None:
    squeezed = zlib.compressobj(wbits=31)
    bomb = squeezed.compress(b"\0" * 50_000_000) + squeezed.flush()
    endless = Pieces([b"x" * 100] if coding == "identity" else [bomb], again=coding == "identity")
    with pytest.raises(UnboundedAnswerError, match="more than 1000 bytes"):
        fetch(Answers(200, endless, content_encoding=coding))
    assert endless.sent <= max(1200, len(bomb))


@pytest.mark.parametrize(
    ("coding", "body"), [("br", b"x"), ("gzip, gzip", b"x"), ("zstd", b""), ("gzip", b"no gzip")]
)
def test_codings_that_were_not_asked_for(coding: str, body: bytes) -> None:
    with pytest.raises(UnboundedAnswerError):
        fetch(Answers(200, body, content_encoding=coding))


@pytest.mark.parametrize("status", [300, 301, 302, 303, 307, 308])
def test_a_redirect_is_an_error_and_nothing_is_sent_after_it(status: int) -> None:
    inner = Answers(status, b"", location="https://other.example/v1/chat/completions")
    endpoint = OpenAIEndpoint(EndpointAddress(url="https://model.example/v1", key="k"), inner)
    with pytest.raises(EndpointError) as refused:
        asyncio.run(endpoint.ask(QUESTION, Dialect()))
    assert refused.value.trouble is Trouble.SILENT
    assert [str(request.url.host) for request in inner.asked] == ["model.example"]


@pytest.mark.parametrize(
    "body",
    [
        b'{"choices":' + b"[" * 200_000,
        b'{"choices": [], "usage": {"prompt_tokens": ' + b"9" * 5000 + b"}}",
        b"\xff\xfe",
        b"null",
        b'{"choices": {"a": 1}}',
        b'{"choices": [{"message": {"content": {"a": "b"}}}]}',
    ],
)
def test_whatever_is_answered_is_an_error_of_the_endpoint(body: bytes) -> None:
    endpoint = OpenAIEndpoint(
        EndpointAddress(url="https://model.example/v1", key="k"),
        Answers(200, body, content_type="application/json"),
    )
    with pytest.raises(EndpointError):
        asyncio.run(endpoint.ask(QUESTION, Dialect()))


@pytest.mark.parametrize("tokens", ["1" * 400, "1e400", "true", '"5"', "-5", "null", "[]"])
def test_figures_of_an_endpoint_are_bounded(tokens: str) -> None:
    body = (
        '{"choices": [{"message": {"role": "assistant", "content": "{}"}, "finish_reason": "stop"}],'
        f' "usage": {{"prompt_tokens": {tokens}, "completion_tokens": 3}}}}'
    )
    endpoint = OpenAIEndpoint(
        EndpointAddress(url="https://model.example/v1", key="k"),
        Answers(200, body.encode(), content_type="application/json"),
    )
    answer = asyncio.run(endpoint.ask(QUESTION, Dialect()))
    assert 0 <= answer.input_tokens <= 100_000_000
    assert answer.output_tokens == 3


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/v1",
        "http://localhost/v1",
        "http://[::1]:8/v1",
        "https://model.example/v1",
        "http://a.localhost",
    ],
)
def test_addresses_that_may_be_asked(url: str) -> None:
    assert check_url("--base-url", url) == url


@pytest.mark.parametrize(
    "url",
    ["http://model.example/v1", "http://10.0.0.1/v1", "http://127.0.0.1.evil.example", "http://localhost.evil.example",
     "http://0.0.0.0", "http://169.254.169.254", "HTTP://model.example", "ftp://localhost", "http://"],
)  # fmt: skip
def test_addresses_that_would_send_in_the_clear(url: str) -> None:
    with pytest.raises(UsageError):
        check_url("--base-url", url)
