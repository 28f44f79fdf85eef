"""The measures of `benchmarks.quality` on made documents: shares, highlights, labels, cases."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

from benchmarks.quality.__main__ import main
from benchmarks.quality.cases import DEV, Case, CaseFile, read_cases
from benchmarks.quality.labels import read_breaking, read_disagreements, read_wanted
from benchmarks.quality.measures import (
    Label,
    Specific,
    Wanted,
    agreement,
    breaking_paths,
    compare_breaking,
    is_specific,
    shows,
    specific_share,
    text_count,
    unsupported_findings,
)
from benchmarks.quality.runs import Told, of_case, of_range
from diff_insight.model.facts import Fact
from support.repos import TestRepo

TABLE = """\
@@ -10,3 +10,3 @@ # Models
 | Model | Retirement date |
 |-------|-----------------|
-| `alpha` | June 11, 2025 |
+| `alpha` | September 1, 2025 |
"""
PAGE = "@@ -1,2 +0,0 @@\n-# Old page\n-Words about it.\n"


@cache
def told() -> Told:
    files = (
        CaseFile(path="docs/gone.md", status="removed", additions=0, deletions=2, patch=PAGE,
                 recorded="breaking change"),
        CaseFile(path="docs/models.md", status="modified", additions=1, deletions=1, patch=TABLE,
                 recorded="new feature"),
        CaseFile(path="docs/shot.png", status="added", additions=0, deletions=0, patch=None),
        CaseFile(path="docs/table.csv", status="modified", additions=0, deletions=0, patch=None),
    )  # fmt: skip
    return of_case(Case(name="made", repository="o/r", base="1" * 7, head="2" * 7, files=files))


def test_specific_facts() -> None:
    assert specific_share(told()) == Specific(2, 4, 2, 2)
    assert not is_specific(Fact("image.added", {"path": "a.png"}))
    assert is_specific(Fact("image.added", {"path": "a.png", "new_width": 3}))


def test_tokens_without_a_source_are_found_in_every_text() -> None:
    assert list(unsupported_findings(told())) == []
    insight = told().insight
    wrong = replace(insight, headline=dict.fromkeys(insight.locales, "Since 2031-01-02"))
    entry = replace(wrong.files[0], title=dict.fromkeys(insight.locales, "`made.up()`"))
    wrong = replace(wrong, files=(entry, *wrong.files[1:]))
    found = list(unsupported_findings(replace(told(), insight=wrong)))
    assert {(finding.place, finding.found.token) for finding in found} == {
        ("headline", "2031-01-02"),
        ("docs/gone.md", "made.up()"),
    }
    assert len(found) == 2 * len(insight.locales)
    assert text_count(insight) > 11 * len(insight.locales)


def test_what_headline_and_highlights_name() -> None:
    insight = told().insight
    wanted = Wanted(case="made", change="", reason="", all=("alpha",), dates=("2025-09-01",))
    assert shows(insight, wanted)
    assert shows(insight, replace(wanted, any=("beta", "June"), dates=())) is False
    assert not shows(insight, replace(wanted, dates=("2025-09-02",)))
    assert not shows(insight, replace(wanted, all=("alpha", "beta")))


def test_types_and_breaking_findings_against_labels() -> None:
    recorded = {"docs/gone.md": "breaking change", "docs/models.md": "new feature"}
    assert list(agreement(told(), recorded)) == [
        # What redirects the page is not in the diff: likely is not proved.
        ("minor update", "breaking change", "otherwise", "docs/gone.md"),
        ("minor update", "new feature", "otherwise", "docs/models.md"),
    ]
    labels = [
        Label("docs/gone.md", False, "kept elsewhere"),
        Label("docs/models.md", True, "a deadline"),
        Label("docs/shot.png", False, "a picture"),
    ]
    result = compare_breaking(labels, breaking_paths(told().insight))
    assert (result.found, result.missed, result.wrong) == (0, (labels[1],), (labels[0],))
    assert result.recall == 0
    assert compare_breaking([], frozenset()).recall == 1


def test_a_range_of_a_clone_knows_what_the_other_files_say(tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "clone")
    repo.write({"docs/old.md": "# Old\n", "docs/gone.md": "# Gone\n", "_redirects": ""})
    base = repo.commit("base")
    for name in ("old", "gone"):
        (repo.path / "docs" / f"{name}.md").unlink()
    repo.write({"_redirects": "/docs/old /new\n"})
    head = repo.commit("head")
    found = of_range(repo.path, base, head, ["docs/old.md", "docs/gone.md"])
    assert len(found.insight.files) == 2
    assert breaking_paths(found.insight) == {"docs/gone.md"}
    with pytest.raises(ValueError, match="no file"):
        of_range(repo.path, base, head, ["docs/other.md"])


def test_cases_are_read_from_files_and_folders(tmp_path: Path) -> None:
    entry = {
        "id": "x", "owner": "o", "repo": "r", "base": "1", "head": "2",
        "files": [{"filename": "a.md", "status": "renamed", "additions": 0, "deletions": 0,
                   "patch": None, "modification_type": "bug fix"}],
    }  # fmt: skip
    (tmp_path / "one.jsonl").write_text(json.dumps(entry) + "\n", "utf-8")
    with gzip.open(tmp_path / "two.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(entry | {"id": "y"}) + "\n")
    cases = list(read_cases(tmp_path))
    assert [case.name for case in cases] == ["x", "y"]
    assert cases == [*read_cases(tmp_path / "one.jsonl"), *read_cases(tmp_path / "two.jsonl.gz")]
    assert cases[0].files[0].recorded == "bug fix"
    assert b"rename from /before-a.md" in cases[0].diff()


def test_labels_speak_of_cases_that_are_there() -> None:
    cases = {case.name: case for case in read_cases(DEV)}
    assert all(file.recorded for case in cases.values() for file in case.files)
    wanted = read_wanted()
    assert len({each.case for each in wanted}) == len(wanted) == 20
    assert {each.case for each in wanted} <= set(cases)
    assert all(each.reason and (each.all or each.any or each.dates) for each in wanted)
    assert all(reason for reason in read_disagreements().values())
    breaking = read_breaking()
    labels = [label for rows in breaking.values() for label in rows]
    assert len(labels) >= 200
    assert all(label.reason for label in labels)
    assert sum(label.breaking for label in labels) > 50
    for place, rows in breaking.items():
        if not place.base:
            assert {row.path for row in rows} <= {file.path for file in cases[place.source].files}


def test_the_whole_prints_its_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    patch = "@@ -1 +1 @@\n-Text one.\n+Text two.\n"
    entry = {
        "id": "x", "owner": "o", "repo": "r", "base": "1" * 7, "head": "2" * 7,
        "files": [{"filename": "a.md", "status": "modified", "additions": 1, "deletions": 1,
                   "patch": patch, "modification_type": "bug fix"}],
    }  # fmt: skip
    place = tmp_path / "one.jsonl"
    place.write_text(json.dumps(entry) + "\n", "utf-8")
    assert main(["--cases", str(place), "--clones", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    for line in (
        "1 cases, 1 files",
        "files with a specific fact: 1 of 1 (100.0%); with a patch: 1 of 1 (100.0%)",
        "unsupported tokens: 0 in",
        "types as recorded: 0 of 1 (0.0%)",
        "1 ours minor update, recorded bug fix (rule otherwise)",
        "most important change named: 0 of 0",
        "false positives 0; found 0 of 0 (-)",
    ):
        assert line in printed
