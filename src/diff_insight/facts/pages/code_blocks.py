"""Facts about fenced code in pages: examples added, removed or changed, by language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import repeat

from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.news.code_lines import changed_line, shown_line
from diff_insight.facts.pages.changed_lines import code_lines, lines_of
from diff_insight.facts.pages.fences import is_directive, is_fence
from diff_insight.facts.pages.page_scanner import structure
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.model.changes import Block, Side
from diff_insight.model.facts import Evidence, Fact
from diff_insight.model.messages import Value

#: Characters of a line, before and after, up to which it is quoted.
LONGEST_LINES = 200
_ENDS = ",; "
#: Number of a line -> the language of the code that it stands in.
_Lines = dict[int, str]


def applies(view: FileView) -> bool:
    """Pages with two versions."""
    return view.has_page_structure and view.change.status in BOTH_SIDES


def facts(view: FileView) -> Iterator[Fact]:
    """Yield one fact a block and language of changed code, or what one line became."""
    for block in _with_code(view):
        old, new = _in_code(view, Side.BASE, block), _in_code(view, Side.HEAD, block)
        languages = dict.fromkeys([*new.values(), *old.values()])
        for language in languages:
            sides = (old, new) if len(languages) == 1 else (_of(old, language), _of(new, language))
            yield _change(view, block, language, sides)
        if not languages:
            yield from _fences(view, block)


def _with_code(view: FileView) -> Iterator[Block]:
    """Yield the blocks that touch code; most pages have none on changed lines."""
    old, new = code_lines(view, Side.BASE).keys(), code_lines(view, Side.HEAD).keys()
    for block in view.blocks if old or new else ():
        removed = range(block.old_start, block.old_start + len(block.old_lines))
        added = range(block.new_start, block.new_start + len(block.new_lines))
        if not old.isdisjoint(removed) or not new.isdisjoint(added):
            yield block


def _fences(view: FileView, block: Block) -> Iterator[Fact]:
    """Yield that markup changed where nothing but opening lines did: a title, what is highlighted."""
    if len(block.old_lines) != 1 or len(block.new_lines) != 1:
        return
    if is_fence(block.new_lines[0]) and block.new_start in code_lines(view, Side.HEAD):
        evidence = (base_line(block.old_start), head_line(block.new_start))
        section = structure(view, Side.HEAD).section_at(block.new_start)
        yield Fact("text.markup", {"section": section}, evidence)


def _change(view: FileView, block: Block, language: str, sides: tuple[_Lines, _Lines]) -> Fact:
    old, new = sides
    evidence = _evidence(old, new)
    before = _without_directives(block.old_lines[number - block.old_start] for number in old)
    after = _without_directives(block.new_lines[number - block.new_start] for number in new)
    if [line.rstrip(_ENDS) for line in before] == [line.rstrip(_ENDS) for line in after]:
        # How far it is indented, or what divides it from the next line.
        section = structure(view, Side.HEAD).section_at(block.new_start)
        return Fact("text.markup", {"section": section}, evidence)
    if max(len(before), len(after)) == 1 and len("".join(before + after)) <= LONGEST_LINES:
        if before and after:
            params = {"language": language, "old": before[0], "new": after[0]}
            return Fact("code-block.line", params, evidence)
        kind = "line-added" if after else "line-removed"
        quoted = {"language": language, "quote": (after or before)[0]}
        return Fact(f"code-block.{kind}", quoted, evidence)
    kind = "changed" if before and after else "added" if after else "removed"
    values: dict[str, Value] = {"language": language, "lines": len(after or before)}
    became = changed_line(before, after) if before and after else ("", "")
    shown = shown_line(after, before) if after else shown_line(before, after)
    if all(became):
        values |= {"old": became[0], "new": became[1]}
    elif shown:
        values["shown"] = shown
    return Fact(f"code-block.{kind}", values, evidence)


def _without_directives(lines: Iterable[str]) -> list[str]:
    """Return lines of code without those that only open it."""
    return [line.strip() for line in lines if not is_directive(line)]


def _of(lines: _Lines, language: str) -> _Lines:
    return {number: of_line for number, of_line in lines.items() if of_line == language}


def _in_code(view: FileView, side: Side, block: Block) -> _Lines:
    """Return the languages of changed lines of code; the fences themselves are markup."""
    code, claimed = code_lines(view, side), view.claimed
    start, lines = lines_of(block, side)
    inside = {
        number: code[number]
        for number, line in enumerate(lines, start)
        if number in code and (side, number) not in claimed and line.strip() and not is_fence(line)
    }
    claimed.update(zip(repeat(side), inside, strict=False))
    return inside


def _evidence(old: _Lines, new: _Lines) -> tuple[Evidence, ...]:
    evidence = []
    for make, lines in ((base_line, old), (head_line, new)):
        if lines:
            first, last = next(iter(lines)), next(reversed(lines))
            evidence.append(make(first, last - first + 1))
    return tuple(evidence)
