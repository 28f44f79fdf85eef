"""Typical mistakes in workflows are told in words, on the step's log: what, why, and what to change."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.fake_github import Conversation, FakeGitHub, Fault
from support.pulls import pages, pull
from support.remotes import SLUG, TOKEN
from support.repos import TestRepo
from support.runner import commands_in
from support.step import Step, run_step

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

_TABLE = yaml.safe_load((Path(__file__).parent / "mistakes_action.yml").read_text("utf-8"))
_RAW = re.compile(r"Traceback|Errno|Exception|<class|object at 0x|a defect in diff-insight")
_REPOSITORY = {"full_name": SLUG, "default_branch": "main"}
_FORBIDDEN = "Resource not accessible by integration"
_ABSENT = "0123456789" * 4


def _event(name: str, base: str, head: str) -> tuple[str, dict[str, Any]]:
    """Return name and payload of an event."""
    pushed = {"repository": _REPOSITORY, "ref": "refs/heads/topic", "before": base, "after": head}
    if name == "fork":
        return "pull_request", pull(base, head, fork="mallory/demo")
    if name == "deleted":
        return "push", {**pushed, "after": "0" * 40, "deleted": True}
    if name == "forced":
        return "push", {**pushed, "before": _ABSENT, "forced": True}
    if name in {"push", "shallow", "read-only"}:
        return "push", pushed
    return name, {"repository": _REPOSITORY, "action": "created"}


def _workspace(case: dict[str, Any], repo: TestRepo, place: Path) -> Path | None:
    """Return the checkout that the workflow has, if it has one."""
    if case.get("event") == "shallow":
        repo.git("clone", "-q", "--depth=1", "-b", "topic", f"file://{repo.path}", str(place))
        return place
    if "config" in case:
        repo.git("clone", "-q", "-b", "topic", f"file://{repo.path}", str(place))
        return place
    return None


def _ran(case: dict[str, Any], fake: FakeGitHub, folder: Path) -> Step:
    repo = TestRepo(folder / "repo")
    base, head = pages(repo)
    if "config" in case:
        repo.write({".github/diff-insight.yml": case["config"]})
        head = repo.commit("configuration")
    fake.host(SLUG, repo, token=TOKEN)
    if case.get("event") in {"fork", "read-only"}:
        fake.fail(Fault(path="^POST (?!.*git-upload-pack)", status=403, message=_FORBIDDEN))
    if case.get("event") == "fork":
        repo_of_fork = fake.converse(SLUG, 7, Conversation(head=head, base=base))
        repo_of_fork.home = ("mallory/demo", "topic")
    event, payload = _event(case.get("event", "push"), base, head)
    inputs = {"github-token": TOKEN, **case.get("with", {})}
    inputs = {name: "" if value == "-" else str(value) for name, value in inputs.items()}
    return run_step(
        folder / "step", event=event, payload=payload, inputs=inputs,
        workspace=_workspace(case, repo, folder / "workspace"),
        environ={
            "GITHUB_SERVER_URL": fake.url, "GITHUB_API_URL": fake.api,
            "GITHUB_REPOSITORY": SLUG, "GITHUB_SHA": head, **case.get("environ", {}),
        },
    )  # fmt: skip


@pytest.mark.parametrize("case", _TABLE, ids=[case["mistake"] for case in _TABLE])
def test_a_mistake_is_told(fake: FakeGitHub, tmp_path: Path, case: dict[str, Any]) -> None:
    done = _ran(case, fake, tmp_path)
    assert done.code == case["exit"], done.log
    told = [each for each in commands_in(done.log) if each.name in {"error", "notice", "warning"}]
    text = "\n".join([*(each.data for each in told), done.log])
    for part in ("what", "why", "change"):
        assert case[part] in text, (part, text)
    assert not _RAW.search(done.log), done.log
    if done.code:
        errors = [each.data for each in told if each.name == "error"]
        assert len(errors) == 1, errors
        assert "what to change: " in errors[0] or "has published nothing" in errors[0]


def test_there_are_many() -> None:
    assert len(_TABLE) >= 40
    assert len({case["mistake"] for case in _TABLE}) == len(_TABLE)
