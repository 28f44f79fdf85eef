"""Moved dates: the only date of a text, what it ends, which way it went."""

from __future__ import annotations

from typing import Any

import pytest

from diff_insight.facts.pages.deadlines import deadline_term, moved_date, moved_deadline


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


@pytest.mark.parametrize(
    ("new", "subject"),
    [
        ("The old API will be retired on May 1, 2026.", "The old API"),
        ("Model gpt-4.1 retires on May 1, 2026.", "it"),  # a stop within it: no name is better
        ("It comes first. The beta channel expires on May 1, 2026.", "The beta channel"),
        ("We will retire the old API on May 1, 2026.", "it"),
        ("If unused, keys are removed on May 1, 2026.", "it"),
        ("Support for it is removed on May 1, 2026.", "it"),
    ],
)
def test_what_a_statement_names_is_what_ends(new: str, subject: str) -> None:
    found = moved(new.replace("May", "June"), new)
    assert found is not None
    assert found[1]["subject"] == subject


def within(old: str, new: str) -> tuple[dict[str, Any], str] | None:
    found = moved_deadline(old, new, subject="it")
    return None if found is None else (dict(found[0].params), found[1])


def test_a_deadline_that_moved_in_a_statement_that_says_more_now() -> None:
    found = within(
        "Out since May 2, 2020. The old API retires on June 1, 2025. Move now.",
        "Out since May 2, 2020. The old API retires on **May 1, 2025**, and its data go. Move soon.",
    )
    assert found is None  # what stands before the date is another
    found = within(
        "Out since May 2, 2020. The old API retires on June 1, 2025. Move now.",
        "Out since May 2, 2020. The old API retires on May 1, 2025, and its data go. Move soon.",
    )
    assert found is not None
    params, text = found
    assert (params["subject"], params["what"], params["days"], params["direction"]) == (
        "The old API", "retirement", 31, "earlier",
    )  # fmt: skip
    assert text == "Out since May 2, 2020. The old API retires on May 1, 2025. Move now."


def test_support_of_a_numbered_version_ends() -> None:
    found = within(
        "Support for 1.x ends on July 1, 2025.", "Support for 1.x ends on August 1, 2025 in the EU."
    )
    assert found is not None
    assert (found[0]["what"], found[0]["subject"]) == ("end-of-support", "1.x")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It retires on June 1, 2025.", "It was out on May 1, 2025, and more."),
        ("Version of June 1, 2025: adds a.", "Version of May 1, 2025: adds b."),
        ("On June 1, 2025 it retires.", "On May 1, 2025 it retires, at last."),
        ("The API retires on June 1, 2025.", "The API retires on June 1, 2025, at last."),
        ("The API retires on June 1, 2025.", "The SDK retires on May 1, 2025, at last."),
        ("The API retires on June 1, 2025." + "x" * 2000, "The API retires on May 1, 2025, at."),
    ],
)
def test_other_statements_are_not_compared(old: str, new: str) -> None:
    assert within(old, new) is None
