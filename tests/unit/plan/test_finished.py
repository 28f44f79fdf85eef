"""Records of what is done, and what is published next."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from diff_insight.errors import EnvironmentFailure
from diff_insight.model.model_batches import HandedOver
from diff_insight.plan.batches import after_commit, batches, publishable_ranges, stretches
from diff_insight.plan.existing import ranges_with_reports, without_reports
from diff_insight.plan.finished import (
    documents_of,
    read_document,
    read_finished,
    read_travelled,
    record_of,
    write_finished,
)
from diff_insight.plan.planned_range import PlannedRange

FIRST, SECOND, THIRD = (
    PlannedRange(base=str(at) * 40, head=str(at + 1) * 40, date="2025-01-01", label=str(at))
    for at in range(3)
)


def finish(root: Path, planned: PlannedRange, size: int = 10) -> None:
    document = f"{record_of(planned).with_suffix('')}/all.json"
    (root / document).parent.mkdir(parents=True)
    (root / document).write_text("x" * size)
    write_finished(root, planned, "", [document])


def test_a_record_is_about_one_range(tmp_path: Path) -> None:
    finish(tmp_path, FIRST)
    done = read_finished(tmp_path, FIRST)
    assert done is not None
    assert done.documents == (documents_of(FIRST).replace("{category}", "all"),)
    assert read_finished(tmp_path, SECOND) is None
    # The same first digits, another commit.
    assert read_finished(tmp_path, replace(FIRST, head=FIRST.head[:12] + "f" * 28)) is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"base": 1}', b"\xff"])
def test_what_is_no_record_counts_as_not_done(tmp_path: Path, content: bytes) -> None:
    record = tmp_path / record_of(FIRST)
    record.parent.mkdir()
    record.write_bytes(content)
    assert read_finished(tmp_path, FIRST) is None


@pytest.mark.parametrize("name", ["/etc/passwd", "../outside.json", "gone.json"])
def test_documents_are_below_the_folder_and_there(tmp_path: Path, name: str) -> None:
    (tmp_path / "outside.json").write_text("{}")
    root = tmp_path / "root"
    write_finished(root, FIRST, "", [name])
    assert read_finished(root, FIRST) is None


def test_a_record_behind_a_link_counts_as_not_done(tmp_path: Path) -> None:
    finish(tmp_path / "elsewhere", FIRST)
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / record_of(FIRST).parent).symlink_to(
        tmp_path / "elsewhere" / record_of(FIRST).parent
    )
    assert read_finished(tmp_path / "root", FIRST) is None


def test_a_document_behind_a_link_counts_as_not_done(tmp_path: Path) -> None:
    finish(tmp_path, FIRST)
    (document,) = (tmp_path / record_of(FIRST).with_suffix("")).iterdir()
    document.unlink()
    document.symlink_to("/dev/zero")
    assert read_finished(tmp_path, FIRST) is None
    with pytest.raises(EnvironmentFailure, match="leads elsewhere"):
        read_document(tmp_path, str(document.relative_to(tmp_path)))


@pytest.mark.parametrize("name", ["package.json", ".git/x.json", "diff-insight-ranges/x/all.json"])
def test_a_record_that_travelled_names_documents_of_its_own_range(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("{}")
    write_finished(tmp_path, FIRST, "", [name])
    assert read_finished(tmp_path, FIRST) is not None
    assert read_travelled(tmp_path, FIRST) is None


def test_a_record_without_end_counts_as_not_done(tmp_path: Path) -> None:
    finish(tmp_path, FIRST)
    (tmp_path / record_of(FIRST)).write_text('{"x":' + "[" * 200_000)
    assert read_finished(tmp_path, FIRST) is None


def test_what_is_published_ends_before_the_first_gap(tmp_path: Path) -> None:
    finish(tmp_path, FIRST)
    finish(tmp_path, THIRD)
    ranges = [FIRST, SECOND, THIRD]
    assert [each.planned for each in publishable_ranges(tmp_path, ranges)] == [FIRST]
    finish(tmp_path, SECOND)
    done = list(publishable_ranges(tmp_path, ranges))
    assert [each.planned for each in done] == ranges
    assert [len(batch) for batch in batches(done, most_ranges=2)] == [2, 1]
    assert [len(batch) for batch in batches(done, most_bytes=15)] == [1, 1, 1]
    assert list(batches([])) == []


def test_ranges_behind_the_cursor() -> None:
    ranges = [FIRST, SECOND, THIRD]
    assert after_commit(ranges, SECOND.head) == [THIRD]
    assert after_commit(ranges, "") == ranges
    assert after_commit(ranges, "before", "before") == ranges
    assert after_commit(ranges, "elsewhere") is None
    assert after_commit(ranges, "elsewhere", "before") is None


def test_ranges_with_a_document_are_left_out(tmp_path: Path) -> None:
    text = '{{"range": {{"server": "s", "repository": "{}", "base": "{}", "head": "{}"}}}}'
    (tmp_path / "a.json").write_text(text.format("o/n", FIRST.base, FIRST.head))
    (tmp_path / "b.json").write_text("{}")
    (tmp_path / "folder.json").mkdir()
    known = list(ranges_with_reports(tmp_path))
    assert [(each.repository, each.base) for each in known] == [("o/n", FIRST.base)]
    assert without_reports([FIRST, SECOND], known) == [SECOND]
    named = [replace(each, repository=name) for each in (FIRST,) for name in ("O/N", "o/other")]
    assert [each.repository for each in without_reports(named, known)] == ["o/other"]


def test_a_range_whose_parts_are_joined_stands_alone() -> None:
    parted = replace(SECOND, job=0, parts=(1, 2))
    assert list(stretches([FIRST, parted, THIRD])) == [[FIRST], [parted], [THIRD]]
    assert list(stretches([FIRST, SECOND, THIRD])) == [[FIRST, SECOND, THIRD]]
    assert list(stretches([parted, replace(parted, head="f" * 40)]))[1][0].head == "f" * 40


@pytest.mark.parametrize(
    ("batch", "place"),
    [
        ("../files/file-1", "0123456789abcdef"),
        ("", "0123456789abcdef"),
        ("batch_abc123", "https://elsewhere"),
    ],
)
def test_a_batch_that_no_provider_has_makes_no_record(
    tmp_path: Path, batch: str, place: str
) -> None:
    good = HandedOver(batch="batch_abc123", place="0123456789abcdef")
    write_finished(tmp_path, FIRST, "", [], good)
    found = read_travelled(tmp_path, FIRST)
    assert found is not None
    assert found.waits == good
    write_finished(tmp_path, FIRST, "", [], HandedOver(batch=batch, place=place))
    assert read_travelled(tmp_path, FIRST) is None
