"""Compares two texts as a reader sees them: a title, a heading, a cell, a key's value, a sentence."""

from __future__ import annotations

import html
import re
import unicodedata

from diff_insight.markup.plain import inline_words

#: A comment of HTML or MDX, also one that nothing closes: browsers hide the rest as well.
_COMMENT = re.compile(r"<!--(?:(?!-->).)*(?:-->|\Z)|\{/\*(?:(?!\*/\}|\{/\*).)*+\*/\}", re.DOTALL)
#: Without width and without a say in how words are spelt; joiners are not among them.
_WIDTHLESS = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))
#: Typographic forms that a reader takes for the plain one.
_LOOKALIKES = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
        **dict.fromkeys("\u2010\u2011", "-"),
        **{wide: chr(ord(wide) - 0xFEE0) for wide in "！％（），：；？"},
    }
)
#: White space beside characters of Chinese, Japanese and their punctuation, which authors set or leave out.
_BESIDE_WIDE = re.compile(
    r"(?<=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])\s++|(?<!\s)\s++(?=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])"
)
_QUOTES = ("'", '"')


def same_content(old: str, new: str, *, markup: bool = True) -> bool:
    """Tell whether a reader sees the same on both sides.

    Args:
        old: Text of the base.
        new: Text of the head.
        markup: Whether the texts are Markdown or reStructuredText; False for code and data.
    """
    return old == new or as_read(old, markup=markup) == as_read(new, markup=markup)


def as_read(text: str, *, markup: bool = True) -> str:
    """Return text as a reader sees it, to compare, not to show.

    Comments, entities, markup, white space, line ends, byte order marks, quotation marks around the
    whole, typographic quotation marks, the width of punctuation and the Unicode normal form make no difference. Characters
    that turn the direction of text do, and so do joiners, which spell words.
    """
    if markup and ("<!--" in text or "{/*" in text):
        text = without_comments(text)
    if markup and "&" in text:
        text = html.unescape(text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_WIDTHLESS)
        text = _BESIDE_WIDE.sub("", text).translate(_LOOKALIKES)
    text = inline_words(text, templates=False) if markup else " ".join(text.split())
    return unquote(text)


def without_gaps_beside_wide(text: str) -> str:
    """Return text without the white space that authors of Chinese and Japanese set or leave out."""
    return text if text.isascii() else _BESIDE_WIDE.sub("", text)


def without_comments(text: str) -> str:
    """Return text without its comments of HTML and MDX, which no page shows."""
    return _COMMENT.sub("", text)


def unquote(text: str) -> str:
    """Return a value without the pair of quotation marks around it."""
    text = text.strip()
    return text[1:-1].strip() if len(text) > 1 and text[0] == text[-1] in _QUOTES else text
