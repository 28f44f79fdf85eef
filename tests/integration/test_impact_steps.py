"""Dependency pull requests with impact: what a bot raises is read between both tags, and looked up here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from support.branches import step
from support.fake_github import Conversation, FakeGitHub
from support.pulls import pull
from support.remotes import SLUG
from support.repos import TestRepo
from support.runner import commands_in
from support.step import Step
from support.uses import Files

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

PROJECT = '[project]\nname = "{name}"\nversion = "1"\n[build-system]\nrequires = []\n'
#: What the application asks for, before and after the bot.
REQUIREMENTS = "alpha=={}\nbeta=={}\ngamma=={}\n"
CONFIG = "upstream:\n  alpha: libs/alpha\n  beta: libs/mono\n  gamma: libs/gamma\n"
APP: Files = {
    "app/one.py": "from alpha import old_call\n\nold_call(1)\n",
    "app/two.py": "import alpha\n\nalpha.old_call(2)\n",
    "app/three.py": "import beta\n\nbeta.stay()\n",
}


def library(
    fake: FakeGitHub,
    folder: Path,
    slug: str,
    package: str,
    versions: Mapping[str, str],
    changelog: str = "",
) -> TestRepo:
    """A public repository with a tag for each version of a package."""
    repo = TestRepo(folder / slug)
    for tag, code in versions.items():
        repo.write({"pyproject.toml": PROJECT.format(name=package), f"{package}/__init__.py": code})
        if changelog and tag == list(versions)[-1]:
            repo.write({"CHANGELOG.md": changelog})
        elif changelog:
            repo.write({"CHANGELOG.md": "# Changelog\n"})
        repo.commit(tag)
        repo.git("tag", "-a", tag, "-m", tag)
    fake.host(slug, repo)
    return repo


@pytest.fixture
def libraries(fake: FakeGitHub, tmp_path: Path) -> Path:
    """Three libraries: one breaks what is used, one what is not, one nothing."""
    library(
        fake, tmp_path, "libs/alpha", "alpha",
        {"v1.0.0": "def old_call(x):\n    return x\n\n\ndef unused(x):\n    return x\n\n\ndef stay():\n    pass\n",
         "v2.0.0": "def stay():\n    pass\n"},
        "# Changelog\n\n## 2.0.0\n\n### Breaking changes\n\n- Removed `old_call`, use `new_call` instead.\n- @octocat `::warning::x` gone\n",
    )  # fmt: skip
    library(
        fake, tmp_path, "libs/mono", "beta",
        {"beta@0.1.0": "def stay():\n    pass\n\n\ndef gone_here():\n    pass\n",
         "beta@0.2.0": "def stay():\n    pass\n"},
    )  # fmt: skip
    library(
        fake,
        tmp_path,
        "libs/gamma",
        "gamma",
        {"3.1": "def stay():\n    return 1\n", "3.2": "def stay():\n    return 2\n"},
    )
    return tmp_path


def proposed(
    fake: FakeGitHub, folder: Path, base: str, head: str, own: Files, config: str = CONFIG
) -> tuple[Path, dict[str, object]]:
    """The checkout of a pull request that changes requirements.txt."""
    repo = TestRepo(folder / "run/workspace")
    repo.git("remote", "add", "origin", f"{fake.url}/{SLUG}.git")
    repo.write({".github/diff-insight.yml": config, "requirements.txt": base, **own})
    first = repo.commit("base")
    repo.git("checkout", "-q", "-b", "topic")
    repo.write({"requirements.txt": head})
    second = repo.commit("bump")
    fake.host(SLUG, repo)
    fake.converse(SLUG, 7, Conversation(head=second, base=first))
    return folder / "run", pull(first, second)


def run(
    fake: FakeGitHub,
    folder: Path,
    payload: dict[str, object],
    inputs: Mapping[str, str] | None = None,
) -> Step:
    return step(
        fake, folder, "pull_request", payload, {"publish": "summary, comment", **(inputs or {})}
    )


def test_a_bot_that_raises_three_dependencies(fake: FakeGitHub, libraries: Path) -> None:
    place, payload = proposed(
        fake,
        libraries,
        REQUIREMENTS.format("1.0.0", "0.1.0", "3.1"),
        REQUIREMENTS.format("2.0.0", "0.2.0", "3.2"),
        APP,
    )
    done = run(fake, place, payload, {"fail-on": "impact"})
    assert done.code == 3, done.log
    assert done.outputs["impacts"] == "1"
    assert (
        done.outputs["headline"]
        == "`alpha` `1.0.0` → `2.0.0`: `old_call()` removed; used here in 2 files"
    )
    text = done.summary
    assert "`alpha` `1.0.0` → `2.0.0`: `old_call()` removed" in text
    assert "used here in 2 files: `app/one.py` L1, L3, `app/two.py` L3" in text
    assert (
        "`alpha` `1.0.0` → `2.0.0`: no use of what it removes was found here (`unused()`)" in text
    )
    assert (
        "`beta` `0.1.0` → `0.2.0`: no use of what it removes was found here (`gone_here()`)" in text
    )
    assert "`gamma` `3.1` → `3.2`: the rules found nothing removed from its public code" in text
    assert (
        "`2.0.0`, in the words of its changelog: “Removed `old_call`, use `new_call` instead” and “"
        in text
    )
    places = {
        (command.properties.get("file"), command.properties.get("line"))
        for command in commands_in(done.log)
        if command.name == "warning"
    }
    assert {("app/one.py", "1"), ("app/one.py", "3"), ("app/two.py", "3")} <= places
    document = json.loads(
        (place / "workspace" / json.loads(done.outputs["reports"])[0]["insight"]).read_text()
    )
    alpha, beta, gamma = document["steps"]
    assert (alpha["name"], alpha["repository"], alpha["old"], alpha["new"]) == (
        "alpha",
        "libs/alpha",
        "1.0.0",
        "2.0.0",
    )
    assert [len(one["findings"]) for one in (alpha, beta, gamma)] == [2, 1, 0]
    assert not [seen for seen in fake.seen("/repos/libs/") if seen.method]


def test_what_cannot_be_found_is_said(fake: FakeGitHub, libraries: Path) -> None:
    config = "upstream:\n  alpha: libs/alpha\n  beta: libs/nowhere\n"
    place, payload = proposed(
        fake,
        libraries,
        REQUIREMENTS.format("1.0.0", "0.1.0", "3.1"),
        REQUIREMENTS.format("9.9", "0.2.0", "3.2"),
        APP,
        config,
    )
    done = run(fake, place, payload)
    assert done.code == 0, done.log
    assert "`alpha` `1.0.0` → `9.9` was not read: `libs/alpha` has no tag for `9.9`" in done.summary
    assert "`beta` `0.1.0` → `0.2.0` was not read: " in done.summary
    assert "no repository is known for them: `gamma`" in done.summary


def test_off_reads_no_dependency(fake: FakeGitHub, libraries: Path) -> None:
    place, payload = proposed(
        fake,
        libraries,
        REQUIREMENTS.format("1.0.0", "0.1.0", "3.1"),
        REQUIREMENTS.format("2.0.0", "0.2.0", "3.2"),
        APP,
    )
    done = run(fake, place, payload, {"impact": "off"})
    assert done.code == 0, done.log
    assert "one.py" not in done.summary
    assert not list(fake.seen("/libs/"))


def test_a_followed_release_that_removes_one_that_is_used_and_one_that_is_not(
    fake: FakeGitHub, libraries: Path
) -> None:
    """The same library, compared as another repository."""
    place, _ = proposed(fake, libraries, "alpha==1.0.0\n", "alpha==1.0.0\n", APP)
    done = step(
        fake, place, "workflow_dispatch", {"repository": {"full_name": SLUG, "default_branch": "main"}},
        {"repository": "libs/alpha", "base": "v1.0.0", "head": "v2.0.0", "impact": "."},
    )  # fmt: skip
    assert done.code == 0, done.log
    assert done.outputs["impacts"] == "1"
    assert "used here in 2 files: `app/one.py` L1, L3, `app/two.py` L3" in done.summary
    assert "Looked up here and not found: `unused()`" in done.summary


def test_hostile_words_of_a_dependency_stay_words(fake: FakeGitHub, libraries: Path) -> None:
    place, payload = proposed(fake, libraries, "alpha==1.0.0\n", "alpha==2.0.0\n", APP)
    done = run(fake, place, payload)
    assert done.code == 0, done.log
    assert "@octocat" not in done.summary
    assert "octocat" in done.summary
    assert all(
        command.properties.get("file")
        for command in commands_in(done.log)
        if command.name == "warning"
    )
