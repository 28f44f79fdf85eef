"""Calendar dates in text: every form that is read, what is left alone, and qualifiers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.facts.pages.dates import days_between, find_dates


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2025-06-11", ["2025-06-11"]),
        ("on 2025-06 we", ["2025-06"]),
        ("June 11, 2025", ["2025-06-11"]),
        ("Jun. 11 2025", ["2025-06-11"]),
        ("june 1st, 2025", ["2025-06-01"]),
        ("Sept 3rd 2025", ["2025-09-03"]),
        ("11 June 2025", ["2025-06-11"]),
        ("2nd May, 2025", ["2025-05-02"]),
        ("September 2025", ["2025-09"]),
        ("2025年6月11日", ["2025-06-11"]),
        ("2025年6月", ["2025-06"]),
        ("2024-02-29", ["2024-02-29"]),
        ("from 2025-06-11 to 2025-09-01.", ["2025-06-11", "2025-09-01"]),
        ("(2025-06-11)", ["2025-06-11"]),
        ("期限は2025-06-11です", ["2025-06-11"]),
        ("2025-06に提供終了", ["2025-06"]),
    ],
)
def test_forms(text: str, values: list[str]) -> None:
    assert [found.value for found in find_dates(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "2025-02-30", "2025-13-01", "2025-13", "0000-01-01", "February 30, 2025", "31 April 2025",
        "2025年13月1日", "v2025-06-11", "2025-06-11-preview", "build-2025-06-11x", "12025-06-11",
        "a/2025-06-11", "2025-06-111", "13/13/2025", "June", "11", "", "maybe 2025", "20250611",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert list(find_dates(text)) == []


@pytest.mark.parametrize(
    ("text", "as_written", "month_first"),
    [
        ("06/11/2025", [], ["2025-06-11"]),
        ("11/06/2025", [], ["2025-11-06"]),
        ("06/13/2025", ["2025-06-13"], ["2025-06-13"]),
        ("13/06/2025", ["2025-06-13"], []),
        ("06/06/2025", ["2025-06-06"], ["2025-06-06"]),
        ("2/30/2025", [], []),
    ],
)
def test_slashed_dates_are_read_where_the_order_is_clear(
    text: str, as_written: list[str], month_first: list[str]
) -> None:
    assert [found.value for found in find_dates(text)] == as_written
    assert [found.value for found in find_dates(text, month_first=True)] == month_first


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("retires no earlier than June 11, 2025", "not-before"),
        ("Not before 2025-06-11", "not-before"),
        ("No sooner than **2025-06-11**", "not-before"),
        ("早くとも 2025年6月11日", "not-before"),
        ("不早于2025年6月11日", "not-before"),
        ("no later than 2025-06-11", "not-after"),
        ("not later than 2025-06-11", "not-after"),
        ("遅くとも2025年6月11日", "not-after"),
        ("不晚于 2025-06-11", "not-after"),
        ("by 2025-06-11", "by"),
        ("until June 2025", "by"),
        ("after 2025-06-11", "after"),
        ("As of 2025-06-11", "after"),
        ("on 2025-06-11", ""),
        ("standby 2025-06-11", ""),
    ],
)
def test_qualifiers(text: str, qualifier: str) -> None:
    assert [found.qualifier for found in find_dates(text)] == [qualifier]


def test_places() -> None:
    text = "from 2025-06-11 until June 2026"
    assert [text[found.start : found.end] for found in find_dates(text)] == [
        "2025-06-11",
        "June 2026",
    ]


@pytest.mark.parametrize(
    ("old", "new", "days"),
    [
        ("2025-06-11", "2025-09-01", 82),
        ("2025-09-01", "2025-06-11", -82),
        ("2025-06", "2025-09-01", None),
        ("2025-06-11", "2025-09", None),
    ],
)
def test_days_between(old: str, new: str, days: int | None) -> None:
    assert days_between(old, new) == days


@given(st.dates())
@settings(deadline=None, max_examples=50)
def test_every_day_is_read_in_iso_and_in_words(day: object) -> None:
    iso = f"{day:%Y-%m-%d}".rjust(10, "0")
    assert [found.value for found in find_dates(iso)] == [iso]
    words = f"{day:%B} {day:%d}, {iso[:4]}"
    assert [found.value for found in find_dates(words)] == [iso]


@given(st.text(alphabet=st.sampled_from("0123456789/-,. 年月日June byuntil٣²"), max_size=40))
@settings(deadline=None, max_examples=200)
def test_no_text_raises(text: str) -> None:
    for found in find_dates(text):
        assert 0 <= found.start < found.end <= len(text)
        assert len(found.value) in (7, 10)
