"""Reads the moments that people type: `24h`, `7d`, an ISO date or date-time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from diff_insight.errors import UsageError
from diff_insight.nearest import nearest

#: The word for where the last release is.
LAST_RELEASE = "last-release"
_WORDS = (LAST_RELEASE, "last-report", "last-success", "previous-tag")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
SPAN = re.compile(r"([0-9]{1,9})([mhdw])")
# Python reads more forms of ISO 8601 than people can tell apart; these are the promised ones.
_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?)?"
)
#: Nothing that git holds was made before; small and negative seconds are no dates to git.
_FIRST = datetime(1980, 1, 1, tzinfo=UTC)
_CURE = "write 90m, 24h, 7d, 2w, 2026-11-01 or 2026-11-01T09:00:00+09:00 (without a zone: UTC)"


def parse_since(text: str) -> timedelta | datetime:
    """Return the span before now, or the moment with its zone, that a text names.

    Raises:
        UsageError: It names neither.
    """
    duration = SPAN.fullmatch(text)
    try:
        if duration:
            span = timedelta(**{_UNITS[duration[2]]: int(duration[1])})
            if span:
                return span
        elif _ISO.fullmatch(text):
            moment = datetime.fromisoformat(text)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    near = nearest(text, _WORDS)
    raise UsageError(
        f"since: {text[:80]!r} is no span of time and no date",
        cause="a span is a whole number above 0 and one of m, h, d, w",
        cure=f"perhaps you meant {near}" if near else _CURE,
    )


def since_moment(text: str, now: datetime) -> datetime:
    """Return the moment that a text means now.

    Raises:
        UsageError: It names none, or one that is not in the past.
    """
    parsed = parse_since(text)
    try:
        moment = now - parsed if isinstance(parsed, timedelta) else parsed
    except OverflowError as error:
        raise UsageError(
            f"since: {text!r} is before the first year", cure="give a shorter span"
        ) from error
    if moment > now:
        raise UsageError(
            f"since: {text!r} lies in the future", cause="what is compared ends now", cure=_CURE
        )
    return max(moment, _FIRST)
