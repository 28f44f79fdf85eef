"""Counts verdicts: how often ours is preferred, and how often it is the more accurate one."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

#: What a reader writes on lines of their own: `preferred: A`, `accurate: B`, or `tie`.
_LINE = re.compile(r"(?im)^\W*(?P<what>preferred|accurate)\W+(?P<which>A|B|tie)\b")
_QUESTIONS = ("preferred", "accurate")


class Count(NamedTuple):
    """Verdicts of a group: ours, the other, ties."""

    group: str
    question: str
    ours: int
    other: int
    ties: int


def tally(key: Path, verdicts: Path) -> Iterator[Count]:
    """Yield the counts by group and question.

    Args:
        key: The file that says which text is ours.
        verdicts: A folder with a file for each pair, named like it.
    """
    known = json.loads(key.read_text("utf-8"))
    counts: Counter[tuple[str, str, str]] = Counter()
    groups: dict[str, None] = {"all": None}
    for path in sorted(verdicts.glob("*.md")):
        entry = known.get(path.stem)
        if entry is None:
            continue
        said = {
            match["what"].lower(): match["which"]
            for match in _LINE.finditer(path.read_text("utf-8"))
        }
        for question in _QUESTIONS:
            which = said.get(question, "")
            who = (
                "ties" if which.lower() == "tie" else "ours" if which == entry["ours"] else "other"
            )
            for group in ("all", _group(path.stem, entry["against"])) if which else ():
                groups[group] = None
                counts[group, question, who] += 1
    for group in groups:
        for question in _QUESTIONS:
            yield Count(
                group,
                question,
                *(counts[group, question, who] for who in ("ours", "other", "ties")),
            )


def _group(name: str, against: str) -> str:
    """Return the group of a pair: what it is against, and the language of a recorded report."""
    locale = re.search(r"[a-z]{2}_[A-Z]{2}", name)
    return f"{against}, {locale[0]}" if locale else against
