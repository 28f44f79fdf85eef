"""Outline facts: the page's main heading, and sections added, removed, renamed or moved."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from diff_insight.facts.markdown import Heading, structure
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.facts.versions import FileView
from diff_insight.model.changes import Side, Status
from diff_insight.model.facts import Fact
from diff_insight.model.messages import Value

#: Headings at least this alike (difflib ratio), at the same level and place, were renamed.
_RENAMED = 0.6
_BOTH_SIDES = (Status.MODIFIED, Status.RENAMED, Status.COPIED)


def applies(view: FileView) -> bool:
    """Only pages with two versions have an outline that changed."""
    return view.markdown and view.change.status in _BOTH_SIDES


def facts(view: FileView) -> Iterator[Fact]:
    """Yield facts about headings on changed lines, in the order of the head version."""
    removed = _changed_headings(view, Side.BASE)
    added = _changed_headings(view, Side.HEAD)
    for side, headings in ((Side.BASE, removed), (Side.HEAD, added)):
        view.claimed.update((side, heading.line) for heading in headings)
    old_titles = [heading for heading in removed if heading.level == 1]
    new_titles = [heading for heading in added if heading.level == 1]
    if len(old_titles) == len(new_titles) == 1 and old_titles[0].text != new_titles[0].text:
        old, new = old_titles[0], new_titles[0]
        yield Fact(
            "outline.title",
            {"old": old.text, "new": new.text},
            (base_line(old.line), head_line(new.line)),
        )
        removed.remove(old)
        added.remove(new)
    yield from _unchanged_text(removed, added)
    yield from _renamed(removed, added)
    yield from (_section("outline.section-removed", heading, Side.BASE) for heading in removed)
    yield from (_section("outline.section-added", heading, Side.HEAD) for heading in added)


def _changed_headings(view: FileView, side: Side) -> list[Heading]:
    changed: set[int] = set()
    for block in view.blocks:
        if side is Side.BASE:
            changed.update(range(block.old_start, block.old_start + len(block.old_lines)))
        else:
            changed.update(range(block.new_start, block.new_start + len(block.new_lines)))
    return [
        heading
        for heading in structure(view, side).headings
        if heading.line in changed and heading.text
    ]


def _unchanged_text(removed: list[Heading], added: list[Heading]) -> Iterator[Fact]:
    """Take out headings whose text is on both sides: moved, or moved to another level."""
    for old in list(removed):
        new = next((heading for heading in added if heading.text == old.text), None)
        if new is None:
            continue
        removed.remove(old)
        added.remove(new)
        evidence = (base_line(old.line), head_line(new.line))
        if old.level != new.level:
            params: dict[str, Value] = {"heading": old.text, "old": old.level, "new": new.level}
            yield Fact("outline.section-level", params, evidence)
        elif removed or added or abs(old.line - new.line) > 1:
            yield Fact("outline.section-moved", {"heading": old.text}, evidence)


def _renamed(removed: list[Heading], added: list[Heading]) -> Iterator[Fact]:
    """Take out pairs that are alike enough to be one renamed section."""
    for old in list(removed):
        candidates = [heading for heading in added if heading.level == old.level]
        scored = [(_alike(old.text, heading.text), heading) for heading in candidates[:50]]
        score, new = max(scored, key=lambda pair: pair[0], default=(0.0, None))
        alone = len(removed) == len(added) == 1 and new is not None
        if new is not None and (score >= _RENAMED or (alone and abs(old.line - new.line) <= 3)):
            removed.remove(old)
            added.remove(new)
            params = {"old": old.text, "new": new.text}
            yield Fact(
                "outline.section-renamed", params, (base_line(old.line), head_line(new.line))
            )


def _alike(old: str, new: str) -> float:
    matcher = SequenceMatcher(None, old.lower(), new.lower(), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _RENAMED else 0.0


def _section(kind: str, heading: Heading, side: Side) -> Fact:
    line = base_line(heading.line) if side is Side.BASE else head_line(heading.line)
    return Fact(kind, {"heading": heading.text, "level": heading.level}, (line,))
