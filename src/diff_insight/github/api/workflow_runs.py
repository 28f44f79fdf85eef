"""When a workflow last succeeded, from the API."""

from __future__ import annotations

import re

from msgspec import Struct

from diff_insight.github.api.client import ApiFailure, GitHubClient

_FILE = re.compile(r"[^/]+/[^/]+/\.github/workflows/([A-Za-z0-9._ -]+\.ya?ml)@.*")


class Success(Struct, frozen=True):
    """A successful run: the commit it ran for, and when it started."""

    commit: str
    started: str


def last_success(client: GitHubClient, repository: str, workflow_ref: str) -> Success | None:
    """Return the last successful run of a workflow; None when there is none.

    Args:
        client: Sends the request; the token needs `actions: read`.
        repository: `OWNER/NAME` of the workflow.
        workflow_ref: The runner's GITHUB_WORKFLOW_REF.

    Raises:
        ApiFailure: It cannot be told.
    """
    file = _FILE.fullmatch(workflow_ref)
    if file is None:
        raise ApiFailure(
            "the last successful run cannot be looked up",
            cause="GITHUB_WORKFLOW_REF names no workflow file",
            cure="start the action from a workflow, or give base or a period as since",
        )
    path = f"/repos/{repository}/actions/workflows/{file[1]}/runs"
    try:
        answer = client.get(path, status="success", per_page=1)
    except ApiFailure as error:
        if error.status not in {403, 404}:
            raise
        raise ApiFailure(
            error.what,
            status=error.status,
            cause=error.cause,
            cure="give the job the permission actions: read",
        ) from error
    runs = answer.get("workflow_runs") if isinstance(answer, dict) else None
    if not isinstance(runs, list) or not runs:
        return None
    started = runs[0].get("run_started_at") or runs[0]["created_at"]
    return Success(str(runs[0]["head_sha"]), str(started))
