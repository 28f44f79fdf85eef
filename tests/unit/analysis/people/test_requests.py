"""Sentences that ask something of their reader."""

from __future__ import annotations

import pytest

from diff_insight.analysis.people.requests import asks, obliges


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("Use `tempfile` instead of the helper.", True),
        ("You must set `proxy`.", True),
        ("Replace `A` with `B`.", True),
        ("The helper is old: use a temporary directory with absolute paths instead.", True),
        ("The file is opened with the encoding of the stream.", False),
        ("There is no default host, so we don't need to use `::1` instead of `localhost`.", False),
        ("It passes a connector to the connection.", False),
    ],
)
def test_what_asks_something_of_a_reader(sentence: str, *, asked: bool) -> None:
    assert asks(sentence) is asked


def test_what_obliges_in_a_page() -> None:
    assert obliges("Do not authorize requests by matching the path.")
    assert not obliges("You can use either form.")
