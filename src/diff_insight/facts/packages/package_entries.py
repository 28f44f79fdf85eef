"""What others reach a package of npm by: the paths that it exports and the commands that it installs."""

from __future__ import annotations

from collections.abc import Mapping

from diff_insight.facts.trees.node import Node

#: Term of the catalogs and name.
Entry = tuple[str, str]


#: How code that asks with `require()` or `import` finds what an entry point leads to.
_WAYS = ("require", "import")


def entries_of(package: Node) -> dict[Entry, Node]:
    """Return the entry points and commands of a `package.json`."""
    exports = package.at("exports")
    paths = {name: node for name, node in exports.entries().items() if name.startswith(".")}
    if not paths:
        # Without paths there is the package itself: by conditions, by `main`, or by `index.js`.
        paths = {".": exports if exports.start else package.at("main")}
    if not exports.start:
        paths["./*"] = package.at("name")  # every file can be reached
    found: dict[Entry, Node] = {}
    for name, node in paths.items():
        if name == "./package.json" or (node.literal and node.text() == "null"):
            continue
        found["entry-point", name] = node
        if exports.start:
            found |= {
                ("entry-point", f"{name} ({way})"): node
                for way in _WAYS if way in (answers := _conditions(node)) or (answers and "default" in answers)
            }  # fmt: skip
    found |= _plain_entries(package)
    commands = package.at("bin")
    if commands.text():
        found["command", package.at("name").text().rpartition("/")[2]] = commands
    return found | commands_of(commands)


def _conditions(node: Node) -> set[str]:
    """Return the conditions of an entry point, those within others too."""
    found = set[str]()
    for name, inner in node.entries().items():
        found |= {name} | _conditions(inner)
    return found


def _plain_entries(package: Node) -> dict[Entry, Node]:
    """Return what `main` and `types` lead to, where nothing in `exports` says the same."""
    exports = package.at("exports")
    named = _conditions(exports)
    found: dict[Entry, Node] = {}
    types = package.at("types") if package.at("types").text() else package.at("typings")
    if types.text() or "types" in named:
        found["entry-point", "types"] = types if types.text() else exports
    main = package.at("main")
    if (
        not exports.start
        and main.text()
        and package.at("type").text() != "module"
        and not main.text().endswith(".mjs")
    ):
        found["entry-point", ". (require)"] = main
    if exports.start or any(package.at(key).text() for key in ("main", "module", "browser")):
        found["entry-point", "main"] = main if main.text() else exports
    return found


def commands_of(table: Node) -> dict[Entry, Node]:
    """Return the commands that a table names."""
    return {("command", name): node for name, node in table.entries().items()}


def python_entries(project: Node) -> dict[Entry, Node]:
    """Return the commands and the entry points that a distribution of Python installs."""
    found = commands_of(project.at("scripts")) | commands_of(project.at("gui-scripts"))
    for group, names in project.at("entry-points").entries().items():
        found |= {
            ("entry-point", f"{group}: {name}"): node for name, node in names.entries().items()
        }
    return found


def lost_entries(old: Mapping[Entry, Node], new: Mapping[Entry, Node]) -> dict[Entry, bool]:
    """Return the entries that went, and whether it is certain that somebody reached something by them."""
    patterns = [name for what, name in new if what == "entry-point" and "*" in name]
    lost: dict[Entry, bool] = {}
    for what, name in old:
        bare = name.partition(" (")[0]
        covered = (what, name) in new or any(_covers(pattern, name) for pattern in patterns)
        # Where an entry point is gone, so are the ways to it.
        if not covered and (bare == name or ("entry-point", bare) in new):
            lost[what, name] = "*" not in name and name not in ("types", "main", ". (require)")
    return lost


def _covers(pattern: str, name: str) -> bool:
    start, _, end = pattern.partition("*")
    return name.startswith(start) and name.endswith(end) and len(name) > len(start) + len(end)
