"""Chooses the scanner for a page, and keeps what it found."""

from __future__ import annotations

from diff_insight.facts.file_view import FileView
from diff_insight.facts.pages import markdown, rst
from diff_insight.facts.pages.page_outline import Structure
from diff_insight.model.changes import Side

_KEYS = {side: f"structure.{side}" for side in Side}


def structure(view: FileView, side: Side) -> Structure:
    """Return the structure of one side of a page, computed once per view."""
    page = view.cache.get(_KEYS[side])
    if not isinstance(page, Structure):
        scan = markdown.scan if view.markdown else rst.scan
        page = scan(view.version(side))
        view.cache[_KEYS[side]] = page
    return page


def known_structures(view: FileView) -> dict[Side, Structure]:
    """Return the structures that somebody has asked for."""
    pages = {side: view.cache.get(_KEYS[side]) for side in Side}
    return {side: page for side, page in pages.items() if isinstance(page, Structure)}
