"""Cuts changed lines into passages: paragraphs whatever their wrapping, list items, single lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec import Struct

from diff_insight.model.changes import Block, Hunk

#: A line that begins something of its own: a list item, quotation, heading, table row, directive, tag.
_OPENING = re.compile(
    r"\s*(?:import\s+(?:[{*\"']|type\s|[\w$]{1,80}(?:,|\s+from\b))|export\s+(?:(?:default|const|let|var|function|class|async|type|interface|enum)\s|[{*])|[-*+•]\s|\d{1,9}[.)]\s|\(?[a-zA-Z][.)]\s|[>#|=]|~{3}|`{3}|:::|::|\{\{[<%]|\{%|\.\.\s|<|\[[^\]]+\]:)"
)
#: A line end that breaks the line wherever the paragraph is wrapped.
_BREAKS = ("  ", "\\", "<br>", "<br/>", "<br />", "<br >")
_SENTENCE_ENDS = tuple(".!?:;。！？：；")
#: What may stand behind the end of a sentence.
_CLOSING = "\"')]*_`”’）」』"
#: Characters of a passage; what is longer is cut at a line.
LONGEST = 2000
#: Unchanged lines that may stand between two changes of one paragraph.
_WIDEST_GAP = 6


class Passage(Struct, frozen=True):
    """First and last line of a passage, and its text with one space for every line end."""

    start: int
    end: int
    text: str

    @property
    def lines(self) -> int:
        """Number of lines."""
        return self.end - self.start + 1


def passages(lines: Sequence[tuple[int, str]]) -> list[Passage]:
    """Join numbered lines that are one paragraph; a line that is left out ends it.

    Where every line ends a sentence, authors write a sentence a line, and each stays by itself.
    """
    if len(lines) < 2:
        return [Passage(number, number, line) for number, line in lines]
    apart = all(ends_sentence(line) for _, line in lines)
    result: list[Passage] = []
    broken = True
    for number, line in lines:
        last = result[-1] if result else None
        if (
            last is None
            or broken
            or apart
            or number != last.end + 1
            or opens(line)
            or len(last.text) + len(line) > LONGEST
        ):
            result.append(Passage(number, number, line))
        else:
            result[-1] = Passage(last.start, number, _join_line(last.text.rstrip(), line.lstrip()))
        broken = breaks(line)
    return result


def _join_line(text: str, line: str) -> str:
    """Return a paragraph with one more line; what defines a term stands behind it and a colon.

    Source of the form: PHP Markdown Extra, definition lists.
    """
    if not line.startswith(": "):
        return f"{text} {line}"
    definition = line[1:].lstrip()
    if text.endswith((":", "}}")):  # a mark of a template stands between
        return f"{text} {definition}"
    return f"{text}: {definition}"


def ends_sentence(line: str) -> bool:
    """Tell whether a line ends with the end of a sentence."""
    return line.rstrip().rstrip(_CLOSING).endswith(_SENTENCE_ENDS)


def breaks(line: str) -> bool:
    """Tell whether a line ends where it is shown to end, wherever the paragraph is wrapped."""
    return line.removesuffix("\r").endswith(_BREAKS)


def opens(line: str) -> bool:
    """Tell whether a line begins something of its own, or nothing is on it."""
    return not line.strip() or _OPENING.match(line) is not None


def paragraph_blocks(hunk: Hunk, top: int) -> Iterator[Block]:
    """Yield the blocks of a hunk; changes within one paragraph are one, with what is between.

    Args:
        hunk: The hunk.
        top: Last line of the head version that is above all paragraphs.
    """
    if len(hunk.blocks) == 1:
        yield hunk.blocks[0]
        return
    blocks = iter(hunk.blocks)
    current = next(blocks, None)
    for block in blocks:
        if current is None:
            break
        gap = _gap(hunk, current, block) if current.new_start > top else None
        if gap is None:
            yield current
            current = block
        else:
            current = Block(
                current.old_start,
                (*current.old_lines, *gap, *block.old_lines),
                current.new_start,
                (*current.new_lines, *gap, *block.new_lines),
            )
    if current is not None:
        yield current


def _gap(hunk: Hunk, first: Block, second: Block) -> Sequence[str] | None:
    """Return the lines between two blocks, or None when they are not of one paragraph."""
    start = first.new_start + len(first.new_lines) - hunk.new_start
    end = second.new_start - hunk.new_start
    if end - start > _WIDEST_GAP or not any(first.new_lines) or not any(first.old_lines):
        return None
    gap = hunk.new_lines[start:end]
    following = chain(second.old_lines[:1], second.new_lines[:1])
    return None if any(map(opens, gap)) or any(map(opens, following)) else gap
