"""Cuts a patch that is too large for one request into parts, at hunks and, in them, between lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diff_insight.llm.prompting.token_estimate import estimate

_HEADER = re.compile(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@(.*)")


def split_patch(patch: str, most: int) -> list[str]:
    """Return parts of at most about `most` tokens each; every part has hunks with right counts."""
    parts: list[list[str]] = []
    used = most
    for hunk in _pieces(patch, most):
        size = estimate(hunk)
        if used + size > most or not parts:
            parts.append([])
            used = 0
        parts[-1].append(hunk)
        used += size
    return ["".join(part) for part in parts]


def _pieces(patch: str, most: int) -> Iterator[str]:
    """Yield hunks; one that is too large by itself comes in several with headers of their own."""
    for hunk in _hunks(patch):
        if estimate(hunk) <= most:
            yield hunk
        else:
            yield from _hunk_parts(hunk, most)


def _hunks(patch: str) -> Iterator[str]:
    lines: list[str] = []
    for line in patch.split("\n"):
        if line.startswith("@@ -") and lines:
            yield "\n".join(lines) + "\n"
            lines = []
        lines.append(line)
    text = "\n".join(lines).rstrip("\n")
    if text:
        yield text + "\n"


def _hunk_parts(hunk: str, most: int) -> Iterator[str]:
    header, *lines = hunk.rstrip("\n").split("\n")
    match = _HEADER.match(header)
    old, new = (int(match[1]), int(match[2])) if match else (1, 1)
    section = match[3] if match else ""
    taken: list[str] = []
    used = 0
    for line in lines:
        # A single line longer than a part is cut: its beginning is what can be told of it.
        shown = line if estimate(line) <= most else line[: most * 2]
        size = estimate(shown) + 1
        if taken and used + size > most and not line.startswith("\\"):
            yield _hunk(old, new, section, taken)
            old, new = old + _count(taken, "+"), new + _count(taken, "-")
            taken, used = [], 0
        taken.append(shown)
        used += size
    yield _hunk(old, new, section, taken)


def _count(lines: list[str], other: str) -> int:
    return sum(not line.startswith((other, "\\")) for line in lines)


def _hunk(old: int, new: int, section: str, lines: list[str]) -> str:
    olds, news = _count(lines, "+"), _count(lines, "-")
    return f"@@ -{old},{olds} +{new},{news} @@{section}\n" + "\n".join(lines) + "\n"
