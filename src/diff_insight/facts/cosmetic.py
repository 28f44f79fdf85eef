"""Recognises changes that leave every word as it was: white space, wrapping, line ends."""

from __future__ import annotations

from collections.abc import Iterator

from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.gaps import gaps_of
from diff_insight.facts.indentation import decides
from diff_insight.facts.white_space import GapChange
from diff_insight.model.facts import Fact


def applies(view: FileView) -> bool:
    """Text with two versions."""
    return bool(view.hunks) and view.change.status in BOTH_SIDES


def facts(view: FileView) -> Iterator[Fact]:
    """Yield at most one fact, about the whole change; it claims every changed line."""
    # Block by block: a line that only moved is no white space.
    same_lines = all(_bare(block.old_lines) == _bare(block.new_lines) for block in view.blocks)
    fact = _line_ends(view) if same_lines else _white_space(view)
    if fact is not None:
        yield fact
        view.claim_all()


def _white_space(view: FileView) -> Fact | None:
    """Return what became of white space, where nothing else changed and it decides nothing."""
    kinds = set()
    for block in view.blocks:
        kinds.add(gaps_of(view, block))
        if GapChange.CONTENT in kinds:
            return None
    if decides(view):
        return None
    broken = GapChange.BREAKS in kinds
    return Fact("cosmetic.rewrapped" if broken else "cosmetic.whitespace", {})


def _line_ends(view: FileView) -> Fact:
    old_crlf = any(line.endswith("\r") for block in view.blocks for line in block.old_lines)
    new_crlf = any(line.endswith("\r") for block in view.blocks for line in block.new_lines)
    if old_crlf == new_crlf:
        if all(hunk.old_final_newline == hunk.new_final_newline for hunk in view.hunks):
            return Fact("cosmetic.encoding", {})
        return Fact(
            "cosmetic.final-newline", {"present": all(h.new_final_newline for h in view.hunks)}
        )
    names = {True: "CRLF", False: "LF"}
    return Fact("cosmetic.line-ends", {"old": names[old_crlf], "new": names[new_crlf]})


def _bare(lines: tuple[str, ...]) -> list[str]:
    return [line.rstrip("\r") for line in lines]
