"""Finds the histories that the command is to plan: one that is named, those that are followed, or here."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from diff_insight.bootstrap.planning import HistoryPlace, PlanWish, plan_ranges
from diff_insight.bootstrap.remote_command import api_settings
from diff_insight.errors import UsageError
from diff_insight.git.network import Network
from diff_insight.model.web_links import DEFAULT_SERVER
from diff_insight.plan.planned_range import PlannedRange
from diff_insight.ranges.repository_place import RepositoryPlace, no_directory, parse_place
from diff_insight.settings.settings import FollowedRepository


class AskedHistory(Struct, frozen=True, kw_only=True):
    """What the command's arguments say of the history to plan.

    Attributes:
        repo: Path, `OWNER/NAME` or address; None when none was named.
        head: Revision that is planned up to; empty for the usual one.
        after: Commit that a report has reached already; empty for none.
    """

    repo: str | None = None
    head: str = ""
    after: str = ""


def plan_histories(
    asked: AskedHistory,
    followed: Sequence[FollowedRepository],
    wish: PlanWish,
    environment: Mapping[str, str] | None,
) -> list[PlannedRange]:
    """Return the ranges of all histories, one repository after the other.

    Args:
        asked: What was typed.
        followed: What the configuration follows; planned when no repository is named.
        wish: How histories are cut.
        environment: For git and tokens; None for the process's own.

    Raises:
        UsageError: No repository has that name, or arguments contradict each other.
        EnvironmentFailure: A history cannot be read.
    """
    environ = os.environ if environment is None else environment
    histories = _places(asked, followed, environ)
    return [each for history in histories for each in plan_ranges(history, wish, environ)]


def _places(
    asked: AskedHistory, followed: Sequence[FollowedRepository], environ: Mapping[str, str]
) -> list[HistoryPlace]:
    server = environ.get("GITHUB_SERVER_URL") or DEFAULT_SERVER
    if asked.repo is None and followed:
        if asked.head or asked.after:
            raise UsageError(
                "--head and --after are about one repository, and the configuration follows several",
                cure="name one with --repo",
            )
        return [
            HistoryPlace(
                name=each.repository,
                head=each.head,
                network=_network(
                    RepositoryPlace(server=server, repository=each.repository), environ
                ),
            )
            for each in followed
        ]
    path = Path(asked.repo or ".")
    if path.exists():
        return [HistoryPlace(path=path, head=asked.head, after=asked.after)]
    named = parse_place(asked.repo or "", server)
    if named is None:
        raise no_directory(asked.repo or "")
    network = _network(named, environ)
    return [
        HistoryPlace(name=named.repository, head=asked.head, after=asked.after, network=network)
    ]


def _network(repository: RepositoryPlace, environ: Mapping[str, str]) -> Network:
    return Network(repository.address, api_settings(repository.server, environ).token)
