"""Catalogs of gettext: what tools write into their heads, and where texts stand in code, is housekeeping."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.pages.dates import days_between, find_dates
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.file_types import extension
from diff_insight.model.changes import Side
from diff_insight.model.facts import Evidence, Fact

#: A field of the head that says when or by whom the catalog was written, as a tool writes it.
_FIELD = re.compile(
    r'"(?P<key>POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|X-Generator|'
    r"Generated-By|Project-Id-Version):\s*(?P<value>[^\"\\]*)"
)
_DATED = ("POT-Creation-Date", "PO-Revision-Date")
#: Where a text stands in code, and flags: no translation.
_PLACE = re.compile(r"#[:.]\s")


def applies(view: FileView) -> bool:
    """Catalogs of gettext with two versions."""
    return extension(view.change.path) in ("po", "pot") and view.change.status in BOTH_SIDES


def facts(view: FileView) -> Iterator[Fact]:
    """Yield one fact for each field of the head, and one about places in code."""
    places: list[Evidence] = []
    for block in view.blocks:
        fields: dict[str, dict[Side, tuple[int, str]]] = {}
        for side, number, line in block.numbered_lines():
            if _PLACE.match(line):
                places.append(base_line(number) if side is Side.BASE else head_line(number))
            elif match := _FIELD.match(line):
                fields.setdefault(match["key"], {})[side] = (number, match["value"].strip())
        for key, sides in fields.items():
            if len(sides) == 2:
                yield _field(view, key, sides)
    if places:
        view.claim(*places)
        yield Fact("text.comments", {}, tuple(places))


def _field(view: FileView, key: str, sides: dict[Side, tuple[int, str]]) -> Fact:
    (old_line, old), (new_line, new) = sides[Side.BASE], sides[Side.HEAD]
    evidence = (base_line(old_line), head_line(new_line))
    view.claim(*evidence)
    dates = [next(find_dates(text, month_first=False), None) for text in (old, new)]
    if key in _DATED and dates[0] and dates[1]:
        before, after = dates[0].value, dates[1].value
        params = {"key": key, "old": before, "new": after, "days": days_between(before, after)}
        return Fact("front-matter.date", params, evidence)
    return Fact("front-matter.key-changed", {"key": key, "old": old, "new": new}, evidence)
