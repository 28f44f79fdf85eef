"""For code without a detector of its own: the functions that git names in the hunk headers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diff_insight.facts.protocol import base_line, head_line
from diff_insight.facts.versions import FileView
from diff_insight.facts.versions_moved import moved_version
from diff_insight.model.changes import Block, Status
from diff_insight.model.facts import Evidence, Fact

_NAME = re.compile(
    r"(?:\b(?:def|func|function|fn|class|interface|struct|trait|impl|enum|module|namespace|type|sub|"
    r"record|object)\s+(?:\([^)]*\)\s*)?(?P<keyword>[A-Za-z_$][\w$]*(?:(?:\.|::)[\w$]+)*)"
    r"|(?P<call>[A-Za-z_$~][\w$:~]*)\s*\()"
)
_NOT_NAMES = frozenset("if for while switch return catch sizeof with elif else".split())
_BOTH_SIDES = (Status.MODIFIED, Status.RENAMED, Status.COPIED, Status.CHANGED)


def applies(view: FileView) -> bool:
    """Every text file that is no prose, with two versions."""
    return not view.prose and view.change.status in _BOTH_SIDES and bool(view.hunks)


def facts(view: FileView) -> Iterator[Fact]:
    """Yield versions that moved, the functions touched, and one replaced line where that is all."""
    for block in view.blocks:
        if len(block.old_lines) == len(block.new_lines) <= 3:
            for index, (old, new) in enumerate(zip(block.old_lines, block.new_lines, strict=True)):
                yield from _line(old, new, block, index)
    names: dict[str, list[Evidence]] = {}
    for hunk in view.hunks:
        if hunk.section and (name := function_name(hunk.section)) and hunk.blocks:
            first, last = hunk.blocks[0], hunk.blocks[-1]
            end = last.new_start + max(len(last.new_lines), 1) - 1
            names.setdefault(name, []).append(
                head_line(first.new_start, max(end - first.new_start + 1, 1))
            )
    if names:
        evidence = tuple(line for lines in names.values() for line in lines if line.start > 0)
        yield Fact("code.functions", {"names": tuple(names)}, evidence)


def _line(old: str, new: str, block: Block, index: int) -> Iterator[Fact]:
    evidence = (base_line(block.old_start + index), head_line(block.new_start + index))
    moved = moved_version(old, new, subject="") if old != new else None
    if moved is not None:
        yield Fact(moved.kind, moved.params, evidence)
    elif (
        old.split() != new.split() and max(len(old), len(new)) <= 120 and len(block.old_lines) == 1
    ):
        params = {"old": old.strip(), "new": new.strip()}
        if params["old"] and params["new"]:
            yield Fact("code.line", params, evidence)


def function_name(section: str) -> str:
    """Return the function, class or type that a hunk header names, or an empty string."""
    match = _NAME.search(section)
    if match is None:
        return ""
    name: str = match["keyword"] or match["call"] or ""
    return "" if name in _NOT_NAMES else name
