"""Impact through the action: what another repository changes, and where the workflow's own code uses it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from support.branches import files_on, reports_in
from support.fake_github import FakeGitHub, Hosted
from support.followed import BRANCH, Followed, scheduled
from support.remotes import SLUG
from support.repos import TestRepo
from support.runner import commands_in
from support.step import Step
from support.uses import Files

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

HOUR = timedelta(hours=1)
PAGE = "# Retirements\n\n| Model | Retirement date |\n|---|---|\n| `gpt-4o` | {date} |\n| `gpt-5` | July 1, 2027 |\n"
CONFIG: Files = {"config/models.yaml": "models:\n  chat: gpt-4o\n"}


def checkout(fake: FakeGitHub, folder: Path, files: Files, slug: str = SLUG) -> Path:
    """A workspace with a checkout of a repository."""
    repo = TestRepo(folder)
    repo.write({"README.md": "# Ours\n", **files})
    repo.commit()
    repo.git("remote", "add", "origin", f"{fake.url}/{slug}.git")
    return folder


@pytest.fixture
def theirs(fake: FakeGitHub, tmp_path: Path, ours: Hosted) -> Followed:
    """A followed documentation repository whose table moves a date."""
    made = Followed(fake, tmp_path / "theirs")
    made.change(3 * 24 * HOUR, {"docs/retirements.md": PAGE.format(date="June 11, 2026")})
    made.change(HOUR, {"docs/retirements.md": PAGE.format(date="May 1, 2026")})
    return made


def run(fake: FakeGitHub, folder: Path, inputs: Mapping[str, str] | None = None) -> Step:
    return scheduled(fake, folder, inputs)


def test_a_followed_date_is_told_where_a_config_file_names_the_model(
    fake: FakeGitHub, tmp_path: Path, ours: Hosted, theirs: Followed
) -> None:
    checkout(fake, tmp_path / "run/workspace", CONFIG)
    done = run(fake, tmp_path / "run", {"locales": "en_US, ja_JP", "fail-on": "impact"})
    assert done.code == 3, done.log
    assert done.outputs["impacts"] == "1"
    assert done.outputs["headline"].endswith("; used here in 1 file")
    assert "Check `config/models.yaml` L2: " in done.summary
    assert json.loads(done.outputs["reports"])[1]["headline"].endswith(
        "このリポジトリの1ファイルで使用"
    )
    (warning,) = [command for command in commands_in(done.log) if command.name == "warning"]
    assert warning.properties["file"] == "config/models.yaml"
    assert warning.properties["line"] == "2"
    (document,) = [
        text
        for path, text in files_on(ours, BRANCH).items()
        if path.endswith("all.json") and reports_in([path])
    ]
    facts = json.loads(document)["files"][0]["facts"]
    assert [fact["uses"] for fact in facts if "uses" in fact] == [
        [{"path": "config/models.yaml", "line": 2, "certainty": "proved"}]
    ]


def test_off_and_an_empty_workspace_look_nothing_up(
    fake: FakeGitHub, tmp_path: Path, theirs: Followed
) -> None:
    checkout(fake, tmp_path / "run/workspace", CONFIG)
    off = run(fake, tmp_path / "run", {"impact": "off", "publish": "summary", "since": "48h"})
    none = run(fake, tmp_path / "bare", {"publish": "summary", "since": "48h"})
    assert off.code == none.code == 0, off.log + none.log
    assert off.summary == none.summary
    assert "models.yaml" not in off.summary
    assert off.outputs["impacts"] == none.outputs["impacts"] == "0"


def test_no_use_of_another_private_checkout_leaves_the_runner(
    fake: FakeGitHub, tmp_path: Path, ours: Hosted, theirs: Followed
) -> None:
    workspace = checkout(fake, tmp_path / "run/workspace", {})
    checkout(fake, workspace / "app", {"secret/plan.yaml": "model: gpt-4o\n"}, slug="me/private")
    done = run(fake, tmp_path / "run", {"impact": "app", "publish": "summary, commit"})
    assert done.code == 0, done.log
    told = [done.summary, done.log, *done.outputs.values()]
    told += [content.decode("utf-8", "replace") for content in files_on(ours, BRANCH).values()]
    told += [
        path.read_text("utf-8") for path in (workspace / "reports").rglob("*") if path.is_file()
    ]
    assert not any("plan.yaml" in text for text in told)
    assert done.outputs["impacts"] == "0"
    assert f"the checkout does not come from {SLUG}" in done.log


def test_it_does_when_the_step_says_so(
    fake: FakeGitHub, tmp_path: Path, ours: Hosted, theirs: Followed
) -> None:
    workspace = checkout(fake, tmp_path / "run/workspace", {})
    checkout(fake, workspace / "app", {"secret/plan.yaml": "model: gpt-4o\n"}, slug="me/private")
    done = run(fake, tmp_path / "run", {"impact": "app", "allow-private-source": "true"})
    assert "`secret/plan.yaml` L1" in done.summary


def test_a_folder_without_a_checkout_is_a_mistake(
    fake: FakeGitHub, tmp_path: Path, theirs: Followed
) -> None:
    done = run(fake, tmp_path / "run", {"impact": "nowhere"})
    assert done.code == 2
    assert "'nowhere' is no git checkout" in done.log


def test_names_of_own_files_break_out_of_nothing(
    fake: FakeGitHub, tmp_path: Path, theirs: Followed
) -> None:
    names = ["a`](javascript:x) @octo.yaml", "##[error]x.yaml", "<img src=x>.yaml", "b|c.yaml"]
    checkout(fake, tmp_path / "run/workspace", dict.fromkeys(names, "model: gpt-4o\n"))
    done = run(fake, tmp_path / "run", {"publish": "summary", "since": "48h"})
    assert done.code == 0, done.log
    assert done.outputs["impacts"] == "1"
    commands = commands_in(done.log)
    assert not [command for command in commands if command.name == "error"]
    assert "<img" not in done.summary.replace("`<img src=x>.yaml`", "")
    assert "](javascript" not in done.summary.replace("``a`](javascript:x) @octo.yaml``", "")
