"""The zip is a stream, the same for the same files, and its names lead nowhere but down."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path, PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.publishers.zipped import UNFIT, entries, entry_name, zip_pieces


def zipped(files: list[tuple[str, Path]]) -> bytes:
    return b"".join(zip_pieces(files))


def test_the_same_files_give_the_same_bytes_whatever_their_times_and_order(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("b.md", "a.md", "c.json")]
    for path in paths:
        path.write_text(path.name * 1_000, "utf-8")
    first = zipped(entries(paths))
    os.utime(paths[0], (0, 0))
    paths[1].chmod(0o600)
    assert zipped(entries(list(reversed(paths)))) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
        assert all(info.date_time == (1980, 1, 1, 0, 0, 0) for info in archive.infolist())
        assert {info.external_attr >> 16 for info in archive.infolist()} == {0o100644}


def test_a_large_file_comes_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    content = os.urandom(3_000_000)
    path.write_bytes(content)
    pieces = list(zip_pieces([("large.bin", path)]))
    assert max(map(len, pieces)) < 600_000
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        assert archive.read("large.bin") == content


def test_no_files_make_an_empty_zip() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped([]))) as archive:
        assert archive.namelist() == []


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (
            "reports/202506/ja_JP/report-20250612-all.md",
            "reports/202506/ja_JP/report-20250612-all.md",
        ),
        ("../../etc/passwd", "etc/passwd"),
        ("/abs/a.md", "abs/a.md"),
        ("a/./b/../c.md", "a/b/c.md"),
        ("C:\\evil\\x.md", "C--evil-x.md"),
        ('a"b*c?.md', "a-b-c-.md"),
        ("dots. /x. ", "dots/x"),
        ("...", "-"),
        ("日本語/报告.md", "日本語/报告.md"),
        ("line\nfeed.md", "line-feed.md"),
    ],
)
def test_names(path: str, name: str) -> None:
    assert entry_name(PurePath(path)) == name


def test_names_that_meet_are_told_apart() -> None:
    paths = [PurePath(name) for name in ("a:b.md", "a?b.md", "A-B.md", "x/a.md", "x./a.md")]
    names = [name for name, _ in entries(paths)]
    assert len({name.casefold() for name in names}) == 5
    assert sorted(names) == names


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text(min_size=1, max_size=30).map(PurePath), unique=True, max_size=6))
def test_any_path_becomes_a_name_below(paths: list[PurePath]) -> None:
    names = [name for name, _ in entries(paths)]
    assert len(set(names)) == len(paths)
    for name in names:
        assert not name.startswith("/")
        assert not {"", ".", ".."} & set(name.split("/"))
        assert not UNFIT.search(name)
        name.encode()
