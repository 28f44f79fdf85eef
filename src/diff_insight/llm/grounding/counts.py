"""Bears small counts out: of what a diff's lines hold, and of what a sentence itself lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

from diff_insight.llm.grounding.diff_lines import DiffLine
from diff_insight.llm.grounding.evidence import DiffEvidence

#: A larger number is no count that somebody made by hand.
MOST = 60
_SHAPES = {
    "item": re.compile(r"\A\s*+(?:[-*+]|\d++[.)])\s++\S"),
    "row": re.compile(r"\A\s*+\|?[^|]++\|"),
    "heading": re.compile(r"\A\s*+#{1,6}\s++\S"),
    "fence": re.compile(r"\A\s*+(?:```|~~~)"),
    "call": re.compile(r"\w\("),
    "definition": re.compile(
        r"\A\s*+(?:(?:export|public|pub|async|static|private)\s++)*+(?:def|class|func|fn|function|type|struct|interface|const|let|var|enum|impl|import|from|use|using|test|it)\b"
    ),
    "key": re.compile(r"\A\s*+(?:-\s*+)?[\w.\"'-]+\s*+[:=]\s*\S?"),
    "quote": re.compile(r"\A\s*+>"),
    "blank": re.compile(r"\A\s*$"),
    "text": re.compile(r"\A\s*+\S"),
}
_PIECES = {
    "link": re.compile(r"\]\("), "image": re.compile(r"!\[|:::image|<img"), "code": re.compile(r"`[^`]+`"),
    "number": re.compile(r"\d+(?:\.\d+)*"), "sentence": re.compile(r"[.!?。](?:\s|$)"), "tag": re.compile(r"<\w+"),
    "string": re.compile(r"\"[^\"]*\"|'[^']*'"), "comma": re.compile(r"[,、，]"),
}  # fmt: skip
_WORD = re.compile(r"[A-Za-z][\w.-]{2,}")


def derived_counts(evidence: DiffEvidence) -> frozenset[int]:
    """Return the small counts that the lines bear out, of each side, of each hunk, and their differences."""
    counts: set[int] = set()
    hunks = sorted({line.hunk for line in evidence.lines})
    counts |= {len(hunks), sum(1 for _ in _blocks(evidence.lines))}
    groups = [
        evidence.changed_lines,
        *(tuple(_of(evidence, hunk)) for hunk in hunks),
        *_blocks(evidence.lines),
    ]
    if len(groups) > 400:
        groups = groups[:400]
    for group in groups:
        shown = {
            sign: _shapes(line for line in group if line.sign in sign)
            for sign in ("+", "-", "+ ", "- ")
        }
        for shape in {*_SHAPES, *_PIECES, "cells"}:
            values = {shown[sign].get(shape, 0) for sign in shown}
            counts |= values | {abs(first - second) for first, second in combinations(values, 2)}
            counts |= {value - 1 for value in values} | {
                value + 1 for value in values if shape == "comma"
            }
    words = Counter(
        word for line in evidence.changed_lines for word in set(_WORD.findall(line.text))
    )
    counts |= set(words.values())
    return frozenset(each for each in counts if 0 <= each <= MOST)


def listed_count(sentence: str) -> Iterator[int]:
    """Yield how many things a sentence lists: code, quotations, and what commas part."""
    spans = len(re.findall(r"`[^`]+`", sentence))
    quotes = len(re.findall(r"[“「『«\"][^”」』»\"]+[”」』»\"]", sentence))
    yield from (spans, quotes, spans + quotes)
    parts = 1 + len(re.findall(r"[,、，・;；]|\band\b|\bund\b|\bet\b|\by\b|と|和|及", sentence))
    yield from range(2, parts + 2)


def _of(evidence: DiffEvidence, hunk: int) -> Iterator[DiffLine]:
    return (line for line in evidence.lines if line.hunk == hunk)


def _blocks(lines: Iterable[DiffLine]) -> list[tuple[DiffLine, ...]]:
    """Return the runs of changed lines."""
    blocks: list[tuple[DiffLine, ...]] = []
    run: list[DiffLine] = []
    for line in lines:
        if line.sign in "+-":
            run.append(line)
        elif run:
            blocks.append(tuple(run))
            run = []
    return [*blocks, tuple(run)] if run else blocks


def _shapes(lines: Iterable[DiffLine]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for line in lines:
        for name, shape in _SHAPES.items():
            counts[name] += bool(shape.match(line.text))
        for name, piece in _PIECES.items():
            counts[name] += len(piece.findall(line.text))
        if "|" in line.text:
            counts["cells"] = max(counts["cells"], line.text.strip().strip("|").count("|") + 1)
    return counts
