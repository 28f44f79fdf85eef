"""Which commit configuration is read from when strangers may have written the checkout."""

from __future__ import annotations

from diff_insight.errors import EnvironmentFailure
from diff_insight.model.events import Event

#: Events of people who may write here, so that their checkout may be read for configuration.
TRUSTED = frozenset(("push", "release", "schedule", "workflow_dispatch", "repository_dispatch"))


#: GitHub gives its runs the rights of a fork's.
DEPENDABOT = "dependabot[bot]"


def of_stranger(event: Event) -> bool:
    """Tell whether what is compared was written by somebody who may not write here."""
    pull, run = event.pull_request, event.run
    if pull is not None:
        return pull.is_fork or pull.author == DEPENDABOT
    if run is None or not run.event.startswith("pull_request"):
        return False
    return run.head_repository.lower() != event.repository.lower()


def trusted_commit(event: Event) -> str:
    """Return the commit that configuration is read from; empty when the workspace may be read.

    Raises:
        EnvironmentFailure: The workspace is not to be trusted, and no commit is known that is.
    """
    if event.pull_request is not None:
        return event.pull_request.base_sha
    if event.name == "merge_group":
        return event.base
    if event.name in TRUSTED:
        return ""
    # A workflow_run and all events unknown here: the commit that the workflow itself is from.
    if event.sha:
        return event.sha
    raise EnvironmentFailure(
        "the environment gives no usable GITHUB_SHA",
        cause=f"without it no configuration can be trusted on {event.name}",
        cure="run this as a step of a workflow, or set what the runner sets",
    )
