"""Orders the tags of a repository into releases, each with the release that it follows."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from diff_insight.git.tag_kinds import tag_kind
from diff_insight.model.ranges import Comparison
from diff_insight.plan.periods import DayWindow
from diff_insight.plan.planned_range import PlannedRange

_NUMBERS = re.compile(r"\d{1,18}(?:\.\d{1,18}){0,5}")
#: What stands before the version of a repository with one package.
_PLAIN = re.compile(r"(?:v|(?:version|release)[-_/]?v?)?", re.IGNORECASE)
#: Characters of a version, and numbers behind it, that are compared.
_LONGEST, _MOST_NUMBERS = 60, 6


class ReleaseTag(Struct, frozen=True):
    """A tag with the commit behind it and when that was made, in seconds since 1970."""

    name: str
    commit: str
    seconds: int


#: The numbers of a version, whether it is the release itself, and the numbers behind them.
_Version = tuple[tuple[int, ...], bool, tuple[int, ...]]


class _Release(Struct, frozen=True):
    version: _Version
    tag: ReleaseTag


def ranges_by_release(
    tags: Iterable[ReleaseTag], window: DayWindow, matches: Callable[[str], bool] | None = None
) -> list[PlannedRange]:
    """Return a range for each release that has one before it, in the order in which they were made.

    A release follows the highest lower version that existed when it was made. So one of an older
    line follows the last of that line, wherever the main line has got to. The first release of all
    has nothing to be compared with, and gets no range.

    Args:
        tags: All tags of the repository.
        window: Which releases are meant, by the days of their commits.
        matches: Tells which tags count. Without it: releases (no candidates, betas, nightlies) of
            the package that has most of them.
    """
    versions: list[tuple[_Version, str]] = []
    planned = []
    for release in _releases(tags, matches):
        at = bisect_left(versions, (release.version, ""))
        day = datetime.fromtimestamp(release.tag.seconds, window.zone).date()
        if at and window.holds(day):
            planned.append(
                PlannedRange(
                    base=versions[at - 1][1],
                    head=release.tag.commit,
                    comparison=Comparison.MERGE_BASE,
                    date=day.isoformat(),
                    label=release.tag.name,
                )
            )
        insort(versions, (release.version, release.tag.commit))
    return planned


def _releases(tags: Iterable[ReleaseTag], matches: Callable[[str], bool] | None) -> list[_Release]:
    """Return the tags that count, by time and version, one for each commit."""
    kinds = [(tag, kind) for tag in tags if (kind := tag_kind(tag.name)) is not None]
    if matches is not None:
        kinds = [(tag, kind) for tag, kind in kinds if matches(tag.name)]
    else:
        kinds = _main_package([(tag, kind) for tag, kind in kinds if kind[1]])
    releases = [_Release(_version(tag.name, *kind), tag) for tag, kind in kinds]
    releases.sort(key=lambda release: (release.tag.seconds, release.version, release.tag.name))
    # A moving tag such as v4 stands on the commit of v4.2.1; the longer name says more.
    best: dict[str, _Release] = {}
    for release in releases:
        other = best.get(release.tag.commit)
        if other is None or len(release.version[0]) > len(other.version[0]):
            best[release.tag.commit] = release
    return [release for release in releases if best[release.tag.commit] is release]


def _main_package(
    kinds: Sequence[tuple[ReleaseTag, tuple[str, bool]]],
) -> list[tuple[ReleaseTag, tuple[str, bool]]]:
    """Return the tags of the package with most of them; a plain version comes before a name."""
    counts = Counter(name for _, (name, _) in kinds)
    if not counts:
        return []
    plain = [name for name in counts if _PLAIN.fullmatch(name)]
    names = set(plain) or {max(counts, key=lambda name: (counts[name], name))}
    return [(tag, kind) for tag, kind in kinds if kind[0] in names]


def _version(name: str, prefix: str, is_release: bool) -> _Version:  # noqa: FBT001 - a tag's kind
    rest = name[len(prefix) :][:_LONGEST]
    numbers = _NUMBERS.match(rest)
    own = numbers[0] if numbers else ""
    later = re.findall(r"\d+", rest[len(own) :])[:_MOST_NUMBERS]
    return tuple(map(int, own.split("."))) if own else (), is_release, tuple(map(int, later))
