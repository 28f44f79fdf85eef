"""Addresses from one file to another."""

from __future__ import annotations

import posixpath
from urllib.parse import quote


def relative_address(page: str, target: str) -> str:
    """Return how a page links to a file, both given from the same root."""
    return quote(posixpath.relpath(target, posixpath.dirname(page) or "."))
