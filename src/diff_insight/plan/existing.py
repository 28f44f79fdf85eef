"""Which ranges have a report already, as the insight documents below a folder tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from msgspec import Struct

from diff_insight.plan.planned_range import PlannedRange
from diff_insight.runtime.inside import open_inside

#: Documents that are looked at.
MOST_DOCUMENTS = 200_000
#: Bytes at the beginning of a document, in which its range stands.
_BEGINNING = 65_536
_RANGE = re.compile(
    rb'"repository":\s*"([^"\\]{0,200})".{0,200}?"base":\s*"([0-9a-f]{40,64})",\s*"head":\s*"([0-9a-f]{40,64})"',
    re.DOTALL,
)


class KnownRange(Struct, frozen=True):
    """The range of a report that is there."""

    repository: str
    base: str
    head: str


def ranges_with_reports(folder: Path) -> Iterator[KnownRange]:
    """Yield the ranges of the insight documents below a folder; other files are passed over."""
    for path in islice(sorted(folder.rglob("*.json")), MOST_DOCUMENTS):
        try:
            with open_inside(folder, path.relative_to(folder)) as file:
                match = _RANGE.search(file.read(_BEGINNING))
        except OSError:  # a link or a folder: no report of ours
            continue
        if match is not None:
            repository, base, head = (part.decode("utf-8", "replace") for part in match.groups())
            yield KnownRange(repository, base, head)


def without_reports(
    planned: Iterable[PlannedRange], known: Iterable[KnownRange]
) -> list[PlannedRange]:
    """Return the ranges that no report is about yet."""
    named, unnamed = set(), set()
    for each in known:
        named.add((each.repository.lower(), each.base, each.head))
        unnamed.add((each.base, each.head))
    return [
        each
        for each in planned
        if (
            (each.repository.lower(), each.base, each.head) not in named
            if each.repository
            else (each.base, each.head) not in unnamed
        )
    ]
