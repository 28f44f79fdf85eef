"""Tells which tags are of one kind and which comes before another: by package, version and candidate."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

#: The version in the name of a tag: numbers with dots, else the first number.
_DOTTED = re.compile(r"(?<![\d.])\d{1,9}(?:\.\d{1,9}){1,5}")
_NUMBER = re.compile(r"\d{1,9}")
#: Characters of a name that are read.
_LONGEST = 200
_PARTS = re.compile(r"\d{1,9}|[A-Za-z]+")
#: How a version goes on that is not the release itself.
_CANDIDATE = re.compile(
    r"[-._]?(?:a|b|c|rc|cr|m|alpha|beta|pre|preview|dev|nightly|canary|next|snapshot|ea|milestone)(?![a-z])",
    re.IGNORECASE,
)
_Kind = tuple[str, bool]
#: Numbers of the version, whether it is the release itself, and its other parts as people count.
_Version = tuple[tuple[int, ...], bool, tuple[tuple[bool, int, str], ...]]


def tags_of_kind(own: Sequence[str], others: Iterable[str]) -> list[str]:
    """Return those of other tags that are of the kind of a commit's own tags.

    Args:
        own: The tags of the commit.
        others: Tags before it, its own perhaps among them.
    """
    kinds = {kind for name in own if (kind := tag_kind(name)) is not None}
    names = {name for name, _ in kinds}
    stable = any(release for _, release in kinds)
    return [
        tag
        for tag in others
        if tag not in own
        and (kind := tag_kind(tag)) is not None
        and kind[0] in names
        and (kind[1] or not stable)
    ]


def tag_kind(tag: str) -> _Kind | None:
    """Return the name of a tag without its version, and whether it is a release; None without one."""
    name = tag[:_LONGEST]
    match = _DOTTED.search(name) or _NUMBER.search(name)
    if match is None:
        return None
    return name[: match.start()], _CANDIDATE.match(name[match.end() :]) is None


def version_before(own: Sequence[str], others: Iterable[str]) -> str | None:
    """Return the tag of the highest version below that of a commit's own tags; None without one.

    Releases on branches of their own are no ancestors of each other, and follow each other all the
    same.

    Args:
        own: The tags of the commit.
        others: Tags of the same kind, wherever they are.
    """
    ends = [version for name in own if (version := _version(name)) is not None]
    below = [
        (version, tag)
        for tag in others
        if (version := _version(tag)) is not None and any(version < end for end in ends)
    ]
    return max(below)[1] if below else None


def _version(tag: str) -> _Version | None:
    """Return what a tag's version counts as; trailing zeros count nothing."""
    name = tag[:_LONGEST]
    match = _DOTTED.search(name) or _NUMBER.search(name)
    if match is None:
        return None
    numbers = [int(part) for part in match[0].split(".")]
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    rest = name[match.end() :]
    parts = tuple(
        (part.isdigit(), int(part) if part.isdigit() else 0, part) for part in _PARTS.findall(rest)
    )
    return tuple(numbers), _CANDIDATE.match(rest) is None, parts
