"""The line of an example that shows what changed in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

#: A line that opens, closes or notes something says nothing by itself.
_HOLLOW = re.compile(
    r"\W*$|</|(?:#|//|/\*|\*|<!--|--|;|%|\"\"\"|''')\s|(?:import|from|using|package|end|else|try|fi|done)\b|\.\.\."
)
_CALL = re.compile(r"\w\s?\(|[:=]|--?[a-z]|\w/\w|\w\.\w")
#: Lines among which one is chosen, and characters of the longest that is quoted.
_MOST_LINES = 40
_LONGEST = 120
_LEAST_ALIKE = 0.5


def shown_line(lines: Sequence[str], others: Sequence[str]) -> str:
    """Return the first line that the other side lacks and that does something; else any; else ""."""
    known = set(others)
    fresh = [
        line for line in lines[:_MOST_LINES] if line not in known and 3 < len(line) <= _LONGEST
    ]
    solid = [line for line in fresh if not _HOLLOW.match(line)]
    return next((line for line in solid if _CALL.search(line)), next(iter(solid or fresh), ""))


def changed_line(before: Sequence[str], after: Sequence[str]) -> tuple[str, str]:
    """Return a line and what it became; nothing where no line is like another one."""
    old_lines, new_lines = set(before), set(after)
    gone = [
        line for line in before[:_MOST_LINES] if line not in new_lines and len(line) <= _LONGEST
    ]
    come = [line for line in after[:_MOST_LINES] if line not in old_lines and len(line) <= _LONGEST]
    for old, new in zip(gone, come, strict=False):
        if _HOLLOW.match(old) or _HOLLOW.match(new):
            continue
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        if matcher.quick_ratio() >= _LEAST_ALIKE and matcher.ratio() >= _LEAST_ALIKE:
            return old, new
    return "", ""
