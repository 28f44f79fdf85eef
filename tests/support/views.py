"""Two texts as the fact families see them: hunks of a unified diff, and both versions or none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import unified_diff
from typing import Any

from msgspec.structs import replace

from diff_insight.diffs.hunks import parse_hunks
from diff_insight.facts.extract import Extraction, extract
from diff_insight.facts.file_view import FileView
from diff_insight.facts.protocol import FactFamily
from diff_insight.model.changes import NO_MODE, FileChange, PatchSpan, Side, Status
from diff_insight.model.facts import Fact

#: (kind, parameters, evidence), evidence as in `-3` for base line 3 and `+4-6` for head lines.
Told = tuple[str, dict[str, Any], str]
_NO_NEWLINE = "\n\\ No newline at end of file\n"


@dataclass(frozen=True)
class Patches:
    """A patch store in memory."""

    content: bytes

    def read(self, offset: int, length: int) -> bytes:
        """Return `length` bytes from `offset`."""
        return self.content[offset : offset + length]


def unified(old: str | None, new: str | None, *, context: int = 3) -> str:
    """Return the hunks of a unified diff; only line feeds end a line, as in git."""
    lines = unified_diff(_lines(old), _lines(new), n=context)
    return "".join(line if line.endswith("\n") else line + _NO_NEWLINE for line in list(lines)[2:])


def view_of(
    old: str | None,
    new: str | None,
    *,
    path: str = "docs/page.md",
    whole: bool = True,
    context: int = 3,
    **change: Any,
) -> FileView:
    """Return the view of one file; None stands for a version that does not exist.

    Args:
        old: The version before.
        new: The version after.
        path: The file's path.
        whole: Whether both versions can be read; else only the hunks are known.
        context: Unchanged lines around each change.
        change: Other attributes of the change.
    """
    patch = unified(old, new, context=context)
    hunks = tuple(parse_hunks(patch))
    contents = {Side.BASE: _bytes(old), Side.HEAD: _bytes(new)}
    described = _change(old, new, path, change, patch)
    return FileView(described, hunks, contents.get, whole)


def told_by(family: FactFamily, view: FileView) -> list[Told]:
    """Return what a family tells of a view; nothing where it does not apply."""
    return told(family.facts(view)) if family.applies(view) else []


def told(facts: Iterable[Fact]) -> list[Told]:
    """Return facts as tuples that are easy to compare."""
    return [(fact.kind, dict(fact.params), where(fact)) for fact in facts]


def where(fact: Fact) -> str:
    """Return the evidence of a fact, as in `-3 +4-6`."""
    marks = {Side.BASE: "-", Side.HEAD: "+"}
    return " ".join(
        f"{marks[proof.side]}{proof.start}" + (f"-{proof.end}" if proof.end != proof.start else "")
        for proof in fact.evidence
    )


def extraction_of(
    old: str | None,
    new: str | None,
    *,
    path: str = "docs/page.md",
    whole: bool = True,
    patch: str | None = None,
    **change: Any,
) -> Extraction:
    """Run every family over one file; `patch` replaces the hunks that are made of both texts."""
    hunks = unified(old, new) if patch is None else patch
    content = hunks.encode("utf-8", "surrogateescape")
    span = PatchSpan(((0, len(content)),))
    described = replace(_change(old, new, path, change, hunks), patch=span)
    contents = {Side.BASE: _bytes(old), Side.HEAD: _bytes(new)}
    return extract(described, Patches(content), contents.get, whole_versions=whole)


def _change(
    old: str | None, new: str | None, path: str, more: dict[str, Any], hunks: str
) -> FileChange:
    status = Status.ADDED if old is None else Status.REMOVED if new is None else Status.MODIFIED
    marks = [line[:1] for line in hunks.split("\n")]
    values: dict[str, Any] = {
        "path_bytes": path.encode("utf-8", "surrogateescape"),
        "status": status,
        "additions": marks.count("+"),
        "deletions": marks.count("-"),
        "old_mode": NO_MODE if old is None else "100644",
        "new_mode": NO_MODE if new is None else "100644",
    }
    return FileChange(**values | more)


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else text.encode("utf-8", "surrogateescape")


def _lines(text: str | None) -> list[str]:
    pieces = (text or "").split("\n")
    ended = [piece + "\n" for piece in pieces[:-1]]
    return [*ended, pieces[-1]] if pieces[-1] else ended
