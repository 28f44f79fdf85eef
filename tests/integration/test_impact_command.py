"""Impact from the command: a named checkout, a repository on a server, a model that sees none of it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from support.command import Command
from support.fake_github import FakeGitHub
from support.model_server import ModelServer
from support.repos import TestRepo

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

PAGE = "# Retirements\n\n| Model | Retirement date |\n|---|---|\n| `gpt-4o` | {date} |\n"


@pytest.fixture
def docs(tmp_path: Path) -> TestRepo:
    """A documentation repository that moves a date."""
    made = TestRepo(tmp_path / "docs")
    made.write({"docs/retirements.md": PAGE.format(date="June 11, 2026")})
    made.commit("first")
    made.write({"docs/retirements.md": PAGE.format(date="May 1, 2026")})
    made.commit("second")
    return made


def own(folder: Path, *, origin: str = "") -> Path:
    repo = TestRepo(folder)
    repo.write({"private/plan.yaml": "model: gpt-4o\n"})
    repo.commit()
    if origin:
        repo.git("remote", "add", "origin", origin)
    return folder


def environ(**more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **more}


def test_a_named_checkout_is_looked_through(
    command: Command, docs: TestRepo, tmp_path: Path
) -> None:
    place = own(tmp_path / "own")
    ran = command(
        "report", "HEAD~1..HEAD", "--repo", str(docs.path), "--impact", str(place), "--fail-on", "impact",
        "--format", "json", environ=environ(),
    )  # fmt: skip
    assert ran.code == 3
    assert "--fail-on impact is met: 1 of what changes is used here" in ran.err
    document = json.loads((command.folder / ran.out.splitlines()[0]).read_text("utf-8"))
    assert document["headline"]["en_US"].endswith("; used here in 1 file")


def test_folders_of_this_machine_look_nothing_up_by_themselves(
    command: Command, docs: TestRepo
) -> None:
    own(command.folder)
    ran = command(
        "report", "HEAD~1..HEAD", "--repo", str(docs.path), "--output", "-", environ=environ()
    )
    assert ran.code == 0, ran.err
    assert "plan.yaml" not in ran.out


def test_a_repository_on_a_server_is_looked_up_in_the_checkout_at_hand(
    command: Command, docs: TestRepo, fake: FakeGitHub
) -> None:
    fake.host("other/docs", docs)
    own(command.folder, origin=f"{fake.url}/me/app.git")
    variables = environ(GITHUB_SERVER_URL=fake.url, GITHUB_API_URL=fake.api)
    asked = ("report", "main~1..main", "--repo", "other/docs", "--output", "-")
    ran = command(*asked, environ=variables)
    assert "`private/plan.yaml` L1" in ran.out, ran.err
    plain = (*asked, "--attribution", "never")  # what is one's own is quoted without a source
    off = command(*plain, "--impact", "off", environ=variables)
    assert "plan.yaml" not in off.out
    TestRepo(command.folder).git("remote", "set-url", "origin", f"{fake.url}/other/docs.git")
    same = command(*plain, environ=variables)
    assert same.out == off.out


def test_no_checkout_no_impact(command: Command, docs: TestRepo, tmp_path: Path) -> None:
    ran = command(
        "report",
        "HEAD~1..HEAD",
        "--repo",
        str(docs.path),
        "--impact",
        str(tmp_path),
        environ=environ(),
    )
    assert ran.code == 2
    assert "is no git checkout" in ran.err


def test_nothing_of_ones_own_code_goes_to_a_model(
    command: Command, docs: TestRepo, tmp_path: Path
) -> None:
    place = own(tmp_path / "own")
    with ModelServer() as server:
        ran = command(
            "report", "HEAD~1..HEAD", "--repo", str(docs.path), "--impact", str(place), "--analyst", "model",
            "--model", "mine", "--output", "-", environ=environ(OPENAI_API_KEY="sk-0123456789abcdef0123", OPENAI_BASE_URL=server.url),
        )  # fmt: skip
        sent = "".join(str(request.body) for request in server.model.requests)
    assert ran.code == 0, ran.err
    assert "gpt-4o" in sent
    assert "plan.yaml" not in sent
    assert "used here" not in sent
    assert "`private/plan.yaml` L1" in ran.out


def test_dependencies_that_a_checkout_moves_are_read_when_it_is_named(
    command: Command, fake: FakeGitHub, tmp_path: Path
) -> None:
    lib = TestRepo(tmp_path / "lib")
    project = '[project]\nname = "lib"\nversion = "1"\n[build-system]\nrequires = []\n'
    lib.write(
        {
            "pyproject.toml": project,
            "lib/__init__.py": "def old():\n    pass\n\n\ndef stay():\n    pass\n",
        }
    )
    lib.commit()
    lib.git("tag", "1.0")
    lib.write({"lib/__init__.py": "def stay():\n    pass\n"})
    lib.commit()
    lib.git("tag", "2.0")
    fake.host("o/lib", lib)
    app = TestRepo(command.folder)
    app.write({"requirements.txt": "lib==1.0\n", "main.py": "from lib import old\n"})
    app.commit()
    app.write({"requirements.txt": "lib==2.0\n"})
    app.commit()
    ran = command(
        "report", "HEAD~1..HEAD", "--impact", ".", "--upstream", f"lib={fake.url}/o/lib.git", "--output", "-",
        environ=environ(),
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert "`lib` `1.0` → `2.0`: `old()` removed" in ran.out
    assert "used here in 1 file: `main.py` L1" in ran.out
