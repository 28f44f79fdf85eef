"""A page as its readers see it: both versions, and the changed lines, without comments and bare markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from msgspec.structs import replace

from diff_insight.facts.file_view import FileView, TextVersion
from diff_insight.facts.pages.asciidoc_lines import links_led_elsewhere
from diff_insight.facts.pages.comments import without_comments
from diff_insight.facts.pages.shown_lines import with_shown_lines
from diff_insight.facts.pages.shown_marks import shown_otherwise
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.file_types import extension
from diff_insight.model.changes import Block, Hunk, Side
from diff_insight.model.facts import Evidence, Fact

_ASCIIDOC = frozenset(("adoc", "asciidoc"))


class Shown(NamedTuple):
    """The view that families of pages ask, and the facts of what changed without their seeing it."""

    view: FileView
    facts: tuple[Fact, ...] = ()


def shown_view(view: FileView) -> Shown:
    """Return a view without comments and bare markup; lines that only these hide or show are changed ones."""
    asciidoc = extension(view.change.path) in _ASCIIDOC
    if not view.has_page_structure or not view.hunks:
        return Shown(view)
    markup = "asciidoc" if asciidoc else "markdown" if view.markdown else "rst"
    facts: list[Fact] = []
    for of_hidden, mask in (
        (Fact("text.comments", {}), partial(without_comments, markup=markup)),
        (Fact("text.markup", {"section": ""}), partial(with_shown_lines, markup=markup)),
    ):
        raw = {side: view.version(side) for side in Side}
        masked = {side: mask(raw[side]) for side in Side}
        if any(masked.values()):
            versions = {side: masked[side] or raw[side] for side in Side}
            facts += _retarget_facts(view, versions, markup)
            evidence = _find_hidden(view, versions)
            facts += (replace(of_hidden, evidence=evidence),) if evidence else ()
            view = _mask(view, versions)
    return Shown(view, tuple(facts))


def _retarget_facts(
    view: FileView, versions: dict[Side, TextVersion], markup: str
) -> Iterator[Fact]:
    """Yield lines that show the same words and lead elsewhere, and claim them."""
    for block in view.blocks:
        shown = _block(block, versions)
        if _words(shown.old_lines) != _words(shown.new_lines):
            continue
        for number, (old, new) in enumerate(zip(block.old_lines, block.new_lines, strict=False)):
            otherwise = next(shown_otherwise(old, new), None) if old != new else None
            if otherwise is not None:
                lines = (base_line(block.old_start + number), head_line(block.new_start + number))
                view.claim(*lines)
                links = list(links_led_elsewhere(old, new)) if markup == "asciidoc" else []
                for text, before, after in links:
                    params = {"text": text, "old": before, "new": after}
                    yield Fact("link.retargeted", params, lines)
                if not links:
                    params = {"section": "", "old": otherwise[0], "new": otherwise[1]}
                    yield Fact("text.replaced", params, lines)


def _mask(view: FileView, versions: dict[Side, TextVersion]) -> FileView:
    return FileView(
        view.change, _hunks(view, versions), view.reader, view.whole_versions,
        claimed=view.claimed, linked=view.linked, skipped=view.skipped, versions=versions,
    )  # fmt: skip


def _hunks(view: FileView, versions: dict[Side, TextVersion]) -> tuple[Hunk, ...]:
    base, head = versions[Side.BASE], versions[Side.HEAD]
    hunks = tuple(
        Hunk(
            hunk.old_start,
            hunk.new_start,
            hunk.section,
            _lines(base, hunk.old_start, len(hunk.old_lines)),
            _lines(head, hunk.new_start, len(hunk.new_lines)),
            tuple(_block(block, versions) for block in hunk.blocks),
            hunk.old_final_newline,
            hunk.new_final_newline,
        )
        for hunk in view.hunks
    )
    if not (base.complete and head.complete):
        return hunks
    turned = list(_turned_lines(view.blocks, base, head))
    return _with_turned(hunks, turned, versions) if turned else hunks


def _block(block: Block, versions: dict[Side, TextVersion]) -> Block:
    return Block(
        block.old_start,
        _lines(versions[Side.BASE], block.old_start, len(block.old_lines)),
        block.new_start,
        _lines(versions[Side.HEAD], block.new_start, len(block.new_lines)),
    )


def _lines(version: TextVersion, start: int, count: int) -> tuple[str, ...]:
    return tuple(version.line(number) or "" for number in range(start, start + count))


def _turned_lines(
    blocks: Sequence[Block], base: TextVersion, head: TextVersion
) -> Iterator[tuple[int, int]]:
    """Yield the numbers on both sides of unchanged lines that a comment hides on one side only."""
    last = max(number for number, _ in base.numbered_lines()) if base.texts else 0
    old, new = 1, 1
    for block in (*blocks, None):
        end = block.old_start if block is not None else last + 1
        if block is not None and not block.old_lines:
            end = old + block.new_start - new
        for number in range(old, end):
            if base.line(number) != head.line(number - old + new):
                yield number, number - old + new
        if block is not None:
            old, new = end + len(block.old_lines), block.new_start + len(block.new_lines)


def _with_turned(
    hunks: tuple[Hunk, ...], turned: list[tuple[int, int]], versions: dict[Side, TextVersion]
) -> tuple[Hunk, ...]:
    """Return the changed lines with those that came into sight or went out of it, in order."""
    pieces = [(block.new_start, block.old_start, block) for hunk in hunks for block in hunk.blocks]
    base, head = versions[Side.BASE], versions[Side.HEAD]
    for old, new in turned:
        lines = (base.line(old) or "",), (head.line(new) or "",)
        pieces.append((new, old, Block(old, lines[0], new, lines[1])))
    joined: list[Block] = []
    for _, _, block in sorted(pieces, key=lambda piece: piece[:2]):
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.old_lines and last.new_lines and block.old_lines and block.new_lines
            and last.old_start + len(last.old_lines) == block.old_start
            and last.new_start + len(last.new_lines) == block.new_start
        ):  # fmt: skip
            joined[-1] = Block(
                last.old_start, (*last.old_lines, *block.old_lines),
                last.new_start, (*last.new_lines, *block.new_lines),
            )  # fmt: skip
        else:
            joined.append(block)
    return tuple(
        Hunk(
            joined_block.old_start,
            joined_block.new_start,
            "",
            joined_block.old_lines,
            joined_block.new_lines,
            (joined_block,),
        )
        for joined_block in joined
    )


def _find_hidden(view: FileView, versions: dict[Side, TextVersion]) -> tuple[Evidence, ...]:
    """Return the changed lines of which no reader sees anything."""
    evidence: list[Evidence] = []
    for block in view.blocks:
        shown = _block(block, versions)
        same = _words(shown.old_lines) == _words(shown.new_lines) and (
            _words(block.old_lines) != _words(block.new_lines)
        )
        for side, start, lines, make in (
            (Side.BASE, block.old_start, block.old_lines, base_line),
            (Side.HEAD, block.new_start, block.new_lines, head_line),
        ):
            hidden = [
                number
                for number, line in enumerate(lines, start)
                if (side, number) not in view.claimed
                and line.strip()
                and (same or not (versions[side].line(number) or "").strip())
            ]
            view.claimed.update((side, number) for number in hidden)
            evidence += (make(first, count) for first, count in _runs(hidden))
    return tuple(evidence)


def _words(lines: Sequence[str]) -> list[list[str]]:
    return [line.split() for line in lines if line.strip()]


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield (first, count) of runs of neighbouring numbers."""
    first = last = None
    for number in numbers:
        if first is None or last is None:
            first = last = number
        elif number == last + 1:
            last = number
        else:
            yield first, last - first + 1
            first = last = number
    if first is not None and last is not None:
        yield first, last - first + 1
