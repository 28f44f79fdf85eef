"""Swift's types as texts in one form."""

from __future__ import annotations

import re

_ATTRIBUTE = re.compile(
    r"@\w+(?:\([^)]*\))?\s*|\b(?:any|borrowing|consuming|__owned|__shared|isolated)\s+"
)
_QUALIFIER = re.compile(r"\b(?:Swift|Foundation)\.(?=[A-Z])")
#: Parentheses around one name: `(any Error)?` is `Error?`.
_ALONE = re.compile(r"\(([A-Z][\w.]*+(?:<[^<>()]*+>)?)\)(?=[?!])")
LONGEST_TYPE = 2000


def canonical(text: str) -> str:
    """Return a type without attributes, in the short spelling: `[Int]` and `Int?`."""
    if len(text) > LONGEST_TYPE:
        return " ".join(text.split())
    bare = _QUALIFIER.sub("", _ATTRIBUTE.sub("", text))
    bare = re.sub(r"(?<!\s)\s*+([<>,:\[\]().?&!=-])\s*+", r"\1", " ".join(bare.split()))
    bare = _ALONE.sub(r"\1", bare)
    for _ in range(4):
        bare = re.sub(r"\bOptional<([^<>]*)>", r"\1?", bare)
        bare = re.sub(r"\bArray<([^<>]*)>", r"[\1]", bare)
        bare = re.sub(r"\bDictionary<([^<>,]*),([^<>]*)>", r"[\1:\2]", bare)
    return "" if bare in ("Void", "()") else bare
