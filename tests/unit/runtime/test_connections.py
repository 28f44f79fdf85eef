"""Why a server could not be reached is told by what led to the error, and never by its class or text."""

from __future__ import annotations

import socket
import ssl

import pytest

from diff_insight.runtime.connections import why_unreachable


class ProxyError(Exception):
    """As libraries call it."""


class ReadTimeout(Exception):  # noqa: N818 - as libraries call it
    """As libraries call it."""


class ReadError(Exception):
    """As libraries call it."""


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (ssl.SSLCertVerificationError(1, "self-signed"), "its certificate is not trusted here"),
        (ssl.SSLError(1, "wrong version number"), "it does not speak TLS as expected"),
        (socket.gaierror(-2, "Name or service not known"), "its name is not known here"),
        (ConnectionRefusedError(111, "refused"), "it refuses connections"),
        (TimeoutError(), "it takes too long"),
        (ReadTimeout("http://secret@host"), "it takes too long"),
        (ConnectionResetError(104, "reset"), "it hung up"),
        (ReadError("half an answer"), "it hung up"),
        (ProxyError("http://secret@host"), "the proxy does not let it through"),
        (RuntimeError("http://secret@host"), "there is no connection"),
    ],
)
@pytest.mark.parametrize("depth", [0, 1, 3])
def test_reasons(cause: BaseException, words: str, depth: int) -> None:
    error: BaseException = cause
    for level in range(depth):
        wrapper = RuntimeError(str(level))
        setattr(wrapper, "__cause__" if level % 2 else "__context__", error)
        error = wrapper
    assert why_unreachable(error) == words


def test_errors_in_a_circle_end() -> None:
    first, second = ValueError("a"), ValueError("b")
    first.__context__, second.__context__ = second, first
    assert why_unreachable(first) == "there is no connection"
