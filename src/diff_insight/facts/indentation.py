"""Indentation that decides what a line belongs to: blocks of Python, recipes of make, items of lists."""

from __future__ import annotations

import re
import tokenize
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import StringIO

from diff_insight.facts.data.data_trees import trees, whole_text
from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.pages.fences import is_fence
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.facts.trees.tree_comparison import same
from diff_insight.file_types import extension, is_markdown
from diff_insight.markup.plain import clip
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact

_LONGEST = 100
#: Characters of a file that are read for its indentation.
_LARGEST = 400_000
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]")
#: Languages in which indentation opens and closes blocks, and no brackets do.
_BY_INDENTATION = frozenset("pug jade haml slim sass styl coffee nim gd".split())
#: Number of a line and how deep it stands.
_Levels = Mapping[int, int]


def applies(view: FileView) -> bool:
    """Formats in which indentation says something, with two versions."""
    return bool(view.hunks) and view.change.status in BOTH_SIDES and _reader(view) is not None


def facts(view: FileView) -> Iterator[Fact]:
    """Yield one fact about the lines of which nothing but their place changed."""
    moved = moved_lines(view)
    if moved:
        evidence = (
            *(head_line(new) for _, new in moved),
            *(base_line(old) for old, _ in moved),
        )
        first = view.version(Side.HEAD).line(moved[0][1]) or ""
        quote = clip(first.strip(), _LONGEST)
        yield Fact("code.indented", {"quote": quote, "lines": len(moved)}, evidence)
        view.claim(*evidence)


def decides(view: FileView) -> bool:
    """Tell whether white space alone makes a file another one."""
    if extension(view.change.path) in ("yml", "yaml"):
        both = trees(view)
        return both is not None and not same(*both)
    return applies(view) and bool(moved_lines(view))


def moved_lines(view: FileView) -> list[tuple[int, int]]:
    """Return both numbers of lines with the same words that belong to something else now."""
    pairs = [
        (number, number - block.old_start + block.new_start)
        for block in view.blocks
        if [line.split() for line in block.old_lines] == [line.split() for line in block.new_lines]
        for number, line in enumerate(block.old_lines, block.old_start)
        if line.strip()
    ]
    reader = _reader(view) if pairs else None
    if reader is None:
        return []
    texts = [whole_text(view, side, limit=_LARGEST) for side in Side]
    old, new = (reader(text.split("\n")) if text else {} for text in texts)
    return [
        pair for pair in pairs if pair[0] in old and pair[1] in new and old[pair[0]] != new[pair[1]]
    ]


def _reader(view: FileView) -> Callable[[Sequence[str]], _Levels] | None:
    path = view.change.path
    name, suffix = path.rpartition("/")[2].lower(), extension(path)
    if suffix in ("py", "pyi"):
        return _python_levels
    if name in ("makefile", "gnumakefile") or suffix == "mk":
        return _recipe_levels
    if suffix in _BY_INDENTATION:
        return _block_levels
    return _item_levels if is_markdown(path) else None


def _python_levels(lines: Sequence[str]) -> _Levels:
    """Return the depth of the lines with which a statement begins; none where they are no Python."""
    levels: dict[int, int] = {}
    level, begins = 0, True
    try:
        for token in tokenize.generate_tokens(StringIO("\n".join(lines)).readline):
            if token.type in (tokenize.INDENT, tokenize.DEDENT):
                level += 1 if token.type == tokenize.INDENT else -1
            elif token.type == tokenize.NEWLINE:
                begins = True
            elif token.type not in (tokenize.NL, tokenize.COMMENT, tokenize.ENDMARKER) and begins:
                levels[token.start[0]] = level
                begins = False
    except (tokenize.TokenError, SyntaxError):
        return {}
    return levels


def _recipe_levels(lines: Sequence[str]) -> _Levels:
    return {number: int(line.startswith("\t")) for number, line in enumerate(lines, 1)}


def _block_levels(lines: Sequence[str]) -> _Levels:
    return _depths((number, line) for number, line in enumerate(lines, 1) if line.strip())


def _item_levels(lines: Sequence[str]) -> _Levels:
    """Return the depth of the items of lists; a line that is no item and not indented ends a list."""
    levels: dict[int, int] = {}
    items: list[tuple[int, str]] = []
    inside = False
    for number, line in enumerate(lines, 1):
        if is_fence(line):
            inside = not inside
        elif not inside and _ITEM.match(line):
            items.append((number, line))
        elif not inside and line.strip() and line[:1] not in " \t":
            levels |= _depths(iter(items))
            items = []
    return levels | _depths(iter(items))


def _depths(lines: Iterator[tuple[int, str]]) -> dict[int, int]:
    levels: dict[int, int] = {}
    open_: list[int] = []
    for number, line in lines:
        shown = line.expandtabs(8)
        width = len(shown) - len(shown.lstrip())
        while open_ and open_[-1] >= width:
            open_.pop()
        levels[number] = len(open_)
        open_.append(width)
    return levels
