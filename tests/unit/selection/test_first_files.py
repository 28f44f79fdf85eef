"""Of too many files the first are kept; the others are counted and said."""

from __future__ import annotations

import pytest

from diff_insight.model.changes import ChangeSet, FileChange, Status
from diff_insight.model.messages import Notice
from diff_insight.selection.first_files import first_files


class NoPatches:
    def read(self, offset: int, length: int) -> bytes:
        return b""


def range_of(count: int, unlisted: int = 0) -> ChangeSet:
    files = [FileChange(path_bytes=b"%d" % number, status=Status.ADDED) for number in range(count)]
    return ChangeSet(files=files, patches=NoPatches(), source="test", unlisted=unlisted)


@pytest.mark.parametrize(
    ("count", "unlisted", "most", "kept", "total"),
    [(5, 0, 3, 3, 5), (5, 7, 3, 3, 12), (3, 7, 3, 3, 10), (2, 1, 0, 2, 3)],
)
def test_what_is_left_out_is_counted(
    count: int, unlisted: int, most: int, kept: int, total: int
) -> None:
    found = first_files(range_of(count, unlisted), most)
    assert [change.path for change in found.files] == [str(number) for number in range(kept)]
    assert found.unlisted == total - kept
    assert found.notices == (Notice("files-cut", {"count": kept, "total": total}),)


@pytest.mark.parametrize("most", [0, 5, 6])
def test_a_range_that_fits_stays_as_it_is(most: int) -> None:
    whole = range_of(5)
    assert first_files(whole, most) is whole
