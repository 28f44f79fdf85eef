"""Commits of a range: every message and path comes back, and what is not read is said."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.git import commit_log
from diff_insight.git.command import Git
from diff_insight.git.commit_log import LONGEST_MESSAGE, CommitLog, parse_log
from diff_insight.model.history import Commit, History
from support.repos import TestRepo


@pytest.fixture
def repo(tmp_path: Path) -> TestRepo:
    made = TestRepo(tmp_path / "repo")
    made.write({"a.md": "a\n"})
    made.commit("base")
    return made


def read(repo: TestRepo, base: str, head: str = "HEAD", **options: bool) -> History:
    return CommitLog(Git(repo.path, os.environ), base, head, **options).read()


def said(repo: TestRepo, message: bytes) -> None:
    """Commit with a message of any bytes; `git commit` would make UTF-8 of it."""
    tree, parent = repo.git("rev-parse", "HEAD^{tree}", "HEAD").split()
    who = b"Ada <ada@example.com> 1749722400 +0000"
    commit = b"tree %b\nparent %b\nauthor %b\ncommitter %b\n\n" % (tree, parent, who, who)
    made = repo.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=commit + message)
    repo.git("update-ref", "HEAD", made.decode().strip())


def test_messages_and_paths_newest_first(repo: TestRepo) -> None:
    repo.write({"b.md": "b\n", ":colon\n:2": "odd\n", b"caf\xe9": "x\n"})
    repo.commit("feat: one\n\nbody\n\nBREAKING CHANGE: two")
    repo.git("mv", "b.md", "c.md")
    repo.commit("second")
    found = read(repo, "HEAD~2")
    assert found.read
    assert not found.notices
    assert [set(commit.paths or ()) for commit in found.commits] == [
        {b"b.md", b"c.md"},
        {b"b.md", b":colon\n:2", b"caf\xe9"},
    ]
    assert found.commits[1].message.strip() == "feat: one\n\nbody\n\nBREAKING CHANGE: two"
    assert found.commits[0].id == repo.git("rev-parse", "HEAD").decode().strip()


def test_messages_that_look_like_answers_of_git(repo: TestRepo) -> None:
    fake = b"0" * 40 + b"\n:100644 100644 1 2 M\n\n" + b"f" * 40
    said(repo, fake)
    said(repo, b"\xff\xfe not UTF-8 \x1b[31m\n")
    said(repo, b"long\n\n" + b"x" * 1_000_000)
    long, broken, looks = read(repo, "HEAD~3").commits
    assert len(long.message) == LONGEST_MESSAGE
    assert broken.message.startswith("\ufffd\ufffd not UTF-8 \x1b[31m")
    assert looks.message.strip() == fake.decode()
    assert {long.paths, broken.paths, looks.paths} == {frozenset()}


def test_merges_are_left_out_and_a_first_commit_touches_nothing(repo: TestRepo) -> None:
    repo.git("checkout", "-q", "-b", "side")
    repo.write({"s.md": "s\n"})
    repo.commit("on the side")
    repo.git("checkout", "-q", "main")
    repo.write({"m.md": "m\n"})
    repo.commit("on main")
    repo.git("merge", "-q", "--no-ff", "-m", "Merge branch side", "side")
    found = read(repo, "")
    assert sorted(commit.message.strip() for commit in found.commits) == [
        "base",
        "on main",
        "on the side",
    ]
    # The whole tree of a first commit is no change that somebody described.
    assert found.commits[-1].paths == frozenset()
    assert not found.notices


def test_without_paths(repo: TestRepo) -> None:
    said(repo, b"one")
    (commit,) = read(repo, "HEAD~1", with_paths=False).commits
    assert (commit.message, commit.paths) == ("one", None)


def test_only_the_latest_are_read(repo: TestRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commit_log, "MOST_COMMITS", 2)
    for number in range(4):
        said(repo, b"%d" % number)
    found = read(repo, "HEAD~4")
    assert [commit.message for commit in found.commits] == ["3", "2"]
    assert [(note.key, note.params) for note in found.notices] == [("commits-cut", {"count": 2})]


def test_only_so_many_bytes_are_read(repo: TestRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commit_log, "MOST_BYTES", 700)
    for number in range(4):
        said(repo, b"%d " % number + b"x" * 300)
    found = read(repo, "HEAD~4")
    assert [commit.message[:2] for commit in found.commits] == ["3 "]
    assert [note.key for note in found.notices] == ["commits-cut"]


def test_a_shallow_clone_says_that_history_is_cut(repo: TestRepo, tmp_path: Path) -> None:
    said(repo, b"one")
    said(repo, b"two")
    shallow = TestRepo(tmp_path / "shallow")
    shallow.git("fetch", "-q", "--depth=1", str(repo.path.as_uri()), "main")
    found = read(shallow, "", "FETCH_HEAD")
    assert [commit.message for commit in found.commits] == ["two"]
    assert [note.key for note in found.notices] == ["commits-cut"]


def test_a_base_that_is_not_there_is_said(repo: TestRepo) -> None:
    found = read(repo, "0" * 39 + "1")
    assert (found.commits, found.read) == ((), False)
    assert [note.key for note in found.notices] == ["commits-unread"]


def test_git_that_takes_too_long_is_ended(repo: TestRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commit_log, "PATIENCE", 0.0)
    monkeypatch.setattr(Git, "command", lambda *_: ["sleep", "60"])
    found = read(repo, "")
    assert (found.commits, found.read) == ((), True)
    assert [note.key for note in found.notices] == ["commits-cut"]


_message = st.binary(max_size=60).map(lambda text: text.replace(b"\0", b""))
_path = st.binary(min_size=1, max_size=20).map(lambda text: text.replace(b"\0", b"p"))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(_message, st.lists(_path, unique=True, max_size=3)), max_size=4))
def test_any_message_and_any_path(commits: list[tuple[bytes, list[bytes]]]) -> None:
    answer = b""
    for number, (message, paths) in enumerate(commits):
        raw = b"".join(b":1 1 a b M\0" + path + b"\0" for path in paths)
        answer += b"%040x\0" % number + b"f" * 40 + b"\0" + message + b"\0"
        answer += b"\0" + (b"\n" + raw if raw else b"")
    found, edges = parse_log(answer, with_paths=True)
    assert not edges
    assert found == [
        Commit(
            id=f"{number:040x}",
            message=message.decode("utf-8", "replace"),
            paths=frozenset(paths),
            parents=("f" * 40,),
        )
        for number, (message, paths) in enumerate(commits)
    ]


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=300))
def test_any_answer_is_read_without_falling_over(answer: bytes) -> None:
    parse_log(answer, with_paths=True)
    parse_log(b"0" * 40 + b"\0" + answer, with_paths=False)


def test_what_the_other_branch_has_in_a_commit_of_its_own_is_not_new(repo: TestRepo) -> None:
    repo.git("branch", "stable")
    repo.write({"b.md": "b\n"})
    repo.commit("Ship at night")
    picked = repo.git("rev-parse", "HEAD").decode().strip()
    repo.write({"c.md": "c\n"})
    repo.commit("Track every order")
    repo.git("branch", "next")
    repo.git("checkout", "-q", "stable")
    repo.write({"d.md": "d\n"})
    repo.commit("Mend only here")
    repo.git("cherry-pick", picked)
    found = read(repo, "stable", "next")
    assert [commit.message.strip() for commit in found.commits] == ["Track every order"]
    plain = read(repo, "stable", "next", with_paths=False)
    assert len(plain.commits) == 2
