"""Ranges made to take all time and memory: each gives a report that says what it lacks, or an error."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.repos import TestRepo

pytestmark = pytest.mark.slow
#: Bytes of memory and seconds of the clock that no run below may take.
MOST, LONGEST = 3 << 30, 240


def ran(repo: TestRepo, span: str, *options: str) -> tuple[subprocess.CompletedProcess[str], float]:
    words = ["report", span, "--output", "r.json", "--format", "json", *options]
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "diff_insight", *words],
        cwd=repo.path, capture_output=True, text=True, timeout=LONGEST, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (MOST, MOST)),
    )  # fmt: skip
    return done, time.monotonic() - started


def tree(repo: TestRepo, entries: str) -> str:
    return repo.git("mktree", stdin=entries.encode()).decode().strip()


def commits(repo: TestRepo, *trees: str) -> str:
    """Return the range from the first tree to the last."""
    made: list[str] = []
    for each in trees:
        parent = ["-p", made[-1]] if made else []
        made.append(repo.git("commit-tree", each, *parent, "-m", "x").decode().strip())
    return f"{made[0]}..{made[-1]}"


def test_a_million_files_of_six_trees(tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "repo")
    blob = repo.git("hash-object", "-w", "--stdin", stdin=b"x\n").decode().strip()
    held = tree(repo, "".join(f"100644 blob {blob}\tf{number}.md\n" for number in range(10)))
    for _ in range(5):
        held = tree(repo, "".join(f"040000 tree {held}\td{number}\n" for number in range(10)))
    span = commits(repo, tree(repo, ""), held)
    done, _ = ran(repo, span, "--max-files", "500")
    assert done.returncode == 0, done.stderr
    coverage = json.loads((repo.path / "r.json").read_text())["coverage"]
    assert (coverage["changed"], coverage["unlisted"]) == (500, 999_500)
    assert "changes at least 1000000 files" in done.stderr


def test_one_line_of_hundreds_of_megabytes(tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "repo")
    base = repo.path
    base.mkdir(exist_ok=True)
    spans = []
    for letter in "ab":
        with (repo.path / "line.md").open("wb") as file:
            for _ in range(200):
                file.write(letter.encode() * (1 << 20))
        spans.append(repo.commit(letter))
    done, _ = ran(repo, f"{spans[0]}..{spans[1]}")
    assert done.returncode == 0, done.stderr
    (file_,) = json.loads((repo.path / "r.json").read_text())["files"]
    assert file_["read_in_part"] == ["limit"]


def test_a_document_of_repeated_keys(tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "repo")
    repo.write({"a.json": '{"k": 0, ' + '"k": 1, ' * 390_000 + '"z": 1}\n'})
    first = repo.commit("first")
    repo.write({"a.json": '{"k": 0, ' + '"k": 2, ' * 390_000 + '"z": 1}\n'})
    done, _ = ran(repo, f"{first}..{repo.commit('second')}")
    assert done.returncode == 0, done.stderr


def test_too_little_memory_is_an_error_that_says_so(tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "repo")
    repo.write({f"{number}.md": f"{number} old\n" * 40 for number in range(3000)})
    first = repo.commit("first")
    repo.write({f"{number}.md": f"{number} new\n" * 40 for number in range(3000)})
    done, _ = ran(repo, f"{first}..{repo.commit('second')}", "--max-memory", "60")
    assert done.returncode in {0, 1}
    assert "Traceback" not in done.stderr
    assert done.returncode == 0 or "memory" in done.stderr
