"""What others reach a package of npm by: the paths that it exports and the commands that it installs."""

from __future__ import annotations

from collections.abc import Mapping

from diff_insight.facts.trees.node import Node

#: Term of the catalogs and name.
Entry = tuple[str, str]


def entries_of(package: Node) -> dict[Entry, Node]:
    """Return the entry points and commands of a `package.json`."""
    exports = package.at("exports")
    paths = {name: node for name, node in exports.entries().items() if name.startswith(".")}
    if not paths:
        # Without paths there is the package itself: by conditions, by `main`, or by `index.js`.
        paths = {".": exports if exports.start else package.at("main")}
    entries: dict[Entry, Node] = {
        ("entry-point", name): node
        for name, node in paths.items()
        if name != "./package.json" and not (node.literal and node.text() == "null")
    }
    commands = package.at("bin")
    if commands.text():
        entries["command", package.at("name").text().rpartition("/")[2]] = commands
    return entries | {("command", name): node for name, node in commands.entries().items()}


def lost_entries(old: Mapping[Entry, Node], new: Mapping[Entry, Node]) -> dict[Entry, bool]:
    """Return the entries that went, and whether it is certain that nothing stands for them."""
    patterns = [name for what, name in new if what == "entry-point" and "*" in name]
    return {
        (what, name): not ("*" in name or any(_covers(pattern, name) for pattern in patterns))
        for what, name in old
        if (what, name) not in new
    }


def _covers(pattern: str, name: str) -> bool:
    start, _, end = pattern.partition("*")
    return name.startswith(start) and name.endswith(end) and len(name) > len(start) + len(end)
