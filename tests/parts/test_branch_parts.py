"""Branches and pull requests on an emulator that was not written for this project.

It has no GraphQL, so commits are made of git's own objects, and a pull request's branch too.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from diff_insight.github.api.client import ApiFailure, ApiSettings, GitHubClient
from diff_insight.github.api.proposals import ProposalBranch, PullRequests
from diff_insight.github.api.report_branch import GitHubBranch
from diff_insight.github.api.repositories import describe
from diff_insight.model.branches import BranchMovedError
from support.parts import emulate

SLUG, TOKEN = "admin/demo", "test_token_admin"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[GitHubClient]:
    with emulate(tmp_path, {TOKEN: "admin"}) as url:
        made = GitHubClient(ApiSettings(url=url, token=TOKEN, pause=0), lambda seconds: None)
        try:
            yield made
        finally:
            made.close()


FILES = {"reports/en_US/a.md": b"# A\n", "reports/ja_JP/\xe5\xa0\xb1\xe5\x91\x8a.md".encode("latin-1").decode("utf-8"): "# 報告\n".encode()}  # fmt: skip


def test_a_branch_is_made_and_moves_forward_only(client: GitHubClient) -> None:
    branch = GitHubBranch(client, SLUG, "reports")
    empty = branch.read()
    assert empty.head == ""
    first = branch.commit(empty, FILES, "First")
    state = branch.read()
    assert (state.head, set(state.files)) == (first, set(FILES))
    for path, content in FILES.items():
        assert branch.content(state, path) == content
    second = branch.commit(state, {"more.md": b"more\n"}, "Second")
    assert set(branch.read().files) == {*FILES, "more.md"}
    with pytest.raises((BranchMovedError, ApiFailure)):
        branch.commit(state, {"late.md": b"late\n"}, "Late")
    assert branch.tip("reports") == second


def test_one_pull_request_is_opened_and_changed(client: GitHubClient) -> None:
    base = describe(client, SLUG).default_branch
    pulls = PullRequests(client, SLUG, "proposal", lambda: base)
    branch = ProposalBranch(GitHubBranch(client, SLUG, "proposal"), lambda: base, pulls)
    branch.commit(branch.read(), FILES, "First")
    first = pulls.put("One", "Text")
    again = pulls.put("Two", "Text")
    assert first.number == again.number
    opened = pulls.find_open()
    assert opened is not None
    assert (opened.number, opened.title) == (first.number, "Two")
    assert set(branch.read().files) >= set(FILES)
