"""Holds titles against the diff: a version that a title names and no changed line has is denied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from diff_insight.analysis.people.causes import Cause
from diff_insight.model.changes import Hunk

_MOVES = re.compile(
    r"(?i)\b(?:bump|upgrade|update)[sd]?\s+(?:the\s+|module\s+|dependency\s+)?[`'\"]?(?P<name>[@\w][\w./@-]{1,80})[`'\"]?"
    r"\s+(?:from\s+[`'\"]?v?(?P<old>\d[\w.+-]{0,30})[`'\"]?\s+)?to\s+[`'\"]?v?(?P<new>\d+\.[\w.+-]{1,30})"
)
_NUMBERS = re.compile(r"\d{1,9}")
_VERSION = r"(?<![\w.])v?(\d+(?:\.\d+){1,3}(?:[-+][\w.]{1,20})?)(?![\w]|\.\d)"


class Contradiction(Struct, frozen=True):
    """What a title says a thing moved to, and between which versions the diff moves it."""

    name: str
    said: str
    old: str
    new: str


def contradictions(
    causes: Iterable[Cause], hunks: Sequence[Sequence[Hunk]]
) -> Mapping[str, Contradiction]:
    """Return the titles whose version stands nowhere in what the range adds, by cause.

    Only where the diff moves the named thing to one other version: silence proves nothing. What a later
    commit of the range moved on is not denied either.
    """
    by_name: dict[str, Contradiction] = {}
    for cause in causes:
        move = _MOVES.search(cause.title)
        if move is None:
            continue
        denied = _contradiction(move["name"], move["new"].rstrip("."), hunks)
        if denied is not None:
            by_name[cause.id] = denied
    return by_name


def _contradiction(name: str, said: str, hunks: Sequence[Sequence[Hunk]]) -> Contradiction | None:
    near = re.compile(rf"(?<![\w/-]){re.escape(name)}(?![\w-])[^\d\n]{{0,40}}{_VERSION}")
    old: set[str] = set()
    new: set[str] = set()
    for block in (block for every in hunks for hunk in every for block in hunk.blocks):
        if any(said in line for line in block.new_lines):
            return None
        old.update(
            match[1] for line in block.old_lines[:400] for match in near.finditer(line[:2000])
        )
        new.update(
            match[1] for line in block.new_lines[:400] for match in near.finditer(line[:2000])
        )
    gone, come = old - new, new - old
    if len(gone) != 1 or len(come) != 1:
        return None
    before, after = gone.pop(), come.pop()
    return None if _passes(before, said, after) else Contradiction(name, said, before, after)


def _passes(before: str, said: str, after: str) -> bool:
    """Tell whether a version lies on the way, so that the range may have been there and gone on."""
    first, between, last = (
        [int(part) for part in _NUMBERS.findall(each)] for each in (before, said, after)
    )
    return first < between < last or last < between < first
