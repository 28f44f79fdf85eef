"""Sections of what git prints, and their lines, whatever these look like and however they come."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from diff_insight.diffs.sections import PatchLineCounts, PatchSection, SectionReader

_HEADER = b"diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n"
_LINE = st.tuples(
    st.sampled_from([b" ", b"+", b"-"]),
    st.sampled_from(
        [
            b"",
            b"+",
            b"-",
            b"++ b/x",
            b"-- a/x",
            b"\r+",
            b"@@ -1 +1 @@",
            b"\0",
            b"diff --git a/x b/x",
        ]
    ),
)
_HUNK = st.lists(_LINE, min_size=1)
_FILE = st.one_of(
    st.lists(_HUNK, min_size=1),
    st.sampled_from([b"old mode 100644\nnew mode 100755\n", b"Binary files a/x and b/x differ\n"]),
)


def read(patches: bytes, sizes: list[int], first: int = 0) -> list[PatchSection]:
    """Read patches in pieces of some sizes, which are used over and over."""
    reader = SectionReader(first)
    at = number = 0
    while at < len(patches):
        size = sizes[number % len(sizes)]
        reader.feed(patches[at : at + size])
        at += size
        number += 1
    return reader.finish()


@given(
    files=st.lists(_FILE), sizes=st.lists(st.integers(1, 200), min_size=1), first=st.integers(0, 9)
)
@example(files=[[[(b"+", b"")]]], sizes=[1], first=0)
def test_sections_and_lines(
    files: list[bytes | list[list[tuple[bytes, bytes]]]], sizes: list[int], first: int
) -> None:
    patches, expected = b"", []
    for file in files:
        if isinstance(file, bytes):
            section = b"diff --git a/x b/x\n" + file
            counts = PatchLineCounts(binary=file.startswith(b"Binary"))
        else:
            section = _HEADER + b"".join(
                b"@@ -1 +1 @@ +x\n" + b"".join(sign + text + b"\n" for sign, text in hunk)
                for hunk in file
            )
            section += b"\\ No newline at end of file\n"
            signs = [sign for hunk in file for sign, _ in hunk]
            counts = PatchLineCounts(signs.count(b"+"), signs.count(b"-"))
        expected.append(PatchSection(first + len(patches), len(section), counts))
        patches += section
    assert read(patches, sizes, first) == expected


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        (b"diff --git a/x b/x\n", PatchLineCounts()),
        (_HEADER + b"@@ -1 +1 @@\n-Binary files a/x and b/x differ\n+\nx\n", PatchLineCounts(1, 1)),
        (_HEADER + b"@@ -0,0 +1 @@\n+last", PatchLineCounts(1, 0)),
    ],
)
def test_odd_sections(section: bytes, expected: PatchLineCounts) -> None:
    for size in (1, 7, 1000):
        assert read(section, [size]) == [PatchSection(0, len(section), expected)]
