"""Spans of time, dates and date-times become moments; everything else is refused with examples."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.errors import UsageError
from diff_insight.ranges.since import parse_since, since_moment

NOW = datetime(2026, 11, 21, 4, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("90m", datetime(2026, 11, 21, 3, 0, tzinfo=UTC)),
        ("24h", datetime(2026, 11, 20, 4, 30, tzinfo=UTC)),
        ("7d", datetime(2026, 11, 14, 4, 30, tzinfo=UTC)),
        ("2w", datetime(2026, 11, 7, 4, 30, tzinfo=UTC)),
        ("2026-11-01", datetime(2026, 11, 1, tzinfo=UTC)),
        ("2026-11-01T09:00", datetime(2026, 11, 1, 9, tzinfo=UTC)),
        ("2026-11-01 09:00:30", datetime(2026, 11, 1, 9, 0, 30, tzinfo=UTC)),
        ("2026-11-01T09:00:00Z", datetime(2026, 11, 1, 9, tzinfo=UTC)),
        ("2026-11-01T09:00:00+09:00", datetime(2026, 11, 1, tzinfo=UTC)),
        ("2026-11-21T04:30:00Z", NOW),
        # git holds nothing older, and reads such numbers of seconds as something else.
        ("0001-01-01", datetime(1980, 1, 1, tzinfo=UTC)),
        ("999999d", None),
    ],
)
def test_a_moment_is_read(text: str, moment: datetime | None) -> None:
    if moment is None:
        with pytest.raises(UsageError, match="before the first year"):
            since_moment(text, NOW)
    else:
        assert since_moment(text, NOW) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0h",
        "000d",
        "24",
        "h",
        "-24h",
        "+24h",
        "1.5h",
        "24 h",
        "24H",
        "1d12h",
        "1y",
        "24h\n",
        "٢٤h",
        "9999999999d",
        "999999999w",
        "yesterday",
        "2026-13-01",
        "2026-02-30",
        "2026-11",
        "20261101",
        "2026-W45-1",
        "2026-11-01T25:00",
        "2026-11-01T09:00+99:00",
        "0001-01-01T00:00:00+09:00",
        "--all",
    ],
)
def test_what_is_no_moment_is_refused_with_examples(text: str) -> None:
    with pytest.raises(UsageError, match="since") as caught:
        parse_since(text)
    assert "24h, 7d" in caught.value.cure
    assert all(line.isprintable() for line in caught.value.lines())


def test_the_future_is_refused() -> None:
    with pytest.raises(UsageError, match="lies in the future"):
        since_moment("2026-11-21T04:31Z", NOW)


@settings(deadline=None, max_examples=100)
@given(st.integers(1, 2_000), st.sampled_from("mhdw"))
def test_a_span_is_counted_back_from_now(count: int, unit: str) -> None:
    minutes = {"m": 1, "h": 60, "d": 1440, "w": 10080}[unit] * count
    assert since_moment(f"{count}{unit}", NOW) == NOW - timedelta(minutes=minutes)


@settings(deadline=None, max_examples=100)
@given(st.integers(315_532_800, 1_763_000_000))
def test_a_written_moment_is_read_back(seconds: int) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    assert since_moment(moment.isoformat(), NOW) == moment
    assert since_moment(moment.replace(tzinfo=None).isoformat(), NOW) == moment


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=30))
def test_any_text_is_a_moment_or_refused(text: str) -> None:
    try:
        moment = since_moment(text, NOW)
    except UsageError as error:
        refused = error
    else:
        assert moment <= NOW
        return
    assert refused.cure
