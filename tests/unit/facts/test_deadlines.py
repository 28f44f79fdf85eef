"""Moved dates: the only date of a text, what it ends, which way it went."""

from __future__ import annotations

from typing import Any

import pytest

from diff_insight.facts.deadlines import deadline_term, moved_date


def moved(old: str, new: str, context: str = "") -> tuple[str, dict[str, Any]] | None:
    fact = moved_date(old, new, context=context, subject="it")
    return None if fact is None else (fact.kind, dict(fact.params))


def test_a_retirement_that_moved_later() -> None:
    assert moved(
        "No earlier than June 11, 2025", "No earlier than September 1, 2025", "Retirement date"
    ) == (
        "deadline.moved",
        {
            "subject": "it",
            "what": "retirement",
            "old": {"date": "2025-06-11", "qualifier": "not-before"},
            "new": {"date": "2025-09-01", "qualifier": "not-before"},
            "days": 82,
            "direction": "later",
        },
    )


def test_a_date_that_ends_nothing_is_no_deadline() -> None:
    found = moved("2025-06-11", "2025-06-01", "Reviewed")
    assert found is not None
    assert found[0] == "date.moved"
    assert (found[1]["what"], found[1]["days"], found[1]["direction"]) == ("date", 10, "earlier")


def test_the_term_may_stand_in_the_text_itself() -> None:
    found = moved(
        "Support will be removed on 2025-06-11.", "Support will be removed on 2025-07-11."
    )
    assert found is not None
    assert (found[0], found[1]["what"]) == ("deadline.moved", "shutdown")


@pytest.mark.parametrize(
    ("old", "new", "days"),
    [
        ("June 2025", "September 2025", None),
        ("June 2025", "September 1, 2025", None),
        ("2025-06-11", "2025-09", None),
    ],
)
def test_months_have_no_distance_in_days(old: str, new: str, days: int | None) -> None:
    found = moved(old, new, "Retires")
    assert found is not None
    assert (found[1]["days"], found[1]["direction"]) == (days, "later")


def test_only_the_qualifier_changed() -> None:
    found = moved("no earlier than 2025-06-11", "by 2025-06-11", "Retirement")
    assert found is not None
    assert found[1]["old"] == {"date": "2025-06-11", "qualifier": "not-before"}
    assert found[1]["new"] == {"date": "2025-06-11", "qualifier": "by"}
    assert found[1]["days"] == 0
    assert found[1]["direction"] == "same"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2025-06-11", "2025-06-11"),
        ("2025-06-11", "soon"),
        ("soon", "2025-06-11"),
        ("2025-06-11 to 2025-07-11", "2025-06-11 to 2025-08-11"),
        ("Alpha retires 2025-06-11", "Beta retires 2025-09-01"),
        ("June 11, 2025", "2025-06-11"),
        ("x" * 5000 + " 2025-06-11", "x" * 5000 + " 2025-09-01"),
    ],
)
def test_what_is_no_moved_date(old: str, new: str) -> None:
    assert moved(old, new, "Retirement") is None


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Retirement date", "retirement"),
        ("提供終了日", "retirement"),
        ("停用日期", "retirement"),
        ("Deprecated on", "deprecation"),
        ("弃用", "deprecation"),
        ("End of life", "end-of-support"),
        ("EOL", "end-of-support"),
        ("サポート終了", "end-of-support"),
        ("Sunset", "shutdown"),
        ("Expires", "expiry"),
        ("valid until", "expiry"),
        ("Migrate by", "deadline"),
        ("Release date", ""),
        ("geology", ""),
    ],
)
def test_terms(text: str, term: str) -> None:
    assert deadline_term(text) == term
