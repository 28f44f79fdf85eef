"""Where a period and a release begin, over real histories."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from diff_insight.git.command import Git
from diff_insight.git.repository import Repository
from support.repos import TestRepo

NOW = 1_790_000_000
HOUR = 3600


def history(repo: TestRepo, ages: tuple[int, ...], tags: tuple[str, ...] = ()) -> list[str]:
    """Make commits of these ages in hours, each behind the last one; return them."""
    stream = ""
    for age in ages:
        stream += f"commit refs/heads/main\ncommitter a <a@example.org> {NOW - age * HOUR} +0000\n"
        stream += "data 1\nx\nM 100644 inline a.md\ndata 2\n" + f"{age % 10}\n\n"
    repo.git("fast-import", "--quiet", stdin=stream.encode())
    commits = repo.git("rev-list", "--reverse", "main").decode().split()
    for commit, tag in zip(commits, tags, strict=False):
        if tag:
            repo.git("tag", tag, commit)
    return commits


@pytest.mark.parametrize(
    ("ages", "base"),
    [
        ((100, 10, 2), 0),
        ((100, 10, 120, 2), 0),
        ((100, 10, 120, 110, 2), 0),
        ((100, 120, 2), 1),
        ((10, 120, 2), None),
        ((100, 90, 80), 2),
    ],
)
def test_a_date_out_of_order_ends_no_period(
    tmp_path: Path, ages: tuple[int, ...], base: int | None
) -> None:
    repo = TestRepo(tmp_path)
    commits = history(repo, ages)
    moment = datetime.fromtimestamp(NOW - 24 * HOUR, UTC)
    expected = None if base is None else commits[base]
    assert Repository(Git(tmp_path, os.environ)).before(commits[-1], moment) == expected


@pytest.mark.parametrize(
    ("tags", "base"),
    [
        (("v1.2.0", "", "v1.3.0-rc.1", "v1.3.0"), 0),
        (("web-v1.0.0", "", "api-v2.0.0", "web-v1.1.0"), 0),
        (("v2.0.0", "v2.1.0rc2", "v2.1.0rc3"), 1),
        (("v2.0.0", "v2.1.0rc2", "v2.1.0rc3", "v2.1.0"), 0),
        (("api-v2.0.0", "", "web-v1.0.0"), 0),
        (("v1.0.0", "v1.1.0", ""), 1),
    ],
)
def test_a_release_follows_the_last_one_of_its_kind(
    tmp_path: Path, tags: tuple[str, ...], base: int
) -> None:
    repo = TestRepo(tmp_path)
    commits = history(repo, tuple(range(len(tags), 0, -1)), tags)
    tag = Repository(Git(tmp_path, os.environ)).previous_tag(commits[-1])
    assert tag is not None
    assert repo.git("rev-parse", tag).decode().strip() == commits[base]
