"""What is wrong with a text or a sentence, in words that a second request can carry."""

from __future__ import annotations

from msgspec import Struct


class Fault(Struct, frozen=True):
    """One fault; an uncertain one may be the model's own reading of what it saw."""

    text: str
    certain: bool = True
