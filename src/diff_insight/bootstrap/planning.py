"""Makes plans: opens the history of each repository, cuts it, counts, and shares out the work."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.errors import EnvironmentFailure, UsageError
from diff_insight.git.command import Git
from diff_insight.git.history_clone import fetch_history, fetch_trees
from diff_insight.git.network import Network
from diff_insight.git.objects import EMPTY_TREES
from diff_insight.git.repository import Repository
from diff_insight.git.timeline import all_tags, first_parents, range_sizes
from diff_insight.model.ranges import SHORT, Comparison, is_full_id
from diff_insight.plan.periods import RELEASE, WHOLE, DayWindow, ranges_by_period
from diff_insight.plan.planned_range import DatedCommit, PlannedRange
from diff_insight.plan.releases import ReleaseTag, ranges_by_release

#: Commits of a history on a server whose folders are fetched to count files.
_MOST_TREES = 2000


class HistoryPlace(Struct, frozen=True, kw_only=True):
    """Where a history is read.

    Attributes:
        name: `OWNER/NAME` in the plan; empty when only one repository is planned.
        path: A checkout or bare repository; None for one on a server.
        network: The repository on a server; None for one here.
        head: Revision that is planned up to; empty for the default branch, in a checkout HEAD.
        after: Revision that a report has reached already; empty to begin with the window.
    """

    name: str = ""
    path: Path | None = None
    network: Network | None = None
    head: str = ""
    after: str = ""


class PlanWish(Struct, frozen=True, kw_only=True):
    """How histories are cut.

    Attributes:
        by: `day`, `week`, `month` or `release`.
        window: Which part of them.
        comparison: How the two ends of a history are compared that is one range.
        tags: Glob patterns of the tags that count as releases; empty for the usual ones.
    """

    by: str
    window: DayWindow
    comparison: Comparison = Comparison.DIRECT
    tags: tuple[str, ...] = ()

    @property
    def matches(self) -> Callable[[str], bool] | None:
        """What tells the tags that count; None for the usual ones."""
        if not self.tags:
            return None
        return lambda name: any(fnmatchcase(name, pattern) for pattern in self.tags)


def plan_ranges(
    history: HistoryPlace, wish: PlanWish, environ: Mapping[str, str]
) -> list[PlannedRange]:
    """Return the ranges of one repository with their sizes, the oldest first.

    Raises:
        EnvironmentFailure: The history cannot be read, or is cut off.
        UsageError: A revision is not known.
    """
    with _open_history(history, environ) as (git, head):
        if wish.by == RELEASE:
            tags = [ReleaseTag(*each) for each in all_tags(git)]
            ranges = ranges_by_release(tags, wish.window, wish.matches)
            if history.after:
                ranges = _later(git, ranges, history.after)
        elif wish.by == WHOLE:
            ranges = _as_one(git, head, history, wish)
        else:
            ranges = _by_period(git, head, history.after, wish)
        ranges = _with_sizes(git, ranges, history.network, environ)
    return [replace(each, repository=history.name) for each in ranges]


def _by_period(git: Git, head: str, after: str, wish: PlanWish) -> list[PlannedRange]:
    line = [DatedCommit(*pair) for pair in first_parents(git, head)]
    start = EMPTY_TREES["sha256" if len(head) == 64 else "sha1"]
    if after:
        after = after if is_full_id(after) else Repository(git).commit(after)
        ids = [commit.id for commit in line]
        if after not in ids:
            raise UsageError(
                f"commit {after} is not in the first-parent history of {head}",
                cause="the branch was rewritten, or the report followed another one",
                cure="name the first day to report on",
            )
        at = ids.index(after)
        line, start = line[at + 1 :], after
    return ranges_by_period(line, start, wish.by, wish.window)


def _as_one(git: Git, head: str, history: HistoryPlace, wish: PlanWish) -> list[PlannedRange]:
    """Return the one range from where a report has got to, or from the beginning."""
    base = EMPTY_TREES["sha256" if len(head) == 64 else "sha1"]
    comparison = Comparison.DIRECT
    if history.after:
        base, comparison = Repository(git).commit(history.after), wish.comparison
    if base == head:
        return []
    seconds = int(git.text("log", "-1", "--no-show-signature", "--format=%ct", head) or 0)
    day = datetime.fromtimestamp(seconds, wish.window.zone).date()
    names = (history.after, history.head or head)
    label = "..".join(name[:SHORT] if is_full_id(name) else name for name in names)
    return [
        PlannedRange(base=base, head=head, date=day.isoformat(), label=label, comparison=comparison)
    ]


def _later(git: Git, ranges: Sequence[PlannedRange], after: str) -> list[PlannedRange]:
    """Return the ranges whose head the report has not reached yet."""
    reached = set((git.text("rev-list", after) or "").splitlines())
    return [each for each in ranges if each.head not in reached]


def _with_sizes(
    git: Git,
    ranges: Sequence[PlannedRange],
    network: Network | None,
    environ: Mapping[str, str],
) -> list[PlannedRange]:
    """Return the ranges with their sizes; of one on a server only the files are counted."""
    pairs = [(each.base, each.head) for each in ranges]
    if network is not None:
        ends = dict.fromkeys(end for pair in pairs for end in pair)
        commits = [end for end in ends if end not in EMPTY_TREES.values()]
        if not 0 < len(commits) <= _MOST_TREES:
            return list(ranges)
        try:
            fetch_trees(git.directory, environ, network, commits)
        except EnvironmentFailure:  # then nobody knows how large they are
            return list(ranges)
    sizes = range_sizes(git, pairs, with_lines=network is None)
    counted = []
    for each in ranges:
        files, lines = sizes.get((each.base, each.head), (0, 0))
        counted.append(replace(each, files=files, lines=lines))
    return counted


@contextmanager
def _open_history(history: HistoryPlace, environ: Mapping[str, str]) -> Iterator[tuple[Git, str]]:
    """Give git in a repository that holds the history, and the newest commit of it."""
    if history.path is not None:
        git = Git(history.path, environ)
        yield git, Repository(git).commit(history.head or "HEAD")
        return
    if history.network is None:
        raise UsageError("no repository is named", cure="name one with --repo")
    if history.head and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._/-]*", history.head):
        raise UsageError(
            f"head: {history.head!r} is no branch, tag or commit", cure="write the name of one"
        )
    with tempfile.TemporaryDirectory(prefix="diff-insight-") as folder:
        yield fetch_history(Path(folder), environ, history.network, history.head)
