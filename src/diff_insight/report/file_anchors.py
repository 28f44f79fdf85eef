"""Names and anchors of a report's files: short, and distinct within the report."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence

from diff_insight.file_types import is_markdown, is_page, is_sample

_SHORTEST = 6
#: Files that a project has at its top, and its parts and examples have again.
_OF_PROJECTS = frozenset(
    "package.json Cargo.toml go.mod pyproject.toml setup.py setup.cfg requirements.txt pom.xml build.gradle build.gradle.kts "
    "composer.json Gemfile tsconfig.json Makefile Dockerfile action.yml action.yaml versions.tf main.tf variables.tf outputs.tf "
    "docker-compose.yml compose.yaml Chart.yaml values.yaml".split()
)


def anchors(paths: Sequence[bytes]) -> list[str]:
    """Return `item-` and the first six hex digits of each path's MD5, more where they collide.

    MD5 is what the format has used from its beginning; it names, it protects nothing.
    """
    digests = [hashlib.md5(path, usedforsecurity=False).hexdigest() for path in paths]
    lengths = [_SHORTEST] * len(digests)
    while True:
        same: dict[str, list[int]] = defaultdict(list)
        for index, digest in enumerate(digests):
            same[digest[: lengths[index]]].append(index)
        colliding = [index for group in same.values() if len(group) > 1 for index in group]
        growable = [index for index in colliding if lengths[index] < len(digests[index])]
        if not growable:
            return [
                f"item-{digest[:length]}" for digest, length in zip(digests, lengths, strict=True)
            ]
        for index in growable:
            lengths[index] += 1


def short_names(paths: Sequence[str]) -> list[str]:
    """Return base names, with as many folders in front as tell equal ones apart.

    What would be taken for a file of the project itself, such as the manifest of an example, has its
    whole path.
    """
    parts = [path.split("/") for path in paths]
    names = [part[-1] for part in parts]
    # Names of different depths differ, so each group of equal names grows by itself.
    growing = [(1, list(range(len(paths))))]
    while growing:
        depth, indexes = growing.pop()
        same: dict[str, list[int]] = defaultdict(list)
        for index in indexes:
            names[index] = "/".join(parts[index][-depth:])
            same[names[index]].append(index)
        for group in same.values():
            longer = [index for index in group if depth < len(parts[index])]
            if len(group) > 1 and longer:
                growing.append((depth + 1, longer))
    return [
        path if not name or _looks_like_the_projects(path) else name
        for name, path in zip(names, paths, strict=True)
    ]


def _looks_like_the_projects(path: str) -> bool:
    """Tell whether the base name alone would be read as a file of the project itself."""
    folders, _, name = path.rpartition("/")
    if not folders or is_page(path) or is_markdown(path):
        return False
    return name in _OF_PROJECTS or is_sample(path)
