"""Writes a patch as HTML: a numbered element for each line, and marks on the words that differ.

Numbers are counted by the style sheet from the start that each hunk header gives, so that a line
costs a dozen characters; the text of the block is the patch itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from diff_insight.markup.escape import INVISIBLE, visible

#: A side in the fragment of a line's address, as GitHub has it.
OLD, NEW = "L", "R"
_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ELEMENTS = {"+": "ins", "-": "del", "@": "b", "\\": "small"}
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
#: Characters of the longest line whose words are compared.
LONGEST_COMPARED = 2_000
#: A pair of lines is marked where at least this share of the longer one is the same.
LEAST_COMMON = 0.4

#: Patches whose lines are kept for the next language, and characters of the longest of them.
MOST_KEPT, LONGEST_KEPT = 256, 10_000

#: A line: its element, the attributes and the text of it, and where a hunk begins on both sides.
_Row = tuple[str, str, str, tuple[int, int] | None]
#: Side and number of a line -> where the host shows it, and what a link there is called.
CitedTargets = Mapping[tuple[str, int], tuple[str, str]]


#: First line and number of lines, of the old and of the new side of a hunk.
HunkSpan = tuple[int, int, int, int]


def hunk_spans(patch: str) -> list[HunkSpan]:
    """Return the first line and the number of lines of both sides of each hunk."""
    spans = []
    for line in patch.split("\n"):
        if line[:1] == "@" and (match := _HUNK.match(line)):
            old, old_count, new, new_count = match.groups()
            spans.append((int(old), int(old_count or 1), int(new), int(new_count or 1)))
    return spans


def diff_markup(patch: str, anchor: str = "", cited: CitedTargets | None = None) -> Markup:
    """Return the lines of a patch as elements.

    Args:
        patch: The hunks of a file.
        anchor: Begins the ids of cited lines.
        cited: The lines that texts of the page lead to.
    """
    # Strings are joined as they are: every line has been escaped, and `Markup` would be slow.
    return Markup("".join(_elements(patch, anchor, cited or {})))  # noqa: S704


def _elements(patch: str, anchor: str, cited: CitedTargets) -> Iterator[str]:
    waiting = dict(cited)  # hunks of a broken patch may say a number twice
    old = new = 0
    for element, opening, line, start in _rows_of(patch):
        attributes, shown = opening, line
        if start is not None:
            old, new = start
        for side, number in _sides(element, old, new) if waiting else ():
            if target := waiting.pop((side, number), None):
                mark = f' id="{anchor}-{side}{number}"'
                shown = _link(*target, mark if attributes else "") + shown
                attributes = attributes or mark
        yield f"<{element}{attributes}>{shown}\n</{element}>"
        old += element in {"del", "span"}
        new += element in {"ins", "span"}


def _rows_of(patch: str) -> tuple[_Row, ...]:
    """Return the lines of a patch, which look the same on the pages of all languages."""
    return _kept_rows(patch) if len(patch) <= LONGEST_KEPT else _show_rows(patch)


@lru_cache(maxsize=MOST_KEPT)
def _kept_rows(patch: str) -> tuple[_Row, ...]:
    return _show_rows(patch)


def _show_rows(patch: str) -> tuple[_Row, ...]:
    lines = patch.removesuffix("\n").split("\n")
    body = [line for line in lines if line[:1] in {"+", "-", " "}]
    # A carriage return at every end is how the file is; only a mixture tells something.
    if all(line.endswith("\r") for line in body):
        lines = [line.removesuffix("\r") for line in lines]
    marks = _word_marks(lines)
    rows = []
    for at, (line, plain) in enumerate(zip(lines, _show_lines(lines), strict=True)):
        element = _ELEMENTS.get(line[:1], "span")
        shown = _mark_words(line, *marks[at]) if at in marks else plain
        start, attributes = None, ""
        if element == "b" and (match := _HUNK.match(line)):
            start = int(match[1]), int(match[3])
            attributes = f' style="counter-reset:o {start[0] - 1} n {start[1] - 1}"'
        rows.append((element, attributes, shown, start))
    return tuple(rows)


def _sides(element: str, old: int, new: int) -> tuple[tuple[str, int], ...]:
    """Return what a line is called: an unchanged one has a number on both sides."""
    sides = {"ins": ((NEW, new),), "del": ((OLD, old),), "span": ((NEW, new), (OLD, old))}
    return sides.get(element, ())


def _link(href: str, label: str, mark: str) -> str:
    return f'<a{mark} href="{escape(href)}" aria-label="{escape(label)}"></a>'


def _word_marks(lines: Sequence[str]) -> dict[int, tuple[int, int]]:
    """Return which part of a line differs from its other version, by the index of the line."""
    marks: dict[int, tuple[int, int]] = {}
    at = 0
    while at < len(lines):
        removed = _run(lines, at, "-")
        added = _run(lines, at + removed, "+") if removed else 0
        if removed == added:
            for number in range(at, at + removed):
                _compare(lines, number, number + removed, marks)
        at += removed + added or 1
    return marks


def _run(lines: Sequence[str], start: int, sign: str) -> int:
    """Return how many lines in a row have a sign."""
    end = start
    while end < len(lines) and lines[end][:1] == sign:
        end += 1
    return end - start


def _compare(
    lines: Sequence[str], first: int, second: int, marks: dict[int, tuple[int, int]]
) -> None:
    """Note what is between the words that two versions of a line begin and end with."""
    old, new = lines[first], lines[second]
    if max(len(old), len(new)) > LONGEST_COMPARED:
        return
    ours, theirs = _WORDS.findall(old[1:]), _WORDS.findall(new[1:])
    most = min(len(ours), len(theirs))
    start = next((n for n in range(most) if ours[n] != theirs[n]), most)
    rest = most - start
    end = next((n for n in range(rest) if ours[-1 - n] != theirs[-1 - n]), rest)
    before = 1 + sum(map(len, ours[:start]))
    after = sum(map(len, ours[len(ours) - end :]))
    if before - 1 + after < LEAST_COMMON * (max(len(old), len(new)) - 1):
        return
    for at, line in ((first, old), (second, new)):
        if before < len(line) - after:
            marks[at] = (before, len(line) - after)


def _mark_words(line: str, start: int, end: int) -> str:
    return f"{_show_line(line[:start])}<mark>{_show_line(line[start:end])}</mark>{_show_line(line[end:])}"


def _show_lines(lines: Sequence[str]) -> Sequence[str]:
    """Return lines as they are shown; escaped in one go where nothing in them is invisible."""
    seen = " ".join(lines).replace("\t", " ")
    if visible(seen) != seen:
        return [_show_line(line) for line in lines]
    return str(escape("\n".join(lines))).split("\n")


def _show_line(line: str) -> str:
    """Return a line whose invisible characters stand out; a tab stays a tab."""
    if not INVISIBLE.search(line.replace("\t", "")):
        return str(escape(line))
    pieces = re.split(rf"({INVISIBLE.pattern})", line)
    return "".join(
        f"<i>{escape(visible(piece))}</i>" if number % 2 and piece != "\t" else str(escape(piece))
        for number, piece in enumerate(pieces)
    )
