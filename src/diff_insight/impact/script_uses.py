"""How JavaScript and TypeScript use a package: imports by its name and entry points, names through its exports."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from diff_insight.facts.code.api.item import Passing
from diff_insight.facts.code.api.script_modules import ScriptModules, ScriptPlace
from diff_insight.facts.code.api.script_project import PackageEntry, package_folder, read_package
from diff_insight.impact.reference import Meant, OutsideName
from diff_insight.impact.script_mentions import ScriptMentions
from diff_insight.model.source_tree import SourceTree
from diff_insight.ports import OwnCode

_DEFAULT = "default"
#: What stands for a whole module, in place of a name of it.
NAMESPACE = "*"


class ScriptUses:
    """Uses of npm packages in JavaScript and TypeScript files; see `LanguageUses`."""

    suffixes = (".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx")
    declares_in = (*suffixes, "package.json", "jsr.json", "deno.json")

    def __init__(self, base: SourceTree, paths: Iterable[str]) -> None:
        self._modules = ScriptModules(base)
        self._entries: dict[str, list[PackageEntry]] = {}
        for folder in dict.fromkeys(package_folder(base, path) for path in paths):
            package = read_package(base, folder) if folder is not None else None
            if package is not None and package.name:
                self._entries[package.name] = list(package.entries)

    def words(self) -> Iterable[str]:
        """Return the names of the packages."""
        return tuple(self._entries)

    def is_own(self, own: OwnCode) -> bool:
        """Tell whether one's own package has the name of one of them."""
        try:
            table = json.loads(own.read("package.json") or "{}")
        except (ValueError, RecursionError):
            return False
        return isinstance(table, dict) and table.get("name") in self._entries

    def references(self, path: str, text: str) -> Iterable[OutsideName]:
        """Return the mentions of names of the packages."""
        return ScriptMentions(frozenset(self._entries)).read(path, text)

    def leads_to(self, reference: OutsideName) -> Iterator[Meant]:
        """Yield what a name leads to, through re-exports and members."""
        source, *names = reference.parts
        for entry in self._entries_of(source):
            yield from self._through(entry, names, reference)

    def _entries_of(self, source: str) -> list[PackageEntry]:
        """Return the entry points that an import names."""
        for package, entries in self._entries.items():
            if source == package or source.startswith(f"{package}/"):
                below = "." + source[len(package) :].removesuffix(".js")
                return [entry for entry in entries if entry.name.removesuffix(".js") == below]
        return []

    def _through(
        self, entry: PackageEntry, names: list[str], reference: OutsideName
    ) -> Iterator[Meant]:
        location: object = ScriptPlace(entry.path)
        for count, name in enumerate(names, 1):
            before, location = location, self._below(location, entry, name)
            seen, whole = count > reference.inferred - 1, count == len(names)
            if seen and isinstance(before, ScriptPlace) and not before.key:
                yield Meant(entry.path, name, whole=whole, certain=entry.certain)
            if not isinstance(location, ScriptPlace):
                return
            if location.key:
                yield from self._declarations(entry, location, whole=whole, is_written=seen)

    def _below(self, location: object, entry: PackageEntry, name: str) -> object:
        """Return what stands under a name of a module or type."""
        if not isinstance(location, ScriptPlace):
            return None
        if not location.key:
            return (
                location if name == NAMESPACE else self._modules.resolve_export(location.path, name)
            )
        member = self._modules.members(location).get(name)
        # `module.exports.name` is a name of the module, and of what it exports.
        return member or self._modules.resolve_export(entry.path, name)

    def _declarations(
        self, entry: PackageEntry, location: ScriptPlace, *, whole: bool, is_written: bool
    ) -> Iterator[Meant]:
        certain = entry.certain and is_written
        if is_written:
            yield Meant(entry.path, location.key, whole=whole, certain=certain)
        for item in self._modules.items(location):
            places = tuple(
                argument.name
                for argument in item.signature or ()
                if argument.passing is Passing.POSITION
            )
            yield Meant(
                item.path, item.key, item.start, places, whole=whole, is_written=is_written,
                certain=certain,
            )  # fmt: skip
