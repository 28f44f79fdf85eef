"""Lock files in one sentence: how many packages moved, came and went."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import PurePosixPath

from diff_insight.facts.structured import whole_text
from diff_insight.facts.versions import FileView
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact

#: Characters of a lock file that are searched.
LARGEST = 20_000_000
_MOST_NAMES = 12
_TABLES = re.compile(
    r'^\[\[package\]\]\r?\nname = "([^"\n]+)"\r?\nversion = "([^"\n]+)"', re.MULTILINE
)
#: Name and version of every package, by the name of the file.
_PACKAGES: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(("poetry.lock", "uv.lock", "pdm.lock", "cargo.lock"), _TABLES),
    **dict.fromkeys(
        ("package-lock.json", "npm-shrinkwrap.json"),
        re.compile(
            r'^ +"(?:node_modules/)?([^"\n]+)": \{\r?\n +"version": "([^"\n]+)"', re.MULTILINE
        ),
    ),
    "composer.lock": re.compile(
        r'^ +"name": "([^"\n]+)",\r?\n +"version": "([^"\n]+)"', re.MULTILINE
    ),
    "yarn.lock": re.compile(r'^"?(@?[^@\s"]+)@[^\n]*:\r?\n {2}version:? "?([^"\s]+)', re.MULTILINE),
    "pnpm-lock.yaml": re.compile(
        r"^ {2}'?/?(@?[^@\s'(]+)@([^\s'(]+?)'?(?:\([^\n]*)?:\r?$", re.MULTILINE
    ),
    "gemfile.lock": re.compile(r"^ {4}([\w.-]+) \(([^)\n]+)\)$", re.MULTILINE),
    "go.sum": re.compile(r"^(\S+) (v[^\s/]+) h1:", re.MULTILINE),
}


def lock_fact(view: FileView) -> Fact | None:
    """Return what happened to the packages of a lock file; None when it cannot be told."""
    pattern = _PACKAGES.get(PurePosixPath(view.change.path).name.lower())
    texts = [whole_text(view, side) for side in Side] if pattern and view.hunks else []
    old, new = texts or (None, None)
    if pattern is None or not old or not new or max(len(old), len(new)) > LARGEST:
        return None
    before, after = _packages(pattern, old), _packages(pattern, new)
    moved = [name for name, versions in after.items() if before.get(name, versions) != versions]
    added = [name for name in after if name not in before]
    removed = [name for name in before if name not in after]
    if not moved and not added and not removed:
        return None
    names = [*moved, *added, *removed]
    return Fact(
        "lock.moved",
        {
            "moved": len(moved),
            "added": len(added),
            "removed": len(removed),
            "names": {"items": tuple(names[:_MOST_NAMES]), "total": len(names)},
        },
    )


def _packages(pattern: re.Pattern[str], text: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, version in pattern.findall(text):
        found[name].add(version)
    return {name: frozenset(versions) for name, versions in found.items()}
