"""`init`, `check` and `completion`: a workflow that works when it is committed, and what is wrong with one."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from diff_insight.cli.init_arguments import PURPOSES, SHELLS
from support.command import Command
from support.repos import TestRepo

ROOT = Path(__file__).parents[2]
WORKFLOW, CONFIG = ".github/workflows/diff-insight.yml", ".github/diff-insight.yml"


@pytest.fixture
def checkout(command: Command) -> Path:
    TestRepo(command.folder)
    return command.folder


def asked(purpose: str) -> list[str]:
    return [
        "init",
        "--for",
        purpose,
        *(["--repository", "github/docs"] if purpose == "follow" else []),
    ]


@pytest.mark.parametrize("purpose", sorted(PURPOSES))
def test_what_is_written_is_a_workflow_that_passes_the_check(
    command: Command, checkout: Path, purpose: str
) -> None:
    ran = command(*asked(purpose), "--locale", "ja,en", "--owner", "octo")
    assert ran.code == 0, ran.err
    assert ran.out.splitlines() == [WORKFLOW, CONFIG]
    loaded = yaml.load((checkout / WORKFLOW).read_text(), Loader=yaml.BaseLoader)  # noqa: S506
    assert loaded["permissions"] == {}
    assert yaml.safe_load((checkout / CONFIG).read_text()) == {"locales": ["ja_JP", "en_US"]}
    schema = [
        "check-jsonschema",
        "--builtin-schema",
        "vendor.github-workflows",
        str(checkout / WORKFLOW),
    ]
    found = subprocess.run(
        [Path(sys.executable).parent / schema[0], *schema[1:]], capture_output=True, check=False
    )
    assert found.returncode == 0, found.stdout
    checked = command("check")
    assert checked.code == 0, checked.err
    assert "job report, step 1" in checked.out
    assert "reports in ja_JP, en_US" in checked.out
    assert "written by the rules, no model" in checked.out


def test_a_followed_repository_without_a_branch_goes_on_from_the_last_run(
    command: Command, checkout: Path
) -> None:
    command(*asked("follow"), "--publish", "summary")
    text = (checkout / WORKFLOW).read_text()
    assert "since: last-success" in text
    assert "contents: read" in text
    command(*asked("follow"), "--publish", "commit", "--force")
    text = (checkout / WORKFLOW).read_text()
    assert "since: last-report" in text
    assert "contents: write" in text


def test_questions_are_asked_on_a_terminal(
    command: Command, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Keyboard(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Keyboard("follow\nmdn/content\nfr\n\n"))
    ran = command("init")
    assert ran.code == 0, ran.err
    assert "What for?" in ran.err
    assert "repository: mdn/content" in (checkout / WORKFLOW).read_text()
    assert "fr_FR" in (checkout / CONFIG).read_text()


def test_files_that_are_there_stay(command: Command, checkout: Path) -> None:
    command(*asked("push"))
    before = (checkout / WORKFLOW).read_text()
    again = command(*asked("release"))
    assert again.code == 2
    assert "are there already" in again.err
    assert (checkout / WORKFLOW).read_text() == before
    (checkout / CONFIG).unlink()
    (checkout / CONFIG).symlink_to("/etc/passwd")
    assert command(*asked("push")).code == 2


def test_a_link_in_the_way_is_not_followed(
    command: Command, checkout: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (checkout / ".github").symlink_to(outside)
    ran = command(*asked("push"))
    assert ran.code == 1
    assert "could not be written" in ran.err
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["init", "--for", "follow"], "is no OWNER/NAME"),
        (["init", "--for", "everything"], "is none of"),
        (["init", "--for", "push", "--locale", "xx"], "xx"),
        (["init", "--for", "push", "--publish", "fax"], "fax"),
        (["init", "--directory", "nowhere"], "there is no directory"),
        (["check", "nowhere"], "there is no directory"),
        (["completion", "fish"], "is none of bash, zsh, tcsh"),
    ],
)
def test_mistakes(command: Command, checkout: Path, arguments: list[str], word: str) -> None:
    ran = command(*arguments)
    assert ran.code == 2
    assert word in ran.err
    assert "what to change" in ran.err


@pytest.mark.parametrize(
    ("workflow", "config", "word"),
    [
        ("publish: fax", "", "fax"),
        ("publsih: summary", "", "publish"),
        ("split: day", "", "splits nothing"),
        ("locales: xx", "", "xx"),
        ("token-budget: many", "", "token-budget"),
        ("output: ../outside.md", "", "not inside the workspace"),
        ("", "locals: [ja]", "perhaps you meant"),
        ("", "publish: commit", "cannot be set in a config file"),
        ("", "template: gone.j2", "gone.j2"),
        ("", ": [", "not valid YAML"),
    ],
)
def test_check_tells_what_is_wrong(
    command: Command, checkout: Path, workflow: str, config: str, word: str
) -> None:
    command(*asked("push"))
    path = checkout / WORKFLOW
    if workflow:
        path.write_text(path.read_text().replace("publish: summary", workflow))
    if config:
        (checkout / CONFIG).write_text(config)
    ran = command("check")
    assert ran.code == 2, ran.out
    assert word in ran.err


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("publish: summary", "publish: comment", "the permissions of the job lack pull-requests: write"),
        ("publish: summary", "publish: commit, release", "publish: release will not be allowed to write"),
        ("publish: summary", "publish: pull-request", "lack contents: write and pull-requests: write"),
        ("publish: summary", "api-key: sk-1234", "api-key stands in the workflow in the clear"),
        ("  push:\n    branches: [ main ]", "  issue_comment:", "issue_comment names no range"),
        ("ubuntu-latest", "windows-latest", "GitHub runs on Linux only"),
        ("diff-insight@v1", "diff-insight", "names no version"),
    ],
)  # fmt: skip
def test_check_tells_what_a_run_would_stumble_over(
    command: Command, checkout: Path, old: str, new: str, words: str
) -> None:
    command(*asked("push"))
    path = checkout / WORKFLOW
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    ran = command("check")
    assert ran.code == 2, ran.out
    assert words in ran.err
    assert "what to change: " in ran.err


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("contents: read", "contents: write"),
        ("    permissions:\n      contents: read\n", "    permissions: write-all\n"),
        ("publish: commit", "publish: commit\n          github-token: ${{ secrets.PAT }}"),
        ("permissions: {}\n", ""),
    ],
)
def test_check_believes_permissions_that_it_cannot_see(
    command: Command, checkout: Path, old: str, new: str
) -> None:
    command(*asked("push"))
    path = checkout / WORKFLOW
    text = path.read_text().replace("publish: summary", "publish: commit")
    if old.startswith("permissions"):
        text = text.replace("    permissions:\n      contents: read\n", "")
    assert old in text
    path.write_text(text.replace(old, new))
    ran = command("check")
    assert ran.code == 0, ran.err
    assert "in the place of OWNER" in ran.out


def test_check_leaves_expressions_and_other_files_alone(command: Command, checkout: Path) -> None:
    command(*asked("push"))
    path = checkout / WORKFLOW
    path.write_text(
        path.read_text().replace(
            "publish: summary",
            "locales: ${{ inputs.locales }}\n          api-key: ${{ secrets.KEY }}",
        )
    )
    (path.parent / "broken.yml").write_text(": [")
    (path.parent / "list.yml").write_text("- a")
    (path.parent / "link.yml").symlink_to("/etc/passwd")
    (path.parent / "other.yml").write_text(
        "on: push\njobs: {a: {steps: [{uses: actions/checkout@v4}, text]}}\n"
    )
    ran = command("check")
    assert ran.code == 0, ran.err
    assert "written by model" in ran.out


def test_a_checkout_without_either_says_so(command: Command, checkout: Path) -> None:
    ran = command("check")
    assert ran.code == 0
    assert "the defaults hold" in ran.out
    assert "diff-insight init writes one" in ran.out


def test_the_examples_pass_the_check(command: Command, checkout: Path) -> None:
    folder = checkout / ".github" / "workflows"
    folder.mkdir(parents=True)
    for example in (ROOT / "examples").glob("*.yml"):
        (folder / example.name).write_text(example.read_text())
    ran = command("check")
    assert ran.code == 0, ran.err


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_knows_the_commands(command: Command, shell: str) -> None:
    ran = command("completion", shell)
    assert ran.code == 0
    for word in ("report", "backfill", "init"):
        assert word in ran.out


def test_the_schema_for_editors_is_json() -> None:
    json.loads((ROOT / "docs" / "configuration.schema.json").read_text("utf-8"))
