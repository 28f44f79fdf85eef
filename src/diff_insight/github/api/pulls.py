"""Finds the pull request that a finished workflow run was about, forks included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from diff_insight.github.api.client import ApiFailure, GitHubClient
from diff_insight.model.events import FinishedRun


class FoundPull(Struct, frozen=True):
    """Number and base of an open pull request."""

    number: int
    base_sha: str


def pull_of_run(
    client: GitHubClient, repository: str, run: FinishedRun, head: str
) -> FoundPull | None:
    """Return the one open pull request whose head is the commit of a run.

    A newer push, a closed pull request, or two with the same head: there is none. The payload
    names none for forks, so GitHub is asked for the commit's, then for the branch's.

    Raises:
        ApiFailure: GitHub cannot be asked.
    """
    for listed in _lists(client, repository, run, head):
        pulls = {
            number: FoundPull(number, str(item["base"]["sha"]))
            for item in listed
            if (number := _matches(item, repository, head))
        }
        if pulls:
            return next(iter(pulls.values())) if len(pulls) == 1 else None
    return None


def _lists(
    client: GitHubClient, repository: str, run: FinishedRun, head: str
) -> Iterator[list[Any]]:
    yield [client.get(f"/repos/{repository}/pulls/{number}") for number in run.pulls]
    try:
        yield _list(client.get(f"/repos/{repository}/commits/{head}/pulls", per_page=100))
    except ApiFailure as error:  # a fork's commit may be unknown here
        if error.status not in {404, 409, 422}:
            raise
    owner = run.head_repository.partition("/")[0]
    if owner and run.head_branch:
        name = f"{owner}:{run.head_branch}"
        path = f"/repos/{repository}/pulls"
        yield _list(client.get(path, state="open", head=name, per_page=100))


def _matches(item: object, repository: str, head: str) -> int:
    """Return the number of a pull request that is open here with that head, else 0."""
    try:
        here = str(item["base"]["repo"]["full_name"]).lower() == repository.lower()  # type: ignore[index]
        same = item["head"]["sha"] == head and item["state"] == "open"  # type: ignore[index]
        return int(item["number"]) if here and same else 0  # type: ignore[index]
    except (KeyError, TypeError):
        return 0


def _list(answer: object) -> list[Any]:
    return answer if isinstance(answer, list) else []
