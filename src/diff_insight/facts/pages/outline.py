"""Outline facts: the page's main heading, and sections added, removed, renamed or moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from diff_insight.facts.file_view import BOTH_SIDES, FileView, TextVersion
from diff_insight.facts.identity.same_content import same_content
from diff_insight.facts.news.opening import section_news
from diff_insight.facts.pages.outline_matching import (
    SectionOutline,
    alike_headings,
    renames_by_id,
    renames_by_text,
    unchanged_text,
)
from diff_insight.facts.pages.page_outline import Heading
from diff_insight.facts.pages.page_scanner import structure
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact
from diff_insight.model.messages import Value

#: Where only hunks are known, a heading further down is not taken for the page's name.
_LATEST_TITLE = 60


def applies(view: FileView) -> bool:
    """Only pages with two versions have an outline that changed."""
    return view.has_page_structure and view.change.status in BOTH_SIDES


def facts(view: FileView) -> Iterator[Fact]:
    """Yield facts about headings on changed lines, in the order of the head version."""
    changed = {side: _changed_lines(view, side) for side in Side}
    if not any(_is_touched(view, side, lines) for side, lines in changed.items()):
        return  # most files need no more than this
    base, head = (_outline(view, side, lines) for side, lines in changed.items())
    removed, added = base.changed, head.changed
    for side, headings in ((Side.BASE, removed), (Side.HEAD, added)):
        view.claimed.update((side, line) for heading in headings for line in heading.lines)
    old = _title(base, whole=view.base.complete)
    new = _title(head, whole=view.head.complete)
    if (
        old is not None and new is not None and old in removed and new in added
        and not same_content(old.text, new.text)
    ):  # fmt: skip
        yield Fact(
            "outline.title",
            {"old": old.text, "new": new.text},
            (base_line(old.line), head_line(new.line)),
        )
        removed.remove(old)
        added.remove(new)
    yield from unchanged_text(view, base, head)
    yield from renames_by_id(base, head)
    yield from renames_by_text(view, base, head)
    yield from alike_headings(removed, added)
    yield from (
        _section("outline.section-removed", removed_heading, Side.BASE, base)
        for removed_heading in removed
    )
    for removed_heading in added:
        fact = _section("outline.section-added", removed_heading, Side.HEAD, head)
        words = section_news(view, removed_heading.lines[-1], head.end(removed_heading))
        yield replace(fact, params={**fact.params, **words}) if words else fact


def _title(outline: SectionOutline, *, whole: bool) -> Heading | None:
    """Return the heading that is the page's name: its first, and the only one of its level."""
    tops = [heading for heading in outline.headings if heading.level == 1]
    if len(tops) != 1 or tops[0] is not outline.headings[0]:
        return None
    return tops[0] if whole or tops[0].line <= _LATEST_TITLE else None


def _changed_lines(view: FileView, side: Side) -> set[int]:
    changed: set[int] = set()
    for block in view.blocks:
        if side is Side.BASE:
            changed.update(range(block.old_start, block.old_start + len(block.old_lines)))
        else:
            changed.update(range(block.new_start, block.new_start + len(block.new_lines)))
    return changed


def _is_touched(view: FileView, side: Side, changed: set[int]) -> bool:
    """Tell whether a heading stands on a changed line."""
    return not changed.isdisjoint([heading.line for heading in structure(view, side).headings])


def _outline(view: FileView, side: Side, changed: set[int]) -> SectionOutline:
    texts = [(heading.text, heading) for heading in structure(view, side).headings]
    headings = [heading for text, heading in texts if text]
    kept = [heading.line for heading in headings if heading.line not in changed]
    whole = view.base.complete and view.head.complete
    if not whole:
        # Between hunks may stand headings that nobody has seen.
        starts = (h.old_start if side is Side.BASE else h.new_start for h in view.hunks)
        kept = sorted([*kept, *(start - 1 for start in starts)])
    return SectionOutline(
        headings,
        [heading for heading in headings if heading.line in changed],
        kept,
        Counter([text for text, _ in texts if text]),
        [heading.line for heading in headings],
        _last(view.version(side)) if whole else 0,
    )


def _last(version: TextVersion) -> int:
    return max(
        (start + text.removesuffix("\n").count("\n") for start, text in version.texts), default=0
    )


def _section(kind: str, heading: Heading, side: Side, outline: SectionOutline) -> Fact:
    line = base_line(heading.line) if side is Side.BASE else head_line(heading.line)
    params: dict[str, Value] = {
        "heading": heading.text,
        "level": heading.level,
        "place": outline.rank(heading),
        "end": outline.end(heading),
    }
    return Fact(kind, params, (line,))
