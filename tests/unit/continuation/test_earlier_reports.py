"""Earlier documents on a branch: the newest, bounded, and nothing of them believed unchecked."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from diff_insight.continuation.earlier_reports import (
    LARGEST,
    MOST_READ,
    MOST_REPORTS,
    BranchReports,
    read_report,
)
from diff_insight.errors import EnvironmentFailure
from diff_insight.model.branches import BranchState
from diff_insight.model.earlier import EarlierThread
from diff_insight.model.messages import Notice
from diff_insight.model.threads import ThreadKind

HEAD = "ab" * 20


def document(day: str = "2026-11-24", **more: object) -> dict[str, object]:
    return {
        "date": day,
        "category": "all",
        "range": {"repository": "other/docs", "head": HEAD},
        "threads": [
            {"title": "Add `x`", "kind": "feature", "said_by": "changelog", "number": "7", "commits": [HEAD]}
        ],
        "files": [
            {"path": "docs/en/a.md", "facts": [{"kind": "deadline.moved", "params": {"subject": "`m`", "new": "2027-01-01"}}]}
        ],
        **more,
    }  # fmt: skip


class Branch:
    """A branch held in memory that counts what is asked of it."""

    name = "reports"

    def __init__(self, files: Mapping[str, bytes], *, broken: bool = False) -> None:
        self.stored = files
        self.broken = broken
        self.reads = 0

    def read(self) -> BranchState:
        if self.broken:
            raise EnvironmentFailure("no answer", cause="x", cure="y")
        return BranchState(head=HEAD, files={path: path for path in self.stored})

    def content(self, state: BranchState, path: str) -> bytes | None:
        self.reads += 1
        return self.stored[state.files[path]]

    def commit(self, state: BranchState, files: Mapping[str, bytes], message: str) -> str:
        raise NotImplementedError


def reports(files: Mapping[str, bytes]) -> tuple[BranchReports, Branch, list[Notice]]:
    branch, notices = Branch(files), list[Notice]()
    return BranchReports(branch, notices.append), branch, notices


def stored(*days: str, **more: object) -> dict[str, bytes]:
    return {
        f"reports/all/report-{day.replace('-', '')}-all.json": json.dumps(document(day, **more)).encode()
        for day in days
    }  # fmt: skip


def test_what_a_document_says() -> None:
    earlier, _, notices = reports(stored("2026-11-24"))
    (report,) = earlier.read("Other/Docs", "all")
    assert report.date == "2026-11-24"
    assert report.threads == (
        EarlierThread(title="Add `x`", kind=ThreadKind.FEATURE, number="7", commits=(HEAD,), by_changelog=True),
    )  # fmt: skip
    assert report.pages == {"docs/en/a.md"}
    assert report.deadlines == {("`m`", "2027-01-01")}
    assert (earlier.read("other/else", "all"), earlier.read("other/docs", "b")) == ([], [])
    assert notices == []


def test_few_documents_are_read_and_each_once() -> None:
    days = [f"2026-10-{day:02}" for day in range(1, 31)]
    earlier, branch, _ = reports(
        {**stored(*days), ".diff-insight/state.json": b"{}", "a/index.json": b"[]"}
    )
    first = earlier.read("other/docs", "all")
    assert [report.date for report in first] == days[::-1][:MOST_REPORTS]
    assert earlier.read("other/docs", "all") == first
    assert branch.reads == MOST_READ


@pytest.mark.parametrize(
    "content",
    [b"", b"[1]", b"\xff\xfe", b"[" * 100_000, b"null", b" " * (LARGEST + 1), b'{"category": "all"}'],
    ids=range(7),
)  # fmt: skip
def test_what_is_no_document_says_nothing(content: bytes) -> None:
    earlier, _, notices = reports({"reports/report-20261124-all.json": content})
    assert (earlier.read("other/docs", "all"), earlier.read("", "all"), notices) == ([], [], [])


@pytest.mark.parametrize(
    "more",
    [
        {"date": "2026-13-40"}, {"date": "24 November"}, {"date": 5}, {"range": "x"}, {"range": {"head": "HEAD"}},
    ],
)  # fmt: skip
def test_a_day_and_a_head_are_needed(more: dict[str, object]) -> None:
    assert read_report({**document(), **more}) is None


def test_parts_that_are_not_as_written_are_left_out() -> None:
    threads = [
        1,
        {"kind": "news", "title": "a"},
        {"kind": "fix", "title": 3, "number": "1; x", "commits": ["--x", 1]},
    ]
    report = read_report(
        document(threads=threads, files=[None, {"path": 1, "facts": [3, {"params": []}]}])
    )
    assert report is not None
    assert report.threads == (EarlierThread(title="", kind=ThreadKind.FIX),)
    assert not report.pages
    assert not report.deadlines


def test_a_branch_that_does_not_answer_costs_no_report() -> None:
    notices: list[Notice] = []
    earlier = BranchReports(Branch({}, broken=True), notices.append)
    assert earlier.read("other/docs", "all") == []
    assert notices == [Notice("earlier-unread", {"why": "no answer"})]
