"""Says in words why a server could not be reached, whichever library tried."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

#: What each sort of error means, the narrower first.
_MEANINGS: tuple[tuple[type[BaseException], str], ...] = (
    (ssl.SSLCertVerificationError, "its certificate is not trusted here"),
    (ssl.SSLError, "it does not speak TLS as expected"),
    (socket.gaierror, "its name is not known here"),
    (ConnectionRefusedError, "it refuses connections"),
    (TimeoutError, "it takes too long"),
    (ConnectionError, "it hung up"),
)
#: What libraries call an answer that ends before its end, or does not begin.
_ENDED = frozenset(
    ("ReadError", "WriteError", "RemoteProtocolError", "ProtocolError", "IncompleteRead")
)


def why_unreachable(error: BaseException) -> str:
    """Return why a request got no answer; texts of such errors hold addresses and more."""
    chain = list(_chain(error))
    if any("Proxy" in type(each).__name__ for each in chain):
        return "the proxy does not let it through"
    for kind, meaning in _MEANINGS:
        if any(isinstance(each, kind) for each in chain):
            return meaning
    names = {type(each).__name__ for each in chain}
    if any("Timeout" in name for name in names):
        return "it takes too long"
    return "it hung up" if names & _ENDED else "there is no connection"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and those that led to it."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or current.__context__
