"""The least versions that all manifests of a folder ask for together, whichever of them says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from posixpath import basename, dirname

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.facts.packages.manifest_lines import is_line_manifest, read_lines
from diff_insight.facts.packages.manifests import (
    Dependency,
    Manifest,
    is_tree_manifest,
    read_manifest,
)
from diff_insight.facts.packages.requirements import is_lower
from diff_insight.facts.trees.read import read_tree
from diff_insight.model.source_tree import SourceTree

#: What a member of a workspace says where the workspace says it for all of them.
INHERITED = "workspace"
_CARGO = "cargo.toml"


class RuntimeRequirement(Struct, frozen=True):
    """One least version, and the manifest that asks for it."""

    path: str
    runtime: Dependency


class FolderRuntimes:
    """The manifests of one version of a project, folder by folder.

    Args:
        files: The version.
    """

    def __init__(self, files: SourceTree) -> None:
        self._files = files
        self._by_folder: dict[str, list[str]] = defaultdict(list)
        for path in files.paths:
            if is_tree_manifest(path) or is_line_manifest(path):
                self._by_folder[dirname(path)].append(path)
        self._read: dict[str, Manifest | None] = {}

    def manifest(self, path: str) -> Manifest | None:
        """Return what a manifest asks for, read once."""
        if path not in self._read:
            text = self._files.text(path)
            self._read[path] = None if text is None else _read(path, text)
        return self._read[path]

    def requirements(self, folder: str) -> Mapping[str, RuntimeRequirement]:
        """Return the strictest version of each runtime that a folder asks for."""
        strictest: dict[str, RuntimeRequirement] = {}
        for path in sorted(self._by_folder.get(folder, ())):
            manifest = self.manifest(path)
            for runtime in manifest.runtimes if manifest is not None else ():
                asked = self._resolve(RuntimeRequirement(path, runtime))
                known = strictest.get(runtime.name)
                if asked is not None and (
                    known is None or is_lower(known.runtime.spec, asked.runtime.spec)
                ):
                    strictest[runtime.name] = asked
        return strictest

    def is_installed(self, folder: str) -> tuple[bool, bool]:
        """Tell whether others may install what a folder holds, and whether its manifests say so."""
        manifests = [self.manifest(path) for path in self._by_folder.get(folder, ())]
        certain = any(manifest is not None and manifest.published for manifest in manifests)
        return certain or any(each is not None and each.likely for each in manifests), certain

    def line(self, asked: RuntimeRequirement) -> str:
        """Return the line that asks for a version."""
        lines = (self._files.text(asked.path) or "").splitlines()
        return lines[asked.runtime.start - 1].strip() if asked.runtime.start <= len(lines) else ""

    def members(self, folder: str) -> list[str]:
        """Return the folders of crates below a workspace."""
        start = f"{folder}/" if folder else ""
        return [
            below for below, paths in self._by_folder.items()
            if below != folder and below.startswith(start)
            and any(basename(path).lower() == _CARGO for path in paths)
        ]  # fmt: skip

    def own(self, folder: str, name: str) -> Dependency | None:
        """Return what the manifests of a folder say of a runtime themselves."""
        for path in sorted(self._by_folder.get(folder, ())):
            manifest = self.manifest(path)
            for runtime in manifest.runtimes if manifest is not None else ():
                if runtime.name == name:
                    return runtime
        return None

    def _resolve(self, asked: RuntimeRequirement) -> RuntimeRequirement | None:
        """Return what a version means that a workspace says for its members."""
        if asked.runtime.spec != INHERITED:
            return asked
        folder = dirname(asked.path)
        while folder:
            folder = dirname(folder)
            above = self.own(folder, asked.runtime.name)
            if above is not None and above.spec != INHERITED:
                return RuntimeRequirement(asked.path, replace(asked.runtime, spec=above.spec))
        return None


def _read(path: str, text: str) -> Manifest | None:
    if is_line_manifest(path):
        return read_lines(path, enumerate(text.splitlines(), 1))
    tree = read_tree(path, text)
    return None if tree is None else read_manifest(path, tree)
