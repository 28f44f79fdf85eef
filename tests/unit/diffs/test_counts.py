"""Counts of lines in one section, whatever the lines look like and however they are read."""

from __future__ import annotations

from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diff_insight.diffs import store as store_module
from diff_insight.diffs.counts import LineCounts, counts_of
from diff_insight.diffs.store import FilePatchStore

_HEADER = b"diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n"
_LINE = st.tuples(
    st.sampled_from([b" ", b"+", b"-"]),
    st.sampled_from(
        [b"", b"+", b"-", b"++ b/x", b"-- a/x", b"\r+", b"@@ -1 +1 @@", b"\0", b"text"]
    ),
)


def counted(section: bytes) -> LineCounts:
    with closing(FilePatchStore()) as store:
        store.fill([b"before\n+ ", section, b"diff --git a/y b/y\n+behind\n"])
        return counts_of(store, len(b"before\n+ "), len(section))


@given(hunks=st.lists(st.lists(_LINE, min_size=1), min_size=1), chunk=st.integers(70, 120))
def test_lines_are_counted(hunks: list[list[tuple[bytes, bytes]]], chunk: int) -> None:
    body = b"".join(
        b"@@ -1 +1 @@ +x\n" + b"".join(sign + text + b"\n" for sign, text in hunk) for hunk in hunks
    )
    signs = [sign for hunk in hunks for sign, _ in hunk]
    with pytest.MonkeyPatch.context() as bounded:
        bounded.setattr(store_module, "CHUNK", len(_HEADER) + chunk)
        found = counted(_HEADER + body + b"\\ No newline at end of file\n")
    assert found == LineCounts(signs.count(b"+"), signs.count(b"-"))


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        (b"diff --git a/x b/x\nold mode 100644\nnew mode 100755\n", LineCounts()),
        (b"diff --git a/x b/x\nindex 1..2\nBinary files a/x and b/x differ\n", LineCounts(binary=True)),
        (_HEADER + b"@@ -1 +1 @@\n-Binary files a/x and b/x differ\n+\nx\n", LineCounts(1, 1)),
        (b"", LineCounts()),
    ],
)  # fmt: skip
def test_sections_without_lines(section: bytes, expected: LineCounts) -> None:
    assert counted(section) == expected
