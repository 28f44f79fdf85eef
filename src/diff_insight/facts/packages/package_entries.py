"""What others reach a package of npm by: the paths that it exports and the commands that it installs."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from diff_insight.facts.trees.node import Node

#: Term of the catalogs and name.
Entry = tuple[str, str]


#: How code that asks with `require()` or `import` finds what an entry point leads to.
_WAYS = ("require", "import")


#: Entries that say the same as others in another way, and are told only where they go.
_IMPLIED = ("main", "types", "./**")


def is_implied(name: str) -> bool:
    """Tell whether an entry is told only where it goes: a way to another one, or what nobody wrote down."""
    return name in _IMPLIED or " (" in name


def entries_of(package: Node) -> dict[Entry, Node]:
    """Return the entry points and commands of a `package.json`."""
    exports = package.at("exports")
    paths = {name: node for name, node in exports.entries().items() if name.startswith(".")}
    if not paths:
        # Without paths there is the package itself: by conditions, by `main`, or by `index.js`.
        paths = {".": exports if exports.start else package.at("main")}
    if not exports.start:
        paths["./**"] = package.at("name")  # every file can be reached
    modern = package.at("type").text() == "module"
    entries: dict[Entry, Node] = {}
    for name, node in paths.items():
        if name == "./package.json" or (node.literal and node.text() == "null"):
            continue
        entries["entry-point", name] = node
        if name != "./**":
            entries |= {
                ("entry-point", f"{name} ({way})"): node for way in _ways(node, modern=modern)
            }
    entries |= _plain_entries(package)
    commands = package.at("bin")
    if commands.text():
        entries["command", package.at("name").text().rpartition("/")[2]] = commands
    return entries | commands_of(commands)


def _ways(node: Node, *, modern: bool) -> set[str]:
    """Return how code can ask for an entry point: with `require()`, with `import`, or with both."""
    if node.items():
        return set[str]().union(*(_ways(inner, modern=modern) for inner in node.items()))
    if node.entries():
        ways = set[str]()
        for name, inner in node.entries().items():
            if name in _WAYS:
                ways.add(name)
            elif name != "types":
                ways |= _ways(inner, modern=modern)
        return ways
    target = node.text()
    module = target.endswith(".mjs") or (modern and not target.endswith((".cjs", ".json")))
    return {"import"} if module else set(_WAYS)


def _conditions(node: Node) -> set[str]:
    """Return the conditions of an entry point, those within others too."""
    conditions = set[str]()
    for name, inner in node.entries().items():
        conditions |= {name} | _conditions(inner)
    for inner in node.items():
        conditions |= _conditions(inner) if inner.entries() else {"default"}
    return conditions


def _plain_entries(package: Node) -> dict[Entry, Node]:
    """Return what `main` and `types` lead to, where nothing in `exports` says the same."""
    exports = package.at("exports")
    entries: dict[Entry, Node] = {}
    types = package.at("types") if package.at("types").text() else package.at("typings")
    if types.text() or "types" in _conditions(exports):
        entries["entry-point", "types"] = types if types.text() else exports
    main = package.at("main")
    if exports.start or any(package.at(key).text() for key in ("main", "module", "browser")):
        entries["entry-point", "main"] = main if main.text() else exports
    return entries


def closed_entries(package: Node) -> dict[str, Node]:
    """Return the paths that a `package.json` says nobody reaches: `"./internal/*": null`."""
    return {
        name: node for name, node in package.at("exports").entries().items()
        if node.literal and node.text() == "null"
    }  # fmt: skip


def newly_closed(
    before: Mapping[Entry, Node], old: Mapping[str, Node], new: Mapping[str, Node]
) -> dict[str, Node]:
    """Return the paths that nobody reaches any more and that a pattern let in before.

    Args:
        before: The entries before.
        old: The closed paths before.
        new: The closed paths now.
    """
    patterns = [name for what, name in before if what == "entry-point" and "*" in name]
    return {
        name: node for name, node in new.items()
        if name not in old and ("entry-point", name) not in before
        and any(_covers(pattern, name.replace("*", "x")) for pattern in patterns)
    }  # fmt: skip


def commands_of(table: Node) -> dict[Entry, Node]:
    """Return the commands that a table names."""
    return {("command", name): node for name, node in table.entries().items()}


def python_entries(project: Node) -> dict[Entry, Node]:
    """Return the commands and the entry points that a distribution of Python installs."""
    entries = commands_of(project.at("scripts")) | commands_of(project.at("gui-scripts"))
    for group, names in project.at("entry-points").entries().items():
        entries |= {
            ("entry-point", f"{group}: {name}"): node for name, node in names.entries().items()
        }
    return entries


class EntryLoss(StrEnum):
    """What is known of an entry that is gone."""

    CERTAIN = "certain"
    #: Somebody may have used it, though nobody wrote it down.
    LIKELY = "likely"
    #: A pattern may stand for it.
    COVERED = "covered"


def lost_entries(old: Mapping[Entry, Node], new: Mapping[Entry, Node]) -> dict[Entry, EntryLoss]:
    """Return the entries that went; where an entry point is gone, so are the ways to it."""
    patterns = [name for what, name in new if what == "entry-point" and "*" in name]
    lost: dict[Entry, EntryLoss] = {}
    for what, name in old:
        bare = name.partition(" (")[0]
        if (what, name) in new or (bare != name and ("entry-point", bare) not in new):
            continue
        if any(_covers(pattern, name) for pattern in patterns):
            lost[what, name] = EntryLoss.COVERED
        else:
            open_ended = "*" in name or is_implied(name)
            lost[what, name] = EntryLoss.LIKELY if open_ended else EntryLoss.CERTAIN
    return lost


def _covers(pattern: str, name: str) -> bool:
    start, _, end = pattern.partition("*")
    return name.startswith(start) and name.endswith(end) and len(name) > len(start) + len(end)
