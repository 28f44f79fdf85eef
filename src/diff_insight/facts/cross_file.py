"""Facts that only several files together show: the same edit in many, symbols that moved."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from msgspec.structs import replace

from diff_insight.kinds.catalogue import REPEATED, kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.model.facts import Fact
from diff_insight.model.messages import Value

#: Most edits stand in one place only: these need no count of files.
_LEAST = 2
#: A number, or a version with the words within it.
_NUMBER = re.compile(r"\d[\w.-]*\d|\d")
_Place = tuple[int, int]
_SCRIPTS = frozenset("js jsx mjs cjs ts tsx mts cts d.ts d.mts d.cts".split())
#: What a file gains and loses as a passage, and spaces that one has at least.
_PASSAGES = ("text.added", "text.removed")
_LEAST_SPACES = 5


def repeated_edits(files: Sequence[Sequence[Fact]]) -> list[tuple[Fact, tuple[_Place, ...]]]:
    """Return edits that enough files share: one fact and all its (file, fact) places.

    Args:
        files: The facts of each file of a category.
    """
    places: dict[object, list[_Place]] = defaultdict(list)
    words: dict[object, set[str]] = defaultdict(set)
    for file, facts in enumerate(files):
        for index, fact in enumerate(facts):
            same = kind_of(fact.kind).same
            if same is not None:
                identity = (fact.kind, *map(fact.params.get, same.params))
                if same.alike:
                    said = repr(identity)
                    identity = tuple(_NUMBER.sub("0", str(part)) for part in identity)
                    words[identity].add(said)
                try:
                    places[identity].append((file, index))
                except TypeError:  # a value that holds others, which cannot be looked up
                    places[repr(identity)].append((file, index))
    return [
        shared
        for identity, alike in places.items()
        for shared in _shared_fact(alike, files, words.get(identity, ()))
    ]


def _shared_fact(
    alike: Sequence[_Place], files: Sequence[Sequence[Fact]], words: Collection[str]
) -> Iterator[tuple[Fact, tuple[_Place, ...]]]:
    """Yield the fact that stands for alike ones, of so many words, when enough files have it."""
    if len(alike) < _LEAST:
        return
    file, index = alike[-1]  # of the pages of several versions the latest
    fact = files[file][index]
    same = kind_of(fact.kind).same
    count = len({file for file, _ in alike})
    if same is not None and count >= same.least:
        params = {name: fact.params.get(name) for name in same.params} | {"files": count}
        if fact.params.get("cue"):
            params["cue"] = fact.params["cue"]
        kind = same.alike if same.alike and len(words) > 1 else fact.kind + REPEATED
        yield Fact(kind, params), tuple(alike)


def moved_texts(files: Sequence[tuple[str, Sequence[Fact]]]) -> dict[_Place, Fact]:
    """Return what to tell instead of a passage that one file lost and exactly one other gained.

    Args:
        files: Path and facts of each file of the range.
    """
    gained: dict[tuple[str, Value], list[_Place]] = defaultdict(list)
    lost: dict[tuple[str, Value], list[_Place]] = defaultdict(list)
    for file, (_, facts) in enumerate(files):
        for index, fact in enumerate(facts):
            quote = str(fact.params.get("quote", ""))
            if fact.kind in _PASSAGES and quote.count(" ") >= _LEAST_SPACES:
                side = gained if fact.kind == _PASSAGES[0] else lost
                side[quote, fact.params.get("lines")].append((file, index))
    replacements: dict[_Place, Fact] = {}
    for passage, olds in lost.items():
        news = gained.get(passage, [])
        if len(olds) != 1 or len(news) != 1 or olds[0][0] == news[0][0]:
            continue
        for spot, end, path in (
            (olds[0], "to", files[news[0][0]][0]),
            (news[0], "from", files[olds[0][0]][0]),
        ):
            fact = files[spot[0]][1][spot[1]]
            replacements[spot] = replace(
                fact,
                kind="text.moved",
                params={"lines": passage[1], "quote": passage[0], end: path},
            )
    return replacements


def _is_imported_by_path(path: str) -> bool:
    """Tell whether callers name the file itself: a module of Python, the entry of a package of the web."""
    stem, _, end = path.rpartition("/")[2].partition(".")
    return end in ("py", "pyi") or (stem == "index" and end in _SCRIPTS)


def moved_symbols(files: Sequence[tuple[str, Sequence[Fact]]]) -> dict[_Place, Fact]:
    """Return what to tell instead of a symbol that one file lost and exactly one other gained.

    A moved symbol breaks nothing, except where a file's path is how it is imported.

    Args:
        files: Path and facts of each file of the range.
    """
    gained: dict[str, list[_Place]] = defaultdict(list)
    lost: dict[str, list[_Place]] = defaultdict(list)
    for file, (_, facts) in enumerate(files):
        for index, fact in enumerate(facts):
            if kind_of(fact.kind).has(Trait.ARRIVES):
                gained[str(fact.params["name"])].append((file, index))
            elif kind_of(fact.kind).has(Trait.LEAVES):
                lost[str(fact.params["name"])].append((file, index))
    replacements: dict[_Place, Fact] = {}
    for name, olds in lost.items():
        news = gained.get(name, [])
        if len(olds) != 1 or len(news) != 1 or olds[0][0] == news[0][0]:
            continue
        (old, new), (source, target) = (olds[0], news[0]), (files[olds[0][0]], files[news[0][0]])
        fact, arrived = source[1][old[1]], target[1][new[1]]
        same_language = source[0].rpartition(".")[2] == target[0].rpartition(".")[2]
        if not same_language:
            continue
        breaking = fact.breaking and _is_imported_by_path(source[0])
        replacements[old] = replace(
            fact, kind="symbol.moved", params={"name": name, "to": target[0]}, breaking=breaking
        )
        replacements[new] = replace(
            arrived, kind="symbol.moved-here", params={"name": name, "from": source[0]}
        )
    return replacements
