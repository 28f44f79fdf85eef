"""Texts that a model wrote and that passed every check, before they are part of a document."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from diff_insight.model.insight import Usage
from diff_insight.model.messages import Notice


class FileText(Struct, frozen=True):
    """One file in one locale; the title is plain text, the explanation harmless Markdown."""

    title: str
    explanation: str


class Bullet(Struct, frozen=True):
    """One bullet of the highlights and the files it speaks of, as indexes of the category."""

    text: str
    files: tuple[int, ...]


class RangeText(Struct, frozen=True, kw_only=True):
    """A category in one locale; headline and summary are plain text, the rest harmless Markdown."""

    headline: str
    summary: str
    new_features: tuple[Bullet, ...]
    other_updates: tuple[Bullet, ...]
    insights: str


class Told(Struct, frozen=True, kw_only=True):
    """What a model contributes to one category.

    Attributes:
        model: Name of the model that was asked.
        prompt_version: Version of the instructions it got.
        files: Texts by index of the file and by locale.
        ranges: Texts about the whole category by locale.
        sent: Files whose diff was sent, or whose answer came from the cache.
        usage: What this category cost.
        notices: What a reader has to know.
    """

    model: str
    prompt_version: str
    files: Mapping[int, Mapping[str, FileText]] = field(default_factory=dict)
    ranges: Mapping[str, RangeText] = field(default_factory=dict)
    sent: int = 0
    usage: Usage = field(default_factory=Usage)
    notices: tuple[Notice, ...] = ()
