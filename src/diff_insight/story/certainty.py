"""Tells whether what an item says to break is proved, or likely only."""

from __future__ import annotations

from collections.abc import Sequence

from diff_insight.model.facts import FileAnalysis
from diff_insight.model.story import StoryItem


def is_likely(item: StoryItem, files: Sequence[FileAnalysis]) -> bool:
    """Tell whether an item has breaking facts, and a part of the proof of each is missing."""
    breaking = [fact for ref in item.facts if (fact := files[ref.file].facts[ref.fact]).breaking]
    return bool(breaking) and not any(fact.is_proved_breaking for fact in breaking)
