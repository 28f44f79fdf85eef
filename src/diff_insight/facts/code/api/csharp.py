"""C#: compares the types that a range touches, all parts of a type together."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from diff_insight.facts.code.api.csharp_members import type_changes
from diff_insight.facts.code.api.csharp_reader import read_csharp
from diff_insight.facts.code.api.csharp_step import (
    CSharpStep,
    CSharpType,
    is_type,
    label_of,
    removal,
)
from diff_insight.facts.code.api.homes import moved_home, new_homes
from diff_insight.facts.code.api.item import ApiChange, Item
from diff_insight.facts.code.api.project import Files, Sides

#: Below the first one a folder with a capital is a part of a namespace: `Acme.Tools`.
_PRIVATE = re.compile(
    r"(?i)(?:^|/)(?:tests?|[^/]*[.-](?-i:(?:[A-Z]\w*?)?Tests?|tests?)(?:[.-][^/]*)?|"
    r"[^/]*\.(?:benchmarks?|samples?|specs?)|samples?|examples?|benchmarks?|"
    r"bench|demos?|internal|obj|bin)/|^(?:snippets|docs?|build|tools?)/|(?-i:/(?:snippets|docs?|build|tools?)/)"
)
_LONGEST_LINE = 4000
_KEPT_BACK = re.compile(
    r"(?i)<IsPackable>\s*false|<OutputType>\s*(?:Win)?Exe|<IsTestProject>\s*true|Microsoft\.NET\.Test\.Sdk"
)


def csharp_changes(sides: Sides) -> Iterator[ApiChange]:
    """Yield what breaks users of the types whose files changed."""
    bases = [
        changed_file.base for changed_file in sides.changed if changed_file.base.endswith(".cs")
    ]
    heads = [
        changed_file.head for changed_file in sides.changed if changed_file.head.endswith(".cs")
    ]
    old, damaged = _types(sides.base, [path for path in bases if not _PRIVATE.search(path)])
    new, broken = _types(sides.head, heads)
    olds, news = _by_name(old), _by_name(new)
    simple = {re.sub(r"`.*", "", key).rpartition(".")[2]: type_ for key, type_ in new.items()}
    oracle = _Oracle(sides)
    homes = new_homes(_items(old), _items(new))
    for key, before in old.items():
        path = before.item.path
        if path in damaged or not before.item.public or not _is_published(sides.base, path):
            continue
        after = new.get(key)
        if after is None:
            owner = key.rpartition(".")[0]
            within_gone = owner in old and owner not in new and key not in homes
            if not within_gone and not any(_may_declare(sides.head, each, key) for each in broken):
                yield from oracle.confirmed_changes(_loss(key, before, new.get(homes.get(key, ""))))
            continue
        partial = "partial" in before.item.modifiers
        had, has = _all_bases(before.item, olds), _all_bases(after.item, news)
        for change in type_changes(CSharpStep(before, after, simple, had, has)):
            if change.head is None and (
                after.item.path in broken or (partial and _is_elsewhere(change, sides))
            ):
                continue
            yield from oracle.confirmed_changes(change)


def _by_name(types: Mapping[str, CSharpType]) -> Mapping[str, Sequence[Item]]:
    """Return types by their names without namespace and number of parameters."""
    named: dict[str, list[Item]] = defaultdict(list)
    for key, type_ in types.items():
        named[re.sub(r"`.*", "", key).rpartition(".")[2]].append(type_.item)
    return named


def _all_bases(item: Item, named: Mapping[str, Sequence[Item]]) -> frozenset[str]:
    """Return the names of a type's bases and of theirs; of generic ones further up only the name and `<`."""
    names, waiting = set(item.bases), list(item.bases)
    while waiting:
        name = waiting.pop().partition("<")[0].rpartition(".")[2]
        above = (base for other in named.get(name, ()) if other is not item for base in other.bases)
        further = {re.sub(r"<.*", "<", base) for base in above} - names
        names |= further
        waiting += further
    return frozenset(names)


def _items(types: Mapping[str, CSharpType]) -> Mapping[str, Item]:
    return {key: type_.item for key, type_ in types.items()}


def _loss(key: str, old: CSharpType, new: CSharpType | None) -> ApiChange:
    """Return the change that tells of a type gone under its full name, `new` where it has another one."""
    if new is None:
        return removal(old.item)
    spaces = (key.rpartition(".")[0], new.item.key.rpartition(".")[0])
    return moved_home(label_of(new.item), old.item, new.item, spaces)


def _may_declare(files: Files, path: str, key: str) -> bool:
    """Tell whether a file in which the parser lost its way may declare a type of a full name."""
    space, _, name = re.sub(r"`\d+", "", key).rpartition(".")
    text = files.text(path) or ""
    declared = re.compile(
        rf"\b(?:class|struct|interface|enum|record|delegate)\b[^;{{}}()]*\b{re.escape(name)}\b"
    )
    if not declared.search(text):
        return False
    spaces = re.findall(r"\bnamespace\s++([\w.]++)", text)
    return not spaces or any(space == each or space.startswith(f"{each}.") for each in spaces)


def _types(files: Files, paths: Sequence[str]) -> tuple[dict[str, CSharpType], set[str]]:
    """Return the types of some files by their full names, and the files that could not be read whole."""
    items: dict[str, Item] = {}
    members: dict[str, dict[str, Item]] = defaultdict(dict)
    damaged: set[str] = set()
    for path in paths:
        text = files.text(path)
        file = read_csharp(text, path) if text is not None else None
        if file is None or file.damaged:
            damaged.add(path)
        for item in file.items if file is not None else ():
            if is_type(item):
                items[item.key] = _join_parts(items.get(item.key), item)
            members[item.key.partition("(")[0].rpartition(".")[0]][item.key] = item
    return {key: CSharpType(item, members[key]) for key, item in items.items()}, damaged


def _join_parts(part: Item | None, other: Item) -> Item:
    """Return two parts of one type as one: what one of them says holds for it."""
    if part is None:
        return other
    return replace(
        part, public=part.public or other.public, modifiers=part.modifiers | other.modifiers,
        bases={**part.bases, **other.bases}, marks={**part.marks, **other.marks},
    )  # fmt: skip


def _is_elsewhere(change: ApiChange, sides: Sides) -> bool:
    """Tell whether a part of the type that did not change may hold a member."""
    folder = posixpath.dirname(change.base.path) if change.base is not None else ""
    name = label_of(change.base).rstrip("()").rpartition(".")[2] if change.base is not None else ""
    changed = {changed_file.head for changed_file in sides.changed}
    near = [
        path for path in sides.head.paths
        if path.endswith(".cs") and path not in changed and posixpath.dirname(path) == folder
    ]  # fmt: skip
    pattern = re.compile(rf"\b{re.escape(name)}\b")
    return any(
        "partial" in (text := sides.head.text(path) or "") and pattern.search(text)
        for path in near[:100]
    )


def _is_published(files: Files, path: str) -> bool:
    folder = posixpath.dirname(path)
    while True:
        projects = [
            file_path
            for file_path in files.paths
            if file_path.endswith(".csproj") and posixpath.dirname(file_path) == folder
        ]
        if projects:
            return not any(_KEPT_BACK.search(files.text(file_path) or "") for file_path in projects)
        if not folder:
            return True
        folder = posixpath.dirname(folder)


class _Oracle:
    """The lists of a public API that projects commit: what they still hold is not gone."""

    def __init__(self, sides: Sides) -> None:
        self._sides = sides
        self._lists: dict[str, tuple[set[str], set[str]]] = {}

    def confirmed_changes(self, change: ApiChange) -> Iterator[ApiChange]:
        """Yield a change that the list of its project does not deny."""
        path = change.base.path if change.base is not None else ""
        base, head = self._of(posixpath.dirname(path))
        if not base:
            yield change
            return
        item = change.head if change.kind == "symbol.added-required" else change.base
        name = re.sub(r"`\d+", "", (item.key if item is not None else change.key).partition("(")[0])
        pattern = re.compile(rf"(?<![\w.]){re.escape(name)}(?![\w])")
        texts = [
            {_bare(line) for line in side if pattern.search(_bare(line))} for side in (base, head)
        ]
        if texts[0] != texts[1]:
            yield replace(change, surface="committed", certain=True)

    def _of(self, folder: str) -> tuple[set[str], set[str]]:
        if folder not in self._lists:
            above = folder
            lists: Mapping[str, set[str]] = {}
            while True:
                lists = {
                    side: self._read(files, above)
                    for side, files in (("base", self._sides.base), ("head", self._sides.head))
                }
                if lists["base"] or not above:
                    break
                above = posixpath.dirname(above)
            self._lists[folder] = (lists["base"], lists["head"])
        return self._lists[folder]

    def _read(self, files: Files, folder: str) -> set[str]:
        names: set[str] = set()
        gone: set[str] = set()
        for path in files.paths:
            if re.search(
                r"(?:^|/)PublicAPI\.(?:Shipped|Unshipped)\.txt$", path
            ) and path.startswith(folder):
                for line in (files.text(path) or "").splitlines():
                    bare = line.strip().removeprefix("\ufeff")
                    if bare.startswith("*REMOVED*"):
                        gone.add(bare.removeprefix("*REMOVED*"))
                    elif bare and not bare.startswith("#"):
                        names.add(bare)
        return names - gone


def _bare(line: str) -> str:
    """Return a line of a list without marks of null and generics."""
    while len(line) < _LONGEST_LINE and (shorter := re.sub(r"<[^<>]*>", "", line)) != line:
        line = shorter
    return line.replace("!", "").replace("?", "").replace("~", "")
