"""How much of a report fits where it goes: three levels, the largest that fits is taken."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum


class Level(IntEnum):
    """How much a report tells, least first."""

    MINIMAL = 0
    SHORT = 1
    FULL = 2


#: From the one that tells most.
LEVELS = (Level.FULL, Level.SHORT, Level.MINIMAL)


def largest_level(
    render: Callable[[Level], str], limit: int, measure: Callable[[str], int]
) -> tuple[Level, str]:
    """Return the largest level whose text fits, with the text.

    Args:
        render: Gives the text of a level, with everything that counts (marker, footer).
        limit: What the place takes.
        measure: Measures a text in the unit of the limit.

    The smallest level is returned even if it does not fit; callers that must not exceed the limit
    measure it again.
    """
    text = ""
    for level in LEVELS:
        text = render(level)
        if measure(text) <= limit:
            return level, text
    return Level.MINIMAL, text


def utf8_size(text: str) -> int:
    """Measure a text in bytes."""
    return len(text.encode("utf-8", "replace"))


def utf16_units(text: str) -> int:
    """Measure a text in units of UTF-16: never less than its characters, however they are counted."""
    return len(text) + sum(character > "\uffff" for character in text)
