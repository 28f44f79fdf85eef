"""Where the command reads from: a checkout, a repository on a server, or a diff."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from diff_insight.bootstrap.clock import SystemClock
from diff_insight.git.command import Git
from diff_insight.git.repository import Repository
from diff_insight.model.history import PullRequestText
from diff_insight.model.ranges import RangeRequest
from diff_insight.model.web_links import DEFAULT_SERVER
from diff_insight.ranges.repository_place import no_directory, parse_place
from diff_insight.sources.ahead import begin

if TYPE_CHECKING:
    from diff_insight.ports import DiffSource


class CommandSource(Struct, frozen=True, kw_only=True):
    """What the command reads, at work on it already.

    Attributes:
        source: Gives the diff.
        request: Which commits; those of the pull request when one is named.
        proposal: What the pull request says.
    """

    source: DiffSource
    request: RangeRequest
    proposal: PullRequestText | None = None


def command_source(
    arguments: argparse.Namespace,
    request: RangeRequest,
    environment: Mapping[str, str] | None,
    *,
    most_files: int = 0,
) -> CommandSource:
    """Return the source that the command's arguments name; it reads so many files, 0 is no limit.

    Raises:
        UsageError: They name none.
        EnvironmentFailure: A pull request is named, and the server cannot be asked about it.
    """
    environ = os.environ if environment is None else environment
    server = environ.get("GITHUB_SERVER_URL") or DEFAULT_SERVER
    if arguments.diff is not None:
        return CommandSource(source=_diff_source(arguments, server), request=request)
    folder = Path(arguments.repo or ".")
    if arguments.repo and not folder.exists():
        named = parse_place(arguments.repo, server)
        if named is None:
            raise no_directory(arguments.repo)
        from diff_insight.bootstrap.remote_command import remote_source  # noqa: PLC0415 - rare

        source, request, proposal = remote_source(named, request, environ, most_files=most_files)
        return CommandSource(source=source, request=request, proposal=proposal)
    repository, now = Repository(Git(folder, environ), server), SystemClock().now()
    ahead = begin(repository, request, now)
    from diff_insight.sources.checkout import CheckoutSource  # noqa: PLC0415 - no diff needs it

    return CommandSource(
        source=CheckoutSource(repository, now, ahead=ahead, most_files=most_files),
        request=request,
    )


def default_branch(folder: Path, environment: Mapping[str, str] | None) -> str | None:
    """Return the full name of the default branch of a checkout; None when it is none."""
    return Repository(
        Git(folder, os.environ if environment is None else environment)
    ).default_branch()


def _diff_source(arguments: argparse.Namespace, server: str) -> DiffSource:
    from diff_insight.sources.difftext import DiffTextSource  # noqa: PLC0415 - only for --diff

    repository = arguments.repo or ""
    if arguments.diff == "-":
        return DiffTextSource(
            sys.stdin.buffer, name="standard input", repository=repository, server=server
        )
    return DiffTextSource.open(Path(arguments.diff), repository=repository, server=server)
