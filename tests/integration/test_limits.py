"""Whatever a range holds, a run has bounds of files, time and memory: a report that says so, or an error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from diff_insight.analysis import public_api, why
from diff_insight.sources import checkout
from diff_insight.story import salience
from support.command import Command
from support.repos import TestRepo
from support.trees import FILE, Entry, import_trees


@pytest.fixture
def made(tmp_path: Path) -> TestRepo:
    return TestRepo(tmp_path / "repo")


def document(command: Command) -> dict[str, object]:
    return dict(json.loads((command.folder / "r.json").read_text("utf-8")))


def range_of(made: TestRepo, *names: str) -> str:
    trees: list[dict[bytes, Entry]] = [
        {name.encode(): Entry(FILE, text) for name in names} for text in (b"old\n", b"new\n")
    ]
    base, head = import_trees(made, trees)
    return f"{base}..{head}"


def report(command: Command, made: TestRepo, span: str, *options: str) -> int:
    words = (span, "--repo", str(made.path), "--output", "r.md", "--format", "json", *options)
    return command("report", *words).code


@pytest.mark.parametrize("source", ["checkout", "diff"])
def test_a_report_of_too_many_files_says_what_it_leaves_out(
    command: Command, made: TestRepo, source: str
) -> None:
    span = range_of(made, *(f"{number}.md" for number in range(7)))
    words = ("--max-files", "3", "--locale", "en,ja")
    if source == "checkout":
        assert report(command, made, span, *words) == 0
    else:
        patch = made.git("diff", *span.split(".."))
        (command.folder / "x.diff").write_bytes(patch)
        done = command("report", "--diff", "x.diff", "--output", "r.md", "--format", "json", *words)
        assert done.code == 0
    insight = document(command)
    coverage = insight["coverage"]
    assert isinstance(coverage, dict)
    assert (coverage["changed"], coverage["unlisted"], coverage["complete"]) == (3, 4, False)
    said = json.dumps(insight["highlights"], ensure_ascii=False)
    assert "the range changes at least 7" in said
    assert "変更ファイル7件以上のうち" in said


@pytest.mark.parametrize(("mode", "code"), [("warn", 0), ("fail", 3)])
def test_files_beyond_the_limit_are_not_examined(
    command: Command, made: TestRepo, mode: str, code: int
) -> None:
    span = range_of(made, *(f"{number}.md" for number in range(4)))
    asked = ("--max-files", "2", "--fail-on", "breaking-change", "--unexamined", mode)
    done = command("report", span, "--repo", str(made.path), *asked)
    assert done.code == code
    assert "could not look at all of 2 files, named in the report" in done.err
    assert ("--unexamined is fail" in done.err) == (code == 3)
    assert ("what to change: " in done.err) == (code == 3)


def test_a_run_ends_at_its_deadline(
    command: Command, made: TestRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    span = range_of(made, "a.md")

    def wait(*_: object, **__: object) -> None:
        import time  # noqa: PLC0415 - stands for work without end

        time.sleep(60)

    monkeypatch.setattr("diff_insight.pipeline.categories", wait)
    done = command("report", span, "--repo", str(made.path), "--run-deadline", "2")
    assert done.code == 1
    assert "not come to its end in 2 seconds" in done.err
    assert "raise run-deadline" in done.err


def test_context_that_takes_too_long_is_left_out_and_said(
    command: Command, made: TestRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    span = range_of(made, "a.md")
    monkeypatch.setattr(why, "SECONDS_OF_CONTEXT", 0)
    assert report(command, made, span) == 0
    notices = document(command)["notices"]
    assert isinstance(notices, list)
    assert [notice["key"] for notice in notices] == ["commits-unread", "references-unsearched"]


def exported(made: TestRepo) -> str:
    spans = []
    for line in ("pub fn a(x: u8) {}\n", "pub fn b() {}\n"):
        made.write({"Cargo.toml": '[package]\nname = "x"\nversion = "1.0.0"\n', "src/lib.rs": line})
        spans.append(made.commit("x"))
    return "..".join(spans)


@pytest.mark.parametrize(
    ("seconds", "mode", "code"), [(0, "warn", 0), (0, "fail", 3), (100, "fail", 3)]
)
def test_an_api_that_takes_too_long_is_not_examined(
    command: Command, made: TestRepo, monkeypatch: pytest.MonkeyPatch, seconds: int, mode: str, code: int,
) -> None:  # fmt: skip
    monkeypatch.setattr(public_api, "SECONDS_OF_API", seconds)
    asked = ("--fail-on", "breaking-change", "--unexamined", mode)
    assert report(command, made, exported(made), *asked) == code
    files = document(command)["files"]
    assert isinstance(files, list)
    reasons = {file["path"]: file["read_in_part"] for file in files}
    assert reasons["src/lib.rs"] == ([] if seconds else ["time"])


@pytest.mark.no_cover
def test_lines_of_nothing_in_a_manifest_cost_no_more_than_reading(
    made: TestRepo, command: Command
) -> None:
    """A search that begins anew at each of them would not come to an end."""
    spans = []
    for features in ('default = ["a"]\na = []\ngone = []\n', "default = []\na = []\n"):
        manifest = '[package]\nname = "x"\nversion = "1.0.0"\n' + "\n" * 300_000
        made.write(
            {"Cargo.toml": f"{manifest}[features]\n{features}", "src/lib.rs": "pub fn a() {}\n"}
        )
        spans.append(made.commit("x"))
    assert report(command, made, "..".join(spans)) == 0
    (file,) = [each for each in document(command)["files"] if each["path"] == "Cargo.toml"]  # type: ignore[attr-defined]
    assert file["read_in_part"] == []


def test_files_are_counted_while_git_still_compares(
    command: Command, made: TestRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkout, "_SLOW_LISTING", -1.0)
    span = range_of(made, *(f"{number}.md" for number in range(9)))
    assert report(command, made, span, "--max-files", "4") == 0
    coverage = document(command)["coverage"]
    assert isinstance(coverage, dict)
    assert (coverage["changed"], coverage["unlisted"]) == (4, 5)


def test_an_expression_of_watch_without_end_is_an_error(
    command: Command, made: TestRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(salience, "SECONDS_OF_WATCH", 0.1)
    span = range_of(made, "a" * 60 + "!.md")
    done = command("report", span, "--repo", str(made.path), "--watch", r"^(a+)+$")
    assert done.code == 2
    assert "the expressions of watch take too long" in done.err
