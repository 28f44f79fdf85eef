"""How much room a text takes, in the units that GitHub counts."""

from __future__ import annotations


def utf8_size(text: str) -> int:
    """Measure a text in bytes."""
    return len(text.encode("utf-8", "replace"))


def utf16_units(text: str) -> int:
    """Measure a text in units of UTF-16: never less than its characters, however they are counted."""
    return len(text) + sum(character > "\uffff" for character in text)
