"""Which lines each commit changed, over a real repository and over what git could print."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.git import commit_lines
from diff_insight.git.command import Git
from diff_insight.git.commit_lines import parse_commit_lines, read_commit_lines
from support.repos import TestRepo


def test_each_commit_has_its_lines(tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "repo")
    repo.write({"a b.md": "one\ntwo\n", "gone.md": "x\n"})
    base = repo.commit("base")
    repo.write({"a b.md": "one\n--- not a header\n+++ b/neither\n"})
    first = repo.commit("first")
    repo.write({"a b.md": "ONE\n--- not a header\n+++ b/neither", "新.md": "文\n"})
    repo.git("rm", "-q", "gone.md")
    second = repo.commit("second")
    found = read_commit_lines(Git(repo.path, os.environ), base, "HEAD", [])
    lines = {(one.commit, one.path): (one.added, one.removed) for one in found.lines}
    assert lines == {
        (second, b"a b.md"): (
            frozenset({b"ONE", b"+++ b/neither"}),
            frozenset({b"one", b"+++ b/neither"}),
        ),
        (second, "新.md".encode()): (frozenset({"文".encode()}), frozenset()),
        (second, b"gone.md"): (frozenset(), frozenset({b"x"})),
        (first, b"a b.md"): (
            frozenset({b"--- not a header", b"+++ b/neither"}),
            frozenset({b"two"}),
        ),
    }
    named = read_commit_lines(Git(repo.path, os.environ), base, "HEAD", [b"gone.md"])
    assert [(one.commit, one.path) for one in named.lines] == [(second, b"gone.md")]


def test_a_history_that_is_too_long_is_said_to_be_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = TestRepo(tmp_path / "repo")
    repo.write({"a.md": "one\n"})
    base = repo.commit("base")
    repo.write({"a.md": "two\n"})
    repo.commit("two")
    repo.write({"a.md": "three\n"})
    newest = repo.commit("three")
    git = Git(repo.path, os.environ)
    whole = read_commit_lines(git, base, "HEAD", [])
    assert (len(whole.lines), whole.notices) == (2, ())
    monkeypatch.setattr(commit_lines, "MOST_BYTES", 220)
    cut = read_commit_lines(git, base, "HEAD", [])
    assert [notice.key for notice in cut.notices] == ["commit-lines-cut"]
    assert {one.commit for one in cut.lines} == {newest}


class _Endless(Git):
    """A git that never comes to its end."""

    def start(
        self,
        arguments: Sequence[str],
        *,
        stdout: int | IO[bytes],
        stdin: int = subprocess.DEVNULL,
        stderr: int | IO[bytes] = subprocess.DEVNULL,
    ) -> subprocess.Popen[bytes]:
        del arguments
        return subprocess.Popen(["sleep", "600"], stdin=stdin, stdout=stdout, stderr=stderr)


def test_a_history_that_takes_too_long_is_said_to_be_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commit_lines, "PATIENCE", 0.05)
    read = read_commit_lines(_Endless(tmp_path, os.environ), "a", "b", [])
    assert (read.lines, [notice.key for notice in read.notices]) == ((), ["commit-lines-cut"])


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=300))
def test_any_answer_is_read(answer: bytes) -> None:
    prefix = b"\0" + b"a" * 40 + b"\n\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1 @@\n"
    assert all(one.commit == "a" * 40 for one in list(parse_commit_lines(prefix + answer))[:1])
