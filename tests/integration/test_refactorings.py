"""Refactorings break nobody in languages whose files are read one by one: C++ headers, PHP, Ruby, Swift and lists of Kotlin."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.command import Command
from support.refactorings import CASES, Files
from support.repos import TestRepo

ALONE = [name for name in CASES if name.split()[0] in ("h", "php", "rb", "swift", "kt")]


def write(repo: TestRepo, files: Files) -> None:
    for path, text in files.items():
        repo.write({path: text})


@pytest.mark.slow
@pytest.mark.parametrize("case", ALONE)
def test_they_break_nobody_where_files_are_read_one_by_one(
    command: Command, tmp_path: Path, case: str
) -> None:
    old, new = CASES[case]
    repo = TestRepo(tmp_path / "repo")
    write(repo, old)
    repo.commit()
    for path in set(old) - set(new):
        repo.git("rm", "-q", path)
    write(repo, new)
    repo.commit()
    ran = command(
        "report", "HEAD~1..HEAD", "--repo", str(repo.path), "--format", "json", "--output", "-"
    )
    facts = [fact for file in json.loads(ran.out)["files"] for fact in file["facts"]]
    assert [fact["params"] for fact in facts if fact["breaking"]] == []
