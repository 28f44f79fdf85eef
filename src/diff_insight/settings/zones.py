"""Reads the names of time zones, and finds the one that is meant."""

from __future__ import annotations

import re

from diff_insight.nearest import nearest
from diff_insight.settings.wrong_values import wrong

#: Shorter words are abbreviations such as JST, which stand for no city.
_SHORTEST_CITY = 4


def zone(name: str, value: object) -> str:
    """Return the IANA name of a time zone."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - only when one is named

    typed = value if isinstance(value, str) else ""
    try:
        return ZoneInfo(typed).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        cause = (
            "an offset is no zone: zones have names, and rules for the summer"
            if re.search(r"[+-]?\d", str(value))
            else "no time zone has that name"
        )
        near = _near_zone(typed)
        expected = "an IANA time zone such as UTC or Asia/Tokyo"
        raise wrong(
            name, value, f"{expected}; perhaps you meant {near}" if near else expected, cause=cause
        ) from error


def _near_zone(typed: str) -> str | None:
    """Return the zone that is meant: by its whole name, or by the city in it."""
    from zoneinfo import available_timezones  # noqa: PLC0415 - only for what was mistyped

    zones = sorted(zone for zone in available_timezones() if "/" in zone and "Etc/" not in zone)
    cities = {zone.rpartition("/")[2]: zone for zone in zones}
    city = nearest(typed, cities) if len(typed) >= _SHORTEST_CITY and "/" not in typed else None
    return cities[city] if city else nearest(typed, zones) if "/" in typed else None
