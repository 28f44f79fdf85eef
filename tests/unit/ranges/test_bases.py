"""Bases that no one names: a moment, the tag before, the parent, the branch that all start from."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from diff_insight.errors import EnvironmentFailure, UsageError
from diff_insight.git.command import Git
from diff_insight.git.repository import Repository
from diff_insight.model.ranges import CommitRange, Comparison, RangeRequest
from diff_insight.notices import tell_range
from diff_insight.ranges.resolve import resolve_range
from support.repos import TestRepo

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
DIRECT = Comparison.DIRECT


class History:
    """A repository whose commits have dates: `main` of five days, `side` from its second commit."""

    def __init__(self, path: Path, days: tuple[int, ...] = (17, 18, 19, 20, 21)) -> None:
        self.repo = TestRepo(path)
        self.main: list[str] = []
        for day in days:
            after = self.main[-1] if self.main else ""
            self.main.append(self.add("main", day, after))

    def add(self, branch: str, day: int, *parents: str) -> str:
        """Commit at 10:00 on a day of the month and return the id."""
        moment = int(datetime(2026, 11, day, 10, tzinfo=UTC).timestamp())
        links = [
            f"{'merge' if number else 'from'} {each}" for number, each in enumerate(parents) if each
        ]
        text = (
            f"commit refs/heads/{branch}\ncommitter Ada <ada@example.com> {moment} +0000\n"
            f"data 1\nx\n{''.join(link + chr(10) for link in links)}"
            f"M 644 inline {branch}-{day}.md\ndata 1\ny\n"
        )
        self.repo.git("fast-import", "--quiet", "--force", stdin=text.encode())
        return self.repo.git("rev-parse", f"refs/heads/{branch}").decode().strip()

    def resolve(self, request: RangeRequest) -> CommitRange:
        """Resolve a request here."""
        return resolve_range(request, Repository(Git(self.repo.path, {})), NOW)


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "repo")


@pytest.mark.parametrize(
    ("since", "base"),
    [
        ("24h", 3),
        ("26h", 3),
        ("27h", 2),
        ("3h", 3),
        ("60m", 4),
        ("2026-11-20", 2),
        ("2026-11-20T10:00:00Z", 3),
        ("2026-11-20T09:59:59Z", 2),
        ("2026-11-20T19:00:00+09:00", 3),
    ],
)
def test_a_range_begins_with_the_state_at_a_moment(history: History, since: str, base: int) -> None:
    found = history.resolve(RangeRequest(since=since, head="main"))
    assert found.head == history.main[4]
    assert found.base == history.main[base]
    assert (found.comparison, found.merge_base) == (DIRECT, found.base)


def test_a_history_that_is_younger_is_new_as_a_whole(history: History) -> None:
    assert history.resolve(RangeRequest(since="90d", head="main")).base == EMPTY_TREE
    assert history.resolve(RangeRequest(since="1970-01-02", head="main")).base == EMPTY_TREE


def test_what_a_merge_brings_is_part_of_its_day(history: History) -> None:
    # An old commit of a side branch, merged today: the state of yesterday did not have it.
    side = history.add("side", 18, history.main[0])
    merged = history.add("main", 21, history.main[4], side)
    found = history.resolve(RangeRequest(since="2026-11-20", head=merged))
    assert found.base == history.main[2]


def test_a_wrong_moment_is_refused(history: History) -> None:
    with pytest.raises(UsageError, match="lies in the future"):
        history.resolve(RangeRequest(since="2026-11-22", head="main"))


def test_a_span_needs_the_present_moment(history: History) -> None:
    repository = Repository(Git(history.repo.path, {}))
    with pytest.raises(EnvironmentFailure, match="not told the time"):
        resolve_range(RangeRequest(since="24h"), repository)


def test_a_tag_is_compared_with_the_one_before(history: History) -> None:
    for name, at in (("v1", 0), ("v2", 2), ("also-v2", 2), ("v3", 4), ("v3.0", 4)):
        history.repo.git(
            "tag", *(("-a", "-m", "x") if name == "v2" else ()), name, history.main[at]
        )
    for head in ("refs/tags/v3", history.main[4]):
        found = history.resolve(RangeRequest(previous_tag=True, head=head))
        assert (found.base, found.head) == (history.main[2], history.main[4])
        assert found.comparison is Comparison.MERGE_BASE
    assert (
        history.resolve(RangeRequest(previous_tag=True, head="refs/tags/v2")).base
        == history.main[0]
    )
    with pytest.raises(UsageError, match="no tag before 'refs/tags/v1'"):
        history.resolve(RangeRequest(previous_tag=True, head="refs/tags/v1"))


def test_the_parent_is_named_when_it_is_meant(history: History) -> None:
    found = history.resolve(RangeRequest(parent=True, head=history.main[2]))
    assert (found.base, found.comparison) == (history.main[1], DIRECT)
    first = history.resolve(RangeRequest(parent=True, head=history.main[0]))
    assert (first.base, first.comparison) == (EMPTY_TREE, DIRECT)


def test_the_first_base_that_is_given_counts(history: History) -> None:
    request = RangeRequest(
        base=history.main[0], since="3h", previous_tag=True, parent=True, head=history.main[4]
    )
    assert history.resolve(request).base == history.main[0]


def test_the_default_branch_is_the_one_that_the_event_names(history: History) -> None:
    trunk = history.add("trunk", 18, history.main[1])
    side = history.add("side", 19, trunk)
    # Asked itself, this repository would say main.
    assert history.resolve(RangeRequest(head=side)).merge_base == history.main[1]
    found = history.resolve(RangeRequest(head=side, default_branch="trunk"))
    assert (found.base, found.merge_base) == (trunk, trunk)
    assert found.comparison is Comparison.MERGE_BASE
    on_it = history.resolve(RangeRequest(head=trunk, default_branch="trunk"))
    assert (on_it.base, on_it.comparison) == (history.main[1], DIRECT)
    with pytest.raises(UsageError, match="refs/heads/gone"):
        history.resolve(RangeRequest(head=side, default_branch="gone"))


def test_a_branch_may_be_here_only_as_the_remote_has_it(history: History) -> None:
    side = history.add("side", 19, history.main[1])
    history.repo.git("update-ref", "refs/remotes/origin/trunk", history.main[3])
    named = history.resolve(RangeRequest(base="refs/heads/trunk", head=side))
    assert (named.base, named.merge_base) == (history.main[3], history.main[1])
    default = history.resolve(RangeRequest(head=side, default_branch="trunk"))
    assert default.base == history.main[3]


def test_a_new_branch_that_adds_nothing_is_an_empty_range(history: History) -> None:
    found = history.resolve(RangeRequest(base="refs/heads/main", head=history.main[2]))
    assert found.start == found.head == history.main[2]


def test_a_cut_history_gives_no_wrong_base(history: History, tmp_path: Path) -> None:
    history.repo.git("tag", "v1", history.main[0])
    shallow = tmp_path / "shallow"
    history.repo.git("clone", "-q", "--depth=2", f"file://{history.repo.path}", str(shallow))
    repository = Repository(Git(shallow, {}))
    for request in (
        RangeRequest(since="7d"),
        RangeRequest(previous_tag=True),
        RangeRequest(parent=True, head="HEAD~1"),
    ):
        with pytest.raises(EnvironmentFailure):
            resolve_range(request, repository, NOW)
    assert resolve_range(RangeRequest(since="3h"), repository, NOW).base == history.main[3]


@pytest.mark.parametrize(
    ("request_", "line"),
    [
        (RangeRequest(), "HEAD~1 ({3}) to HEAD ({4}): 1 file changed"),
        (RangeRequest(head="side"), "main ({4}) to side ({side}), from their merge base {1}: 1 file changed"),
        (RangeRequest(head="side", parent=True), "side~1 ({1}) to side ({side}): 1 file changed"),
        (RangeRequest(since="24h"), "24h ago ({3}) to HEAD ({4}): 1 file changed"),
        (RangeRequest(since="2026-11-18"), "2026-11-18 ({0}) to HEAD ({4}): 1 file changed"),
        (RangeRequest(since="2020-01-01"), "nothing (4b825dc) to HEAD ({4}): 1 file changed"),
        (RangeRequest(previous_tag=True), "v1 ({1}) to HEAD ({4}), from their merge base {1}: 1 file changed"),
        (RangeRequest(base="v1", head="main"), "v1 ({1}) to main ({4}), from their merge base {1}: 1 file changed"),
    ],
)  # fmt: skip
def test_each_side_is_told_with_a_name(history: History, request_: RangeRequest, line: str) -> None:
    side = history.add("side", 21, history.main[1])
    history.repo.git("tag", "v1", history.main[1])
    commits = history.resolve(request_)
    expected = line.format(*(commit[:7] for commit in history.main), side=side[:7])
    if commits.merge_base == commits.base:
        expected = expected.replace(f", from their merge base {commits.base[:7]}", "")
    assert tell_range(request_, commits, 1) == expected


def test_a_diff_has_no_commits_to_name() -> None:
    commits = CommitRange(base="", head="", merge_base="", comparison=DIRECT)
    assert tell_range(RangeRequest(), commits, 2) == "a diff without commits: 2 files changed"
