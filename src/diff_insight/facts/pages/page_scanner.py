"""Chooses the scanner for a page, and keeps what it found."""

from __future__ import annotations

from collections.abc import Callable

from diff_insight.facts.file_view import FileView, TextVersion, is_structured
from diff_insight.facts.pages import asciidoc, markdown, rst
from diff_insight.facts.pages.page_outline import Structure
from diff_insight.file_types import extension, is_markdown
from diff_insight.model.changes import Side

_KEYS = {side: f"structure.{side}" for side in Side}


def structure(view: FileView, side: Side) -> Structure:
    """Return the structure of one side of a page, computed once per view."""
    page = view.cache.get(_KEYS[side])
    if not isinstance(page, Structure):
        change = view.change
        # A page may have been written in another markup before it was renamed.
        path = (change.previous_path or change.path) if side is Side.BASE else change.path
        page = _scanner(path)(view.version(side))
        view.cache[_KEYS[side]] = page
    return page


def _scanner(path: str) -> Callable[[TextVersion], Structure]:
    """Return what finds the headings of a page by the ending of its name; Markdown where it says nothing."""
    if is_markdown(path) or not is_structured(path):
        return markdown.scan
    return rst.scan if extension(path) == "rst" else asciidoc.scan


def known_structures(view: FileView) -> dict[Side, Structure]:
    """Return the structures that somebody has asked for."""
    pages = {side: view.cache.get(_KEYS[side]) for side in Side}
    return {side: page for side, page in pages.items() if isinstance(page, Structure)}
