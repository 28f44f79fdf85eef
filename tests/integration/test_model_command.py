"""The command and the action with a model: keys, addresses, plan, outputs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from support.command import Command
from support.fake_github import FakeGitHub
from support.fake_model import FakeModel, Writer, always, honest, refused
from support.model_server import ModelServer
from support.pulls import pages, pull
from support.remotes import SLUG, TOKEN
from support.repos import TestRepo
from support.step import ENTRYPOINT, Step, run_step

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])
KEY = "sk-secret-0123456789abcdefghijk"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as made:
        yield made


def environ(**more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **more}


def test_a_report_told_by_a_model(command: Command, repo: TestRepo, server: ModelServer) -> None:
    variables = environ(OPENAI_API_KEY=KEY, OPENAI_BASE_URL=server.url)
    ran = command(
        "report", "--repo", str(repo.path), "--analyst", "model", "--model", "mine",
        "--locale", "en_US,ja_JP", "--format", "markdown,json", "--cache-dir", "cache",
        environ=variables,
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert "plan: 2 files to mine in about 4 requests" in ran.err
    document = json.loads((command.folder / ran.out.splitlines()[1]).read_text("utf-8"))
    assert document["analyst"] == "model"
    assert document["model"] == "mine"
    assert {entry["author"] for entry in document["files"]} == {"model"}
    assert server.model.requests[0].headers["authorization"] == f"Bearer {KEY}"
    everything = "".join((command.folder / name).read_text("utf-8") for name in ran.files)
    assert KEY not in everything + ran.out + ran.err
    asked = len(server.model.requests)
    again = command(
        "report", "--repo", str(repo.path), "--analyst", "model", "--model", "mine",
        "--locale", "en_US,ja_JP", "--cache-dir", "cache", environ=variables,
    )  # fmt: skip
    assert again.code == 0
    assert len(server.model.requests) == asked


def test_the_key_may_be_in_a_file(
    command: Command, repo: TestRepo, server: ModelServer, tmp_path: Path
) -> None:
    (tmp_path / "key").write_text(f"{KEY}\n", "utf-8")
    ran = command(
        "report", "--repo", str(repo.path), "--analyst", "model", "--base-url", server.url,
        "--api-key-file", str(tmp_path / "key"), environ=environ(),
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert server.model.requests[0].headers["authorization"] == f"Bearer {KEY}"


def test_a_dry_run_tells_the_plan_and_sends_nothing(
    command: Command, repo: TestRepo, server: ModelServer
) -> None:
    ran = command(
        "report", "--repo", str(repo.path), "--analyst", "model", "--base-url", server.url,
        "--prices", "0.25/2", "--dry-run", environ=environ(),
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert "about $0.00" in ran.err
    assert server.model.requests == []
    assert ran.files == []


def test_a_wrong_key_gives_the_rules_report_and_says_what_to_do(
    command: Command, repo: TestRepo
) -> None:
    bad = FakeModel(always=always(lambda: refused(401, f"Incorrect API key: {KEY}")))
    with ModelServer(bad) as server:
        ran = command(
            "report", "--repo", str(repo.path), "--analyst", "model", "--base-url", server.url,
            environ=environ(OPENAI_API_KEY=KEY),
        )  # fmt: skip
    assert ran.code == 0
    assert "the model's endpoint refused the key" in ran.err
    assert KEY not in ran.err
    report = (command.folder / ran.out.splitlines()[0]).read_text("utf-8")
    assert "refused the key" in report


def test_nothing_listens(command: Command, repo: TestRepo) -> None:
    ran = command(
        "report", "--repo", str(repo.path), "--analyst", "model",
        "--base-url", "http://127.0.0.1:1/v1", "--model-deadline", "1", environ=environ(),
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert "the rules told 2 files" in ran.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--analyst", "model"), ("neither a key nor an endpoint", "OPENAI_API_KEY")),
        (("--base-url", "http://127.0.0.1:1"), ("no model is asked", "--analyst model")),
        (("--analyst", "model", "--base-url", "ftp://x"), ("--base-url", "no web address")),
        (("--analyst", "model", "--base-url", "http://[x"), ("--base-url", "no web address")),
        (("--analyst", "model", "--api-key-file", "absent"), ("absent", "cannot be read")),
        (("--analyst", "model", "--api-key-file", "empty"), ("holds no key",)),
        (("--analyst", "model", "--model", "a b"), ("--model", "without blanks")),
        (("--analyst", "model", "--prices", "cheap"), ("--prices", "0.25/2")),
        (("--analyst", "model", "--max-concurrency", "0"), ("at least 1",)),
        (("--analyst", "mystic"), ("mystic",)),
    ],
)  # fmt: skip
def test_what_is_refused(
    command: Command, repo: TestRepo, arguments: tuple[str, ...], words: tuple[str, ...]
) -> None:
    if "empty" in arguments:
        (command.folder / "empty").write_text("\n", "utf-8")
    ran = command("report", "--repo", str(repo.path), *arguments, environ=environ())
    if "empty" in arguments:
        (command.folder / "empty").unlink()
    ran.refused(2, *words)


def test_a_configuration_cannot_turn_a_model_on(command: Command, repo: TestRepo) -> None:
    for line in ("analyst: model", "base-url: https://evil.example", "api-key: x"):
        (command.folder / "c.yml").write_text(line, "utf-8")
        ran = command("report", "--repo", str(repo.path), "--config", "c.yml", environ=environ())
        assert ran.code == 2
        assert "cannot be set in a config file" in ran.err


def test_a_retired_model_is_named(command: Command, repo: TestRepo, server: ModelServer) -> None:
    ran = command(
        "report", "--repo", str(repo.path), "--analyst", "model", "--base-url", server.url,
        "--model", "gpt-3.5-turbo", environ=environ(),
    )  # fmt: skip
    assert "announced to be shut down on 2026-10-23; set model to a current one" in ran.err


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)]
)
def test_a_signal_while_the_model_is_asked_leaves_a_whole_report(
    fake: FakeGitHub, tmp_path: Path, number: signal.Signals
) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    fake.host(SLUG, repo, token=TOKEN)
    slow = FakeModel(latency=(30.0, 0.0))
    with ModelServer(slow) as server:

        def launch(
            variables: Mapping[str, str], workspace: Path
        ) -> subprocess.CompletedProcess[bytes]:
            process = subprocess.Popen(
                [sys.executable, str(ENTRYPOINT)], env={**environ(), **variables}, cwd=workspace,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
            for _ in range(600):
                if slow.requests or process.poll() is not None:
                    break
                time.sleep(0.05)
            process.send_signal(number)
            output, _ = process.communicate(timeout=20)
            return subprocess.CompletedProcess([], process.returncode, output)

        step = run_step(
            tmp_path / "step",
            event="pull_request",
            payload=pull(base, head),
            inputs={"github-token": TOKEN, "base-url": server.url, "locales": "en_US, ja_JP"},
            environ={
                "GITHUB_SERVER_URL": fake.url, "GITHUB_API_URL": fake.api,
                "GITHUB_REPOSITORY": SLUG, "GITHUB_SHA": head,
            },
            launch=launch,
        )  # fmt: skip
    assert step.code == 130, step.log
    texts = [path.read_text("utf-8") for path in step.workspace.rglob("*.md")]
    assert len(texts) == 2
    for text in texts:
        assert text.count("<!-- diff-insight") == 1
        assert "texts-by-model=0/" in text
    documents = [json.loads(path.read_text("utf-8")) for path in step.workspace.rglob("*.json")]
    assert [len(each["files"]) for each in documents] == [3]
    assert "model-interrupted" in {note["key"] for note in documents[0]["notices"]}


def test_rules_alone_load_nothing_of_a_model(repo: TestRepo) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "diff_insight", "report", "--dry-run"],
        cwd=repo.path, env=environ(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "diff_insight.pipeline" in loaded
    unwanted = (
        "openai",
        "httpx2",
        "asyncio",
        "diff_insight.llm.client",
        "diff_insight.llm.prompting",
    )
    assert not [name for name in loaded if name.startswith(unwanted)]


def told_by_outputs(step: Step) -> dict[str, str]:
    names = (
        "model", "prompt-version", "model-requests", "input-tokens", "output-tokens", "cache-hits",
        "texts-by-model",
    )  # fmt: skip
    return {name: step.outputs[name] for name in names}


def told_by_documents(step: Step) -> dict[str, str]:
    """What the outputs have to be, added up from the documents that the step wrote."""
    paths = {report["insight"] for report in json.loads(step.outputs["reports"])}
    documents = [json.loads((step.workspace / path).read_text("utf-8")) for path in sorted(paths)]
    usage, share = (
        {
            name: sum(each[member][name] for each in documents)
            for name, value in documents[0][member].items()
            if isinstance(value, int)
        }
        for member in ("usage", "texts_by_model")
    )
    return {
        "model": documents[0]["model"],
        "prompt-version": documents[0]["prompt_version"],
        "model-requests": str(usage["requests"]),
        "input-tokens": str(usage["input_tokens"]),
        "output-tokens": str(usage["output_tokens"]),
        "cache-hits": str(usage["cache_hits"]),
        "texts-by-model": str(100 * share["written"] // share["texts"]),
    }


def test_the_outputs_add_up_categories_a_share_and_a_cache(
    fake: FakeGitHub, tmp_path: Path
) -> None:
    repo = TestRepo(tmp_path / "repo")
    config = "cache-dir: kept\ncategories: {guide: [docs/], rest: ['']}\n"
    repo.write({".github/diff-insight.yml": config, "docs/a.md": "# A\n", "b.md": "# B\n"})
    base = repo.commit()
    repo.write({"docs/a.md": "# A\n\nOne is told here.\n", "b.md": "# B\n\nTwo is told here.\n"})
    payload = pull(base, head := repo.commit())
    fake.host(SLUG, repo, token=TOKEN)
    (tmp_path / "workspace").mkdir()
    if os.geteuid() == 0:
        os.chown(tmp_path / "workspace", 1234, 1234)
    with ModelServer(FakeModel(writer=only_in("ja_JP"))) as server:
        inputs = {
            "github-token": TOKEN, "base-url": server.url, "model": "mine",
            "api-key": KEY, "locales": "en_US, ja_JP",
        }  # fmt: skip
        environ = {
            "GITHUB_SERVER_URL": fake.url, "GITHUB_API_URL": fake.api,
            "GITHUB_REPOSITORY": SLUG, "GITHUB_SHA": head,
        }  # fmt: skip
        first, second = (
            run_step(
                tmp_path / name, event="pull_request", payload=payload, inputs=inputs,
                environ=environ, workspace=tmp_path / "workspace",
            )
            for name in ("first", "second")
        )  # fmt: skip
    assert (first.code, second.code) == (0, 0), first.log + second.log
    assert told_by_outputs(second) == told_by_documents(second)
    assert 0 < int(first.outputs["texts-by-model"]) < 100
    assert int(first.outputs["model-requests"]) > 0
    assert first.outputs["cache-hits"] == "0"
    assert int(second.outputs["cache-hits"]) > 0
    # What was believed is not asked about again; what was refused is.
    assert 0 < int(second.outputs["model-requests"]) < int(first.outputs["model-requests"])
    kept = [path for path in (tmp_path / "workspace/kept").rglob("*") if path.is_file()]
    assert kept
    if os.geteuid() == 0:  # as in a container: later steps are the workspace's owner
        assert {path.stat().st_uid for path in kept} == {1234}
    assert second.outputs["texts-by-model"] == first.outputs["texts-by-model"]


def only_in(locale: str) -> Writer:
    """Answer every locale in the language of one."""
    return lambda block, asked: honest(block, locale)


def test_the_action_with_a_key(fake: FakeGitHub, tmp_path: Path, server: ModelServer) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    fake.host(SLUG, repo, token=TOKEN)
    step = run_step(
        tmp_path / "step",
        event="pull_request",
        payload=pull(base, head),
        inputs={"github-token": TOKEN, "api-key": KEY, "base-url": server.url, "model": "mine"},
        environ={
            "GITHUB_SERVER_URL": fake.url, "GITHUB_API_URL": fake.api,
            "GITHUB_REPOSITORY": SLUG, "GITHUB_SHA": head,
        },
    )  # fmt: skip
    assert step.code == 0, step.log
    assert f"::add-mask::{KEY}" in step.log
    assert_no_key(step, tmp_path)
    assert told_by_outputs(step) == told_by_documents(step)
    assert int(step.outputs["input-tokens"]) > 0
    assert int(step.outputs["output-tokens"]) > 0
    assert step.outputs["model"] == "mine"
    assert step.outputs["texts-by-model"] == "100"
    assert "texts by `mine`, checked against the diff" in step.summary


def test_an_endpoint_that_repeats_the_key_tells_it_to_nobody(
    fake: FakeGitHub, tmp_path: Path
) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    fake.host(SLUG, repo, token=TOKEN)
    with ModelServer(FakeModel(always=always(lambda: refused(401, f"Wrong key: {KEY}")))) as bad:
        step = run_step(
            tmp_path / "step",
            event="pull_request",
            payload=pull(base, head),
            inputs={"github-token": TOKEN, "api-key": KEY, "base-url": bad.url},
            environ={
                "GITHUB_SERVER_URL": fake.url, "GITHUB_API_URL": fake.api,
                "GITHUB_REPOSITORY": SLUG, "GITHUB_SHA": head,
            },
        )  # fmt: skip
    assert step.code == 0, step.log
    assert "refused the key" in step.log
    assert "refused the key" in step.summary
    assert step.outputs["texts-by-model"] == "0"
    assert_no_key(step, tmp_path)


def assert_no_key(step: Step, folder: Path) -> None:
    """Search everything that was written; masks are how the log hides it."""
    assert KEY not in step.log.replace(f"::add-mask::{KEY}", "")
    written = [path for path in folder.rglob("*") if path.is_file()]
    assert len(written) > 10
    for path in written:
        assert KEY.encode() not in path.read_bytes(), path
    assert KEY not in str(step.outputs) + step.summary


def test_the_action_says_when_a_model_is_asked_for_without_a_key(
    fake: FakeGitHub, tmp_path: Path
) -> None:
    base, head = pages(repo := TestRepo(tmp_path / "repo"))
    fake.host(SLUG, repo, token=TOKEN)
    variables = {
        "GITHUB_SERVER_URL": fake.url, "GITHUB_API_URL": fake.api,
        "GITHUB_REPOSITORY": SLUG, "GITHUB_SHA": head,
    }  # fmt: skip
    for analyst, code in (("model", 2), ("auto", 0), ("rules", 0)):
        step = run_step(
            tmp_path / analyst,
            event="pull_request",
            payload=pull(base, head),
            inputs={"github-token": TOKEN, "analyst": analyst},
            environ=variables,
        )
        assert step.code == code, step.log
        if code:
            assert "neither api-key nor base-url" in step.log
        else:
            assert told_by_outputs(step) == {
                "model": "", "prompt-version": "", "model-requests": "0", "input-tokens": "0",
                "output-tokens": "0", "cache-hits": "0", "texts-by-model": "0",
            }  # fmt: skip
