"""Whose work is compared: what a stranger proposes is not for this repository's branches."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from diff_insight.github.events.trust import DEPENDABOT, of_stranger
from diff_insight.model.events import Event, FinishedRun, PullRequest

PULL = PullRequest(
    number=7, title="", base_sha="1" * 40, head_sha="2" * 40, head_repository="octo/demo",
    is_fork=False, author="octocat", body="", base_ref="main", head_ref="topic", draft=False, labels=(),
)  # fmt: skip
EVENT = Event(name="pull_request", repository="octo/demo", pull_request=PULL)


def test_pull_requests() -> None:
    assert not of_stranger(EVENT)
    assert of_stranger(replace(EVENT, pull_request=replace(PULL, is_fork=True)))
    assert of_stranger(replace(EVENT, pull_request=replace(PULL, author=DEPENDABOT)))


@pytest.mark.parametrize(
    ("event", "head", "stranger"),
    [
        ("pull_request", "octo/demo", False),
        ("pull_request", "Octo/Demo", False),
        ("pull_request", "stranger/demo", True),
        ("pull_request_target", "stranger/demo", True),
        ("pull_request", "", True),
        ("push", "octo/demo", False),
        ("schedule", "", False),
    ],
)
def test_runs_that_have_finished(event: str, head: str, stranger: bool) -> None:  # noqa: FBT001
    run = FinishedRun(event=event, head_repository=head)
    finished = Event(name="workflow_run", repository="octo/demo", run=run)
    assert of_stranger(finished) is stranger


def test_other_events() -> None:
    assert not of_stranger(Event(name="push", repository="octo/demo"))
