"""Finds the licence files of a repository and says which licence each is, where that is proved.

A text is a licence when its words are those of the licence, all of them and no others; titles and
copyright lines aside. Else it has to say its identifier by itself, or to be named by it as REUSE
has it. Similar is not the same: what is added to a licence is what matters in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from diff_insight.model.licences import LicenceFile, Licences
from diff_insight.model.source_tree import SourceTree

#: Files that are named, and characters of one that are read.
MOST_FILES, LONGEST = 8, 120_000
#: Lines in which a file may say its identifier, words of a title, lines of a paragraph about holders.
_HEAD_LINES, _TITLE_WORDS, _HOLDERS = 30, 12, 2
_NAME = re.compile(
    r"(?:LICEN[CS]E|COPYING|UNLICENSE)(?:[-_.](?!header|template)[A-Za-z0-9.+_-]{1,40})?",
    re.IGNORECASE,
)
_REUSE = re.compile(r"LICENSES/(?P<id>[A-Za-z0-9.+-]{1,80})\.(?:txt|md)")
_TAG = re.compile(
    r"(?:SPDX-License-Identifier|^license):[ \t]*+(?P<id>[^\r\n]{1,200})", re.MULTILINE
)
#: Who holds the copyright and since when; a sentence of a licence may begin with the word as well.
_COPYRIGHT = re.compile(
    r"(?:portions[ ])?(?:copyright[ ]*+(?:\(c\)|©|&copy;|[\[<{(]|[0-9]{4}|by\b|:)|\(c\)[ ]|©|all rights reserved\.?$)",
    re.IGNORECASE,
)
#: Words of conditions: a line that has one says more than who holds the copyright.
_CONDITIONS = frozenset(
    "use used uses not no must may shall only except but without permission permitted prohibited "
    "commercial noncommercial forbidden allowed granted license licensed licence terms".split()
)
#: What numbers a clause; some copies have stars there.
_BULLET = re.compile(r"(?:[0-9]{1,2}[.)]|\([a-z0-9]\)|[a-z][.)]|[*-])[ \t]")
#: Behind these words a licence explains how it is applied, which copies leave out.
_APPENDICES = ("end", "of", "terms", "and", "conditions"), ("appendix", "how", "to", "apply")
_WORD = re.compile(r"[^\W_]++")


def find_licences(tree: SourceTree | None) -> Licences:
    """Return the licence files at the top of a repository, and those that REUSE has in a folder."""
    if tree is None:
        return Licences(read=False)
    top = [path for path in tree.paths if "/" not in path and _NAME.fullmatch(path)]
    kept = [path for path in tree.paths if _REUSE.fullmatch(path)]
    paths = [*sorted(top), *sorted(kept)][:MOST_FILES]
    return Licences(tuple(LicenceFile(path, _expression(path, tree)) for path in paths))


def _expression(path: str, tree: SourceTree) -> str:
    text = (tree.text(path) or "")[:LONGEST]
    named = _REUSE.fullmatch(path)
    said = _identifier(named["id"]) if named else ""
    return said or _identifier_in(text) or licence_of(text)


def _identifier_in(text: str) -> str:
    """Return the identifier that a file says of itself in its first lines; empty when two differ."""
    head = "\n".join(text.splitlines()[:_HEAD_LINES])
    said = {_identifier(match["id"].strip(" \t'\"*/#->")) for match in _TAG.finditer(head)}
    return said.pop() if len(said) == 1 else ""


def _identifier(text: str) -> str:
    """Return an SPDX expression in its usual form; empty when it is none."""
    from packaging.licenses import (  # noqa: PLC0415 - a large table, seldom needed
        InvalidLicenseExpression,
        canonicalize_license_expression,
    )

    try:
        return str(canonicalize_license_expression(text))
    except InvalidLicenseExpression:
        return ""


def licence_of(text: str) -> str:
    """Return the identifier of the licence whose words a text has; empty when it has any others."""
    return _licences_by_words().get(_words(text), "")


@cache
def _licences_by_words() -> dict[tuple[str, ...], str]:
    from identify.vendor.licenses import LICENSES  # noqa: PLC0415 - 330 kB, seldom needed

    known: dict[tuple[str, ...], str] = {}
    for identifier, text in LICENSES:
        words = _words(text)
        known |= dict.fromkeys((words, *_without_appendix(words)), identifier)
    return known


def _without_appendix(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the words up to where the terms of a licence end, in each way in which copies end."""
    for start in _APPENDICES:
        places = [at for at in range(len(words)) if words[at : at + len(start)] == start]
        if len(places) == 1:
            yield words[: places[0]]


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a licence without its titles and without who holds the copyright."""
    paragraphs = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n"))
    lines = [line for each in paragraphs for line in _without_holders(each.splitlines())]
    body = _without_titles([*map(_line_words, lines)])
    return tuple(word for line in body for word in line)


def _without_holders(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a paragraph but those that say who holds the copyright."""
    for number, line in enumerate(lines):
        plain = line.strip(" \t*#<>/")
        first = not number and plain.lower().startswith("copyright ") and len(lines) <= _HOLDERS
        holder = first or _COPYRIGHT.match(plain)
        if not holder or _CONDITIONS & set(_line_words(plain)):
            yield line


def _without_titles(lines: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Yield the lines behind the first ones that are empty or a title: few words, one of them a licence."""
    begun = False
    for line in lines:
        title = len(line) <= _TITLE_WORDS and bool({"license", "licence"} & set(line))
        begun = begun or bool(line and not title)
        if begun:
            yield line


def _line_words(line: str) -> list[str]:
    line = line.lower().strip(" \t#<>/")
    bullet = _BULLET.match(line)
    return _WORD.findall(line[bullet.end() :] if bullet else line)
