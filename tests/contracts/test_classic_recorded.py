"""The classic report of a recorded diff has the skeleton and the patches of the recorded report."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from diff_insight.cli.main import main
from support.classic import ClassicReport, parse_classic
from support.recorded import Recorded, RecordedFile, cases, seeds, unified_diff

TOP = ["Highlights", "Insights", "Summary Table", "Modified Contents"]
SECTIONS = {
    "en_US": ["New features", "Breaking changes", "Other updates"],
    "ja_JP": ["新機能", "破壊的変更", "その他の更新"],
    "zh_CN": ["新功能", "重大变化", "其他更新"],
}
TYPES = {"new feature", "breaking change", "bug fix", "minor update"}
TITLE_LABELS = ("[en_US] ", "[ja_JP] ", "[zh_CN] ")


@dataclass(frozen=True)
class Made:
    """What a run over a recorded diff wrote."""

    report: ClassicReport
    document: dict[str, Any]


def run(recorded: Recorded, folder: Path, *, locales: str, options: tuple[str, ...] = ()) -> Made:
    """Report on the rebuilt diff of a record, in process."""
    diff = folder / "recorded.diff"
    diff.write_bytes(unified_diff(recorded.files))
    config = folder / "categories.yml"
    config.write_text(
        json.dumps({"categories": {recorded.category: {"paths": ["articles"]}}}), "utf-8"
    )
    words = [
        "report", "--diff", str(diff), "--repo", recorded.repository, "--config", str(config),
        "--base", recorded.base, "--head", recorded.head, "--date", recorded.date,
        "--locale", locales, "--format", "markdown,json", "--quiet",
        "--output", f"{folder}/{{locale}}-{{category}}.md", *options,
    ]  # fmt: skip
    assert main(words, {}) == 0
    text = (folder / f"{recorded.locale}-{recorded.category}.md").read_bytes().decode()
    document = json.loads((folder / f"all-{recorded.category}.json").read_text("utf-8"))
    return Made(parse_classic(text), document)


def check_skeleton(made: Made, recorded: Recorded, title: str) -> None:
    report = made.report
    assert list(report.front_matter) == ["date", "permalink", "summary", "title"]
    assert report.front_matter["date"] == recorded.date
    assert report.front_matter["permalink"] == recorded.permalink
    assert report.front_matter["title"] == title
    assert "\n" not in report.front_matter["summary"]
    assert report.link == recorded.permalink
    assert report.sections(1) == TOP
    assert report.sections(2, below="Highlights") == SECTIONS[recorded.locale]
    assert report.sections(3) == ["Summary", "Explanation"] * len(recorded.files)
    assert report.last_line.startswith("<!-- diff-insight ")


def check_rows(made: Made, recorded: Recorded) -> None:
    """Compare the table; where base names are equal, ours show more of the path."""
    rows = made.report.rows
    bases = Counter(file.path.rpartition("/")[2] for file in recorded.files)
    assert len({row.name for row in rows}) == len(rows)
    for row, file in zip(rows, recorded.files, strict=True):
        base = file.path.rpartition("/")[2]
        assert ("/" + file.path).endswith("/" + row.name)
        assert (row.name == base) == (bases[base] == 1)
        assert (row.anchor, row.status) == (file.anchor, file.status)
        assert row.counts == file.counts
        assert row.type in TYPES
        assert len(row.cells) == 7


def check_files(made: Made, recorded: Recorded) -> None:
    for part, file in zip(made.report.files, recorded.files, strict=True):
        assert (part.path, part.anchor) == (file.path, file.anchor)
        assert part.patch == (None if file.patch is None else file.patch.split("\n"))
        assert set(part.block) == {"modification_type", "modification_title"}
        assert part.block["modification_type"] in TYPES
        assert part.block["modification_title"]
        assert part.explanation
    shown = sum(file.patch is not None for file in recorded.files)
    assert made.report.opened_details == made.report.closed_details == shown


def check_without_patch(made: Made, files: tuple[RecordedFile, ...]) -> None:
    """A file without a patch is unreadable, binary, or a rename, as its fields say."""
    coverage = made.document["coverage"]
    unreadable = {entry["path"] for entry in coverage["unreadable"]}
    assert unreadable == {file.path for file in files if file.lost}
    assert coverage["complete"] is (not unreadable)
    for entry, file in zip(made.document["files"], files, strict=True):
        assert (entry["path"], entry["status"]) == (file.path, file.status)
        assert bool(entry["unreadable"]) is file.lost
        assert (entry["previous_path"] is not None) is file.moved
        if file.patch is None and not file.moved:
            assert entry["binary"] is file.image


@pytest.mark.parametrize("recorded", seeds(), ids=lambda seed: seed.name)
def test_seed(recorded: Recorded, tmp_path: Path) -> None:
    locales = "en_US,ja_JP,zh_CN" if recorded.title.startswith("[") else recorded.locale
    made = run(recorded, tmp_path, locales=locales, options=("--max-patch-bytes", "0"))
    check_skeleton(made, recorded, recorded.title)
    check_rows(made, recorded)
    check_files(made, recorded)
    check_without_patch(made, recorded.files)


@pytest.mark.parametrize("recorded", cases(), ids=lambda case: case.name)
def test_case(recorded: Recorded, tmp_path: Path) -> None:
    made = run(recorded, tmp_path, locales=recorded.locale, options=("--max-patch-bytes", "0"))
    title = recorded.title
    for label in TITLE_LABELS:
        title = title.removeprefix(label)
    check_skeleton(made, recorded, title)
    check_rows(made, recorded)
    check_files(made, recorded)
    check_without_patch(made, recorded.files)


def test_patches_above_the_limit_are_linked_and_counted(tmp_path: Path) -> None:
    recorded = next(case for case in cases() if "20241120-misc" in case.name)
    limit = 20_000
    large = {
        file.path
        for file in recorded.files
        if file.patch and len(unified_diff([file])) > limit
    }  # fmt: skip
    made = run(
        recorded, tmp_path, locales=recorded.locale, options=("--max-patch-bytes", str(limit))
    )
    assert large
    assert set(made.document["coverage"]["patches_linked"]) == large
    for part, entry in zip(made.report.files, made.document["files"], strict=True):
        linked = entry["path"] in large
        assert (entry["patch_url"] != "") is linked
        if linked:
            assert part.patch is None
            assert entry["patch"] is None
            assert entry["patch_url"].startswith(recorded.permalink + "#diff-")
    check_rows(made, recorded)
