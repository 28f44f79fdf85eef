"""Names in header lines: quotes, prefixes, ambiguous spaces, time stamps."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diff_insight.diffs.names import names, split_git_header, unquote

_LETTERS = {7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 34: '"', 92: "\\"}


def quoted(name: bytes) -> bytes:
    """Quote a name as git does."""
    told = "".join(
        f"\\{_LETTERS[byte]}"
        if byte in _LETTERS
        else chr(byte)
        if 32 <= byte < 127
        else f"\\{byte:03o}"
        for byte in name
    )
    return b'"' + told.encode() + b'"'


@given(st.binary())
def test_unquote_undoes_gits_quoting(name: bytes) -> None:
    assert unquote(quoted(name)) == name


@pytest.mark.parametrize("name", [b"", b"plain", b'"', b'"open', b'shut"', b'a"b"', b'"a" "b"'])
def test_unquoted_names_come_back_as_they_are(name: bytes) -> None:
    assert unquote(name) == name


@given(st.binary(min_size=1).filter(lambda name: b"\n" not in name and b'"' not in name))
def test_the_header_line_is_read_with_equal_names(name: bytes) -> None:
    name = name.replace(b"\r", b"")
    assert split_git_header(b"diff --git a/" + name + b" b/" + name) == (b"a/" + name, b"b/" + name)


@given(st.binary(min_size=1))
def test_quoted_names_in_the_header_line(name: bytes) -> None:
    line = b"diff --git " + quoted(b"a/" + name) + b" " + quoted(b"b/" + name)
    assert split_git_header(line) == (b"a/" + name, b"b/" + name)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"diff --git a/x b/x", (b"a/x", b"b/x")),
        (b"diff --git a/x b/x b/x b/x", (b"a/x b/x", b"b/x b/x")),
        (b"diff --git x x", (b"x", b"x")),
        (b"diff --git a/x b/x\r", (b"a/x", b"b/x")),
        (b'diff --git "a/q\\"" b/q', (b'a/q"', b"b/q")),
        (b'diff --git a/q "b/t\\t "', (b"a/q", b"b/t\t ")),
        (b'diff --git "a/t\\t " "b/t\\t "', (b"a/t\t ", b"b/t\t ")),
        (b"diff --git a/old b/other", (b"a/old", b"b/other")),
        (b"diff --git old other", (b"old", b"other")),
        (b"diff --git alone", None),
        (b"diff -u a/x b/x", None),
    ],
)
def test_header_lines(line: bytes, expected: tuple[bytes, bytes] | None) -> None:
    assert split_git_header(line) == expected


def sides(first: bytes, **lines: bytes) -> tuple[bytes | None, bytes | None]:
    """Return the names that header lines give: `old` and `new` stand for `---` and `+++`."""
    keys = {"old": b"--- ", "new": b"+++ ", "binary": b"Binary files "}
    values = {
        keys.get(key) or key.replace("_", " ").encode() + b" ": told for key, told in lines.items()
    }
    return names(first, values)


@pytest.mark.parametrize(
    ("first", "old", "new", "expected"),
    [
        (b"diff --git a/x b/x", b"a/x", b"b/x", (b"x", b"x")),
        (b"diff --git b/x a/x", b"b/x", b"a/x", (b"x", b"x")),
        (b"diff --git i/x w/x", b"i/x", b"w/x", (b"x", b"x")),
        (b"diff --git c/x i/x", b"c/x", b"i/x", (b"x", b"x")),
        (b"diff --git 1/x 2/x", b"1/x", b"2/x", (b"x", b"x")),
        # Without prefixes a folder may be called like one.
        (b"diff --git a/x a/x", b"a/x", b"a/x", (b"a/x", b"a/x")),
        (b"diff --git x x", b"x", b"x", (b"x", b"x")),
        (b"diff --git a/x a/x", b"/dev/null", b"a/x", (None, b"a/x")),
        (b"diff --git a/x b/x", b"a/x", b"/dev/null", (b"x", None)),
        # git ends a name with spaces with a tab, quoted or not.
        (b"diff --git a/x y b/x y", b"a/x y\t", b"b/x y\t", (b"x y", b"x y")),
        (b"", b'"a/x\\t y"\t', b'"b/x\\t y"\t', (b"x\t y", b"x\t y")),
        (b"--- a/x", b"a/x\t2025-01-01 10:00:00.5 +0000", b"b/x\t2025-01-02 10:00:00 +0000", (b"x", b"x")),
        (b"--- x.orig", b"x.orig", b"x", (b"x.orig", b"x")),
        (b"--- old/x", b"old/x", b"new/x", (b"old/x", b"new/x")),
        (b"--- /dev/null", b"/dev/null\tThu Jan 01 00:00:00 1970 +0000", b"b/x", (None, b"x")),
        # GNU diff -N stamps what is not there with the epoch.
        (b"", b"old/x\t1970-01-01 00:00:00.000000000 +0000", b"new/x\t2025-01-01 00:00:00.1 +0000", (None, b"new/x")),
        (b"", b"a/x\t2025-01-01 00:00:00.1 -0500", b"b/x\t1969-12-31 19:00:00.000000000 -0500", (b"x", None)),
        (b"", b"a/x\t1970-01-01 00:00:00 +0000", b"b/x\t1970-01-01 00:00:00 +0000", (b"x", b"x")),
    ],
)  # fmt: skip
def test_names_of_text_sections(
    first: bytes, old: bytes, new: bytes, expected: tuple[bytes | None, bytes | None]
) -> None:
    assert sides(first, old=old, new=new) == expected


@pytest.mark.parametrize(
    ("first", "told", "expected"),
    [
        (b"diff --git a/x b/x", b"a/x and b/x differ", (b"x", b"x")),
        (b"diff --git a/x b/y", b"a/x and b/y differ", (b"x", b"y")),
        (b"Binary files a/x and b/x differ", b"a/x and b/x differ", (b"x", b"x")),
        (b"Binary", b"a/x and y and b/x and y differ", (b"x and y", b"x and y")),
        (b"Binary", b"old/x and new/x differ", (b"old/x", b"new/x")),
        (b"Binary", b'"a/x\\t" and "b/x\\t" differ', (b"x\t", b"x\t")),
        (b"Binary", b"/dev/null and b/x differ", (None, b"x")),
        (b"Binary", b"nothing of the kind", (None, None)),
    ],
)
def test_names_of_binary_sections(
    first: bytes, told: bytes, expected: tuple[bytes | None, bytes | None]
) -> None:
    assert sides(first, binary=told) == expected


def test_moved_files_are_named_by_lines_of_their_own() -> None:
    first = b"diff --git a/x b/y"
    assert sides(first, rename_from=b"x", rename_to=b'"\\303\\251"') == (b"x", "é".encode())
    assert sides(first, copy_from=b"a/x", copy_to=b"b/y") == (b"a/x", b"b/y")
    assert sides(b"diff --git a/x b/x", rename_from=b"only half") == (b"x", b"x")


def test_new_and_deleted_files_have_one_side() -> None:
    first = b"diff --git a/x b/x"
    assert sides(first, new_file_mode=b"100644") == (None, b"x")
    assert sides(first, deleted_file_mode=b"100644") == (b"x", None)


def test_what_gnu_diff_writes_for_a_file_that_is_not_there(tmp_path: Path) -> None:
    for folder in ("old", "new"):
        (tmp_path / folder).mkdir()
    (tmp_path / "new" / "x").write_text("text\n")
    made = subprocess.run(
        ["diff", "-ruN", "old", "new"], cwd=tmp_path, capture_output=True, check=False
    )
    old, new = (line[4:] for line in made.stdout.split(b"\n")[1:3])
    assert sides(b"diff -ruN old/x new/x", old=old, new=new) == (None, b"new/x")
