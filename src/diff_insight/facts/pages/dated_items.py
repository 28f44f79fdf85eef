"""List items that give a name a date, matched by the name: `- Ubuntu 22.04 (Jammy) - 2027-04-01`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.pages.changed_lines import changed_text, code_lines, lines_of
from diff_insight.facts.pages.dates import find_dates
from diff_insight.facts.pages.deadlines import moved_date
from diff_insight.facts.pages.page_scanner import structure
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.markup.plain import words_of
from diff_insight.model.changes import Block, Side
from diff_insight.model.facts import Fact

_ITEM = re.compile(
    r"\s*(?:[-*+•]|\d{1,3}[.)])\s++(?P<name>\S.{0,80}?)(?:(?<!\s)\s++[-–—]++\s|(?:(?<!\s)\s++)?+(?::\s|：))(?P<said>.*)$"
)
#: A line that may be one, in a text.
_DATED = re.compile(r"\n[^\S\n]*+(?:[-*+•]|\d{1,3}[.)])[^\n]*?\d{4}")
_ASIDE = re.compile(r"(?<!\s)\s*+[(（][^()（）]*[)）]")
_YEAR = re.compile(r"\d{4}")
#: Lines that are walked up from an item to the sentence that leads in to its list.
_FURTHEST = 40


class _DatedItem(Struct, frozen=True):
    """An item: its line, what is dated, and the text that holds the date."""

    line: int
    name: str
    said: str


def applies(view: FileView) -> bool:
    """Text for readers with two versions."""
    return view.prose and view.change.status in BOTH_SIDES


def facts(view: FileView) -> Iterator[Fact]:
    """Yield the items whose date moved, whatever else of them changed."""
    if not _DATED.search(changed_text(view, Side.HEAD)):
        return
    for block in view.blocks:
        new = _items(view, Side.HEAD, block)
        old = {item.name: item for item in _items(view, Side.BASE, block)} if new else {}
        for item in new:
            before = old.pop(item.name, None)
            fact = _move(view, before, item) if before is not None else None
            if before is not None and fact is not None:
                view.claimed.update(((Side.BASE, before.line), (Side.HEAD, item.line)))
                yield fact


def _move(view: FileView, before: _DatedItem, after: _DatedItem) -> Fact | None:
    evidence = (base_line(before.line), head_line(after.line))
    context = f"{_lead(view, after.line)} {after.said}"
    pairs = ((before.said, after.said), (_date(before.said), _date(after.said)))
    for old, new in pairs:
        move = moved_date(old, new, context=context, subject=after.name)
        if move is not None:
            return Fact(move.kind, move.params, evidence)
    return None


def _items(view: FileView, side: Side, block: Block) -> list[_DatedItem]:
    """Return the dated items of one side of a block that are still to be told."""
    start, lines = lines_of(block, side)
    items = []
    for number, line in enumerate(lines, start):
        match = _ITEM.match(line) if _YEAR.search(line) else None
        if match is None or not _date(match["said"]) or (side, number) in view.claimed:
            continue
        if number not in code_lines(view, side):
            name = words_of(_ASIDE.sub("", match["name"]))
            items.append(_DatedItem(number, name, words_of(match["said"])))
    return items if _distinct(items) else []


def _distinct(items: Sequence[_DatedItem]) -> bool:
    return len({item.name for item in items}) == len(items)


def _date(said: str) -> str:
    """Return the only date of a text, or an empty string."""
    dates = list(find_dates(said))
    return said[dates[0].start : dates[0].end] if len(dates) == 1 else ""


def _lead(view: FileView, line: int) -> str:
    """Return the heading above a list and the line that leads in to it."""
    heading = structure(view, Side.HEAD).section_at(line) if view.has_page_structure else ""
    for number in range(line - 1, max(0, line - _FURTHEST), -1):
        text = view.head.line(number)
        if text is None:
            break
        if text.strip() and not _ITEM.match(text):
            return f"{heading} {words_of(text)}"
    return heading
