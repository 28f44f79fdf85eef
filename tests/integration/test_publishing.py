"""Publishers in a whole step: each independent, receipts in the log, no secret anywhere."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from support.fake_github import Conversation, FakeGitHub, Fault
from support.fake_results import FakeResults, Trouble, runtime_token
from support.pulls import pages, pull
from support.remotes import SLUG, TOKEN
from support.repos import TestRepo
from support.runner import commands_in
from support.step import Launch, Step, process, run_step

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

RUN_URL = f"https://github.com/{SLUG}/actions/runs/77"
SECRETS = (TOKEN, runtime_token(), FakeResults.signature)
Publish = Callable[..., Step]


class World:
    """A checkout, GitHub's API and the results service around one step."""

    def __init__(self, fake: FakeGitHub, results: FakeResults, folder: Path) -> None:
        self.fake, self.results, self.folder = fake, results, folder
        self.repo = TestRepo(folder / "repo")
        self.base, self.head = pages(self.repo)
        fake.host(SLUG, self.repo)
        self.pull = fake.converse(SLUG, 7, Conversation(head=self.head, base=self.base))
        self.steps = 0

    def step(
        self,
        publish: str = "summary, artifact, comment",
        *,
        inputs: Mapping[str, str] | None = None,
        environ: Mapping[str, str] | None = None,
        event: tuple[str, dict[str, Any]] | None = None,
        launch: Launch | None = None,
    ) -> Step:
        """Run the action where the checkout has both commits."""
        self.steps += 1
        name, payload = event or ("pull_request", pull(self.base, self.head))
        return run_step(
            self.folder / f"step-{self.steps}",
            event=name,
            payload=payload,
            inputs={"github-token": TOKEN, "publish": publish, **(inputs or {})},
            environ={
                "GITHUB_SERVER_URL": "https://github.com",
                "GITHUB_API_URL": self.fake.api,
                "GITHUB_REPOSITORY": SLUG,
                "GITHUB_SHA": self.head,
                "GITHUB_RUN_ID": "77",
                "GITHUB_RETENTION_DAYS": "90",
                "GITHUB_WORKFLOW_REF": f"{SLUG}/.github/workflows/insight.yml@refs/pull/7/merge",
                "GITHUB_JOB": "report",
                "GITHUB_ACTION": "__OWNER_diff-insight",
                "ACTIONS_RESULTS_URL": f"{self.results.url}/",
                "ACTIONS_RUNTIME_TOKEN": runtime_token(),
                **(environ or {}),
            },
            workspace=self.repo.path,
            launch=launch,
        )


@pytest.fixture
def world(fake: FakeGitHub, tmp_path: Path) -> Iterator[World]:
    with FakeResults() as results:
        yield World(fake, results, tmp_path)


def errors(step: Step) -> list[str]:
    return [command.data for command in commands_in(step.log) if command.name == "error"]


def notices(step: Step) -> str:
    return "\n".join(each.data for each in commands_in(step.log) if each.name == "notice")


def check_no_secret(step: Step, world: World) -> None:
    """Search everything that was written; masks are how the log hides them."""
    masks = {each.data for each in commands_in(step.log) if each.name == "add-mask"}
    assert TOKEN in masks
    assert runtime_token() in masks or not world.results.seen()
    told = [line for line in step.log.splitlines() if not line.startswith("::add-mask::")]
    written = [
        path.read_bytes().decode("utf-8", "replace")
        for path in world.folder.rglob("*")
        if path.is_file() and not {".git", "hosted"} & set(path.parts)
    ]
    comments = [note.body for note in world.pull.notes]
    addresses = [path for verb, path in world.results.seen() if verb == "POST"]
    asked = [f"{seen.path}?{seen.query}" for seen in world.fake.seen()]
    kept = [
        archive.read(name).decode()
        for artifact in world.results.finished()
        for archive in [zipfile.ZipFile(io.BytesIO(world.results.content(artifact)))]
        for name in archive.namelist()
    ]
    for text in (*told, *written, *comments, *addresses, *asked, *kept, str(step.outputs)):
        assert "sig=" not in text
        for secret in SECRETS:
            assert secret not in text


def test_all_publishers_of_a_pull_request(world: World) -> None:
    step = world.step(inputs={"locales": "en, ja, zh"}, launch=process)
    assert step.code == 0, step.log
    (artifact,) = world.results.finished()
    url = f"{RUN_URL}/artifacts/{artifact.id}"
    assert step.outputs["artifact-id"] == str(artifact.id)
    assert step.outputs["artifact-url"] == url
    assert step.outputs["comment-url"].endswith(f"/{SLUG}/pull/7#issuecomment-1")
    assert f"artifact: published at {url}" in step.log
    with zipfile.ZipFile(io.BytesIO(world.results.content(artifact))) as archive:
        names = archive.namelist()
        reports = json.loads(step.outputs["reports"])
        assert set(names) == {
            place for each in reports for place in (each["path"], each["insight"])
        }
        for name in names:
            assert archive.read(name) == (step.workspace / name).read_bytes()
    (note,) = world.pull.notes
    assert "Old guide" in note.body
    assert "日本語" in note.body
    check_no_secret(step, world)


@pytest.mark.slow
def test_a_report_of_three_megabytes_fits_everywhere_and_is_reachable_whole(world: World) -> None:
    for number in range(40):
        lines = (f"Line {line} of page {number} tells something new.\n" for line in range(2_000))
        (world.repo.path / f"docs/big-{number}.md").write_text(
            f"# Big {number}\n\n{''.join(lines)}"
        )
    world.head = world.pull.head = world.repo.commit("big")
    step = world.step(inputs={"locales": "en, ja"})
    assert step.code == 0, step.log
    paths = [each["path"] for each in json.loads(step.outputs["reports"])]
    whole = {path: (step.workspace / path).read_bytes() for path in paths}
    assert min(map(len, whole.values())) > 3_000_000
    (note,), url = world.pull.notes, step.outputs["artifact-url"]
    assert len(note.body.encode("utf-16-le")) // 2 <= 65_536
    assert len(step.summary.encode()) < 1_048_576
    assert url in note.body
    assert url in step.summary
    (artifact,) = world.results.finished()
    with zipfile.ZipFile(io.BytesIO(world.results.content(artifact))) as archive:
        assert {path: archive.read(path) for path in paths} == whole


def test_the_next_push_updates_the_comment(world: World) -> None:
    assert world.step("comment").code == 0
    (world.repo.path / "docs/new.md").write_text("# New\n\nOther words.\n", "utf-8")
    world.head = world.pull.head = world.repo.commit("more")
    assert world.step("comment").code == 0
    (note,) = world.pull.notes
    assert note.body.startswith("<!-- diff-insight-comment ")
    assert world.head in note.body.splitlines()[0]


#: What is broken: its publisher, and what its receipt tells.
BROKEN: dict[str, tuple[Callable[[World], Mapping[str, str] | None], str, str]] = {
    "no-token": (lambda world: {"ACTIONS_RUNTIME_TOKEN": ""}, "artifact", "ACTIONS_RUNTIME_TOKEN"),
    "no-address": (lambda world: {"ACTIONS_RESULTS_URL": ""}, "artifact", "ACTIONS_RESULTS_URL"),
    "wrong-token": (
        lambda world: {"ACTIONS_RUNTIME_TOKEN": "not-a-token-at-all"}, "artifact", "not allow",
    ),
    "quota": (
        lambda world: world.results.trouble(
            Trouble(path="Create", status=403, body='{"msg":"insufficient usage"}')
        ),
        "artifact", "used up",
    ),
    "storage": (
        lambda world: world.results.trouble(Trouble(path="PUT", status=403)), "artifact", "403",
    ),
    "forbidden": (
        lambda world: setattr(world.pull, "writable", False), "comment", "pull-requests: write",
    ),
    "token": (
        lambda world: world.fake.fail(Fault(path="pulls/7", status=401, message="Bad")),
        "comment", "token is not valid",
    ),
    "summary": (
        lambda world: {"GITHUB_STEP_SUMMARY": str(world.folder)}, "summary", "",
    ),
}  # fmt: skip


#: The first of each publisher; the others take the same way.
FIRST = {"no-token", "forbidden", "summary"}


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.slow] * (name not in FIRST)) for name in BROKEN],
)
def test_one_that_fails_leaves_the_others(world: World, name: str) -> None:
    broken, publisher, told = BROKEN[name]
    step = world.step(environ=broken(world))
    assert step.code == 1
    (error,) = errors(step)
    assert told in error
    assert re.search(rf"^{publisher}: failed$", step.log, re.MULTILINE)
    delivered = {
        "summary": "Old guide" in step.summary,
        "artifact": bool(world.results.finished()),
        "comment": bool(world.pull.notes),
    }
    assert {other for other, done in delivered.items() if not done} == {publisher}
    assert json.loads(step.outputs["reports"])
    assert step.outputs["report-directory"]
    if "TOKEN" not in str(broken(world)):
        check_no_secret(step, world)


def test_a_server_that_git_cannot_push_to_fails_the_commit_and_nobody_else(world: World) -> None:
    world.repo.write({".github/diff-insight.yml": "commit-method: git\n"})
    world.head = world.repo.commit("configured")
    sent = {"repository": {"full_name": SLUG, "default_branch": "main"}, "inputs": {}}
    step = world.step(
        "summary, artifact, commit",
        inputs={"base": world.base, "head": world.head},
        environ={"GITHUB_SERVER_URL": "http://localhost:1", "GITHUB_API_URL": "http://127.0.0.1:1"},
        event=("workflow_dispatch", sent),
    )
    assert step.code == 1, step.log
    assert re.search(r"^commit: failed$", step.log, re.MULTILINE)
    assert "Old guide" in step.summary
    check_no_secret(step, world)


def test_a_fork_gets_the_summary_and_the_artifact_and_no_red_step(world: World) -> None:
    world.pull.writable = False
    fork = pull(world.base, world.head, fork="mallory/demo")
    step = world.step(event=("pull_request", fork))
    assert step.code == 0, step.log
    assert "Old guide" in step.summary
    assert step.outputs["artifact-id"]
    assert step.outputs["comment-url"] == ""
    assert "can only read" in notices(step)


def test_enterprise_server_has_no_artifacts_and_names_the_folder(world: World) -> None:
    step = world.step("artifact", environ={"GITHUB_SERVER_URL": "https://ghes.example"})
    assert step.code == 0, step.log
    assert "report-directory" in notices(step)
    assert step.outputs["report-directory"].startswith("reports/")
    assert world.results.seen() == []


def test_a_dry_run_publishes_nothing(world: World) -> None:
    step = world.step(inputs={"dry-run": "true"})
    assert step.code == 0, step.log
    assert (world.results.seen(), world.pull.notes, step.summary) == ([], [], "")
    assert step.log.count(": dry-run") == 3


def finished_run(world: World, *, fork: str = "mallory/demo") -> tuple[str, dict[str, Any]]:
    """The event of a workflow run that a pull request from a fork had started."""
    world.pull.home = (fork, "topic")
    run = {
        "id": 55, "event": "pull_request", "head_sha": world.head, "head_branch": "topic",
        "head_repository": {"full_name": fork}, "pull_requests": [],
    }  # fmt: skip
    repository = {"full_name": SLUG, "default_branch": "main"}
    return "workflow_run", {"action": "completed", "workflow_run": run, "repository": repository}


@pytest.mark.parametrize("fork", ["mallory/demo", SLUG])
def test_a_second_workflow_comments_on_the_pull_request_of_a_fork(world: World, fork: str) -> None:
    step = world.step("comment", event=finished_run(world, fork=fork))
    assert step.code == 0, step.log
    (note,) = world.pull.notes
    assert "Old guide" in note.body
    assert (step.outputs["base-sha"], step.outputs["head-sha"]) == (world.base, world.head)
    check_no_secret(step, world)


def test_a_finished_run_of_an_older_push_comments_nowhere(world: World) -> None:
    event = finished_run(world)
    world.pull.head = "9" * 40
    step = world.step("comment", event=event)
    assert step.code == 0, step.log
    assert world.pull.notes == []
    assert "not about an open pull request" in notices(step)


def test_a_finished_run_that_could_be_about_two_comments_nowhere(world: World) -> None:
    world.fake.converse(
        SLUG, 8, Conversation(head=world.head, base=world.base, home=("mallory/demo", "topic"))
    )
    step = world.step("comment", event=finished_run(world))
    assert step.code == 0, step.log
    assert world.pull.notes == []


def test_a_finished_run_is_still_reported_when_its_pull_request_cannot_be_asked_for(
    world: World,
) -> None:
    world.fake.fail(Fault(path="/pulls", status=404, message="Not Found"))
    step = world.step("summary, artifact, comment", event=finished_run(world))
    assert step.code == 1, step.log
    assert "could not be found" in notices(step)
    (error,) = errors(step)
    assert "the comment could not be written" in error
    assert step.summary
    assert step.outputs["artifact-id"]


#: Publishers that need the API, each with an event that does not name the default branch.
NEED_THE_API = ("commit", "pull-request", "comment")


@pytest.mark.parametrize("name", NEED_THE_API)
@pytest.mark.parametrize("kind", ["dispatch", "pull", "finished"])
def test_an_api_that_cannot_be_reached_fails_who_needs_it_and_nobody_else(
    world: World, name: str, kind: str
) -> None:
    dispatch: dict[str, Any] = {"repository": {"full_name": SLUG}, "inputs": {}}
    events = {
        "dispatch": ("workflow_dispatch", dispatch),
        "pull": ("pull_request", pull(world.base, world.head)),
        "finished": finished_run(world, fork=SLUG),
    }
    step = world.step(
        f"summary, artifact, {name}",
        inputs={"base": world.base, "head": world.head},
        environ={"GITHUB_API_URL": "http://127.0.0.1:1"},
        event=events[kind],
    )
    if (name, kind) == ("comment", "dispatch"):  # about no pull request: nothing to reach
        assert step.code == 0
        return
    assert step.code == 1, step.log
    assert re.search(rf"^{name}: failed$", step.log, re.MULTILINE)
    (error,) = errors(step)
    assert "127.0.0.1 did not answer" in error
    assert "check the network and the proxy" in error
    reports = json.loads(step.outputs["reports"])
    assert all((step.workspace / each["path"]).is_file() for each in reports)
    assert reports
    assert "Old guide" in step.summary
    assert step.outputs["artifact-id"]
    check_no_secret(step, world)


def test_a_push_has_no_conversation(world: World) -> None:
    sent = {
        "ref": "refs/heads/main", "before": world.base, "after": world.head,
        "repository": {"full_name": SLUG, "default_branch": "main"},
    }  # fmt: skip
    step = world.step("comment", event=("push", sent))
    assert step.code == 0, step.log
    assert "not about an open pull request" in notices(step)


def test_the_configuration_names_the_artifact_and_the_mode(world: World) -> None:
    config = "artifact-name: 'a/b: レポート'\nretention-days: 400\ncomment-mode: breaking\n"
    world.repo.write({".github/diff-insight.yml": config})
    world.head = world.repo.commit("configured")
    sent = {
        "ref": "refs/heads/main", "before": world.base, "after": world.head,
        "repository": {"full_name": SLUG, "default_branch": "main"},
    }  # fmt: skip
    step = world.step("artifact", event=("push", sent))
    assert step.code == 0, step.log
    (artifact,) = world.results.finished()
    assert artifact.name == "a-b- レポート"
    assert "90 days" in notices(step)
