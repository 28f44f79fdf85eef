"""Brings texts into one form before they are compared: widths, escapes, invisible marks, space."""

from __future__ import annotations

import html
import re
import unicodedata
from string import ascii_lowercase, ascii_uppercase

#: Without width, or changing the direction of what follows; reports show them as escapes.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff"
    "\ud800-\udfff\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_SHOWN = re.compile(r"\\u\{[0-9a-f]{1,6}\}")
_BACKSLASH = re.compile(r"\\([!-/:-@\[-`{-~])")
#: What a hunk or an index line counts is not said by anybody.
_DIFF_HEADERS = re.compile(r"(?m)^(?:@@ -\d[\d,]* \+\d[\d,]* @@|index [0-9a-f]+\.\.[0-9a-f]+)")
_DASHES = str.maketrans("‐‑‒–—−", "------")
_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)
#: Full-width marks stand between words without a space; folded, they would join them.
_FULL_WIDTH = str.maketrans({mark: f" {mark} " for mark in "、。，．：；！？（）［］｛｝～"})


def literal(text: str) -> str:
    """Fold for an exact comparison: spelling and case stay, spaces and escapes of cells do not."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _space_out(text)).translate(_DASHES)
    else:
        text = _INVISIBLE.sub("", text)
    return " ".join(_SHOWN.sub("", text).replace("\\|", "|").split())


def _space_out(text: str) -> str:
    return _INVISIBLE.sub("", text).translate(_FULL_WIDTH)


def lower(text: str) -> str:
    """Return a text with small ASCII letters: what it says keeps its place and its length."""
    return text.translate(_SMALL)


def words(markdown: str) -> str:
    """Fold inline Markdown without code and addresses to what a reader sees."""
    return literal(html.unescape(_BACKSLASH.sub(r"\1", _SHOWN.sub("", markdown))))


def without_headers(diff: str) -> str:
    """Return a unified diff without the line numbers of its hunks and the ids of its blobs."""
    return _DIFF_HEADERS.sub("", diff)
