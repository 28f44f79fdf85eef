"""What carries requests to a model's endpoint: no redirects, and answers that have an end.

The endpoint is not trusted with the memory of the run: a small compressed body can hold gigabytes, and
one in pieces need not end at all. So the decoded bytes are counted, and what has too many is an error.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import httpx2

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

#: Where `zlib` finds out by itself whether the data is gzip or zlib.
_ANY_HEADER = 32 + zlib.MAX_WBITS
_CODED = frozenset(("gzip", "x-gzip", "deflate"))
#: Bytes that a coding may need beside what it holds.
_OVERHEAD = 10_000
_STARTS_REDIRECT, _ENDS_REDIRECT = 300, 400


class UnboundedAnswerError(httpx2.TransportError):
    """An answer that is not taken: a redirect, too long, or in a coding that was not asked for."""


class BoundedTransport(httpx2.AsyncBaseTransport):
    """Hands whole answers on, up to a number of decoded bytes.

    Args:
        inner: What carries the bytes.
        largest: Decoded bytes of an answer.
    """

    def __init__(self, inner: httpx2.AsyncBaseTransport, *, largest: int) -> None:
        self._inner = inner
        self._largest = largest

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request and return the whole answer.

        Raises:
            UnboundedAnswerError: It is a redirect, too long, or cannot be decoded.
        """
        request.headers["Accept-Encoding"] = "identity"
        response = await self._inner.handle_async_request(request)
        try:
            if _STARTS_REDIRECT <= response.status_code < _ENDS_REDIRECT:
                raise UnboundedAnswerError("the endpoint redirects to another address")
            content = await self._content(response)
        finally:
            await response.aclose()
        kept = {
            name: value
            for name, value in response.headers.items()
            if name.lower() not in {"content-encoding", "content-length", "transfer-encoding"}
        }
        return httpx2.Response(
            response.status_code, headers=kept, content=content, extensions=response.extensions
        )

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()

    async def _content(self, response: httpx2.Response) -> bytes:
        coding = response.headers.get("content-encoding", "identity").strip().lower()
        if coding not in {"identity", ""} | _CODED:
            raise UnboundedAnswerError("the endpoint answers in a coding that was not asked for")
        decoder = zlib.decompressobj(_ANY_HEADER) if coding in _CODED else None
        pieces, room, raw_room = [], self._largest, self._largest + _OVERHEAD
        async for piece in _raw(response):
            # What decodes to nothing, or stands behind the end of the data, has no end by itself.
            raw_room -= len(piece)
            # One byte more than there is room for tells that there is more.
            try:
                decoded = decoder.decompress(piece, room + 1) if decoder else piece
            except zlib.error as error:
                raise UnboundedAnswerError("the endpoint's answer cannot be decoded") from error
            room -= len(decoded)
            if room < 0 or raw_room < 0:
                raise UnboundedAnswerError(
                    f"the endpoint's answer has more than {self._largest} bytes"
                )
            pieces.append(decoded)
        return b"".join(pieces)


def _raw(response: httpx2.Response) -> AsyncIterator[bytes]:
    """Return the bytes as they came; what a test's transport has read already comes at once."""
    if response.is_stream_consumed or response.is_closed:
        return _once(response.content)
    return response.aiter_raw()


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content
