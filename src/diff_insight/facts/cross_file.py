"""Facts that only several files together show: the same edit in many, redirects of removed pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from diff_insight.facts.pages.redirects import is_redirected
from diff_insight.model.facts import Fact

#: Kinds whose parameters make two facts the same edit: name -> the parameters that count.
REPEATABLE: Mapping[str, tuple[str, ...]] = {
    "front-matter.date": ("key", "new"),
    "front-matter.key-changed": ("key", "old", "new"),
    "front-matter.key-added": ("key", "value"),
    "front-matter.key-removed": ("key", "value"),
    "front-matter.status": ("key", "old", "new"),
    "admonition.added": ("what", "quote"),
    "admonition.removed": ("what", "quote"),
    "admonition.moved": ("what", "quote"),
    "text.replaced": ("old", "new"),
    "text.sentence-added": ("quote",),
    "text.sentence-removed": ("quote",),
    "code.line": ("old", "new"),
    "code-block.line": ("old", "new"),
    "code-block.line-added": ("quote",),
    "code-block.line-removed": ("quote",),
    "link.retargeted": ("old", "new"),
    "link.removed": ("target",),
    "link.added": ("target",),
    "version.moved": ("subject", "old", "new"),
    "outline.section-renamed": ("old", "new"),
    "outline.section-added": ("heading",),
    "outline.section-removed": ("heading",),
    "table.column-added": ("column",),
    "table.column-removed": ("column",),
    "key.added": ("key",),
    "key.removed": ("key",),
    "key.changed": ("key", "old", "new"),
    "key.item-added": ("key", "value"),
    "key.item-removed": ("key", "value"),
    "dependency.added": ("what", "name", "new"),
    "dependency.removed": ("what", "name"),
    "dependency.moved": ("what", "name", "old", "new"),
    "dependency.pinned": ("what", "name", "old", "new"),
    "dependency.unpinned": ("what", "name", "old", "new"),
    "runtime.raised": ("name", "old", "new"),
    "runtime.moved": ("name", "old", "new"),
    "setup.added": ("what", "name"),
    "setup.removed": ("what", "name"),
    "setup.changed": ("what", "name", "old", "new"),
    "permission.widened": ("name", "old", "new"),
    "permission.narrowed": ("name", "old", "new"),
    "cosmetic.whitespace": (),
    "cosmetic.rewrapped": (),
    "cosmetic.line-ends": ("old", "new"),
    "cosmetic.final-newline": ("present",),
    "file.executable": (),
    "file.not-executable": (),
}
#: What takes an address away -> what it is with a redirect.
_GONE = {"page.removed": "page.redirected", "page.moved": "file.renamed"}
#: Files that must share an edit before it is told once for all of them.
LEAST_FILES = 3
#: The step of one package is one step wherever it stands.
_LEAST_OF_STEPS = 2
_Place = tuple[int, int]


def repeated_edits(files: Sequence[Sequence[Fact]]) -> list[tuple[Fact, tuple[_Place, ...]]]:
    """Return edits found in at least `LEAST_FILES` files: one fact and all its (file, fact) places.

    Args:
        files: The facts of each file of a category.
    """
    places: dict[object, list[_Place]] = defaultdict(list)
    for file, facts in enumerate(files):
        for index, fact in enumerate(facts):
            names = REPEATABLE.get(fact.kind)
            if names is not None:
                identity = (fact.kind, *map(fact.params.get, names))
                try:
                    places[identity].append((file, index))
                except TypeError:  # a value that holds others, which cannot be looked up
                    places[repr(identity)].append((file, index))
    found = []
    for same in places.values():
        if len(same) < _LEAST_OF_STEPS:
            continue
        count = len({file for file, _ in same})
        file, index = same[0]
        fact = files[file][index]
        if count >= (_LEAST_OF_STEPS if fact.kind == "dependency.moved" else LEAST_FILES):
            names = REPEATABLE[fact.kind]
            params = {name: fact.params.get(name) for name in names} | {"files": count}
            found.append((Fact(f"{fact.kind}.repeated", params), tuple(same)))
    return found


def moved_symbols(files: Sequence[tuple[str, Sequence[Fact]]]) -> dict[_Place, Fact]:
    """Return what to tell instead of a symbol that one file lost and exactly one other gained.

    A moved symbol breaks nothing, except where a file's path is how it is imported (Python).

    Args:
        files: Path and facts of each file of the range.
    """
    gained: dict[str, list[_Place]] = defaultdict(list)
    lost: dict[str, list[_Place]] = defaultdict(list)
    for file, (_, facts) in enumerate(files):
        for index, fact in enumerate(facts):
            if fact.kind == "symbol.added":
                gained[str(fact.params["name"])].append((file, index))
            elif fact.kind == "symbol.removed":
                lost[str(fact.params["name"])].append((file, index))
    told: dict[_Place, Fact] = {}
    for name, olds in lost.items():
        news = gained.get(name, [])
        if len(olds) != 1 or len(news) != 1 or olds[0][0] == news[0][0]:
            continue
        (old, new), (source, target) = (olds[0], news[0]), (files[olds[0][0]], files[news[0][0]])
        fact, arrived = source[1][old[1]], target[1][new[1]]
        same_language = source[0].rpartition(".")[2] == target[0].rpartition(".")[2]
        if not same_language:
            continue
        breaking = fact.breaking and source[0].endswith((".py", ".pyi"))
        told[old] = replace(
            fact, kind="symbol.moved", params={"name": name, "to": target[0]}, breaking=breaking
        )
        told[new] = replace(
            arrived, kind="symbol.moved-here", params={"name": name, "from": source[0]}
        )
    return told


def with_redirects(facts: Sequence[Fact], path: str, redirects: str) -> tuple[Fact, ...]:
    """Return the facts of a removed or moved page, no longer breaking when a redirect names it.

    Args:
        facts: The facts of the file.
        path: Its path.
        redirects: All lines that the range adds to files of redirects.
    """
    gone = next((fact for fact in facts if fact.breaking and fact.kind in _GONE), None)
    if gone is None or not is_redirected(str(gone.params.get("old", path)), redirects):
        return tuple(facts)
    instead = replace(gone, kind=_GONE[gone.kind], breaking=False)
    return tuple(instead if fact is gone else fact for fact in facts)
