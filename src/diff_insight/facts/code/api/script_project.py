"""Which modules of a JavaScript repository others can import: by the manifests of its packages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from posixpath import join, normpath
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.facts.code.api.project import Files, folders_above

MANIFESTS = ("package.json", "jsr.json", "deno.json")
_ENDS = (".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx", ".d.ts", ".d.mts", ".d.cts")
_ENDING = re.compile(r"(?:\.d)?\.[cm]?[jt]sx?$")
#: Folders that a build makes, and those that it is made from.
_BUILT_FOLDER = re.compile(
    r"^(?:dist|lib|build|out|output|es|esm|cjs|umd|types|typings|module|commonjs|bundle|node|browser|"
    r"dist-[\w-]+|esnext|\.nuxt|\.tsup|npm|target|es5|es2015|release|packages)/"
)
_SOURCES = ("src", "source", "lib", "", "src/lib", "packages", "app", "code")
_FALLBACK = (
    "src/index",
    "index",
    "src/main",
    "source/index",
    "lib/index",
    "src/public-api",
    "mod",
    "src/mod",
)
_FLAVOUR = re.compile(
    r"[.-](?:esm|cjs|umd|min|prod|dev|production|development|modern|legacy|bundle|node|browser|module|common|es|mjs|global|runtime)$"
)
_MOST_ENTRIES = 400


class PackageEntry(Struct, frozen=True):
    """A module that others import: its file and the name below the package, `.` for itself."""

    path: str
    name: str
    certain: bool = True


class ScriptPackage(Struct, frozen=True):
    """One package: its folder and how it is reached; None of published says that nothing tells."""

    folder: str
    name: str
    entries: tuple[PackageEntry, ...]


def package_folder(files: Files, path: str) -> str | None:
    """Return the folder of the manifest that a file belongs to; None when there is none."""
    return next(
        (folder for folder in folders_above(path)
         if any(join(folder, name) in files.paths for name in MANIFESTS)), None,
    )  # fmt: skip


def read_package(
    files: Files, folder: str | None, near: Sequence[str] = ()
) -> ScriptPackage | None:
    """Return what a package offers; None where it is not published.

    Args:
        files: One side of the range.
        folder: The folder of its manifest; None for files that have none.
        near: Files that belong to it.
    """
    if folder is None:
        above = dict.fromkeys(parent for path in near for parent in folders_above(path))
        entries = dict.fromkeys(path for parent in above if (path := _guess(files, parent)))
        return ScriptPackage(
            "", "", tuple(PackageEntry(path, ".", certain=False) for path in entries)
        )
    table = _manifest(files, folder)
    if table is None or table.get("private") is True:
        return None
    package_entries = dict.fromkeys(_entries(files, folder, table))
    if not package_entries:
        guess = _guess(files, folder)
        package_entries = dict.fromkeys([PackageEntry(guess, ".", certain=False)] if guess else [])
    return ScriptPackage(
        folder, str(table.get("name") or ""), tuple(package_entries)[:_MOST_ENTRIES]
    )


def entries_still_there(package: ScriptPackage, files: Files) -> ScriptPackage | None:
    """Return a package without the modules that went; None where all of them did.

    Who depends on a package goes by the manifest that was published. One that cannot be read any more,
    that is gone or that calls itself private does not say that the modules are nobody's.
    """
    left = tuple(entry for entry in package.entries if entry.path in files.paths)
    return replace(package, entries=left) if left else None


def _guess(files: Files, folder: str) -> str:
    """Return the module that people make the entry of a package, or nothing."""
    stems = (join(folder, stem) + end for stem in _FALLBACK for end in _ENDS)
    return next((path for path in stems if path in files.paths), "")


def _manifest(files: Files, folder: str) -> Mapping[str, Any] | None:
    for name in MANIFESTS:
        text = files.text(join(folder, name))
        if text is None:
            continue
        try:
            table = json.loads(text)
        except (ValueError, RecursionError):
            return None
        if isinstance(table, dict):
            return table
    return None


def _entries(files: Files, folder: str, table: Mapping[str, Any]) -> Iterator[PackageEntry]:
    exports = table.get("exports")
    named = list(_exports(exports)) if exports is not None else []
    for name, target in named:
        yield from _sources_of(files, folder, name, target)
    if exports is None or not any(name == "." for name, _ in named):
        for key in ("types", "typings", "module", "main", "browser", "source"):
            named_file = table.get(key)
            if isinstance(named_file, str):
                yield from _sources_of(files, folder, ".", named_file)
        if (
            "main" not in table
            and exports is None
            and "types" not in table
            and "module" not in table
        ):
            yield from _sources_of(files, folder, ".", "index.js")


def _exports(value: Any, name: str = ".", depth: int = 0) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Yield (name below the package, target) of the field `exports`."""
    if depth > 8:
        return
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, list):
        for condition in value:
            yield from _exports(condition, name, depth + 1)
    elif isinstance(value, dict):
        for key, condition in value.items():
            below = str(key) if str(key).startswith(".") else name
            if below != "./package.json":
                yield from _exports(condition, below, depth + 1)


def _sources_of(files: Files, folder: str, name: str, target: str) -> Iterator[PackageEntry]:
    """Yield the source of a target, which may be a file that a build makes."""
    if "*" in target:
        yield from _pattern(files, folder, name, target)
        return
    for path in _source(files, folder, target)[:1]:
        yield PackageEntry(path, name)


def _pattern(files: Files, folder: str, name: str, target: str) -> Iterator[PackageEntry]:
    """Yield every file that a target with `*` stands for."""
    before, _, after = target.removeprefix("./").partition("*")
    if after and not _ENDING.search(after) and after != "/index.js":
        return
    exact = join(folder, before)
    built = _without_built(before)[-1]
    there = any(path.startswith(exact) for path in files.paths) or built == before
    prefixes = [exact] if there else [join(folder, top, built) for top in ("src", "source")]
    for prefix in prefixes:
        for path in sorted(files.paths):
            if path.startswith(prefix) and path.endswith(_ENDS):
                middle = _ENDING.sub("", path[len(prefix) :])
                if re.search(r"(?i)(^|/)(__|tests?/|internal|_)|\.(test|spec|stories)$", middle):
                    continue
                yield PackageEntry(path, name.replace("*", middle), certain=False)


def _without_built(path: str) -> list[str]:
    """Return a path, and it without one after another of the folders that a build makes."""
    candidates = [path]
    while (match := _BUILT_FOLDER.match(candidates[-1])) is not None:
        candidates.append(candidates[-1][match.end() :])
    return candidates


def _source(files: Files, folder: str, target: str) -> list[str]:
    """Return the files that a target names or is made from, the nearest first."""
    exact = normpath(join(folder, target))
    candidates = [exact] if exact in files.paths and exact.endswith(_ENDS) else []
    if candidates and not _BUILT_FOLDER.match(target.removeprefix("./")):
        return candidates
    stem = _ENDING.sub("", target.removeprefix("./"))
    bares = _without_built(stem)
    names = [name for bare in bares[1:] or bares for name in (bare, _FLAVOUR.sub("", bare))]
    stems = [stem, *(join(top, name) for name in dict.fromkeys(names) for top in _SOURCES)]
    for candidate_stem in dict.fromkeys(stems):
        for end in (*_ENDS, *(f"/index{end}" for end in _ENDS[:6])):
            path = normpath(join(folder, candidate_stem + end))
            if path in files.paths and path not in candidates:
                candidates.append(path)
    # What people write comes before what is made of it.
    return sorted(candidates, key=lambda path: path.endswith((".d.ts", ".d.mts", ".d.cts")))
