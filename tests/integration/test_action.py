"""The action from end to end: the runner's files in, a fake GitHub beside it, reports out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from support.fake_github import FakeGitHub, Fault
from support.pulls import operations, pages, pull, push
from support.remotes import SLUG, TOKEN, many
from support.repos import TestRepo
from support.runner import commands_in
from support.step import Launch, Step, process, run_step

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])


def _step(  # noqa: PLR0917 - what a step is made of
    fake: FakeGitHub,
    folder: Path,
    event: str,
    payload: Mapping[str, object],
    inputs: Mapping[str, str] | None = None,
    environ: Mapping[str, str] | None = None,
    workspace: Path | None = None,
    launch: Launch | None = None,
) -> Step:
    variables = {
        "GITHUB_SERVER_URL": fake.url,
        "GITHUB_API_URL": fake.api,
        "GITHUB_REPOSITORY": SLUG,
        **(environ or {}),
    }
    return run_step(
        folder,
        event=event,
        payload=payload,
        inputs={"github-token": TOKEN, **(inputs or {})},
        environ=variables,
        workspace=workspace,
        launch=launch,
    )


def test_a_pull_request_without_a_checkout(fake: FakeGitHub, tmp_path: Path) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    fake.host(SLUG, repo, token=TOKEN)
    inputs = {"locales": "en, ja, zh"}
    step = _step(
        fake, tmp_path / "step", "pull_request", pull(base, head), inputs, {"GITHUB_SHA": head},
        launch=process,
    )  # fmt: skip
    assert step.code == 0, step.log
    reports = json.loads(step.outputs["reports"])
    assert [report["locale"] for report in reports] == ["en_US", "ja_JP", "zh_CN"]
    for report in reports:
        assert (step.workspace / report["path"]).read_text("utf-8").startswith("---\ndate: ")
        assert json.loads((step.workspace / report["insight"]).read_text("utf-8"))["files"]
    assert step.outputs["changed-files"] == "3"
    # Unchanged files were not read, and one of them may redirect the page.
    assert step.outputs["breaking-changes"] == "0"
    assert step.outputs["complete"] == "true"
    assert (step.outputs["base-sha"], step.outputs["head-sha"]) == (base, head)
    assert "New" in step.outputs["headline"]
    assert "Old guide" in step.summary
    assert "破壊的変更" in step.summary
    assert TOKEN not in step.log.replace(f"::add-mask::{TOKEN}", "")
    warned = [command for command in commands_in(step.log) if command.name == "warning"]
    assert len(warned) == 1
    assert {command.name for command in commands_in(step.log)} <= {
        "add-mask", "group", "endgroup", "notice", "warning",
    }  # fmt: skip


def test_the_file_asks_for_pages_besides_what_the_action_writes(
    fake: FakeGitHub, tmp_path: Path
) -> None:
    repo = TestRepo(tmp_path / "repo")
    repo.write({".github/diff-insight.yml": "format: html\n", "a.md": "# A\n\nOne.\n"})
    base = repo.commit("base")
    repo.write({"a.md": "# A\n\nTwo.\n"})
    head = repo.commit("head")
    fake.host(SLUG, repo, token=TOKEN)
    inputs = {"locales": "en, ja"}
    step = _step(fake, tmp_path / "step", "push", push(base, head), inputs, {"GITHUB_SHA": head})
    assert step.code == 0, step.log
    reports = json.loads(step.outputs["reports"])
    assert [Path(each["path"]).suffix for each in reports] == [".md", ".md"]
    assert {Path(each["insight"]).suffix for each in reports} == {".json"}
    assert [(step.workspace / each["path"]).with_suffix(".html").exists() for each in reports] == [
        True
    ] * 2


def test_fail_on_ends_the_step_after_publishing(fake: FakeGitHub, tmp_path: Path) -> None:
    base, head = operations(repo := TestRepo(tmp_path / "repo"))
    fake.host(SLUG, repo)
    inputs = {"fail-on": "breaking-change"}
    sent = pull(base, head)
    step = _step(fake, tmp_path / "step", "pull_request", sent, inputs, launch=process)
    assert step.code == 3
    assert step.outputs["breaking-changes"] == "1"
    assert "GET /items" in step.summary
    (warning,) = [each for each in commands_in(step.log) if each.name == "warning"]
    assert "GET /items" in warning.data
    (error,) = [each.data for each in commands_in(step.log) if each.name == "error"]
    assert error.startswith(
        "fail-on breaking-change is met: 1 breaking change, named in the report"
    )
    assert "what to change: " in error


def test_a_push_of_350_files(fake: FakeGitHub, tmp_path: Path) -> None:
    base, head = many(repo := TestRepo(tmp_path / "repo"), 350)
    fake.host(SLUG, repo)
    sent = push(base, head)
    step = _step(fake, tmp_path / "step", "push", sent, environ={"GITHUB_SHA": head})
    assert step.code == 0, step.log
    assert step.outputs["changed-files"] == "350"
    assert step.outputs["complete"] == "true"


def test_a_schedule_compares_another_repository(fake: FakeGitHub, tmp_path: Path) -> None:
    base, head = many(repo := TestRepo(tmp_path / "repo"), 3)
    fake.host("other/docs", repo)
    own = TestRepo(tmp_path / "own")
    own.write({"README.md": "Ours.\n"})
    fake.host(SLUG, own)
    sha = {"GITHUB_SHA": own.commit("own")}
    inputs = {"repository": "other/docs", "base": base, "head": head}
    step = _step(fake, tmp_path / "step", "schedule", {"schedule": "0 6 * * *"}, inputs, sha)
    assert step.code == 0, step.log
    assert step.outputs["compare-url"].startswith(f"{fake.url}/other/docs/compare/other:")
    assert "warning" not in {command.name for command in commands_in(step.log)}


def test_a_server_that_stays_away_is_a_clear_failure(fake: FakeGitHub, tmp_path: Path) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    fake.host(SLUG, repo, token="another")
    step = _step(fake, tmp_path / "step", "pull_request", pull(base, head))
    assert step.code == 1
    assert step.summary == ""
    assert not list(step.workspace.rglob("*.md"))
    assert any(command.name == "error" for command in commands_in(step.log))


def test_the_api_takes_over_where_git_fails(fake: FakeGitHub, tmp_path: Path) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    fake.host(SLUG, repo)
    fake.fail(Fault(path=r"\.git/", status=403))
    step = _step(fake, tmp_path / "step", "pull_request", pull(base, head))
    assert step.code == 0, step.log
    assert step.outputs["changed-files"] == "3"


def test_a_deleted_branch_has_nothing_to_compare(fake: FakeGitHub, tmp_path: Path) -> None:
    step = _step(fake, tmp_path / "step", "push", push("1" * 40, "0" * 40))
    assert step.code == 0, step.log
    assert step.outputs["has-changes"] == "false"


def test_the_head_of_a_pull_request_configures_nothing(fake: FakeGitHub, tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "repo")
    repo.write(
        {
            ".github/diff-insight.yml": "exclude: [vendor/]\n",
            "docs/kept.md": "One.\n",
            "a.txt": "One.\n",
        }
    )
    base = repo.commit("base")
    repo.git("checkout", "-q", "-b", "topic")
    marker = tmp_path / "ran"
    repo.write({
        ".github/diff-insight.yml": "exclude: ['docs/']\noutput: ../stolen.md\nbase-url: https://evil.example\n"
        "publish: [commit]\ncategories: {none: {paths: [nothing/]}}\nlocales: [ja]\n",
        ".gitattributes": "docs/*.md -diff linguist-generated\n*.txt diff=evil\n",
        "docs/kept.md": "Two.\n",
        "a.txt": "Two.\n",
    })  # fmt: skip
    head = repo.commit("head")
    repo.git("config", "diff.evil.textconv", f"touch {marker};")
    repo.git("config", "diff.external", f"touch {marker}")
    repo.git("config", "core.fsmonitor", f"touch {marker}")
    for name in ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc"):
        hook = repo.path / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch {marker}\n", "utf-8")
        hook.chmod(0o755)
    fake.host(SLUG, repo)
    step = _step(fake, tmp_path / "step", "pull_request", pull(base, head), workspace=repo.path)
    assert step.code == 0, step.log
    assert not marker.exists()
    assert step.outputs["files-excluded"] == "0"
    assert step.outputs["changed-files"] == "4"
    assert [report["locale"] for report in json.loads(step.outputs["reports"])] == ["en_US"]
    assert step.summary  # what is published is what the workflow says
    document = json.loads(
        (step.workspace / json.loads(step.outputs["reports"])[0]["insight"]).read_text("utf-8")
    )
    kept = next(entry for entry in document["files"] if entry["path"] == "docs/kept.md")
    assert (kept["binary"], kept["additions"], kept["deletions"]) == (False, 1, 1)


def test_an_unknown_input_names_the_nearest(fake: FakeGitHub, tmp_path: Path) -> None:
    step = _step(fake, tmp_path / "step", "schedule", {}, {"local": "ja"})
    assert step.code == 2
    assert "locales" in step.log


def test_reports_stay_inside_the_workspace(fake: FakeGitHub, tmp_path: Path) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    fake.host(SLUG, repo)
    inputs = {"output": "../{locale}/{category}.md"}
    step = _step(fake, tmp_path / "step", "pull_request", pull(base, head), inputs)
    assert step.code == 2
    assert not (tmp_path / "step" / "en_US").exists()
