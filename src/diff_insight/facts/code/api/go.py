"""Go: compares the packages that a range touches."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from diff_insight.facts.code.api.go_package import GoPackage
from diff_insight.facts.code.api.go_program import GoPrograms
from diff_insight.facts.code.api.go_reader import GoFile, read_go
from diff_insight.facts.code.api.go_rules import Packages, changes_of
from diff_insight.facts.code.api.item import ApiChange
from diff_insight.facts.code.api.project import (
    Changed,
    Files,
    Sides,
    files_in,
    folder_of,
    folders_above,
)

#: Files of a package that are read; one with more is taken as it changed.
MOST_FILES = 400
_MODULE = re.compile(r"(?m)^module[ \t]++\"?+([^\s\"]++)")
_PRIVATE = re.compile(r"(?:^|/)(?:internal|vendor|testdata|tests?|_[^/]*|\.[^/]*)(?:/|$)")


def go_changes(sides: Sides) -> Iterator[ApiChange]:
    """Yield what breaks callers of the packages whose files changed."""
    folders: dict[str, list[Changed]] = defaultdict(list)
    for changed in sides.changed:
        for path in {changed.base, changed.head} - {""}:
            if _is_source(path):
                folders[folder_of(path)].append(changed)
    programs = GoPrograms(sides.base)
    for folder, files in sorted(folders.items()):
        if not _PRIVATE.search(folder) and not (sides.whole and programs.keep(folder)):
            yield from _compare_package(folder, files, sides)


def _is_source(path: str) -> bool:
    """Tell whether a file is compiled into a package; a rename can make it one, or none."""
    ignored = path.rpartition("/")[2].startswith(("_", "."))
    return path.endswith(".go") and not path.endswith("_test.go") and not ignored


def _compare_package(folder: str, changed: Sequence[Changed], sides: Sides) -> Iterator[ApiChange]:
    olds = [
        changed_file.base
        for changed_file in changed
        if _is_source(changed_file.base) and folder_of(changed_file.base) == folder
    ]
    news = [
        changed_file.head
        for changed_file in changed
        if _is_source(changed_file.head) and folder_of(changed_file.head) == folder
    ]
    names = (_module(sides.base, folder), _module(sides.head, folder))
    base = _package(sides.base, olds)
    head = _importable(_package(sides.head, news, names))
    if base is None or head is None or "main" in base.names:
        return
    if not any(change.breaking for change in changes_of(Packages(base, head))):
        return
    # What is missing may stand in a file that did not change.
    if sides.whole:
        base = _package(sides.base, _all_of(sides.base, folder))
        head = _importable(_package(sides.head, _all_of(sides.head, folder), names))
    if base is None or head is None:
        return
    if not head.files and not sides.whole:
        return
    for change in changes_of(Packages(base, head)):
        if change.head is None and any(file.damaged for file in head.files):
            continue
        yield change


def _importable(package: GoPackage | None) -> GoPackage | None:
    """Return a package as others can use it: nobody imports what became a program."""
    return GoPackage([]) if package is not None and package.names == {"main"} else package


def _all_of(files: Files, folder: str) -> list[str]:
    return files_in(files, folder, ".go")[:MOST_FILES]


def _module(files: Files, folder: str) -> str:
    """Return the path of the module that a folder belongs to; empty where none is known."""
    for above in folders_above(f"{folder}/x" if folder else "x"):
        text = files.text(f"{above}/go.mod" if above else "go.mod")
        if text is not None:
            named = _MODULE.search(text)
            return named[1] if named is not None else ""
    return ""


def _package(
    files: Files, paths: Sequence[str], names: tuple[str, str] = ("", "")
) -> GoPackage | None:
    """Return the package of some files; None when one cannot be read.

    Args:
        files: All files of the side.
        paths: Those of the package.
        names: What the module was called, and what it is called here: its own types stay what they were.
    """
    was, now = names
    go_files: list[GoFile] = []
    for path in dict.fromkeys(paths):
        text = files.text(path) if _is_source(path) else None
        if text is None or re.search(r"^//go:build ignore\b", text, re.MULTILINE):
            continue
        if was and now and was != now:
            text = re.sub(rf'"{re.escape(now)}(?=["/])', lambda _: f'"{was}', text)
        file = read_go(text, path)
        if file is None:
            return None
        go_files.append(file)
    return GoPackage(go_files)
