"""A crate that nobody can depend on any more: its package or its library is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from posixpath import basename, dirname

from diff_insight.facts.code.api.item import ApiChange, Item
from diff_insight.facts.code.api.project import Changed, Files, Sides
from diff_insight.facts.code.api.rust_manifest import CargoManifest, read_manifest

#: Manifests of the head that are searched for the same package.
_MOST_MANIFESTS = 300


def lost_package(
    sides: Sides, old: CargoManifest, new: CargoManifest | None, changes: Sequence[Changed]
) -> Iterator[ApiChange]:
    """Yield that a crate is gone, unless another folder has it now.

    Args:
        sides: Both versions of the project.
        old: The manifest before, of a package with a library.
        new: The manifest after; None where it speaks of no package.
        changes: The changed files of the crate.
    """
    if not sides.whole or not old.name or _is_elsewhere(sides.head, old.name):
        return
    path = next((each.base for each in changes if each.base in (old.path, old.root)), "")
    if path:
        line = _line_of(old) if path == old.path else 1
        params = {
            "what": "package" if new is None else "entry-point",
            "name": old.name,
            "within": "",
        }
        yield ApiChange(
            kind="member.removed", key=old.name, params=params, certain=old.path in sides.head.paths,
            base=Item(key=old.name, sort="crate", path=path, start=line, end=line),
        )  # fmt: skip


def _is_elsewhere(files: Files, name: str) -> bool:
    paths = sorted(path for path in files.paths if basename(path) == "Cargo.toml")
    for path in paths[:_MOST_MANIFESTS]:
        manifest = read_manifest(files, dirname(path)) if name in (files.text(path) or "") else None
        if manifest is not None and manifest.name == name and manifest.root:
            return True
    return False


def _line_of(manifest: CargoManifest) -> int:
    match = re.search(r"^[^\S\n]*+name[^\S\n]*+=", manifest.text, re.MULTILINE)
    return manifest.text[: match.start()].count("\n") + 1 if match else 1
