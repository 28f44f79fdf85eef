"""The two sides of a range as a page names them, and the people between them."""

from __future__ import annotations

import re

from babel.lists import format_list
from msgspec import Struct

from diff_insight.localization.speaker import Speaker
from diff_insight.markup.escape import visible
from diff_insight.model.insight import Insight
from diff_insight.model.ranges import SHORT

#: People who are named; the others are counted.
MOST_PEOPLE = 5
#: A name that is counted from elsewhere, or is where somebody stood: tomorrow it is another commit.
_COUNTED = re.compile(r"[~^]|@\{|\A(?:HEAD|@)\Z")


class RangeSide(Struct, frozen=True):
    """One side: its names, its commit in short, and the page of that commit."""

    name: str
    commit: str
    url: str


def range_sides(insight: Insight) -> list[RangeSide]:
    """Return both sides; none where nothing is known of them."""
    origin, commits = insight.origin, insight.range
    pairs = (
        (origin.base_name, origin.base_tags, commits.start or commits.base),
        (origin.head_name, origin.head_tags, commits.head),
    )
    if not any(commit for _, _, commit in pairs):
        return []
    sides = []
    for name, tags, commit in pairs:
        lasting = "" if commit and _COUNTED.search(name) else name
        names = list(dict.fromkeys(filter(None, (lasting, *tags))))
        url = commits.web.commit(commit) if commit else ""
        sides.append(RangeSide(", ".join(names), commit[:SHORT], url))
    return sides


def commit_count(insight: Insight, speaker: Speaker) -> str:
    """Return how many commits a range has in words; empty when none is known."""
    count = insight.origin.commits
    return speaker.forms.counted_noun("commits", count) if count else ""


def shown_people(insight: Insight, speaker: Speaker) -> str:
    """Return the people of a range as a list in plain text; empty when none is known."""
    people = insight.origin.people
    if not people:
        return ""
    names = [visible(name) for name in people[:MOST_PEOPLE]]
    listed = format_list(names, locale=speaker.catalog.locale)
    more = len(people) - len(names)
    return f"{listed} +{speaker.forms.number(more)}" if more else listed
