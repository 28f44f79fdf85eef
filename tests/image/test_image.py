"""The real image, run as the runner runs it, beside a fake GitHub."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from diff_insight import __version__
from support.container import RUNNER, Container
from support.fake_github import FakeGitHub
from support.pulls import pages, pull, push
from support.remotes import SLUG, many
from support.repos import TestRepo
from support.runner import commands_in
from support.step import Step, run_step

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

TOKEN = "ghs_1234567890_abc.def-ghi_jklmnopqrstuvwxyz"
PLACE = "opt/diff-insight"
_MEGABYTE = 1_000_000


@pytest.fixture
def container() -> Iterator[Container]:
    with Container(os.environ["TESTED_IMAGE"]) as made:
        yield made


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[FakeGitHub]:
    folder = tmp_path / "hosted"
    folder.mkdir()
    with FakeGitHub(folder) as github:
        yield github


def _variables(fake: FakeGitHub) -> dict[str, str]:
    return {
        "CI": "true",
        "GITHUB_SERVER_URL": fake.url,
        "GITHUB_API_URL": fake.api,
        "GITHUB_REPOSITORY": SLUG,
    }


def _step(
    container: Container,
    fake: FakeGitHub,
    folder: Path,
    event: str,
    payload: Mapping[str, object],
    workspace: Path | None = None,
) -> Step:
    return run_step(
        folder,
        event=event,
        payload=payload,
        inputs={"github-token": TOKEN, "locales": "en_US, ja_JP, zh_CN"},
        environ=_variables(fake),
        workspace=workspace,
        launch=container.launch,
    )


def _tell(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\ntest-image: {text}\n")


def _kilobytes(place: Path) -> int:
    told = subprocess.run(["du", "-skx", str(place)], check=True, stdout=subprocess.PIPE).stdout
    return int(told.split()[0])


def _files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_pull_request_of_three_files(
    container: Container, fake: FakeGitHub, tmp_path: Path
) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    fake.host(SLUG, repo, token=TOKEN)
    before = container.contents()
    step = _step(container, fake, tmp_path / "step", "pull_request", pull(base, head))
    assert step.code == 0, step.log
    assert step.log.startswith(f"diff-insight {__version__}\n")
    assert step.outputs["changed-files"] == "3"
    assert step.outputs["complete"] == "true"
    reports = json.loads(step.outputs["reports"])
    assert [report["locale"] for report in reports] == ["en_US", "ja_JP", "zh_CN"]
    assert "Old guide" in step.summary
    assert "破壊的変更" in (step.workspace / reports[1]["path"]).read_text("utf-8")
    assert TOKEN not in step.log.replace(f"::add-mask::{TOKEN}", "")
    assert [c.name for c in commands_in(step.log) if c.name in {"warning", "error"}] == ["warning"]
    # Nothing is written but the reports and the runner's files.
    assert container.contents() == before
    written = {report[kind] for report in reports for kind in ("path", "insight")}
    assert _files(tmp_path / "step") == {
        "workflow/event.json", "file_commands/output", "file_commands/summary",
        *(f"workspace/{path}" for path in written),
    }  # fmt: skip


def test_a_push_of_350_files(container: Container, fake: FakeGitHub, tmp_path: Path) -> None:
    base, head = many(repo := TestRepo(tmp_path / "repo"), 350)
    fake.host(SLUG, repo, token=TOKEN)
    step = _step(container, fake, tmp_path / "step", "push", push(base, head))
    assert step.code == 0, step.log
    assert step.outputs["changed-files"] == "350"
    assert step.outputs["complete"] == "true"


def test_a_checkout_of_another_user(container: Container, fake: FakeGitHub, tmp_path: Path) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    hosted = _files(repo.path)
    step = _step(container, fake, tmp_path / "step", "push", push(base, head), repo.path)
    assert step.code == 0, step.log
    assert step.outputs["changed-files"] == "3"
    # The fake hosts nothing: git has read the checkout, although it belongs to somebody else.
    assert fake.seen() == []
    written = _files(repo.path) - hosted
    reports = json.loads(step.outputs["reports"])
    assert written == {report[kind] for report in reports for kind in ("path", "insight")}
    owners = {
        (found.st_uid, found.st_gid)
        for path in repo.path.rglob("*")
        for found in (path.lstat(),)
    }  # fmt: skip
    assert owners == {(RUNNER, RUNNER)}
    # Without what the product tells git, git refuses.
    plain = container.command(["git", "status"], {"HOME": str(tmp_path / "step/home")}, repo.path)
    refused = subprocess.run(plain, capture_output=True, check=False)
    assert b"dubious ownership" in refused.stderr


def test_a_token_that_is_not_accepted_publishes_nothing(
    container: Container, fake: FakeGitHub, tmp_path: Path
) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    fake.host(SLUG, repo, token="another")
    step = _step(container, fake, tmp_path / "step", "pull_request", pull(base, head))
    assert step.code == 1
    assert step.summary == ""
    assert _files(step.workspace) == set()
    assert any(command.name == "error" for command in commands_in(step.log))


def test_the_image_holds_what_runs_and_nothing_else(container: Container) -> None:
    assert container.entrypoint == [f"/{PLACE}/bin/python", f"/{PLACE}/entrypoint.py"]
    place = container.root / PLACE
    assert {path.name for path in place.iterdir()} == {
        "bin", "lib", "lib64", "pyvenv.cfg", "entrypoint.py",
    }  # fmt: skip
    assert all(path.name.startswith("python") for path in (place / "bin").iterdir())
    names = [path.name for path in (place / "lib").rglob("*")]
    unwanted = {"pip", "tests", "test", "pytest", "hypothesis", "setuptools"}
    assert unwanted.isdisjoint(names)
    assert not [name for name in names if name.endswith((".pyi", ".pyx", ".c", ".h"))]
    data = {name for name in names if name.endswith(".dat")}
    assert data == {
        f"{name}.dat"
        for name in (
            "global root de de_DE en en_US es es_ES fr fr_FR ja ja_JP ko ko_KR pt pt_BR"
            " zh zh_Hans zh_Hans_CN zh_Hant zh_Hant_TW"
        ).split()
    }  # fmt: skip
    assert container.run(container.entrypoint[0], "-m", "pip", "--version").returncode == 1
    assert container.run("git", "--version").returncode == 0


def test_what_the_dockerfile_adds_to_its_base(
    container: Container, capsys: pytest.CaptureFixture[str]
) -> None:
    with Container(os.environ["TESTED_BASE"]) as base:
        below = _kilobytes(base.root)
    whole, ours = _kilobytes(container.root), _kilobytes(container.root / PLACE)
    added = (whole - below) * 1024 / _MEGABYTE
    _tell(
        f"the base has {below * 1024 / _MEGABYTE:.0f} MB, the image {whole * 1024 / _MEGABYTE:.0f} MB:"
        f" {added:.0f} MB added, of which {ours * 1024 / _MEGABYTE:.0f} MB are Python",
        capsys,
    )
    assert 0 < added <= 200


def test_the_first_line_comes_before_anything_else(
    container: Container, fake: FakeGitHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken: list[float] = []

    def launch(variables: Mapping[str, str], workspace: Path) -> subprocess.CompletedProcess[bytes]:
        for _ in range(5):
            seconds, line = container.first_line(variables, workspace)
            assert line == f"diff-insight {__version__}"
            taken.append(seconds)
        return subprocess.CompletedProcess([], 0, b"")

    run_step(
        tmp_path / "step",
        event="schedule",
        payload={},
        inputs={"local": "ja"},
        environ=_variables(fake),
        launch=launch,
    )
    told = ", ".join(f"{seconds:.3f}" for seconds in taken)
    _tell(f"seconds from process start to the first line: {told}", capsys)
    assert len(taken) == 5
