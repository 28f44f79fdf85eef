"""Which commit of the workflow's own repository may steer a run: configuration, categories, template."""

from __future__ import annotations

from diff_insight.errors import EnvironmentFailure
from diff_insight.model.events import Event

#: Events of people who may write here: the commit that they name is not a proposal.
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
    """Return the commit that configuration is read from: never what a stranger may have written.

    Raises:
        EnvironmentFailure: No commit is known that may be trusted.
    """
    if event.pull_request is not None:
        commit = event.pull_request.base_sha
    elif event.name == "merge_group":
        commit = event.base
    else:
        # A push, a schedule, a workflow_run and all events unknown here: the commit that the workflow
        # itself is from.
        commit = event.sha
    if commit:
        return commit
    raise EnvironmentFailure(
        "the environment gives no usable GITHUB_SHA",
        cause=f"without it no configuration can be trusted on {event.name}",
        cure="run this as a step of a workflow, or set what the runner sets",
    )


def is_proposed(event: Event) -> bool:
    """Tell whether the event is about a change that has no say yet in how it is reported."""
    return event.name not in TRUSTED or event.pull_request is not None
