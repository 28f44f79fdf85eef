"""A secret is hidden in the forms it could take, and nothing ordinary is hidden with it."""

from __future__ import annotations

from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.github.runner.secrets import SHORTEST, forms

TOKEN = "ghs_12345_eyJhbGciOi.J9/x+y=="


@pytest.mark.parametrize(
    "shown",
    [
        TOKEN,
        f"https://example.com/?token={quote(TOKEN, safe='')}",
        f"https://example.com/?token={quote_plus(TOKEN)}&x=1",
        f"http.extraheader=AUTHORIZATION: basic {b64encode(f'x-access-token:{TOKEN}'.encode()).decode()}",
        b64encode(TOKEN.encode()).decode(),
        urlsafe_b64encode(TOKEN.encode()).decode().rstrip("="),
    ],
)
def test_each_form_is_hidden(shown: str) -> None:
    hidden = shown
    for form in forms(TOKEN):
        hidden = hidden.replace(form, "***")
    assert "***" in hidden
    assert TOKEN not in hidden
    assert "ghs_" not in hidden
    assert b64encode(TOKEN.encode()).decode()[:12] not in hidden


@given(st.text(max_size=40))
@settings(deadline=None, max_examples=300)
def test_no_form_is_short_or_has_several_lines(secret: str) -> None:
    found = forms(secret)
    assert all(len(form.strip()) >= SHORTEST for form in found)
    assert not any("\n" in form or "\r" in form for form in found)
    assert [len(form) for form in found] == sorted(map(len, found), reverse=True)
    assert bool(found) == (len(secret.strip()) >= SHORTEST)


@pytest.mark.parametrize("secret", ["", "   ", "\n", "true", "en_US", "1234567", " 1234567 \n"])
def test_what_is_empty_or_short_is_not_hidden(secret: str) -> None:
    assert forms(secret) == ()


def test_a_key_of_several_lines_is_hidden_line_by_line() -> None:
    key = "-----BEGIN KEY-----\nMIIEowIBAAKCAQEA\r\nend\n-----END KEY-----\n"
    found = forms(key)
    assert {"-----BEGIN KEY-----", "MIIEowIBAAKCAQEA", "-----END KEY-----"} <= set(found)
    assert "end" not in found
    assert b64encode(key.strip().encode()).decode().rstrip("=") in found


def test_short_lines_are_hidden_together_only() -> None:
    assert all(len(form) >= SHORTEST for form in forms("ab\ncd\nef\ngh"))
    assert "ab" not in forms("ab\ncd\nef\ngh")


def test_bytes_that_are_not_utf_8_are_hidden_as_the_runner_reads_them() -> None:
    assert "secret \ufffd value" in forms("secret \udcff value")
