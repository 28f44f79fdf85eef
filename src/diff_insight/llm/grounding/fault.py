"""What is wrong with a text or a sentence, in words that a second request can carry."""

from __future__ import annotations

from msgspec import Struct


class Fault(Struct, frozen=True):
    """One fault of a sentence.

    Attributes:
        text: What is wrong.
        certain: Whether the sentence goes when it is told again; others stay, marked as the model's own reading.
        asks: Whether it is worth a second request; others are marked at once.
    """

    text: str
    certain: bool = True
    asks: bool = True


def reading(text: str) -> Fault:
    """Return what no line denies and none bears out: the sentence is marked, and nobody is asked."""
    return Fault(text, certain=False, asks=False)
