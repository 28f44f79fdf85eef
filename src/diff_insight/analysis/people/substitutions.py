"""Finds what many files put in the place of one thing: a package, an address, a name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from diff_insight.model.changes import Hunk

#: Files that make the same replacement before it is one cause.
LEAST_FILES = 3
#: Pairs of lines of one file, characters of a line, and words of it that may differ.
_MOST_PAIRS, _LONGEST_LINE, _MOST_DIFFERENT = 300, 600, 8
_TOKEN = re.compile(r"[A-Za-z_@](?:[@./:-]{0,16}+\w++)++|\S")
_NAME = re.compile(r"[A-Za-z_@][\w@./:-]*")
_SHORTEST = 3


class Substitution(Struct, frozen=True, kw_only=True):
    """One replacement: old and new, whether either goes on in several ways, files and places."""

    old: str
    new: str
    open: bool
    files: tuple[int, ...]
    places: int


def common_substitutions(hunks: Sequence[Sequence[Hunk]]) -> list[Substitution]:
    """Return the replacements that at least three files make, the widest first.

    Args:
        hunks: Those of each file.
    """
    files: dict[tuple[str, str], set[int]] = defaultdict(set)
    places: Counter[tuple[str, str]] = Counter()
    rests: dict[tuple[str, str], set[str]] = defaultdict(set)
    sources: dict[str, Counter[str]] = defaultdict(Counter)
    for index, every in enumerate(hunks):
        for old, new in _pairs(every):
            for before, behind, rest in _replacements(old, new):
                if _NUMBERS.sub("", before) == _NUMBERS.sub("", behind):
                    continue  # a version, which facts tell
                files[before, behind].add(index)
                places[before, behind] += 1
                rests[before, behind].add(rest)
                sources[before][behind] += 1
    wide = [
        pair for pair in files if len(files[pair]) >= LEAST_FILES and _is_settled(pair, sources)
    ]
    wide.sort(key=lambda pair: (-len(files[pair]), -places[pair], pair))
    return [
        Substitution(
            old=old, new=new, open=len(rests[old, new] - {""}) > 1,
            files=tuple(sorted(files[old, new])), places=places[old, new],
        )
        for old, new in wide
    ]  # fmt: skip


def _is_settled(pair: tuple[str, str], sources: dict[str, Counter[str]]) -> bool:
    """Tell whether most of what becomes something else becomes this."""
    targets = sources[pair[0]]
    return targets[pair[1]] * 3 >= 2 * targets.total()


def _pairs(hunks: Sequence[Hunk]) -> Iterator[tuple[str, str]]:
    """Yield the lines that stand for one another: of blocks with as many lines on both sides."""
    left = _MOST_PAIRS
    for block in (block for hunk in hunks for block in hunk.blocks):
        if len(block.old_lines) == len(block.new_lines):
            for old, new in zip(block.old_lines[:left], block.new_lines[:left], strict=True):
                if old != new and max(len(old), len(new)) <= _LONGEST_LINE:
                    yield old, new
            left -= len(block.old_lines)
        if left <= 0:
            return


def _replacements(old: str, new: str) -> Iterator[tuple[str, str, str]]:
    """Yield what differs between two lines that are the same but for some names."""
    before, behind = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) != len(behind):
        return
    different = [pair for pair in zip(before, behind, strict=True) if pair[0] != pair[1]]
    if not 0 < len(different) <= _MOST_DIFFERENT:
        return
    for first, other in dict.fromkeys(different):
        if (
            _NAME.fullmatch(first)
            and _NAME.fullmatch(other)
            and not _RANDOM.search(first + " " + other)
        ):
            shorter = _common_parts_off(first, other)
            if shorter is not None:
                yield shorter


def _common_parts_off(old: str, new: str) -> tuple[str, str, str] | None:
    """Return two names without the parts behind that both have, and these parts."""
    separator = "/" if "/" in old and "/" in new else "." if "." in old and "." in new else ""
    if not separator:
        return (
            (old, new, "") if min(len(old), len(new)) > _SHORTEST and _is_name(old, new) else None
        )
    before, behind = old.split(separator), new.split(separator)
    while len(before) > 1 and len(behind) > 1 and before[0] == behind[0]:
        if separator == "." and not (
            len(before) == len(behind) == 2 and _is_member(before, behind)
        ):
            break
        before, behind = before[1:], behind[1:]
    rest: list[str] = []
    while len(before) > 1 and len(behind) > 1 and before[-1] == behind[-1]:
        if separator == "/" and len(before) == 2 and len(behind) == 2 and "." not in before[0]:
            break  # an owner or folder alone says little
        rest.insert(0, before.pop())
        behind.pop()
    first, other = separator.join(before), separator.join(behind)
    if separator == "." and len(before) == len(behind) == 1:
        first, other = _ACCESSOR.sub("", first), _ACCESSOR.sub("", other)
    if min(len(first), len(other)) <= _SHORTEST or not (
        _LETTERS.search(first) and _LETTERS.search(other)
    ):
        return None
    return first, other, separator.join(rest)


#: Verbs in front of the name of a property, by which languages reach it.
_ACCESSOR = re.compile(r"^(?:get|set|is|has|with)(?=[A-Z])")
_LETTERS = re.compile(r"[^\W\d_]{3}")
_NUMBERS = re.compile(r"[\d.]+")
#: Digests, times and numbers, which change without a meaning.
_RANDOM = re.compile(r"[0-9a-f]{12,}|\d\d:\d\d|\d{6,}")


def _is_member(before: Sequence[str], behind: Sequence[str]) -> bool:
    """Tell whether what follows a variable says enough by itself: a name of several words."""
    return any(re.search(r"[a-z][A-Z]|_", name[1]) for name in (before, behind)) and all(
        _LETTERS.search(name[1]) for name in (before, behind)
    )


def _is_name(old: str, new: str) -> bool:
    """Tell whether single words are names in code: with marks, or capitals inside."""
    return all(re.search(r"[a-z][A-Z]|[_.:@-]|\d", word) for word in (old, new))
