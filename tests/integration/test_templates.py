"""A template of the user's: named by option or configuration, trusted only where it may be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from diff_insight.settings.template_file import LONGEST_TEMPLATE
from support.command import Command
from support.fake_github import FakeGitHub
from support.pulls import pages, pull, push
from support.remotes import SLUG
from support.repos import TestRepo
from support.step import Step, run_step

LINE = "Questions go to the documentation team."
CLASSIC = f"""{{% extends "classic.md.j2" %}}
{{% block insights %}}
{LINE}

{{{{ super() -}}}}
{{% endblock %}}
"""
GITHUB = f"""{{% extends "github.md.j2" %}}
{{% block coverage %}}
{{{{ super() }}}}
{LINE}

{{% endblock %}}
"""


def test_an_option_names_it(command: Command, repo: TestRepo) -> None:
    place = command.folder / "mine.md.j2"
    place.write_text(CLASSIC, "utf-8")
    words = ("report", "HEAD~1..HEAD", "--repo", str(repo.path), "--locale", "en_US,ja_JP")
    plain = command(*words, "--output", "plain/{locale}.md", "--format", "markdown,json")
    ran = command(*words, "--output", "mine/{locale}.md", "--template", str(place))
    assert ran.code == 0, ran.err
    for locale in ("en_US", "ja_JP"):
        ours = (ran.folder / f"mine/{locale}.md").read_text("utf-8")
        assert LINE in ours
        assert ours.replace(f"{LINE}\n\n", "") == (ran.folder / f"plain/{locale}.md").read_text(
            "utf-8"
        )
    again = command(
        "render", "plain/all.json", "--output", "again/{locale}.md", "--template", "mine.md.j2"
    )
    assert again.code == 0, again.err
    assert plain.code == 0
    assert (ran.folder / "again/ja_JP.md").read_text("utf-8") == (
        ran.folder / "mine/ja_JP.md"
    ).read_text("utf-8")


def test_the_configuration_names_it_from_the_top_of_its_checkout(
    command: Command, repo: TestRepo
) -> None:
    (command.folder / ".git").mkdir()
    (command.folder / ".github").mkdir()
    (command.folder / ".github/diff-insight.yml").write_text("template: docs/mine.md.j2\n", "utf-8")
    (command.folder / "docs").mkdir()
    (command.folder / "docs/mine.md.j2").write_text(CLASSIC, "utf-8")
    ran = command("report", "HEAD~1..HEAD", "--repo", str(repo.path), "--output", "-")
    assert ran.code == 0, ran.err
    assert LINE in ran.out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, ["there is no template", "absent.md.j2"]),
        (b"\xff\xfe", ["is not UTF-8 (byte 0)"]),
        (b"x" * (LONGEST_TEMPLATE + 1), [f"more than {LONGEST_TEMPLATE} bytes"]),
        (b"a\n{{ oops }}", ["line 2", "'oops' is undefined"]),
        (b"{% include '../../secret' %}", ["names the template '../../secret'"]),
    ],
)
def test_a_wrong_one_is_refused(
    command: Command, repo: TestRepo, content: bytes | None, words: list[str]
) -> None:
    name = "absent.md.j2" if content is None else "mine.md.j2"
    if content is not None:
        (command.folder / name).write_bytes(content)
    ran = command("report", "HEAD~1..HEAD", "--repo", str(repo.path), "--template", name)
    ran.refused(2, *words)
    assert [file for file in ran.files if file.endswith(".md")] == []


@pytest.mark.allow_hosts(["127.0.0.1", "localhost"])
@pytest.mark.parametrize("place", ["checkout", "server"])
def test_the_head_of_a_pull_request_cannot_change_it(
    fake: FakeGitHub, tmp_path: Path, place: str
) -> None:
    repo = TestRepo(tmp_path / "repo")
    repo.write({
        ".github/diff-insight.yml": "template: .github/mine.md.j2\nlayout: github\n",
        ".github/mine.md.j2": GITHUB,
    })  # fmt: skip
    repo.commit("trusted")
    base, head = pages(repo)
    repo.write({".github/mine.md.j2": "stolen {{ document() }}"})
    head = repo.commit("hostile")
    fake.host(SLUG, repo)
    step = _step(fake, tmp_path / "step", "pull_request", pull(base, head),
                 repo.path if place == "checkout" else None)  # fmt: skip
    assert step.code == 0, step.log
    report = (step.workspace / json.loads(step.outputs["reports"])[0]["path"]).read_text("utf-8")
    for text in (report, step.summary):
        assert LINE in text
        assert not text.startswith("stolen")


@pytest.mark.allow_hosts(["127.0.0.1", "localhost"])
def test_a_push_reads_it_from_its_commit_not_from_the_workspace(
    fake: FakeGitHub, tmp_path: Path
) -> None:
    repo = TestRepo(tmp_path / "repo")
    repo.write({
        ".github/diff-insight.yml": "template: mine.md.j2\n", "mine.md.j2": CLASSIC,
    })  # fmt: skip
    repo.commit("configured")
    base, head = pages(repo)
    # What an earlier step leaves there has no say.
    repo.write({".github/diff-insight.yml": "template: ../mine.md.j2\n", "mine.md.j2": "stolen"})
    fake.host(SLUG, repo)
    step = _step(fake, tmp_path / "step", "push", push(base, head), repo.path)
    assert step.code == 0, step.log
    report = (step.workspace / json.loads(step.outputs["reports"])[0]["path"]).read_text("utf-8")
    assert LINE in report
    assert LINE not in step.summary  # the layout is not GitHub's, so the template is for files
    head = repo.commit("outside")
    outside = _step(fake, tmp_path / "outside", "push", push(base, head), repo.path)
    assert outside.code == 2
    assert "not inside the workspace" in outside.log


def _step(
    fake: FakeGitHub, folder: Path, event: str, payload: dict[str, object], workspace: Path | None
) -> Step:
    return run_step(
        folder,
        event=event,
        payload=payload,
        inputs={},
        environ={
            "GITHUB_SERVER_URL": fake.url, "GITHUB_API_URL": fake.api, "GITHUB_REPOSITORY": SLUG,
        },
        workspace=workspace,
    )  # fmt: skip
