"""What the texts about a category are made from."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from diff_insight.model.facts import FileAnalysis
from diff_insight.model.insight import Coverage
from diff_insight.model.messages import Notice
from diff_insight.model.story import StoryItem


class RangeFacts(Struct, frozen=True, kw_only=True):
    """What the texts about a category are made from."""

    items: Sequence[StoryItem]
    actions: Sequence[StoryItem] = ()
    theme: StoryItem | None = None
    files: Sequence[FileAnalysis]
    coverage: Coverage
    names: Sequence[str]
    titles: Sequence[str] = ()
    undetected: Sequence[str]
    notices: Sequence[Notice]
