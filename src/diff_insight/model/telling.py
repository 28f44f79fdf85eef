"""Texts that a model wrote and that passed every check, before they are part of a document."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from diff_insight.model.insight import Usage
from diff_insight.model.messages import Notice


class FileText(Struct, frozen=True):
    """One file in one locale: a line in which backticks mark code, and harmless Markdown.

    A part that is not believed is empty; the rules' text of it stands then.
    """

    title: str
    explanation: str

    @property
    def whole(self) -> bool:
        """Whether both parts are there."""
        return bool(self.title and self.explanation)

    def with_gaps_from(self, other: FileText | None) -> FileText:
        """Return these parts, and another's where there are none."""
        if other is None:
            return self
        return FileText(self.title or other.title, self.explanation or other.explanation)


class Bullet(Struct, frozen=True):
    """One bullet of the highlights and the files it speaks of, as indexes of the category."""

    text: str
    files: tuple[int, ...]


class RangeText(Struct, frozen=True, kw_only=True):
    """A category in one locale: two lines in which backticks mark code, and harmless Markdown.

    A part that is not believed is empty.
    """

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
