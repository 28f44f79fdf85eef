"""Names, commits, branches, titles and contents that give orders reach every exit of the action."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from support.fake_github import FakeGitHub
from support.github_page import check_inert
from support.pulls import pull
from support.remotes import SLUG, TOKEN
from support.repos import TestRepo
from support.runner import commands_in
from support.step import Step, process, run_step

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

ORDERS = (
    "::add-mask::every", "\n::set-output name=headline::stolen", "\r::warning::x", "##[set-output name=a]b",
    "##[add-mask]every", "\x1b[2J\x1b]0;title\x07", "\x1b[31m::error::red\x1b[0m", "ghadelimiter_0",
    "headline<<EOF\nstolen\nEOF", "@octocat", "#12", "GH-7", "octo/repo#3", "<b>bold</b>", "</details>",
    "<img src=x onerror=alert(1)>", "![p](https://evil.example/p.png)", "[x](javascript:alert(1))",
    "https://evil.example/x", "**b** | c", "`@octocat", "{{ 7*7 }}", "$(touch ran)", "`touch ran`", ";touch ran",
    "%0A::error::escaped", "\u2028::error::line", "\u202eabc", "-->", "--output=ran", "../../ran",
)  # fmt: skip
#: What a branch of git may be called, and still looks like an order.
BRANCH = "x-@octocat-#12-|<b>`touch`-$(ran);&&##-%0A-add-mask"
OUTPUTS = {
    "reports", "report-directory", "headline", "has-changes", "changed-files", "files-excluded",
    "files-left-out", "complete", "breaking-changes", "base-sha", "head-sha", "compare-url", "artifact-id", "artifact-url", "comment-url", "release-url",
    "commit-sha", "pull-request-url", "alarms", "input-tokens", "output-tokens",
    "model", "prompt-version", "model-requests", "cache-hits", "reports-collected", "texts-by-model", "examined", "impacts",
    "plan", "matrix", "ranges", "ranges-waiting", "estimated-minutes", "estimated-tokens",
}  # fmt: skip
OWN = {"add-mask", "group", "endgroup", "notice", "warning"}


def hostile(repo: TestRepo) -> tuple[str, str]:
    """Two commits on a hostile branch, whose names, subjects, bodies and pages give orders."""
    names = [order.replace("\0", "").replace("/", "_") for order in ORDERS]
    repo.write(
        {f"docs/{name}.md": page(order, "Old") for name, order in zip(names, ORDERS, strict=True)}
    )
    repo.write(
        {"docs/removed.md": page(ORDERS[0], "Old"), "lib/api.py": "def gone():\n    return 1\n"}
    )
    base = repo.commit("base")
    repo.git("checkout", "-q", "-b", BRANCH)
    repo.write(
        {f"docs/{name}.md": page(order, "New") for name, order in zip(names, ORDERS, strict=True)}
    )
    for order in ORDERS:
        repo.write({"log.txt": order})
        repo.git("add", "-A")
        repo.git("commit", "-q", "-m", f"feat: {order}\n\nBREAKING CHANGE: {order}\n")
    (repo.path / "docs/removed.md").unlink()
    (repo.path / "lib/api.py").unlink()
    return base, repo.commit(f"fix!: {ORDERS[1]}")  # fmt: skip


def page(order: str, word: str) -> str:
    return (
        f"---\ntitle: {word} {order.rsplit(chr(10), maxsplit=1)[-1]}\nms.date: 01/0{len(word)}/2025\n---\n\n# {word} {order}\n\n"
        f"{word} words say {order} and more.\n\n## {order}\n\n| a | b |\n|---|---|\n| key | {word} {order} |\n"
    )  # fmt: skip


@pytest.mark.parametrize("checked_out", ["checkout", "server"])
def test_nothing_runs_pings_or_breaks(fake: FakeGitHub, tmp_path: Path, checked_out: str) -> None:
    base, head = hostile(repo := TestRepo(tmp_path / "repo"))
    fake.host(SLUG, repo, token=TOKEN)
    payload = pull(base, head)
    pulled = payload["pull_request"]
    assert isinstance(pulled, dict)
    pulled["title"] = " ".join(ORDERS)
    pulled["body"] = "\n".join(ORDERS)
    pulled["labels"] = [{"name": order} for order in ORDERS]
    pulled["head"]["ref"] = BRANCH
    pulled["user"]["login"] = "x\n::add-mask::every"
    done = run_step(
        tmp_path / "step",
        event="pull_request",
        payload=payload,
        inputs={"github-token": TOKEN, "locales": "en,ja,zh"},
        environ={
            "GITHUB_SERVER_URL": fake.url, "GITHUB_API_URL": fake.api, "GITHUB_REPOSITORY": SLUG,
            "GITHUB_SHA": head, "GITHUB_HEAD_REF": BRANCH, "GITHUB_REF": "refs/pull/7/merge",
        },
        workspace=repo.path if checked_out == "checkout" else None,
        launch=process,
    )  # fmt: skip
    assert done.code == 0, done.log
    assert not list(tmp_path.rglob("ran"))
    found = commands_in(done.log)
    assert {command.name for command in found} <= OWN
    masks = [command.data for command in found if command.name == "add-mask"]
    assert TOKEN in masks
    assert not [mask for mask in masks if "every" in mask]
    assert "\x1b" not in done.log
    assert set(done.outputs) == OUTPUTS
    assert done.outputs["changed-files"] == str(len(ORDERS) + 3)
    # The summary is read as GitHub reads it: no mention, reference, picture or foreign link acts.
    for report in done.summary.split("\n\n---\n\n"):
        check_inert(report, links=f"{fake.url}/{SLUG}/")
    check_files(done)


def check_files(done: Step) -> None:
    """Assert that the orders stand in the reports, and act nowhere outside the patches."""
    reports = json.loads(done.outputs["reports"])
    assert done.outputs["headline"] == reports[0]["headline"]
    for report in reports:
        text = (done.workspace / report["path"]).read_text("utf-8")
        outside = re.sub(r"^(`{4,})diff\n.*?\n\1$", "", text, flags=re.DOTALL | re.MULTILINE)
        assert text.startswith("---\ndate: '")
        assert "\x1b" in text  # the patches are whole
        assert "\x1b" not in outside
        assert "<b>" not in outside
        assert "<img" not in outside
