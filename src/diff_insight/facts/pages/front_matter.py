"""Front matter facts: keys added, removed and changed; the title and the date stamp by name."""

from __future__ import annotations

from collections.abc import Iterator

from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.pages.dates import days_between, find_dates
from diff_insight.facts.pages.page_scanner import structure
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact

#: Keys that say when a page was last looked at, not what it says.
DATE_KEYS = frozenset(
    "ms.date date lastmod last_modified last_updated last-updated updated modified reviewed".split()
)
#: Keys that say how far the thing that a page describes is.
STATUS_KEYS = frozenset("status state stability maturity".split())
_Key = tuple[int, str]


def applies(view: FileView) -> bool:
    """Only a page that exists on both sides has changed keys."""
    return view.structured and view.change.status in BOTH_SIDES


def facts(view: FileView) -> Iterator[Fact]:
    """Yield one fact a key, in the order of their lines."""
    removed = _changed_keys(view, Side.BASE)
    added = _changed_keys(view, Side.HEAD)
    for key, (line, value) in added.items():
        if key in removed:
            old_line, old = removed[key]
            yield _changed(key, old, value, old_line, line)
        else:
            yield Fact("front-matter.key-added", {"key": key, "value": value}, (head_line(line),))
    for key, (line, value) in removed.items():
        if key not in added:
            yield Fact("front-matter.key-removed", {"key": key, "value": value}, (base_line(line),))


def _changed_keys(view: FileView, side: Side) -> dict[str, _Key]:
    """Return the keys on changed lines of one side: key -> (line, value)."""
    found = structure(view, side)
    if not found.front_end:
        return {}
    keys: dict[str, _Key] = {}
    for block in view.blocks:
        old = side is Side.BASE
        start, lines = (
            (block.old_start, block.old_lines) if old else (block.new_start, block.new_lines)
        )
        if start > found.front_end:
            break
        for number in range(start, start + len(lines)):
            if number in found.front_matter:
                key, value = found.front_matter[number]
                keys[key] = (number, value)
            if number <= found.front_end:
                view.claimed.add((side, number))
    return keys


def _changed(key: str, old: str, new: str, old_line: int, new_line: int) -> Fact:
    evidence = (base_line(old_line), head_line(new_line))
    if key == "title":
        return Fact("front-matter.title", {"old": old, "new": new}, evidence)
    if key.lower() in DATE_KEYS:
        month_first = key.startswith("ms.")
        dates = [next(find_dates(text, month_first=month_first), None) for text in (old, new)]
        if dates[0] and dates[1]:
            before, after = dates[0].value, dates[1].value
            params = {"key": key, "old": before, "new": after, "days": days_between(before, after)}
            return Fact("front-matter.date", params, evidence)
    kind = "front-matter.status" if key.lower() in STATUS_KEYS else "front-matter.key-changed"
    return Fact(kind, {"key": key, "old": old, "new": new}, evidence)
