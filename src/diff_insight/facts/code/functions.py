"""For code without a detector of its own: the functions that git names in the hunk headers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import itemgetter

from diff_insight.facts.code.family import READ
from diff_insight.facts.data.data_trees import emit_and_claim
from diff_insight.facts.file_view import FileView
from diff_insight.facts.gaps import is_white_space
from diff_insight.facts.packages.manifest_lines import is_line_manifest
from diff_insight.facts.pages.versions_moved import moved_version
from diff_insight.facts.pages.word_diff import has_words
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.file_types import extension
from diff_insight.markup.plain import clip
from diff_insight.model.changes import Block, Hunk, Status
from diff_insight.model.facts import Evidence, Fact
from diff_insight.model.messages import Value

_KEYWORDS = (
    "def func function fn class interface struct trait impl enum module namespace type sub record "
    "object"
).split()
#: One of these stands in every line that defines something with a keyword.
_SIGNS = tuple(f"{word}{space}" for word in _KEYWORDS for space in " \t")
_NAME = re.compile(
    r"(?:\b(?:"
    + "|".join(_KEYWORDS)
    + r")\s++(?:\([^()]*+\)\s*+)?(?P<keyword>[A-Za-z_$][\w$]*+(?:(?:\.|::)[\w$]++)*+)"
    r"|(?<![\w$:~]):*+(?P<call>(?!\d)[\w$~][\w$:~]*+)\s*+\()"
)
_NOT_NAMES = frozenset(
    "if for while switch return catch sizeof with elif else import include require use await yield "
    "assert new throw print".split()
)
#: A definition as a line of its own begins; a call within a body looks like one without keyword.
_DEFINED = re.compile(
    r"\s*(?:(?:export|default|pub|public|private|protected|internal|static|async|abstract|final|"
    r"unsafe|open|override|sealed|data)(?:\([a-z ]{1,20}\))?\s+){0,6}" + _NAME.pattern
)
#: Blocks that are quoted when nothing better is known of a file, and characters of such a quote.
MOST_QUOTED = 3
LONGEST_LINE = 100
#: Characters of a hunk header that are searched for a name; git itself prints 80.
_LONGEST_SECTION = 200
#: Lines of either side of a block in which those with one version are looked for.
_MOST_ALIGNED = 12
#: Numbers of lines, in order, and the names that they define.
_Definitions = list[tuple[int, str]]
_BOTH_SIDES = (Status.MODIFIED, Status.RENAMED, Status.COPIED, Status.CHANGED)


def applies(view: FileView) -> bool:
    """Every text file that is no prose, with two versions."""
    return not view.prose and view.change.status in _BOTH_SIDES and bool(view.hunks)


def facts(view: FileView) -> Iterator[Fact]:
    """Yield versions that moved, lines replaced, functions touched, and the first other lines."""
    lines = list(_lines(view))
    # Where symbols were read, what is left stands in none of them.
    named = READ not in view.cache and not is_line_manifest(view.change.path)
    yield from emit_and_claim(view, lines)
    yield from emit_and_claim(view, _moves(view))
    yield from emit_and_claim(view, _functions(view) if named else ())
    yield from _quotes(view)


def _lines(view: FileView) -> Iterator[Fact]:
    for block in _open_blocks(view, view.blocks):
        if len(block.old_lines) == len(block.new_lines) <= 3:
            for index, (old, new) in enumerate(zip(block.old_lines, block.new_lines, strict=True)):
                yield from _line(old, new, block, index)
        elif max(len(block.old_lines), len(block.new_lines)) <= _MOST_ALIGNED:
            yield from _versions_among(block)


def _versions_among(block: Block) -> Iterator[Fact]:
    """Yield versions that moved where lines came to them or went beside them."""
    at = 0
    for number, old in enumerate(block.old_lines, block.old_start):
        for index in range(at, len(block.new_lines)):
            new = block.new_lines[index]
            moved = moved_version(old, new, subject="") if old != new else None
            if moved is not None:
                evidence = (base_line(number), head_line(block.new_start + index))
                yield Fact(moved.kind, moved.params, evidence)
                at = index + 1
                break


def _moves(view: FileView) -> Iterator[Fact]:
    """Yield runs of lines that stand elsewhere in the file now; more than one of a sort say nothing."""
    runs: dict[tuple[str, ...], list[Block]] = {}
    for block in _open_blocks(view, view.blocks):
        lines = tuple(line.strip() for line in block.old_lines + block.new_lines)
        if not (block.old_lines and block.new_lines) and any(map(has_words, lines)):
            runs.setdefault(lines, []).append(block)
    for lines, blocks in runs.items():
        sides = [bool(block.new_lines) for block in blocks]
        if sorted(sides) == [False, True]:
            quote = clip(next(filter(has_words, lines)), LONGEST_LINE)
            evidence = tuple(proof for block in blocks for proof in _proofs(block))
            yield Fact("code.moved", {"quote": quote, "lines": len(lines)}, evidence)


def _functions(view: FileView) -> Iterator[Fact]:
    names: dict[str, list[Evidence]] = {}
    for hunk in view.hunks:
        blocks = _open_blocks(view, hunk.blocks)
        if not blocks:
            continue
        old = _definitions(hunk.old_start, hunk.old_lines)
        new = _definitions(hunk.new_start, hunk.new_lines)
        for block in blocks:
            for name in _touched_functions(hunk, block, old, new):
                names.setdefault(name, []).extend(_proofs(block))
    if names:
        evidence = tuple(dict.fromkeys(proof for proofs in names.values() for proof in proofs))
        yield Fact("code.functions", {"names": tuple(names)}, evidence)


def _touched_functions(
    hunk: Hunk, block: Block, old: _Definitions, new: _Definitions
) -> Iterator[str]:
    """Yield the functions that a block defines; else the last one above it in the hunk.

    A hunk's header names what stands before the hunk, so it is asked only where no line does.
    """
    gone = _between(old, block.old_start, len(block.old_lines))
    come = _between(new, block.new_start, len(block.new_lines))
    if gone or come:
        yield from dict.fromkeys(name for _, name in (*gone, *come))
        return
    above = bisect_left(new, block.new_start, key=itemgetter(0))
    name = new[above - 1][1] if above else function_name(hunk.section)
    if name:
        yield name


def _definitions(start: int, lines: Sequence[str]) -> _Definitions:
    """Return lines and names of what lines define with a keyword."""
    text = "\n".join(lines)
    signs = [sign for sign in _SIGNS if sign in text]
    definitions = []
    for number, line in enumerate(lines if signs else (), start):
        if any(sign in line for sign in signs):
            match = _DEFINED.match(line[:_LONGEST_SECTION])
            if match and match["keyword"]:
                definitions.append((number, match["keyword"]))
    return definitions


def _between(definitions: _Definitions, start: int, count: int) -> _Definitions:
    first, last = (
        bisect_left(definitions, line, key=itemgetter(0)) for line in (start, start + count)
    )
    return definitions[first:last]


#: A line of YAML that says what an entry is called where readers see it.
_ENTRY_NAME = re.compile(r"(?:- )?(?:title|text|name|label|displayName|heading): +\S")
#: A line that only says something of the code around it.
_NOTE = re.compile(r"(?:#|//+!?|/\*+|\*|<!--|--|;+|%+|\"\"\"|\'\'\'|REM)\s")


def _open_blocks(view: FileView, blocks: Sequence[Block]) -> list[Block]:
    """Return what no other family has told of blocks, without those that move white space."""
    return [block for block in view.unclaimed_blocks(blocks) if not is_white_space(view, block)]


def _proofs(block: Block) -> tuple[Evidence, ...]:
    head = (head_line(block.new_start, len(block.new_lines)),) if block.new_lines else ()
    base = (base_line(block.old_start, len(block.old_lines)),) if block.old_lines else ()
    return head + base


def _quotes(view: FileView) -> Iterator[Fact]:
    """Quote the first line of code of the first few blocks; the lines of the rest are counted."""
    blocks = _open_blocks(view, view.blocks)
    for block in blocks[:MOST_QUOTED]:
        added = bool(block.new_lines)
        lines = block.new_lines if added else block.old_lines
        worded = [line.strip() for line in lines if has_words(line)]
        code = (line for line in worded if not _NOTE.match(line))
        quote = _named_entries(view, block, worded) or next(code, worded[0] if worded else "")
        kind = "changed" if added and block.old_lines else "added" if added else "removed"
        if quote:
            params: dict[str, Value] = {"quote": clip(quote, LONGEST_LINE), "lines": len(lines)}
            yield Fact(f"code.{kind}", params, _proofs(block))


def _named_entries(view: FileView, block: Block, lines: Sequence[str]) -> str:
    """Return the lines that name the entries which came or went, where a list of names is all that is known of YAML."""
    if (block.old_lines and block.new_lines) or extension(view.change.path) not in ("yml", "yaml"):
        return ""
    names = [line.removeprefix("- ") for line in lines if _ENTRY_NAME.match(line)]
    return " · ".join(names) if len(names) > 1 else ""


def _line(old: str, new: str, block: Block, index: int) -> Iterator[Fact]:
    evidence = (base_line(block.old_start + index), head_line(block.new_start + index))
    moved = moved_version(old, new, subject="") if old != new else None
    if moved is not None:
        yield Fact(moved.kind, moved.params, evidence)
    elif (
        old.strip() != new.strip() and max(len(old), len(new)) <= 120 and len(block.old_lines) == 1
    ):
        params = {"old": old.strip(), "new": new.strip()}
        if params["old"] and params["new"]:
            yield Fact("code.line", params, evidence)


def function_name(section: str) -> str:
    """Return the function, class or type that a hunk header names, or an empty string."""
    match = _NAME.search(section[:_LONGEST_SECTION])
    if match is None:
        return ""
    name: str = match["keyword"] or match["call"] or ""
    return "" if name in _NOT_NAMES else name
