"""From what started the run to the range that is wanted."""

from __future__ import annotations

from diff_insight.github.events.payload import read_event
from diff_insight.github.events.wanted import wanted_range

__all__ = ["read_event", "wanted_range"]
