"""Files are written whole or not at all, and only over reports of the same range."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path, PurePath

import pytest

from diff_insight.errors import EnvironmentFailure
from diff_insight.model.insight import Insight
from diff_insight.model.ranges import CommitRange, Comparison
from diff_insight.publishers.report_files import (
    FileWriter,
    free_path,
    identity_on_disk,
    pages_beside,
    planned_reports,
    write_whole,
)
from diff_insight.report.identity import patches_folder, range_id
from diff_insight.runtime.workers import Forked, InPlace
from support.hostile import modified
from support.insights import insight_of_diff


def commits(base: str = "1" * 40, head: str = "2" * 40) -> CommitRange:
    return CommitRange(base=base, head=head, merge_base=base, comparison=Comparison.DIRECT)


def report(commits: CommitRange) -> str:
    return f"# Report\n<!-- diff-insight 1.0 range-id={range_id(commits)} complete=true -->\n"


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "é.md"
    write_whole(path, iter(["line\n", "日本\r\n", "\ud800"]))
    assert path.read_bytes() == "line\n日本\r\n?".encode()
    assert os.listdir(path.parent) == ["é.md"]
    write_whole(path, iter(["line\n".encode("utf-16"), b"\xff"]))
    assert path.read_bytes() == "line\n".encode("utf-16") + b"\xff"


def test_a_report_that_cannot_be_written_leaves_nothing_of_the_others(tmp_path: Path) -> None:
    insight = insight_of_diff(modified(b"a.md", [b"old"], [b"new"]))

    def full(*_: object) -> Iterator[str]:
        time.sleep(0.1)
        raise EnvironmentFailure("the report could not be written")

    def slow(*_: object) -> Iterator[str]:
        yield "first"
        time.sleep(0.4)
        yield "last"

    writer = FileWriter(
        str(tmp_path / "x.md"), ("markdown", "json"),
        {"markdown": slow, "json": full}, dry_run=False, workers=Forked(2),
    )  # fmt: skip
    with pytest.raises(EnvironmentFailure, match="could not be written"):
        writer.write([insight])
    assert os.listdir(tmp_path) == ["x.md"]
    assert (tmp_path / "x.md").read_text() == "firstlast"


def test_rights_are_those_of_any_new_file(tmp_path: Path) -> None:
    before = os.umask(0o027)
    write_whole(tmp_path / "x.md", ["text"])
    assert os.umask(before) == 0o027
    assert stat.S_IMODE((tmp_path / "x.md").stat().st_mode) == 0o640


def test_a_link_is_replaced_not_followed(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("mine")
    (tmp_path / "x.md").symlink_to("target")
    write_whole(tmp_path / "x.md", ["text"])
    assert (tmp_path / "target").read_text() == "mine"
    assert (tmp_path / "x.md").read_text() == "text"


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_file_whole(tmp_path: Path, failure: BaseException) -> None:
    def pieces() -> Iterator[str]:
        yield "half" * 10_000
        raise failure

    (tmp_path / "x.md").write_text("old")
    expected = EnvironmentFailure if isinstance(failure, OSError) else KeyboardInterrupt
    with pytest.raises(expected):
        write_whole(tmp_path / "x.md", pieces())
    assert os.listdir(tmp_path) == ["x.md"]
    assert (tmp_path / "x.md").read_text() == "old"


def test_a_place_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "file" / "x.md", tmp_path / "folder"):
        with pytest.raises(EnvironmentFailure, match="could not be written") as caught:
            write_whole(path, ["text"])
        assert "--output" in caught.value.cure
    assert sorted(os.listdir(tmp_path)) == ["file", "folder"]


@pytest.mark.parametrize(
    ("content", "identity"),
    [
        (b"", None),
        (b"text", "unknown"),
        (b"\xff\0", "unknown"),
        (report(commits()).encode(), range_id(commits())),
        (b"x" * 100_000 + report(commits()).encode(), range_id(commits())),
        (f"<html>{report(commits())}</body>\n</html>\n".encode(), range_id(commits())),
        (
            f'{{"schema_version": 1, "range_id": "{range_id(commits())}",'.encode(),
            range_id(commits()),
        ),
        (report(commits()).encode() + b"more text\n", "unknown"),
    ],
)
def test_whose_a_file_is(tmp_path: Path, content: bytes, identity: str | None) -> None:
    (tmp_path / "x").write_bytes(content)
    assert identity_on_disk(tmp_path / "x") == identity


def test_what_is_no_file_is_not_ours(tmp_path: Path) -> None:
    assert identity_on_disk(tmp_path / "nowhere") is None
    (tmp_path / "x").write_text("")
    assert identity_on_disk(tmp_path / "x" / "y") is None
    assert identity_on_disk(tmp_path) == "unknown"


def free(tmp_path: Path, commits: CommitRange) -> str:
    return free_path(PurePath(tmp_path / "r.md"), commits).name


def test_names_of_other_ranges(tmp_path: Path) -> None:
    mine, other = commits(), commits(base="3" * 40)
    assert free(tmp_path, mine) == "r.md"
    (tmp_path / "r.md").write_text(report(mine))
    assert free(tmp_path, mine) == "r.md"
    assert free(tmp_path, other) == "r-2222222.md"
    (tmp_path / "r-2222222.md").write_text("foreign")
    assert free(tmp_path, other) == "r-2222222-3333333.md"
    (tmp_path / "r-2222222-3333333.md").write_text("foreign")
    assert free(tmp_path, other) == f"r-{range_id(other)}.md"


def test_labels_in_names(tmp_path: Path) -> None:
    (tmp_path / "r.md").write_text("foreign")
    assert free(tmp_path, commits(head="../../x")) == "r-------x.md"
    assert free(tmp_path, commits(head="a/b\0")) == "r-a-b-.md"
    nothing = commits(base="", head="")
    assert free(tmp_path, nothing) == f"r-{range_id(nothing)}.md"


def test_pages_beside_a_report_are_written_and_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    insight = insight_of_diff(modified(b"a.txt", [b"one"], [b"two"]))
    folder = patches_folder(insight)
    asked: list[str] = []

    def pages(insight: Insight, locale: str) -> Iterator[tuple[str, Iterator[str]]]:
        asked.append(locale)
        for name in ("", f"{folder}/{locale}-1.html", f"{folder}/{locale}-2.html"):
            yield name, iter([f"{locale} {name}"])

    def plain(insight: Insight, locale: str) -> Iterator[str]:
        yield locale

    writer = FileWriter(
        "out/{locale}/r.md", ("markdown", "html"), {"markdown": plain}, dry_run=False,
        workers=InPlace(), pages={"html": pages},
    )  # fmt: skip
    paths = writer.write([insight])
    assert asked == list(insight.locales)
    planned = list(planned_reports("out/{locale}/r.md", ("markdown", "html"), [insight]))
    assert [report.path for report in planned] == paths
    by_path = {str(report.path): pages_beside(report.path, report) for report in planned}
    assert by_path["out/ja_JP/r.md"] == []
    assert [str(page) for page in by_path["out/ja_JP/r.html"]] == [
        f"out/ja_JP/{folder}/ja_JP-1.html", f"out/ja_JP/{folder}/ja_JP-2.html",
    ]  # fmt: skip
    assert Path(f"out/ja_JP/{folder}/ja_JP-2.html").read_text() == f"ja_JP {folder}/ja_JP-2.html"
