"""Dependency pull requests with impact: what a bot raises is read between both tags, and looked up here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.branches import step
from support.fake_github import FakeGitHub
from support.raised import APP, REQUIREMENTS, proposed, three_libraries
from support.raised import run_on_pull as run
from support.remotes import SLUG
from support.runner import commands_in

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])


@pytest.fixture
def libraries(fake: FakeGitHub, tmp_path: Path) -> Path:
    """Three libraries: one breaks what is used, one what is not, one nothing."""
    return three_libraries(fake, tmp_path)


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
