"""Facts about fenced code in pages: examples added, removed or changed, by language."""

from __future__ import annotations

from collections.abc import Iterator

from diff_insight.facts.protocol import base_line, head_line
from diff_insight.facts.structure import structure
from diff_insight.facts.versions import BOTH_SIDES, FileView
from diff_insight.model.changes import Side
from diff_insight.model.facts import Evidence, Fact


def applies(view: FileView) -> bool:
    """Pages with two versions."""
    return view.structured and view.change.status in BOTH_SIDES


def facts(view: FileView) -> Iterator[Fact]:
    """Yield one fact a block of changed code, with what one line became where that is all."""
    for block in view.blocks:
        old = _in_code(view, Side.BASE, block.old_start, block.old_lines)
        new = _in_code(view, Side.HEAD, block.new_start, block.new_lines)
        if not old and not new:
            continue
        language = next(iter([*new.values(), *old.values()]), "")
        evidence = _evidence(old, new)
        if old and new and len(old) == len(new) == 1:
            before = block.old_lines[next(iter(old)) - block.old_start].strip()
            after = block.new_lines[next(iter(new)) - block.new_start].strip()
            if len(before) <= 100 and len(after) <= 100:
                params = {"language": language, "old": before, "new": after}
                yield Fact("code-block.line", params, evidence)
                continue
        kind = "changed" if old and new else "added" if new else "removed"
        yield Fact(f"code-block.{kind}", {"language": language, "lines": len(new or old)}, evidence)


def _in_code(view: FileView, side: Side, start: int, lines: tuple[str, ...]) -> dict[int, str]:
    if not lines:
        return {}
    found = structure(view, side)
    inside = {
        number: language
        for number, line in enumerate(lines, start)
        if line.strip()
        and (side, number) not in view.claimed
        and (language := found.code_at(number)) is not None
    }
    view.claimed.update((side, number) for number in inside)
    return inside


def _evidence(old: dict[int, str], new: dict[int, str]) -> tuple[Evidence, ...]:
    found = []
    if old:
        found.append(base_line(min(old), max(old) - min(old) + 1))
    if new:
        found.append(head_line(min(new), max(new) - min(new) + 1))
    return tuple(found)
