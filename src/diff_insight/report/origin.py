"""Says what people call the sides of a range, how many commits it has, and who wrote them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from diff_insight.model.history import Commit, History
from diff_insight.model.ranges import CommitRange, RangeOrigin, RangeRequest

#: People who are named.
MOST_PEOPLE = 20
LONGEST_NAME = 100


def range_origin(
    request: RangeRequest, commits: CommitRange, history: History, head_time: datetime | None
) -> RangeOrigin:
    """Return what is known of a range beyond its commits."""
    known = [*history.commits, *history.merges]
    return RangeOrigin(
        base_name=_name(request.base, commits.base),
        head_name=_name(request.head, commits.head),
        base_tags=history.base_tags,
        head_tags=history.head_tags,
        commits=len(known) if history.read else None,
        people=_people(history.commits or history.merges),
        head_time=head_time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if head_time else "",
    )


def _name(asked: str | None, commit: str) -> str:
    """Return what a side was asked for by, where that is more than its id."""
    name = (asked or "").encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return "" if name == "HEAD" or commit.startswith(name) else name[:LONGEST_NAME]


def _people(commits: Sequence[Commit]) -> tuple[str, ...]:
    """Return who wrote commits, those with the most first."""
    counts = Counter(" ".join(commit.author.split()) for commit in commits)
    return tuple(name for name, _ in counts.most_common(MOST_PEOPLE + 1) if name)[:MOST_PEOPLE]
