"""Searching a commit: fixed words, whatever they hold, in the files that are asked for."""

from __future__ import annotations

import os
import re
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from diff_insight.git import search
from diff_insight.git.command import Git
from diff_insight.git.objects import BlobReader
from diff_insight.git.search import any_of, find_mentions
from diff_insight.model.history import Mentions
from support.repos import TestRepo

ODD = r"a.b*c+(d)[e]{f}^g$h|i\j?k"
FILES: dict[str | bytes, bytes | str] = {
    "docs/one.md": f"see {ODD} here\n",
    "docs/Two.MD": "see legacy.md\n",
    "docs/other.txt": "legacy.md\n",
    "docs/near.md": "legacyXmd and aXb\n",
    "binary.md": b"\0 legacy.md",
    "large.md": "legacy.md " + "x" * 2000,
    b"caf\xe9.md": "legacy.md\n",
    "na me.md": "legacy.md\n",
}


@pytest.fixture
def repo(tmp_path: Path) -> TestRepo:
    made = TestRepo(tmp_path / "repo")
    made.write(FILES)
    made.commit("head")
    made.write({"docs/later.md": "legacy.md\n"})
    return made


def find(repo: TestRepo, *words: bytes, suffixes: tuple[str, ...] = (".md",)) -> Mentions:
    git = Git(repo.path, os.environ)
    with closing(BlobReader(git)) as blobs:
        head = repo.git("rev-parse", "HEAD").decode().strip()
        return find_mentions(git, blobs, head, words, suffixes)


def test_words_are_fixed_strings(repo: TestRepo) -> None:
    found = find(repo, ODD.encode())
    assert found.lines == {b"docs/one.md": [f"see {ODD} here".encode()]}
    assert found.searched
    assert not found.notices


@pytest.mark.parametrize("engines", [("-P", "-E"), ("-P",), ("-E",), ("--no-such-engine", "-E")])
def test_whatever_reads_the_expression_finds_the_same(
    repo: TestRepo, monkeypatch: pytest.MonkeyPatch, engines: tuple[str, ...]
) -> None:
    monkeypatch.setattr(search, "ENGINES", engines)
    found = find(repo, ODD.encode(), b"legacy.md", b"legacy", b"l", b"caf\xe9", b"leg^cy", b"lea")
    assert found.searched
    assert all(len(lines) == 1 for lines in found.lines.values())
    names = "docs/one.md docs/Two.MD docs/near.md large.md caf\xe9.md na\0me.md".split()
    assert set(found.lines) == {name.replace("\0", " ").encode("latin-1") for name in names}


WORD = st.binary(min_size=1, max_size=6).filter(
    lambda word: b"\n" not in word and b"\0" not in word
)


@given(words=st.sets(WORD, min_size=1), texts=st.lists(st.binary()))
@example(words={b"a", b"ab", b"abc", b"b(", b"b[c", b"\\"}, texts=[b"xabx", b"b[d", b"\\", b"b["])
def test_one_expression_finds_what_any_word_would(words: set[bytes], texts: list[bytes]) -> None:
    expression = re.compile(any_of(sorted(words)))
    for text in [*texts, *words, b" ".join(words)]:
        assert bool(expression.search(text)) == any(word in text for word in words)


def test_files_of_the_commit_and_of_the_suffixes_only(repo: TestRepo) -> None:
    found = find(repo, b"legacy.md", b"nowhere")
    assert set(found.lines) == {b"docs/Two.MD", b"large.md", b"caf\xe9.md", b"na me.md"}
    assert b"docs/other.txt" in found.tree
    assert b"docs/later.md" not in found.tree


def test_files_are_read_up_to_a_size(repo: TestRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "LARGEST_FILE", 1000)
    git = Git(repo.path, os.environ)
    with closing(BlobReader(git)) as blobs:
        found = find_mentions(git, blobs, "HEAD", [b"legacy.md"], (".md",))
        assert found.read(b"docs/Two.MD") == b"see legacy.md\n"
        assert found.read(b"large.md") is None
        assert found.read(b"nowhere.md") is None


def test_a_path_may_hold_a_line_end(repo: TestRepo) -> None:
    repo.write({"odd\nname.md": "one legacy.md\ntwo legacy.md\n"})
    repo.commit("odd")
    found = find(repo, b"legacy.md")
    assert found.lines[b"odd\nname.md"] == [b"one legacy.md", b"two legacy.md"]


def test_nothing_is_found(repo: TestRepo) -> None:
    found = find(repo, b"nowhere")
    assert (dict(found.lines), found.searched, found.notices) == ({}, True, ())


def test_what_is_beyond_the_bounds_is_said(repo: TestRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not find(repo, b"legacy.md").notices
    for name in ("MOST_FILES", "MOST_BYTES"):
        with monkeypatch.context() as bounded:
            bounded.setattr(search, name, 2)
            assert [note.key for note in find(repo, b"legacy.md").notices] == ["references-cut"]
    monkeypatch.setattr(search, "MOST_WORDS", 1)
    assert [note.key for note in find(repo, b"legacy.md", b"b").notices] == ["references-cut"]
    # A word with a line end would be two, so it is left out and said.
    assert [note.key for note in find(repo, b"a\nb").notices] == ["references-cut"]


def test_what_cannot_be_searched_is_said(repo: TestRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "PATIENCE", 0.0)
    late = find(repo, b"legacy.md")
    assert (late.searched, [note.key for note in late.notices]) == (
        False,
        ["references-unsearched"],
    )
    monkeypatch.setattr(search, "PATIENCE", 20.0)
    monkeypatch.setattr(search, "GREP", ("grep", "--no-such-option"))
    assert [note.key for note in find(repo, b"legacy.md").notices] == ["references-unsearched"]


def test_a_tree_without_end_is_not_searched(
    repo: TestRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "LARGEST_TREE", 100)
    assert find(repo, b"legacy.md").notices[0].key == "references-unsearched"


def test_a_bare_repository_is_searched(repo: TestRepo, tmp_path: Path) -> None:
    repo.git("clone", "-q", "--bare", str(repo.path), str(tmp_path / "bare.git"))
    git = Git(tmp_path / "bare.git", os.environ)
    with closing(BlobReader(git)) as blobs:
        found = find_mentions(git, blobs, "HEAD", [b"legacy.md"], (".md",))
    assert b"docs/Two.MD" in found.lines
