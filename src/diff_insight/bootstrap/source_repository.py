"""Asks about another repository that is compared: whether it is there, and whether it may be shown."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.github.api.client import DEFAULT_API, ApiFailure, ApiSettings, GitHubClient
from diff_insight.github.api.repositories import RepositoryDescription, describe
from diff_insight.github.runner.step_inputs import StepInputs
from diff_insight.model.events import Event, WantedRange
from diff_insight.model.messages import Notice


class Compared(Struct, frozen=True):
    """The compared repository under its name of today.

    Attributes:
        wanted: The range.
        exposed: A commit would show everybody what only some may see.
    """

    wanted: WantedRange
    exposed: bool = False


def describe_compared(
    event: Event,
    wanted: WantedRange,
    inputs: StepInputs,
    environ: Mapping[str, str],
    tell: Callable[[Notice], None],
) -> Compared:
    """Return what is known of the compared repository.

    Raises:
        ApiFailure: It is not there, or may not be seen.
    """
    api = environ.get("GITHUB_API_URL") or DEFAULT_API
    own = GitHubClient(ApiSettings(url=api, token=inputs.github_token), time.sleep)
    source = GitHubClient(
        ApiSettings(url=api, token=inputs.source_token_for(foreign=wanted.foreign)), time.sleep
    )
    try:
        description: RepositoryDescription | None = describe(source, wanted.repository)
    except ApiFailure as error:
        if error.status == 404:
            raise
        description = _public_description(api, wanted.repository)
    if description is not None and description.name.lower() != wanted.repository.lower():
        tell(Notice("repository-renamed", {"old": wanted.repository, "new": description.name}))
        wanted = replace(wanted, repository=description.name)
    # What is not known to be public is not shown to the public.
    public = description is not None and description.public
    return Compared(wanted, exposed=not public and _is_public(own, event.repository))


def _public_description(api: str, repository: str) -> RepositoryDescription | None:
    """Return what the server says to somebody without a token, if it says anything."""
    try:
        return describe(GitHubClient(ApiSettings(url=api, token=""), time.sleep), repository)
    except ApiFailure:
        return None


def _is_public(client: GitHubClient, repository: str) -> bool:
    try:
        return describe(client, repository).public
    except ApiFailure:  # what is not known to be private is treated as public
        return True
