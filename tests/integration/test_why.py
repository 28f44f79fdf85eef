"""Why a range was made, whether what breaks was declared, and hostile words of commits, end to end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from support.command import Command
from support.fake_github import FakeGitHub
from support.github_page import check_inert
from support.pulls import operations, pull
from support.remotes import SLUG, TOKEN
from support.repos import TestRepo
from support.runner import commands_in
from support.step import Step, run_step

HOSTILE = (
    b"Ping @octocat and @octo/team #1 GH-2 <img src=x onerror=alert(1)> \x1b[31mred\x1b[0m "
    b"::error::boo `tick` | cell ![i](http://e.org/i.png) \xff\xfe \xe2\x80\xae flip"
)


@pytest.fixture
def command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Command:
    return Command(tmp_path / "out", capsys, monkeypatch)


def committed(repo: TestRepo, message: bytes) -> str:
    """Record the work tree with a message of any bytes."""
    repo.git("add", "-A")
    tree = repo.git("write-tree").strip()
    parent = repo.git("rev-parse", "HEAD").strip()
    who = b"Ada <ada@example.com> 1749722400 +0000"
    made = b"tree %b\nparent %b\nauthor %b\ncommitter %b\n\n" % (tree, parent, who, who)
    head = repo.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=made + message)
    repo.git("reset", "-q", "--hard", head.decode().strip())
    return head.decode().strip()


def removing(tmp_path: Path, message: bytes) -> tuple[TestRepo, str, str]:
    """A range that removes a page in one commit and edits another page in a second one."""
    repo = TestRepo(tmp_path / "repo")
    repo.write({"docs/old.md": "# Old\n\ntext\n", "docs/kept.md": "# Kept\n\nOne.\n"})
    base = repo.commit("base")
    (repo.path / "docs/old.md").unlink()
    committed(repo, message)
    repo.write({"docs/kept.md": "# Kept\n\nTwo.\n"})
    return repo, base, repo.commit("Update kept.md")


def document(command: Command, repo: TestRepo, span: str, *options: str) -> tuple[int, Any]:
    ran = command(
        "report", span, "--repo", str(repo.path), "--format", "json,markdown,html",
        "--locale", "en,ja,zh", "--output", "{locale}.md", *options,
    )  # fmt: skip
    return ran.code, json.loads((command.folder / "all.json").read_text("utf-8"))


def breaking(found: Any) -> list[dict[str, Any]]:
    return [fact for file in found["files"] for fact in file["facts"] if fact["breaking"]]


def test_hostile_words_do_nothing_anywhere(command: Command, tmp_path: Path) -> None:
    message = b"feat!: " + HOSTILE + b"\n\n" + b"x" * 1_000_000 + b"\n\nBREAKING CHANGE: " + HOSTILE
    repo, base, head = removing(tmp_path, message)
    span = f"{base}..{head}"
    code, found = document(command, repo, span)
    assert code == 0
    # The footer stands behind what is read of a message, so the subject declares it.
    assert breaking(found)[0]["declared"]["by"] == "commit"
    for locale in found["locales"]:
        told = "".join(found["highlights"][locale]["breaking_changes"])
        assert "octocat" in told
        for harm in ("@octocat", "<img", "\x1b", "\u202e", "![i]"):
            assert harm not in told
        report = (command.folder / f"{locale}.md").read_text("utf-8")
        assert "\x1b" not in report
        # The front matter is data, which pings nobody.
        assert "@octocat" not in report.split("\n---\n", 1)[1]
        html = (command.folder / f"{locale}.html").read_text("utf-8")
        assert "<img" not in html
    shown = command(
        "report", span, "--repo", str(repo.path), "--output", "-", "--layout", "github"
    ).out
    assert "octocat" in shown
    check_inert(shown)


@pytest.mark.allow_hosts(["127.0.0.1", "localhost"])
def test_words_in_the_log_are_no_commands(fake: FakeGitHub, tmp_path: Path) -> None:
    # Nothing breaks, so the declaration is a notice, which the log has too.
    repo = TestRepo(tmp_path / "repo")
    repo.write({"a.md": "# A\n\none\n"})
    base = repo.commit("base")
    repo.write({"a.md": "# A\n\ntwo\n"})
    head = committed(repo, b"feat!: x\n\nBREAKING CHANGE: ::error::boo %0A::error::boo " + HOSTILE)
    fake.host(SLUG, repo)
    step = _step(fake, tmp_path / "step", pull(base, head), {}, repo.path)
    assert step.code == 0, step.log
    assert "boo" in step.log
    assert {command.name for command in commands_in(step.log)} <= {
        "add-mask", "group", "endgroup", "notice",
    }  # fmt: skip
    assert "\x1b[31m" not in step.log
    assert "set-output" in step.summary  # as a quotation, and nothing else


def test_fail_on_undeclared(command: Command, tmp_path: Path) -> None:
    repo, base, head = removing(tmp_path, b"Tidy up the docs folder")
    span, undeclared = f"{base}..{head}", ("--fail-on", "undeclared-breaking")
    code, found = document(command, repo, span, *undeclared)
    (fact,) = breaking(found)
    assert (code, fact["declared"], fact["accepted"]) == (3, None, False)
    code, found = document(command, repo, span, *undeclared, "--accepted", fact["fingerprint"])
    assert (code, breaking(found)[0]["accepted"]) == (0, True)
    assert "accepted in the settings" in found["highlights"]["en_US"]["breaking_changes"][0]
    accepted = ("--fail-on", "breaking-change", "--accepted", fact["fingerprint"])
    assert document(command, repo, span, *accepted)[0] == 0


def test_fail_on_lets_what_was_declared_pass(command: Command, tmp_path: Path) -> None:
    repo, base, head = removing(tmp_path, b"docs!: drop the old page")
    span = f"{base}..{head}"
    code, found = document(command, repo, span, "--fail-on", "undeclared-breaking")
    assert (code, breaking(found)[0]["declared"]["quote"]) == (0, "docs!: drop the old page")
    assert document(command, repo, span, "--fail-on", "breaking-change")[0] == 3
    assert "drop the old page" in found["highlights"]["en_US"]["breaking_changes"][0]


def test_rendering_again_gives_the_same(command: Command, tmp_path: Path) -> None:
    repo, base, head = removing(tmp_path, b"docs!: drop the old page")
    document(command, repo, f"{base}..{head}")
    before = (command.folder / "ja_JP.md").read_bytes()
    again = command(
        "render", "all.json", "--output", "again/{locale}.md", "--format", "markdown,json"
    )
    assert again.code == 0
    assert (command.folder / "again/ja_JP.md").read_bytes() == before
    first = json.loads((command.folder / "all.json").read_text("utf-8"))
    assert json.loads((command.folder / "again/all.json").read_text("utf-8")) == first


def test_a_diff_without_commits_says_nothing_of_them(command: Command, tmp_path: Path) -> None:
    repo, base, head = removing(tmp_path, b"Tidy up the docs folder")
    (command.folder / "range.diff").write_bytes(repo.git("diff", base, head))
    ran = command("report", "--diff", "range.diff", "--format", "json", "--output", "{locale}.md",
                  "--fail-on", "undeclared-breaking")  # fmt: skip
    found = json.loads((command.folder / "all.json").read_text("utf-8"))
    assert ran.code == 0  # what redirects the page was not read
    assert [fact["certainty"] for fact in breaking(found)] == ["likely"]
    assert "declare" not in found["insights"]["en_US"]
    assert "declared" not in found["highlights"]["en_US"]["breaking_changes"][0]


@pytest.mark.allow_hosts(["127.0.0.1", "localhost"])
@pytest.mark.parametrize(
    ("title", "labels", "code"),
    [
        ("Drop the list of items", [], 3),
        ("feat!: drop the list of items", [], 0),
        ("Drop the list of items", [{"name": "breaking-change"}], 0),
    ],
)
def test_a_pull_request_declares(
    fake: FakeGitHub, tmp_path: Path, title: str, labels: list[dict[str, str]], code: int
) -> None:
    base, head = operations(repo := TestRepo(tmp_path / "repo"))
    fake.host(SLUG, repo)
    payload: dict[str, Any] = pull(base, head)
    payload["pull_request"] |= {"title": title, "labels": labels}
    step = _step(fake, tmp_path / "step", payload, {"fail-on": "undeclared-breaking"}, None)
    assert step.code == code, step.log
    assert "rop the list of items" in step.summary
    # git over the network brings no history, and the API tells the commits.
    assert fake.seen("/compare/")


def _step(
    fake: FakeGitHub,
    folder: Path,
    payload: dict[str, Any],
    inputs: dict[str, str],
    workspace: Path | None,
) -> Step:
    return run_step(
        folder,
        event="pull_request",
        payload=payload,
        inputs={"github-token": TOKEN, **inputs},
        environ={
            "GITHUB_SERVER_URL": fake.url,
            "GITHUB_API_URL": fake.api,
            "GITHUB_REPOSITORY": SLUG,
        },
        workspace=workspace,
    )
