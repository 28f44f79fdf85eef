"""Compares the public APIs of two versions of a few files, as the pipeline does."""

from __future__ import annotations

from collections.abc import Mapping

from diff_insight.analysis.public_api import fact_of
from diff_insight.facts.code.api.item import ApiChange
from diff_insight.facts.code.api.project import Changed, Sides
from diff_insight.facts.code.api.readers import language_of, reader_of
from diff_insight.model.facts import Fact
from diff_insight.model.source_tree import SourceTree

#: Manifests that say that a package is published.
PYPROJECT = {
    "pyproject.toml": '[build-system]\nrequires = []\n\n[project]\nname = "lib"\nversion = "1"\n'
}
PACKAGE = {"package.json": '{"name": "lib", "version": "1.0.0", "main": "src/index.ts"}'}


def tree_of(files: Mapping[str, str]) -> SourceTree:
    """Return a tree that holds these files."""
    return SourceTree(
        paths=frozenset(files),
        content=lambda path: files[path].encode() if path in files else None,
    )


def api_changes(
    old: Mapping[str, str], new: Mapping[str, str], *, whole: bool = True
) -> list[ApiChange]:
    """Return what differs between two versions of a project."""
    differing = [path for path in sorted({*old, *new}) if old.get(path) != new.get(path)]
    found: list[ApiChange] = []
    for language in sorted({language_of(path) for path in differing} - {""}):
        changed = [
            Changed(path if path in old else "", path if path in new else "")
            for path in differing if language_of(path) == language
        ]  # fmt: skip
        found += reader_of(language)(Sides(tree_of(old), tree_of(new), changed, whole))
    return found


def api_facts(old: Mapping[str, str], new: Mapping[str, str]) -> list[Fact]:
    """Return the facts that tell what differs."""
    return [fact_of(change) for change in api_changes(old, new)]


def python_changes(old: str, new: str) -> list[ApiChange]:
    """Compare two versions of the module that a package is."""
    return api_changes(*({**PYPROJECT, "lib/__init__.py": text} for text in (old, new)))


def script_changes(old: str, new: str) -> list[ApiChange]:
    """Compare two versions of the entry of a package."""
    return api_changes(*({**PACKAGE, "src/index.ts": text} for text in (old, new)))


def breaking(changes: list[ApiChange]) -> list[tuple[str, str]]:
    """Return kind and name of what breaks."""
    return [(change.kind, str(change.params["name"])) for change in changes if change.breaking]
