"""Chooses the scanner for a page, and keeps what it found."""

from __future__ import annotations

from diff_insight.facts import markdown, rst
from diff_insight.facts.page import Structure
from diff_insight.facts.versions import FileView
from diff_insight.model.changes import Side


def structure(view: FileView, side: Side) -> Structure:
    """Return the structure of one side of a page, computed once per view."""
    key = f"structure.{side}"
    found = view.cache.get(key)
    if not isinstance(found, Structure):
        scan = markdown.scan if view.markdown else rst.scan
        found = scan(view.version(side))
        view.cache[key] = found
    return found
