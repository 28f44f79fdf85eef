"""A diff text as a source: labels, where it comes from, and what stays open."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from diff_insight.errors import EnvironmentFailure, UsageError
from diff_insight.model.changes import Side
from diff_insight.model.ranges import Comparison, RangeRequest
from diff_insight.sources.difftext import DiffTextSource

_TWO = (
    b"diff --git a/z b/z\nindex 1..2 100644\n--- a/z\n+++ b/z\n@@ -1 +1 @@\n-a\n+b\n"
    b"diff --git a/\xc3\xa9 b/\xc3\xa9\nold mode 100644\nnew mode 100755\n"
    b"diff --git a/B b/B\nold mode 100644\nnew mode 100755\n"
)


def opened(path: Path, text: bytes = _TWO, *, repository: str = "octo/docs") -> DiffTextSource:
    path.write_bytes(text)
    return DiffTextSource.open(path, repository=repository, server="https://ghe.example.com")


@pytest.fixture
def source(tmp_path: Path) -> DiffTextSource:
    return opened(tmp_path / "x.diff")


def test_base_and_head_are_labels(source: DiffTextSource) -> None:
    found = source.resolve(RangeRequest(base="v1", head="v2", comparison=Comparison.DIRECT))
    assert (found.base, found.head, found.merge_base) == ("v1", "v2", "v1")
    assert found.compare_url == "https://ghe.example.com/octo/docs/compare/octo:v1...octo:v2"
    source.close()


@pytest.mark.parametrize(("base", "head"), [(None, None), ("v1", None), (None, "v2")])
def test_without_both_labels_there_is_no_link(
    source: DiffTextSource, base: str | None, head: str | None
) -> None:
    found = source.resolve(RangeRequest(base=base, head=head))
    assert (found.base, found.head) == (base or "", head or "")
    assert (found.repository, found.compare_url) == ("", "")
    source.close()


def test_nothing_but_the_diff_is_known(source: DiffTextSource) -> None:
    assert source.read(Side.HEAD, b"z") is None
    assert source.commit_time("v2") is None
    source.close()


def test_files_stand_in_byte_order(source: DiffTextSource) -> None:
    found = source.diff(source.resolve(RangeRequest()))
    assert [change.path_bytes for change in found.files] == [b"B", b"z", "é".encode()]
    assert (found.source, found.options, found.patch_bytes) == ("diff-text", (), len(_TWO))
    source.close()


_HUNK = b"diff --git a/z b/z\nindex 1..2 100644\n--- a/z\n+++ b/z\n@@ -1 +1 @@\n-old\n+new"


@pytest.mark.parametrize(
    ("text", "unreadable"),
    [
        (_HUNK + b"\n", [""]),
        (_HUNK, ["patch-cut"]),
        (_HUNK + b"\n\\ No newline at end of file", [""]),
        (_HUNK + b"\n\\ No newline at end of file\n", [""]),
        (_HUNK + b"\n\\ No newline at", ["patch-cut"]),
        (_HUNK + b"\n-- \n2.39.5", [""]),
        (_TWO + _HUNK.replace(b"/z", b"/y"), ["", "patch-cut", "", ""]),
        (_TWO.removesuffix(b"\n"), ["", "", ""]),
    ],
)
def test_a_last_line_without_an_end_may_be_cut(
    tmp_path: Path, text: bytes, unreadable: list[str]
) -> None:
    source = opened(tmp_path / "cut.diff", text)
    found = source.diff(source.resolve(RangeRequest()))
    assert [change.unreadable for change in found.files] == unreadable
    source.close()


def test_a_stream_is_copied(tmp_path: Path) -> None:
    stream = io.BytesIO(_TWO)
    source = DiffTextSource(stream, name="standard input", repository="", server="")
    assert len(source.diff(source.resolve(RangeRequest())).files) == 3
    source.close()
    assert not stream.closed


def test_a_pipe_is_copied_and_closed(tmp_path: Path) -> None:
    end, start = os.pipe()
    os.write(start, _TWO)
    os.close(start)
    source = DiffTextSource.open(Path(f"/dev/fd/{end}"), repository="", server="")
    os.close(end)
    assert len(source.diff(source.resolve(RangeRequest())).files) == 3
    source.close()


def test_a_stream_that_fails(tmp_path: Path) -> None:
    class Failing(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, _: object) -> int:
            raise OSError(5, "Input/output error")

    with pytest.raises(EnvironmentFailure, match="could not be kept") as caught:
        DiffTextSource(io.BufferedReader(Failing()), name="-", repository="", server="")
    assert "TMPDIR" in caught.value.cure


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        DiffTextSource.open(tmp_path / name, repository="", server="")


def test_an_error_names_what_was_read(tmp_path: Path) -> None:
    source = DiffTextSource(io.BytesIO(b"text"), name="standard input", repository="", server="")
    with pytest.raises(UsageError, match="no unified diff was found in standard input"):
        source.diff(source.resolve(RangeRequest()))
    source.close()
