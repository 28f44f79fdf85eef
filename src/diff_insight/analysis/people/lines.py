"""Tells where items, blocks of code and first sentences begin and end in the lines of a changelog."""

from __future__ import annotations

import re
from collections.abc import Sequence

from diff_insight.markup.plain import sentences_of

ITEM = re.compile(r"(\s*)(?:[-*+•]|\d{1,3}[.)])\s+(?=\S)")
FENCE = re.compile(r"\s*(?:```|~~~)")
_WRAPPED = re.compile(r"(?<=[a-z])- (?=[a-z])(?!(?:and|or|to|und|oder|et|ou|y|o)\b)")
_REFERENCED = re.compile(r"\(\[?#\d+[^()]{0,200}\)\.?$")


def first_sentence(lines: Sequence[str]) -> tuple[str, str]:
    """Return the first sentence of an entry and the rest."""
    paragraph: list[str] = []
    for line in lines:
        if paragraph and (not line.strip() or ITEM.match(line) or FENCE.match(line)):
            break
        paragraph.append(line.strip())
    rest = [
        line.strip() for line in lines[len(paragraph) :] if line.strip() and not FENCE.match(line)
    ]
    # A line that ends with its references is a title; what stands below explains it.
    title = next(
        (
            at
            for at, line in enumerate(paragraph, 1)
            if _REFERENCED.search(line) or line.endswith("\\")
        ),
        0,
    )
    head, below = (paragraph[:title], paragraph[title:]) if title else (paragraph, [])
    joined = " ".join(" ".join(line.removesuffix("\\") for line in head).split())
    # A word that its hyphen parts over two lines.
    sentences = sentences_of(_WRAPPED.sub("-", joined))
    if not sentences:
        return "", ""
    return sentences[0], " ".join([*sentences[1:], *below, *rest])
