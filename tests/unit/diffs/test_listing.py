"""git's raw listing: every field of every kind of change."""

from __future__ import annotations

import pytest

from diff_insight.diffs.listing import parse_counts, parse_listing, sections_of
from diff_insight.diffs.sections import PatchLineCounts
from diff_insight.model.changes import FileChange, Status

_OLD, _NEW, _NONE = "1" * 40, "2" * 40, "0" * 40


def listing(*fields: str) -> list[FileChange]:
    return parse_listing("".join(field + "\0" for field in fields).encode())


def test_nothing() -> None:
    assert parse_listing(b"") == []


def test_a_modified_file() -> None:
    (found,) = listing(f":100644 100755 {_OLD} {_NEW} M", "x")
    assert found == FileChange(
        path_bytes=b"x", status=Status.MODIFIED,
        old_mode="100644", new_mode="100755", old_id=_OLD, new_id=_NEW,
    )  # fmt: skip


def test_a_rename_beside_names_that_look_like_fields() -> None:
    found = listing(
        f":100644 100644 {_OLD} {_NEW} R086", ":100644 a", "\tb\t",
        f":000000 100644 {_NONE} {_NEW} A", "1\t1\t",
        f":100644 000000 {_OLD} {_NONE} D", "-\t-\tx",
    )  # fmt: skip
    assert [(change.path_bytes, change.previous_path_bytes, change.status) for change in found] == [
        (b"\tb\t", b":100644 a", Status.RENAMED),
        (b"1\t1\t", None, Status.ADDED),
        (b"-\t-\tx", None, Status.REMOVED),
    ]
    assert [change.similarity for change in found] == [86, None, None]


def test_a_copy() -> None:
    (found,) = listing(f":100644 100644 {_OLD} {_OLD} C100", "x", "y")
    assert (found.status, found.previous_path_bytes) == (Status.COPIED, b"x")
    assert found.similarity == 100


def test_counts_by_path() -> None:
    told = b"3\t2\tx\0-\t-\t\tb\t\x000\t0\t\n\x00"
    assert parse_counts(told) == {
        b"x": PatchLineCounts(3, 2), b"\tb\t": PatchLineCounts(binary=True), b"\n": PatchLineCounts(),
    }  # fmt: skip
    assert parse_counts(b"") == {}


def test_ids_of_sha256_repositories() -> None:
    (found,) = listing(f":100644 100644 {'a' * 64} {'b' * 64} M", "x")
    assert (found.old_id, found.new_id) == ("a" * 64, "b" * 64)


@pytest.mark.parametrize(
    ("modes", "letter", "sections"),
    [
        ("100644 120000", "T", 2), ("160000 100644", "T", 2), ("100644 100644", "M", 1),
        ("160000 160000", "M", 1), ("160000 160000", "T", 1), ("100644 100755", "X", 1),
    ],
)  # fmt: skip
def test_a_type_change_has_two_sections(modes: str, letter: str, sections: int) -> None:
    (found,) = listing(f":{modes} {_OLD} {_NEW} {letter}", "x")
    assert sections_of(found) == sections
