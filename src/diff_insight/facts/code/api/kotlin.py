"""Kotlin: the list of a library's public API that its build checks and the project commits (`*.api`)."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.facts.code.api.item import ApiChange, Item
from diff_insight.facts.code.api.project import Files, Sides
from diff_insight.model.messages import Value

_HEAD = re.compile(
    r"^public\s+(?P<words>(?:(?:abstract|final|synthetic|static|annotation)\s+)*)(?P<sort>interface\s+class|class|interface)\s+"
    r"(?P<name>\S++)(?:\s*+:\s*+(?P<bases>[^{]*+))?\s*+\{$"
)
_MEMBER = re.compile(
    r"^\s+(?P<access>public|protected)\s+(?P<words>(?:(?:abstract|final|synthetic|static|bridge)\s+)*)"
    r"(?P<sort>fun|field)\s+(?P<name>\S+)\s+(?P<type>\S+)$"
)
_LONGEST_LINE = 4000
#: What the compiler makes: nobody writes a dollar in a name.
_OWN = re.compile(r"\$|^(?:write|read)Replace$")
#: Ends the class that the compiler makes of a file's functions; which file they stand in no caller of Kotlin names.
_FACADE = "Kt"
_FACADES = "/*Kt"
_MOST_LISTS = 200
_PRIMITIVE = {"V": "", "Z": "boolean", "B": "byte", "S": "short", "I": "int", "J": "long", "C": "char",
              "F": "float", "D": "double"}  # fmt: skip
_DESCRIPTOR = re.compile(r"(\[*+)(?:([VZBSIJCFD])|L([^;]++);)")


class _KotlinType(Struct, frozen=True):
    item: Item
    members: dict[tuple[str, str], Item]


class _KotlinLists:
    """The lists of one side; those that did not change are read when a base leads to them."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._lists: dict[str, Mapping[str, _KotlinType]] = {}
        self._rest: dict[str, _KotlinType] | None = None

    def of(self, path: str) -> Mapping[str, _KotlinType]:
        """Return the types of one list by their names."""
        if path not in self._lists:
            types = list(_read(self._files.text(path) or "", path))  # whole, before they are joined
            self._lists[path] = _with_facades(types)
        return self._lists[path]

    def find(self, name: str) -> _KotlinType | None:
        """Return a type from whatever list holds it."""
        for types in self._lists.values():
            if name in types:
                return types[name]
        if self._rest is None:
            paths = [path for path in sorted(self._files.paths) if _is_list(path)][:_MOST_LISTS]
            self._rest = {
                key: type_ for path in paths if path not in self._lists
                for key, type_ in _read(self._files.text(path) or "", path)
            }  # fmt: skip
        return self._rest.get(name)

    def with_inherited(self, type_: _KotlinType) -> tuple[_KotlinType, bool]:
        """Return a type with the members of its bases, and whether all of them are known."""
        members = dict(type_.members)
        whole = True
        for _, above in self.bases(type_.item):
            whole = whole and above is not None
            for key, item in (above.members if above else {}).items():
                nearer = members.get(key)
                concrete = nearer is not None and _only_asked(nearer) and not _only_asked(item)
                if nearer is None or (concrete and key not in type_.members):
                    members[key] = item
        return _KotlinType(type_.item, members), whole

    def bases(self, item: Item) -> Iterator[tuple[str, _KotlinType | None]]:
        """Yield the bases of a type and theirs, nearest first, with what is known of each."""
        waiting, seen = deque(item.bases), {""}
        while waiting:
            base = waiting.popleft()
            if base not in seen:
                seen.add(base)
                above = self.find(base)
                yield base, above
                waiting.extend(above.item.bases if above else ())


def kotlin_changes(sides: Sides) -> Iterator[ApiChange]:
    """Yield what the lists of a public API no longer hold, or hold otherwise."""
    before, after = _KotlinLists(sides.base), _KotlinLists(sides.head)
    changed = [each for each in sides.changed if _is_list(each.base or each.head)]
    for each in changed:
        if each.head:
            after.of(each.head)
    for each in changed:
        old = before.of(each.base) if each.base else {}
        new = after.of(each.head) if each.head else {}
        for name, type_ in old.items():
            now = new.get(name) or after.find(name)
            if now is None and name.endswith(_FACADES):
                now = _KotlinType(type_.item, {})
            owner = name.rpartition("$")[0]
            if now is not None:
                yield from _type_changes(type_, now, before, after)
            elif not (owner in old and owner not in new and after.find(owner) is None):
                yield _removal(type_.item)


def _only_asked(member: Item) -> bool:
    return "abstract" in member.modifiers


def _is_list(path: str) -> bool:
    return path.endswith(".api") and not path.endswith(".klib.api")


def _with_facades(types: Iterable[tuple[str, _KotlinType]]) -> dict[str, _KotlinType]:
    """Return types by their names, with the functions of all files of a package in one."""
    joined: dict[str, _KotlinType] = {}
    for name, type_ in types:
        if name.endswith(_FACADE) and not type_.item.bases and "final" in type_.item.modifiers:
            key = name.rpartition("/")[0] + _FACADES
            first = joined.setdefault(key, _KotlinType(type_.item, {}))
            first.members.update(type_.members)
        else:
            joined[name] = type_
    return joined


def _read(text: str, path: str) -> Iterator[tuple[str, _KotlinType]]:
    """Yield the types of a list by their names."""
    current: _KotlinType | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > _LONGEST_LINE:
            continue
        head, member = _HEAD.match(line), _MEMBER.match(line)
        if head is not None:
            words = frozenset(head["words"].split())
            sort = "annotation" if "annotation" in words else head["sort"].split()[0]
            bases = {
                base.strip(): _simple_name(base)
                for base in (head["bases"] or "").split(",")
                if base.strip()
            }
            item = Item(key=_simple_name(head["name"]), sort=sort, path=path, start=number, end=number,
                        modifiers=words, bases=bases, shown=sort)  # fmt: skip
            current = _KotlinType(item, {})
            if "synthetic" not in words:  # what the compiler made nobody names
                yield head["name"], current
        elif member is not None and current is not None and not _OWN.search(member["name"]):
            name = member["name"].replace("<init>", current.item.key.rpartition(".")[2])
            taken, result = _types(member["type"])
            called = member["sort"] == "fun"
            current.members[name, member["type"]] = Item(
                key=name if current.item.key.endswith("Kt") else f"{current.item.key}.{name}", sort=member["sort"], path=path, start=number, end=number,
                heirs=member["access"] == "protected", modifiers=frozenset(member["words"].split()),
                parameters=taken if called else None, type=result,
                shown=f"({', '.join(taken)}) {result}".strip() if called else result,
            )  # fmt: skip


def _type_changes(
    old: _KotlinType, now: _KotlinType, lists: _KotlinLists, later: _KotlinLists
) -> Iterator[ApiChange]:
    (had, whole), (new, _) = lists.with_inherited(old), later.with_inherited(now)
    before, after = old.item, new.item
    if before.sort != after.sort:
        yield _make_change("symbol.changed-kind", before, after, old=before.sort, new=after.sort)
        return
    yield from _words(before, after, ("final", "abstract", "static"))
    kept = {base for base, _ in later.bases(after)}
    lost = tuple(shown for base, shown in before.bases.items() if base not in kept)
    if lost:
        yield _make_change("symbol.changed-bases", before, after, bases=lost)
    for key, member in old.members.items():
        if key in new.members:
            yield from _words(member, new.members[key], ("final", "abstract", "static"))
            yield from _hiding(member, new.members[key], new)
        elif "synthetic" not in member.modifiers:
            yield from _member_loss(member, old, new)
    if after.sort == "interface" or "abstract" in after.modifiers:
        known = {name for name, _ in had.members}
        come = tuple(
            item.label.rpartition(".")[2] for (name, _), item in new.members.items()
            if "abstract" in item.modifiers and name not in known
        )  # fmt: skip
        if come and "annotation" not in after.modifiers:
            change = _make_change("symbol.added-required", before, after, members=come)
            yield change if whole else replace(change, certain=False)


def _hiding(old: Item, now: Item, type_: _KotlinType) -> Iterator[ApiChange]:
    """A member that only compiled code still calls, and no other of its name is called in its place."""
    if "synthetic" not in now.modifiers - old.modifiers:
        return
    if not any(
        item.key == now.key and "synthetic" not in item.modifiers for item in type_.members.values()
    ):
        # It may be hidden from Java alone.
        change = _make_change("symbol.changed-now", old, now, word="synthetic")
        yield replace(change, certain=False)


def _member_loss(member: Item, old: _KotlinType, new: _KotlinType) -> Iterator[ApiChange]:
    others = [item for (name, type_), item in new.members.items()
              if item.key == member.key and (name, type_) not in old.members and item.sort == member.sort]  # fmt: skip
    if len(others) == 1 and member.parameters is not None:
        yield _make_change(
            "symbol.signature", member, others[0], old=member.shown, new=others[0].shown
        )
    elif len(others) == 1:
        yield _make_change(
            "symbol.value-type", member, others[0], old=member.type, new=others[0].type
        )
    elif member.parameters is not None and any(
        item.key == member.key for item in new.members.values()
    ):
        yield _make_change("symbol.removed-overload", member, None, old=member.shown)
    else:
        yield _removal(member)


def _words(old: Item, new: Item, words: tuple[str, ...]) -> Iterator[ApiChange]:
    for word in words:
        if word in new.modifiers - old.modifiers and not (
            word == "final" and "static" in new.modifiers
        ):
            yield _make_change("symbol.changed-now", old, new, word=word)
        elif word == "static" and word in old.modifiers - new.modifiers:
            yield _make_change("symbol.changed-no-longer", old, new, word=word)


def _removal(item: Item) -> ApiChange:
    return ApiChange(
        kind="symbol.removed",
        key=item.key,
        params={"name": item.label},
        base=item,
        surface="committed",
    )


def _make_change(kind: str, base: Item, head: Item | None, /, **params: Value) -> ApiChange:
    return ApiChange(
        kind=kind,
        key=base.key,
        params={"name": base.label, **params},
        base=base,
        head=head,
        surface="committed",
    )


def _simple_name(name: str) -> str:
    return name.strip().rpartition("/")[2].replace("$", ".")


def _types(descriptor: str) -> tuple[tuple[str, ...], str]:
    """Return what a descriptor of the virtual machine takes and gives, as people write it."""
    taken, _, result = descriptor.removeprefix("(").partition(")")
    if not descriptor.startswith("("):
        taken, result = "", descriptor
    return tuple(_types_in_row(taken)), next(_types_in_row(result), "")


def _types_in_row(descriptors: str) -> Iterator[str]:
    """Yield what each of some descriptors in a row stands for, up to what is none."""
    position = 0
    while match := _DESCRIPTOR.match(descriptors, position):
        yield _source_type(match)
        position = match.end()


def _source_type(match: re.Match[str]) -> str:
    name = _PRIMITIVE[match[2]] if match[2] else _simple_name(match[3])
    return name + "[]" * len(match[1])
