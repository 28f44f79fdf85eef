"""How the names of JavaScript modules lead to each other: imports, re-exports, base classes."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, join, normpath

from msgspec import Struct

from diff_insight.facts.code.api.item import Item
from diff_insight.facts.code.api.project import Files
from diff_insight.facts.code.api.script_declarations import JOINED
from diff_insight.facts.code.api.script_reader import Passed, ScriptFile, read_script

_DEEPEST = 24
_ENDS = (".ts", ".tsx", ".mts", ".cts", ".d.ts", ".d.mts", ".js", ".jsx", ".mjs", ".cjs")
_BUILT = {
    ".js": (".ts", ".tsx", ".d.ts"),
    ".mjs": (".mts", ".d.mts"),
    ".cjs": (".cts",),
    ".jsx": (".tsx",),
}


class ScriptPlace(Struct, frozen=True):
    """Where a name leads: the key of a declaration in a file, or a module where the key is empty."""

    path: str
    key: str = ""


EXTERNAL, UNKNOWN = "external", "unknown"
Target = ScriptPlace | str | None


class ScriptModules:
    """One version of the modules of a repository."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._read: dict[str, ScriptFile | None] = {}

    def file(self, path: str) -> ScriptFile | None:
        """Return a module; None when it is not there or cannot be read."""
        if path not in self._read:
            text = self._files.text(path)
            self._read[path] = None if text is None else read_script(text, path)
        return self._read[path]

    def target(self, path: str, source: str) -> str | None:
        """Return the file that an import names; None where it is another package's."""
        if not source.startswith("."):
            return None
        stem = normpath(join(dirname(path), source))
        if stem in self._files.paths and stem.endswith(_ENDS):
            return stem
        for end, sources in _BUILT.items():
            if stem.endswith(end):
                for end_of_source in sources:
                    if (
                        path_of_source := stem.removesuffix(end) + end_of_source
                    ) in self._files.paths:
                        return path_of_source
        return next(
            (path_of_source for end in (*_ENDS, *(f"/index{end}" for end in _ENDS))
             if (path_of_source := stem + end) in self._files.paths), None,
        )  # fmt: skip

    def resolve_export(self, path: str, name: str, depth: int = 0) -> Target:
        """Return where a name that a module exports leads."""
        file = self.file(path)
        if file is None or depth > _DEEPEST:
            return UNKNOWN
        if name in file.exports:
            target = file.exports[name]
            if isinstance(target, str):
                return self.local(path, target, depth + 1)
            return self._resolve_reexport(path, target, depth)
        unsure: Target = UNKNOWN if file.open_exports else None
        for star in file.stars if name != "default" else ():
            inner = self.target(path, star.source)
            if inner is None:
                unsure = UNKNOWN
                continue
            answer = self.resolve_export(inner, name, depth + 1)
            if answer is not None and answer != UNKNOWN:
                return answer
            unsure = unsure or answer
        return unsure

    def local(self, path: str, name: str, depth: int = 0) -> Target:
        """Return where a name within a module leads."""
        file = self.file(path)
        if file is None or depth > _DEEPEST:
            return UNKNOWN
        if name in file.items:
            first = file.items[name][0]
            if len(file.items[name]) == 1 and "alias" in first.modifiers and first.shown != name:
                target = self.local(path, first.shown, depth + 1)
                if isinstance(target, ScriptPlace):
                    return target
            return ScriptPlace(path, name)
        imported = file.imports.get(name)
        return self._resolve_reexport(path, imported, depth) if imported is not None else None

    def names(self, path: str, depth: int = 0) -> Iterator[str]:
        """Yield the names that a module exports."""
        file = self.file(path)
        if file is None or depth > _DEEPEST:
            return
        yield from file.exports
        for star in file.stars:
            inner = self.target(path, star.source)
            if inner is not None and inner != path:
                yield from (name for name in self.names(inner, depth + 1) if name != "default")

    def items(self, location: ScriptPlace) -> list[Item]:
        """Return the declarations at a place."""
        file = self.file(location.path)
        return file.items.get(location.key, []) if file is not None else []

    def order(self, location: ScriptPlace, depth: int = 0) -> tuple[list[ScriptPlace], bool]:
        """Return a type with those it extends, and whether one of these is not known."""
        locations, outside = [location], False
        for item in self.items(location) if depth < _DEEPEST else ():
            for base in item.bases:
                target = self.local(location.path, base) if "." not in base else UNKNOWN
                if isinstance(target, ScriptPlace) and target.key and target != location:
                    more, unknown = self.order(target, depth + 1)
                    locations += [ancestor for ancestor in more if ancestor not in locations]
                    outside = outside or unknown
                else:
                    outside = True
            if (
                item.sort == "type"
                and item.type
                and JOINED not in item.modifiers
                and (not item.type.startswith("{") or "} &" in item.type)
            ):
                outside = True
        return locations, outside

    def members(self, location: ScriptPlace) -> dict[str, ScriptPlace]:
        """Return the members of a type by name, own ones and those of what it extends."""
        members: dict[str, ScriptPlace] = {}
        for base in self.order(location)[0]:
            file = self.file(base.path)
            start = f"{base.key}."
            deep = any(item.sort == "namespace" for item in self.items(base))
            for key in file.items if file is not None else ():
                name = key[len(start) :]
                if key.startswith(start) and ("." not in name or deep):
                    members.setdefault(name, ScriptPlace(base.path, key))
        return members

    def _resolve_reexport(self, path: str, passed: Passed, depth: int) -> Target:
        inner = self.target(path, passed.source)
        if inner is None:
            return UNKNOWN if passed.source.startswith(".") else EXTERNAL
        return (
            self.resolve_export(inner, passed.name, depth + 1)
            if passed.name
            else ScriptPlace(inner)
        )
