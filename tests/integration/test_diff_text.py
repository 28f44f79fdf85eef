"""The text of a diff tells the same files, statuses and counts as the commits it was made from."""

from __future__ import annotations

import codecs
import dataclasses
import tempfile
from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from diff_insight.model.changes import ChangeSet, FileChange, Status
from diff_insight.sources.difftext import DiffTextSource
from support.repos import TestRepo
from support.trees import Entry, Tree, histories, import_trees
from support.truth import Row, as_lines, check_hunks, direct, row_of, truth

#: Settings and options of `git diff` that change its text, and those that change the listing too.
_TEXTS: tuple[tuple[str, ...], ...] = (
    ("diff",),
    ("-c", "core.quotePath=false", "diff"),
    ("diff", "--full-index"),
    ("diff", "--binary"),
    ("diff", "--no-prefix"),
    ("diff", "--src-prefix=i/", "--dst-prefix=w/"),
    ("-c", "diff.mnemonicPrefix=true", "diff"),
    ("-c", "diff.suppressBlankEmpty=true", "diff"),
    ("diff", "--inter-hunk-context=3", "-U1"),
    ("diff", "-W"),
    ("diff", "--patience"),
)
_LISTINGS: tuple[tuple[str, ...], ...] = (
    ("-M",), ("--no-renames",), ("-C", "--find-copies-harder"), ("-M20%",), ("-R", "-M"),
)  # fmt: skip
_MAIL = (
    b"From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\n"
    b"From: Ada <ada@example.com>\nSubject: [PATCH] change\n\n- a list\n+ of things\n@@ -1 +1 @@\n"
    b"---\n x | 2 +-\n 1 file changed\n\n"
)
#: What happens to a diff on its way.
_WAYS: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda text: text,
    "CR LF": lambda text: text.replace(b"\n", b"\r\n"),
    "byte order mark": lambda text: codecs.BOM_UTF8 + text,
    "no line end at the end": lambda text: text.removesuffix(b"\n"),
    "mail": lambda text: _MAIL + text + b"-- \n2.39.5\n\n",
    "log": lambda text: b"commit " + b"a" * 40 + b"\nAuthor: Ada\n\n    - why\n\n" + text,
}


def source_of(text: bytes) -> DiffTextSource:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the source closes it
    file.write(text)
    file.flush()
    return DiffTextSource(file, name="test.diff", repository="", server="https://github.com")


def read(text: bytes) -> ChangeSet:
    """Return the changes of a diff text; the store stays open for the hunks."""
    return source_of(text).diff(direct("", ""))


def expected(row: Row, old: Tree, new: Tree) -> Row:
    """Return what a text can tell of a row: a type change shows whole files, not the lines kept."""
    if row.status is not Status.CHANGED or row.binary:
        return row
    added, removed = (len(as_lines(tree[row.path].shown)) for tree in (new, old))
    return dataclasses.replace(row, additions=added, deletions=removed)


def told(change: FileChange, row: Row) -> Row:
    """Return what the product says; where only the name changed no text says what is binary."""
    return (
        dataclasses.replace(row_of(change), binary=row.binary)
        if row.same_content
        else row_of(change)
    )


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> TestRepo:
    return TestRepo(tmp_path_factory.mktemp("generated"))


@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    trees=histories(commits=2),
    form=st.sampled_from(_TEXTS),
    listing=st.sampled_from(_LISTINGS),
    way=st.sampled_from(sorted(_WAYS)),
)
def test_a_text_tells_what_the_commits_tell(
    repo: TestRepo,
    trees: list[dict[bytes, Entry]],
    form: Sequence[str],
    listing: Sequence[str],
    way: str,
) -> None:
    base, head = import_trees(repo, trees)
    old, new = reversed(trees) if "-R" in listing else trees
    rows = sorted(truth(repo, listing, base, head), key=lambda row: row.path)
    assume(rows or way not in {"mail", "log"})  # without a diff they are text like any other
    text = repo.git(*form, *listing, base, head)
    source = source_of(_WAYS[way](text))
    try:
        changes = source.diff(direct("", ""))
        assert [told(change, row) for change, row in zip(changes.files, rows, strict=False)] == [
            expected(row, old, new) for row in rows
        ]
        # A text whose last line has no end may have been cut in it, and nobody can tell.
        cut = [change for change in changes.files if change.unreadable]
        assert [change.unreadable for change in cut] in (
            ([], ["patch-cut"]) if way == "no line end at the end" else ([],)
        )
        for change, row in zip(changes.files, rows, strict=True):
            check_hunks(replace(change, binary=row.binary), changes, old, new)
    finally:
        source.close()
