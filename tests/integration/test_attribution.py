"""Reports of another repository name it and its licence, in every form and language; one's own do not."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from identify.vendor.licenses import LICENSES

from diff_insight.localization.catalogs import LOCALES
from support.command import Command
from support.fake_github import FakeGitHub
from support.pulls import pages, push
from support.remotes import SLUG
from support.repos import TestRepo
from support.step import run_step

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

TEXTS = dict(LICENSES)
NAMES = sorted(path.name for path in LOCALES.iterdir() if path.is_dir())


def hosted(fake: FakeGitHub, tmp_path: Path, licences: dict[str | bytes, bytes | str]) -> TestRepo:
    repo = TestRepo(tmp_path / "upstream")
    repo.write(licences)
    repo.commit("licences")
    pages(repo)
    fake.host(SLUG, repo)
    return repo


def environ(fake: FakeGitHub) -> dict[str, str]:
    return {**os.environ, "GITHUB_SERVER_URL": fake.url, "GITHUB_API_URL": fake.api}


@pytest.mark.parametrize(
    ("licences", "words"),
    [
        ({"LICENSE": TEXTS["CC-BY-4.0"], "LICENSE-CODE": TEXTS["MIT"]}, "under [CC-BY-4.0]("),
        ({"LICENSE": TEXTS["MIT"] + "Not for evil.\n"}, "was not recognized"),
        ({"LICENSE": TEXTS["MIT"], "COPYING": "See there."}, "Further terms are in [`COPYING`]("),
        ({}, "has no licence file"),
    ],
)
def test_the_licence_of_another_repository(
    command: Command,
    fake: FakeGitHub,
    tmp_path: Path,
    licences: dict[str | bytes, bytes | str],
    words: str,
) -> None:
    hosted(fake, tmp_path, licences)
    ran = command(
        "report", "main..topic", "--repo", SLUG, "--output", "-", environ=environ(fake)
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert words in ran.out
    assert f"[{SLUG}]({fake.url}/{SLUG})" in ran.out
    assert ("/blob/" in ran.out) or not licences


def test_every_language_and_form(command: Command, fake: FakeGitHub, tmp_path: Path) -> None:
    hosted(fake, tmp_path, {"LICENSE": TEXTS["CC-BY-4.0"]})
    ran = command(
        "report", "main..topic", "--repo", SLUG, "--locale", ",".join(NAMES),
        "--format", "markdown,json,html", environ=environ(fake),
    )  # fmt: skip
    assert ran.code == 0, ran.err
    texts = {
        path: (command.folder / path).read_text("utf-8") for path in ran.out.split() if "." in path
    }
    for path, text in texts.items():
        assert "CC-BY-4.0" in text, path
        assert SLUG in text, path
    (document,) = (json.loads(text) for path, text in texts.items() if path.endswith(".json"))
    assert set(document["notice"]) == set(NAMES)
    assert len(set(document["notice"].values())) == len(NAMES)


@pytest.mark.parametrize(
    ("options", "there"),
    [
        ([], False),
        (["--attribution", "always"], True),
        (["--attribution", "never"], False),
    ],
)
def test_ones_own_checkout(
    command: Command, tmp_path: Path, options: list[str], *, there: bool
) -> None:
    repo = TestRepo(tmp_path / "own")
    repo.git("remote", "add", "origin", f"https://github.com/{SLUG}.git")
    repo.write({"LICENSE": TEXTS["MIT"]})
    repo.commit("licence")
    pages(repo)
    ran = command("report", "main..topic", "--repo", str(repo.path), "--output", "-", *options)
    assert ran.code == 0, ran.err
    assert ("Quotations are from" in ran.out) == there


def test_never_is_never(command: Command, fake: FakeGitHub, tmp_path: Path) -> None:
    hosted(fake, tmp_path, {"LICENSE": TEXTS["MIT"]})
    ran = command(
        "report", "main..topic", "--repo", SLUG, "--output", "-", "--attribution", "never",
        "--notice", "Our own words.", environ=environ(fake),
    )  # fmt: skip
    assert "Quotations" not in ran.out
    assert "Our own words." in ran.out


@pytest.mark.parametrize("foreign", [True, False])
def test_the_action(fake: FakeGitHub, tmp_path: Path, *, foreign: bool) -> None:
    repo = hosted(fake, tmp_path, {"LICENSE": TEXTS["MIT"]})
    own = TestRepo(tmp_path / "own")
    base, head = pages(own)
    fake.host("octo/own", own)
    inputs = {"repository": SLUG, "base": "main", "head": "topic"} if foreign else {}
    done = run_step(
        tmp_path / "step", event="push", payload={**push(base, head), "repository": {"full_name": "octo/own"}},
        inputs=inputs,
        environ={
            "GITHUB_SERVER_URL": fake.url, "GITHUB_API_URL": fake.api,
            "GITHUB_REPOSITORY": "octo/own", "GITHUB_SHA": head,
        },
    )  # fmt: skip
    assert repo.path.is_dir()
    assert done.code == 0, done.log
    assert ("licensed under [MIT](" in done.summary) == foreign
