"""Gives links by name alone, as in `see [the guide]`, and footnotes as the words that a page shows.

Source: CommonMark 0.31.2, link reference definitions and shortcut reference links; GitHub's footnotes.
"""

from __future__ import annotations

import re

from diff_insight.markup.guarded import CODE_SPAN

_DEFINITION = re.compile(r"^ {0,3}\[([^\[\]\n^][^\[\]\n]{0,200})\]:[ \t]{0,20}\S", re.MULTILINE)
_NAMED = re.compile(r"(?<![\\\]!])\[([^\[\]\n^][^\[\]\n]{0,200})\](?![(\[:])")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\[\]\s]{1,60}\]:[ \t]*")


def names_defined(text: str) -> frozenset[str]:
    """Return the names that a page gives to addresses, as they are compared."""
    if "]:" not in text:
        return frozenset()
    return frozenset(_comparable(match[1]) for match in _DEFINITION.finditer(text))


def without_names(line: str, names: frozenset[str]) -> str:
    """Return a line without the brackets of links by name, and without the mark of a footnote's text.

    Args:
        line: A line of Markdown outside blocks of code.
        names: What `names_defined` says of its page.
    """
    if "[" not in line:
        return line
    if (footnote := _FOOTNOTE.match(line)) is not None:
        line = line[footnote.end() :]
    if not names:
        return line
    code = [match.span() for match in CODE_SPAN.finditer(line)]

    def bare(match: re.Match[str]) -> str:
        within = any(start <= match.start() < end for start, end in code)
        return match[0] if within or _comparable(match[1]) not in names else match[1]

    return _NAMED.sub(bare, line)


def _comparable(name: str) -> str:
    return " ".join(name.split()).casefold()
