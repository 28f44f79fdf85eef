"""Compares two trees: which keys came, went or have another value, each with both of its nodes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import zip_longest
from typing import NamedTuple

from diff_insight.facts.trees.node import Node

#: Keys that tell the objects of a list apart, in this order of trust.
_IDENTITIES = (
    "id", "key", "name", "login", "slug", "path", "title", "label", "uses", "repo", "url", "text"
)  # fmt: skip
#: Characters of a text that can stand for an item of a list.
_LONGEST_LABEL = 40
#: Items of a list that are compared by their content, and the share that makes two of them one.
_MOST_COMPARED, _MOSTLY = 2_500, 0.5
_SPACE = re.compile(r"\s")
#: A name with a version behind it.
_VERSIONED = re.compile(r"(?P<name>[A-Za-z][A-Za-z_/-]{1,40}?)[-_@:=^~<> ]{0,3}v?\d[\w.+-]{0,40}")
_SIMPLE = re.compile(r"[\w$@/:+*~-]+")


class TreeChange(NamedTuple):
    """One difference; `old` or `new` is None where there is nothing. `item`: of a list of scalars."""

    path: str
    old: Node | None
    new: Node | None
    item: bool = False


def compare(old: Node, new: Node) -> list[TreeChange]:
    """Return the differences of two trees in the order of the new one, what went behind it.

    Values of one key that stand several times are compared by their order, behind all others.
    """
    comparison = _TreeComparison()
    return [*comparison.nodes("", old, new), *comparison.documents(old, new)]


def same(old: Node, new: Node) -> bool:
    """Tell whether two trees hold the same, order of keys aside."""
    shapes = _Shapes()
    first, second = (
        [shapes.of(side), *((keys, shapes.of(node)) for keys, node in side.repeated)]
        for side in (old, new)
    )
    return first == second


class _Shapes:
    """Gives equal subtrees equal numbers, each node looked at once."""

    def __init__(self) -> None:
        self._numbers: dict[object, int] = {}
        self._known: dict[int, int] = {}

    def of(self, node: Node) -> int:
        known = self._known.get(id(node))
        if known is None:
            value = node.value
            shape: object
            if isinstance(value, dict):
                shape = frozenset((key, self.of(below)) for key, below in value.items())
            elif isinstance(value, list):
                shape = tuple(self.of(item) for item in value)
            else:
                shape = (value, str(node.literal))
            known = self._numbers.setdefault(shape, len(self._numbers))
            self._known[id(node)] = known
        return known


class _TreeComparison:
    def __init__(self) -> None:
        self._shapes = _Shapes()

    def nodes(self, path: str, old: Node, new: Node) -> Iterator[TreeChange]:
        if isinstance(old.value, dict) and isinstance(new.value, dict):
            yield from self._maps(path, old.value, new.value)
        elif isinstance(old.value, list) and isinstance(new.value, list):
            yield from self._lists(path, old.value, new.value)
        elif old.value.__class__ is not new.value.__class__ or (
            isinstance(old.value, str) and (old.value, old.literal) != (new.value, new.literal)
        ):
            yield TreeChange(path, old, new)

    def documents(self, old: Node, new: Node) -> Iterator[TreeChange]:
        before, after = (_by_path(side) for side in (old, new))
        for path in dict.fromkeys((*after, *before)):
            for first, second in zip_longest(before.get(path, ()), after.get(path, ())):
                if first is not None and second is not None:
                    yield from self.nodes(path, first, second)
                else:
                    yield TreeChange(path, first, second)

    def _maps(self, path: str, old: dict[str, Node], new: dict[str, Node]) -> Iterator[TreeChange]:
        for key, node in new.items():
            below = join_path(path, key)
            if key in old:
                yield from self.nodes(below, old[key], node)
            else:
                yield TreeChange(below, None, node)
        for key, node in old.items():
            if key not in new:
                yield TreeChange(join_path(path, key), node, None)

    def _lists(self, path: str, old: list[Node], new: list[Node]) -> Iterator[TreeChange]:
        if all(isinstance(item.value, str) for item in (*old, *new)):
            yield from _scalars(path, old, new)
            return
        identity = _identity(old, new)
        if identity:
            first, second = ({_text(item, identity): item for item in side} for side in (old, new))
            yield from self._compare_keyed(path, first, second, identity)
            return
        gone, come = self._rest(old, new)
        if len(gone) == len(come):
            for (_, before), (index, after) in zip(gone, come, strict=True):
                yield from self.nodes(
                    f"{path}[{_shared_name(before, after) or index}]", before, after
                )
            return
        pairs, gone, come = _pair_items(gone, come)
        for before, index, after in pairs:
            yield from self.nodes(f"{path}[{_shared_name(before, after) or index}]", before, after)
        # Places differ between two versions: what came or went is called by what it holds.
        yield from (TreeChange(f"{path}[{_label(item, at)}]", None, item) for at, item in come)
        yield from (TreeChange(f"{path}[{_label(item, at)}]", item, None) for at, item in gone)

    def _compare_keyed(
        self, path: str, old: dict[str, Node], new: dict[str, Node], identity: str
    ) -> Iterator[TreeChange]:
        """Compare items by what they are called; one that is called otherwise now is still one."""
        called = self._renames(old, new, identity)
        for key, node in new.items():
            before = key if key in old else called.get(key)
            if before is not None:
                name = key if key in old else _shared_name(old[before], node) or before
                yield from self.nodes(f"{path}[{name}]", old[before], node)
            else:
                yield TreeChange(f"{path}[{key}]", None, node)
        left = old.keys() - new.keys() - set(called.values())
        yield from (TreeChange(f"{path}[{key}]", old[key], None) for key in old if key in left)

    def _renames(self, old: dict[str, Node], new: dict[str, Node], identity: str) -> dict[str, str]:
        """Return new names with the old ones of items whose other content is mostly the same."""
        gone = [key for key in old if key not in new]
        come = [key for key in new if key not in old]
        if not gone or not come or len(gone) * len(come) > _MOST_COMPARED:
            return {}
        names: dict[str, str] = {}
        for key in come:
            scored = [(self._common(old[name], new[key], identity), name) for name in gone]
            score, name = max(scored, default=(0.0, ""))
            if score >= _MOSTLY:
                names[key] = name
                gone.remove(name)
        return names

    def _common(self, old: Node, new: Node, identity: str) -> float:
        """Return the share of other entries that two items have in common; texts have to be some."""
        first, second = (
            {key: self._shapes.of(node) for key, node in item.entries().items() if key != identity}
            for item in (old, new)
        )
        same = [key for key, shape in first.items() if second.get(key) == shape]
        telling = any(not old.at(key).literal and old.at(key).value for key in same)
        return len(same) / max(len(first), len(second)) if telling else 0.0

    def _rest(
        self, old: list[Node], new: list[Node]
    ) -> tuple[list[tuple[int, Node]], list[tuple[int, Node]]]:
        """Return the items of both lists, with their places, that the other one does not have."""
        first, second = ([self._shapes.of(item) for item in side] for side in (old, new))
        return _only(old, first, second), _only(new, second, first)


def _by_path(tree: Node) -> dict[str, list[Node]]:
    nodes: dict[str, list[Node]] = defaultdict(list)
    for keys, node in tree.repeated:
        nodes[reduce(join_path, keys, "")].append(node)
    return nodes


def _pair_items(
    gone: list[tuple[int, Node]], come: list[tuple[int, Node]]
) -> tuple[list[tuple[Node, int, Node]], list[tuple[int, Node]], list[tuple[int, Node]]]:
    """Pair items that say the same of themselves, versions aside; return what is left on its own."""
    waiting: dict[str, list[tuple[int, Node]]] = defaultdict(list)
    for entry in reversed(gone):
        waiting[_name_of(entry[1])].append(entry)
    pairs, new = [], []
    for index, item in come:
        called = _name_of(item)
        if called and waiting[called]:
            pairs.append((waiting[called].pop()[1], index, item))
        else:
            new.append((index, item))
    old = [entry for entries in waiting.values() for entry in entries]
    return pairs, sorted(old, key=lambda entry: entry[0]), new


def _name_of(item: Node) -> str:
    return next((f"{key} {text}" for key in _IDENTITIES if (text := _text(item, key))), "")


def _text(item: Node, key: str) -> str:
    """Return what an item is called by a key; the version of an action is no name."""
    text = item.at(key).text()
    return text.partition("@")[0] if key == "uses" else text


def _shared_name(old: Node, new: Node) -> str:
    """Return what an item is called in both versions, or an empty string."""
    texts = (text for key in _IDENTITIES if (text := _text(old, key)) and text == _text(new, key))
    return next(filter(_is_label, texts), "")


def _label(item: Node, index: int) -> str:
    """Return what an item is called, else its first short text with its key, else its place."""
    called = next((text for key in _IDENTITIES if (text := _text(item, key))), "")
    if called and _is_label(called):
        return called
    key = ""
    while not isinstance(item.value, str):
        entries = item.entries()
        below = [*entries.values(), *item.items()]
        if not below:
            return str(index)
        key = next(iter(entries), "")
        item = below[0]
    if not _is_label(item.text()):
        return str(index)
    # A number says nothing without its key; words mostly do.
    return f"{key}: {item.text()}" if key and item.literal else item.text()


def _is_label(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_LABEL and "\n" not in text


def _only(items: list[Node], shapes: list[int], others: list[int]) -> list[tuple[int, Node]]:
    left = Counter(others)
    only_items = []
    for index, (item, shape) in enumerate(zip(items, shapes, strict=True)):
        if left[shape] > 0:
            left[shape] -= 1
        else:
            only_items.append((index, item))
    return only_items


def _scalars(path: str, old: list[Node], new: list[Node]) -> Iterator[TreeChange]:
    before, after = ([(item.text(), item.literal) for item in side] for side in (old, new))
    come, gone = Counter(after) - Counter(before), Counter(before) - Counter(after)
    if come.total() == gone.total() == 1:
        (((old_text, _),), ((new_text, _),)) = tuple(gone), tuple(come)
        if _is_step(old_text, new_text):
            at_old = before.index(next(iter(gone)))
            at_new = after.index(next(iter(come)))
            yield TreeChange(f"{path}[]", old[at_old], new[at_new])
            return
    for node, value in zip(new, after, strict=True):
        if come[value] > 0:
            come[value] -= 1
            yield TreeChange(path, None, node, item=True)
    for node, value in zip(old, before, strict=True):
        if gone[value] > 0:
            gone[value] -= 1
            yield TreeChange(path, node, None, item=True)


def _is_step(old: str, new: str) -> bool:
    """Tell whether two items are one name with two versions, as `ubuntu-22.04` and `ubuntu-24.04`."""
    names = _VERSIONED.fullmatch(old), _VERSIONED.fullmatch(new)
    return all(names) and len({name and name["name"].lower() for name in names}) == 1


def _identity(old: Sequence[Node], new: Sequence[Node]) -> str:
    """Return the key whose text tells the objects of both lists apart, or an empty string.

    Of keys that are no usual names, the one counts by which the lists have most items in common.
    """
    usual = next((key for key in _IDENTITIES if _tells_apart(key, old, new)), "")
    if usual or not old or not new:
        return usual
    keys = [
        key
        for key in old[0].entries()
        if _tells_apart(key, old, new) and not any(map(_SPACE.search, (_text(i, key) for i in new)))
    ]
    shared = {key: len({_text(i, key) for i in old} & {_text(i, key) for i in new}) for key in keys}
    best = max(keys, key=lambda key: shared[key], default="")
    return best if best and 2 * shared[best] >= min(len(old), len(new)) else ""


def _tells_apart(key: str, *sides: Sequence[Node]) -> bool:
    """Tell whether every item has a text of its own under a key."""
    for side in sides:
        texts = [_text(item, key) for item in side if not item.at(key).literal]
        if len(texts) != len(side) or not all(texts) or len(set(texts)) != len(texts):
            return False
    return True


def join_path(path: str, key: str) -> str:
    """Return the path of a key below a path; keys that hold a dot are quoted."""
    shown = key if _SIMPLE.fullmatch(key) else f'"{key}"'
    return f"{path}.{shown}" if path else shown
