"""Lock files in one sentence: how many packages moved, came and went."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from diff_insight.facts.data.data_trees import whole_text
from diff_insight.facts.file_view import FileView
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact

#: Characters of a lock file that are searched.
LARGEST = 20_000_000
#: Versions stand behind a slash, and peers behind an underscore, up to format 5 of pnpm.
_PNPM_5 = r"^ {2}'?/((?:@[^/\s']+/)?[^/@\s':]+)/([^_(/\s':]+)[^\n]*:\r?$"
_OLD_PNPM = re.compile(r"^lockfileVersion: '?5", re.MULTILINE)
_MOST_NAMES = 12
_TABLES = r'^\[\[package\]\]\r?\nname = "([^"\n]+)"\r?\nversion = "([^"\n]+)"'
#: Name and version of every package, by the name of the file; few ranges need any of them compiled.
_PACKAGES: Mapping[str, str] = {
    **dict.fromkeys(("poetry.lock", "uv.lock", "pdm.lock", "cargo.lock"), _TABLES),
    **dict.fromkeys(
        ("package-lock.json", "npm-shrinkwrap.json"),
        r'^ +"(?:node_modules/)?([^"\n]+)": \{\r?\n +"version": "([^"\n]+)"',
    ),
    "composer.lock": r'^ +"name": "([^"\n]+)",\r?\n +"version": "([^"\n]+)"',
    "yarn.lock": r'^"?(@?[^@\s"]+)@[^\n]*:\r?\n {2}version:? "?([^"\s]+)',
    "pylock.toml": _TABLES.replace("package", "packages"),
    "bun.lock": r'^ +"[^"\n]+": \["(@?[^@"\n]+)@([^"\n]+)"',
    ".terraform.lock.hcl": r'^provider "(?:registry\.[a-z]+\.[a-z]+/)?([^"\n]+)" \{\r?\n +version += "([^"\n]+)"',
    "package.resolved": r'"(?:identity|package)"\s*:\s*"([^"\n]+)"[^{}]*"state"\s*:\s*\{[^{}]*"version"\s*:\s*"([^"\n]+)"',
    "podfile.lock": r'^ {2}- "?([\w/+.-]+) \(([^)\n]+)\)',
    "pubspec.lock": r'^ {2}(\w+):\r?\n(?: {4}[^\n]*\n)*? {4}version: "([^"\n]+)"',
    "mix.lock": r'^ +"(\w+)": \{:hex, :\w+, "([^"\n]+)"',
    "gradle.lockfile": r"^([\w.-]+:[\w.-]+):([\w.+-]+)=",
    "packages.lock.json": r'^ +"([^"\n]+)": \{\r?\n +"type": "[^"\n]+",(?:\r?\n +"requested": "[^"\n]+",)?\r?\n +"resolved": "([^"\n]+)"',
    "pnpm-lock.yaml": r"^ {2}'?/?(@?[^@\s'(]+)@([^\s'(]+?)'?(?:\([^\n]*)?:\r?$",
    "gemfile.lock": r"^ {4}([\w.-]+) \(([^)\n]+)\)$",
    "go.sum": r"^(\S+) (v[^\s/]+) h1:",
}


def lock_fact(view: FileView) -> Fact | None:
    """Return what happened to the packages of a lock file; None when it cannot be told."""
    pattern = _PACKAGES.get(_lock_name(view.change.path))
    texts = [whole_text(view, side) for side in Side] if pattern and view.hunks else []
    old, new = texts or (None, None)
    is_pnpm = view.change.path.lower().endswith("pnpm-lock.yaml")
    if pattern is None or not old or not new:
        return None
    if max(len(old), len(new)) > LARGEST:
        view.skip("limit")
        return None
    before, after = (
        _packages(_PNPM_5 if is_pnpm and _OLD_PNPM.search(text) else pattern, text)
        for text in (old, new)
    )
    moved = [name for name, versions in after.items() if before.get(name, versions) != versions]
    added = [name for name in after if name not in before]
    removed = [name for name in before if name not in after]
    if not moved and not added and not removed:
        return None
    names = [_version_move(name, before[name], after[name]) for name in moved] + added + removed
    return Fact(
        "lock.moved",
        {
            "moved": len(moved),
            "added": len(added),
            "removed": len(removed),
            "count": len(names),
            "names": {"items": tuple(names[:_MOST_NAMES]), "total": len(names)},
        },
    )


def _version_move(name: str, old: frozenset[str], new: frozenset[str]) -> str:
    """Return a package with what became of its version, where it has one."""
    gone, came = sorted(old - new), sorted(new - old)
    if len(gone) == len(came) == 1 and "/" not in gone[0] + came[0]:
        return f"{name} {gone[0]} → {came[0]}"
    return name


def lock_packages(path: str, text: str) -> dict[str, frozenset[str]]:
    """Return the versions of every package of a lock file; nothing where its format is not known."""
    pattern = _PACKAGES.get(_lock_name(path))
    if pattern is None or len(text) > LARGEST:
        return {}
    is_old = path.lower().endswith("pnpm-lock.yaml") and _OLD_PNPM.search(text) is not None
    return _packages(_PNPM_5 if is_old else pattern, text)


def _lock_name(path: str) -> str:
    """Return the name of a lock file; those of PEP 751 may have a name of their own in it."""
    name = path.rpartition("/")[2].lower()
    return "pylock.toml" if name.startswith("pylock.") and name.endswith(".toml") else name


def _packages(pattern: str, text: str) -> dict[str, frozenset[str]]:
    packages: dict[str, set[str]] = defaultdict(set)
    for name, version in re.findall(pattern, text, re.MULTILINE):
        packages[name].add(version)
    return {name: frozenset(versions) for name, versions in packages.items()}
