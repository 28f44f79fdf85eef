"""Which dependencies a range moves: by its manifests, and by its locks, which know the exact versions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath

from diff_insight.facts.packages.lock_files import lock_packages
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.model.changes import Side
from diff_insight.model.dependency_steps import DependencyMove
from diff_insight.model.facts import FileAnalysis

#: Gives one version of a file as text; empty where there is none.
ReadText = Callable[[FileAnalysis, Side], str]
_ECOSYSTEMS = (
    ("python", re.compile(r"(?i)^(requirements.*\.(txt|in)|pyproject\.toml|setup\.(cfg|py)|pipfile(\.lock)?|poetry\.lock|"
                          r"uv\.lock|pdm\.lock|pylock.*\.toml|constraints.*\.txt)$")),
    ("npm", re.compile(r"(?i)^(package(-lock)?\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock)$")),
    ("go", re.compile(r"^go\.(mod|sum)$")),
    ("cargo", re.compile(r"(?i)^cargo\.(toml|lock)$")),
    ("maven", re.compile(r"(?i)^(pom\.xml|.*\.gradle(\.kts)?|gradle\.lockfile|libs\.versions\.toml)$")),
    ("ruby", re.compile(r"(?i)^(gemfile(\.lock)?|.*\.gemspec)$")),
    ("php", re.compile(r"(?i)^composer\.(json|lock)$")),
)  # fmt: skip
_VERSION = re.compile(r"v?\d+(?:\.[0-9]+)*(?:[-+.]?[A-Za-z][\w.+-]*)?")
#: An address of a repository, as locks write it near the name of a package.
_ADDRESS = re.compile(
    r"(?:git\+)?(?:https?|ssh)://(?:[^@/\s\"']+@)?([\w.-]+(?::\d+)?/[\w.-]+/[\w.-]+?)(?:\.git)?(?=[#?\"'\s),]|$)"
)
#: Characters behind a name in a lock in which its address stands.
_ENTRY = 600


def dependency_moves(files: Sequence[FileAnalysis], read: ReadText) -> list[DependencyMove]:
    """Return each dependency that manifests move, else those of locks, which give the exact versions.

    Args:
        files: The files of a range.
        read: Gives their versions.
    """
    locked = {(move.ecosystem, move.name): move for file in files for move in _of_lock(file, read)}
    asked: dict[tuple[str, str], DependencyMove] = {}
    for file in files:
        for move in _of_manifest(file):
            asked.setdefault((move.ecosystem, move.name), move)
    # What moves along with what a manifest asks for is that package's own affair.
    return [locked.get(key, move) for key, move in asked.items()] or list(locked.values())


def ecosystem_of(path: str) -> str:
    """Return whose packages a manifest or lock names; empty for another file."""
    name = PurePosixPath(path).name
    return next((each for each, pattern in _ECOSYSTEMS if pattern.match(name)), "")


def _of_manifest(file: FileAnalysis) -> Iterator[DependencyMove]:
    ecosystem = ecosystem_of(file.change.path)
    for fact in file.facts if ecosystem else ():
        if not (kind_of(fact.kind).has(Trait.DEPENDENCY) and kind_of(fact.kind).has(Trait.STEP)):
            continue
        old, new = (_VERSION.search(str(fact.params.get(side, ""))) for side in ("old", "new"))
        if old and new and old[0] != new[0]:
            name = str(fact.params["name"])
            yield DependencyMove(name=name, old=old[0], new=new[0], ecosystem=ecosystem)


def _of_lock(file: FileAnalysis, read: ReadText) -> Iterator[DependencyMove]:
    path = file.change.path
    ecosystem = ecosystem_of(path)
    if file.change.generated != "lock" or not ecosystem:
        return
    text = read(file, Side.HEAD)
    before, after = lock_packages(path, read(file, Side.BASE)), lock_packages(path, text)
    for name, versions in after.items():
        old, new = sorted(before.get(name, ())), sorted(versions)
        if len(old) == len(new) == 1 and old != new:
            yield DependencyMove(
                name=name, old=old[0], new=new[0], ecosystem=ecosystem, address=_address(name, text)
            )


def _address(name: str, text: str) -> str:
    """Return the repository that a lock names for a package, without what leads to it."""
    for match in re.finditer(rf"(?<![\w.@/-]){re.escape(name)}(?![\w.-])", text):
        entry = text[match.end() : match.end() + _ENTRY].partition("\n\n")[0]
        matches = _ADDRESS.search(entry)
        if matches is not None:
            return matches[1]
    return ""
