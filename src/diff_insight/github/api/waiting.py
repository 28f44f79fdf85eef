"""How long to wait before a request to GitHub is sent again, from what the answer said.

Rules: https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
"""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parsedate_to_datetime

SERVER_ERRORS = frozenset({500, 502, 503, 504})
_LIMITS = frozenset({403, 429})
_SECONDARY = "secondary rate limit"
#: Seconds to wait after a secondary limit that names no time; doubled each time.
_SECONDARY_WAIT = 60.0


def wait_before_retry(
    status: int, headers: Mapping[str, str], message: str, attempt: int
) -> float | None:
    """Return the seconds to wait before an answer is asked for again; None when that is no use.

    Args:
        status: HTTP status; 0 when the connection failed.
        headers: The answer's headers, names in lower case.
        message: What the answer said.
        attempt: How often it was tried before.
    """
    if status == 0 or status in SERVER_ERRORS:
        return _seconds(headers.get("retry-after")) or 1.0 * (1 << attempt)
    if status not in _LIMITS:
        return None
    if (seconds := _seconds(headers.get("retry-after"))) is not None:
        return seconds
    if headers.get("x-ratelimit-remaining") == "0":
        return _until_reset(headers)
    if status == 429 or _SECONDARY in message.lower():
        return _SECONDARY_WAIT * (1 << attempt)
    return None


def _seconds(value: str | None) -> float | None:
    return float(value) if value is not None and value.isdigit() else None


def _until_reset(headers: Mapping[str, str]) -> float | None:
    """Return the seconds from the answer's own date to the reset, so that no clock is needed."""
    reset = _seconds(headers.get("x-ratelimit-reset"))
    try:
        sent = parsedate_to_datetime(headers.get("date", "")).timestamp()
    except (TypeError, ValueError):
        return _SECONDARY_WAIT
    return None if reset is None else max(reset - sent, 0.0) + 1.0
