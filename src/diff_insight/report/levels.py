"""How much a report tells where it goes, and how much room a text takes there."""

from __future__ import annotations

from enum import IntEnum


class Level(IntEnum):
    """How much a report tells, least first."""

    MINIMAL = 0
    SHORT = 1
    FULL = 2


def utf8_size(text: str) -> int:
    """Measure a text in bytes."""
    return len(text.encode("utf-8", "replace"))


def utf16_units(text: str) -> int:
    """Measure a text in units of UTF-16: never less than its characters, however they are counted."""
    return len(text) + sum(character > "\uffff" for character in text)
