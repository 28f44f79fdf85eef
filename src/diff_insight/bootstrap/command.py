"""Where the command reads from: a checkout, or a diff in a file or on standard input."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from diff_insight.bootstrap.clock import SystemClock
from diff_insight.errors import UsageError
from diff_insight.git.command import Git
from diff_insight.git.repository import Repository
from diff_insight.model.ranges import RangeRequest
from diff_insight.model.web_links import DEFAULT_SERVER
from diff_insight.sources.ahead import begin

if TYPE_CHECKING:
    from diff_insight.ports import DiffSource


def command_source(
    arguments: argparse.Namespace,
    request: RangeRequest,
    environment: Mapping[str, str] | None,
) -> tuple[DiffSource, Callable[[], bool]]:
    """Return the source that the command's arguments name, at work on the request already.

    The second value tells whether git is still at work on it.
    """
    environ = os.environ if environment is None else environment
    server = environ.get("GITHUB_SERVER_URL") or DEFAULT_SERVER
    if arguments.diff is not None:
        from diff_insight.sources.difftext import DiffTextSource  # noqa: PLC0415 - only for --diff

        repository = arguments.repo or ""
        if arguments.diff == "-":
            text = DiffTextSource(
                sys.stdin.buffer, name="standard input", repository=repository, server=server
            )
        else:
            text = DiffTextSource.open(Path(arguments.diff), repository=repository, server=server)
        return text, lambda: False
    place = Path(arguments.repo or ".")
    if arguments.repo and not place.exists() and "/" in arguments.repo:
        raise UsageError(
            f"there is no directory {arguments.repo!r}",
            cause="repositories are read from a local checkout",
            cure="clone it and give the path, or pipe a diff into --diff -",
        )
    repository, now = Repository(Git(place, environ), server), SystemClock().now()
    ahead = begin(repository, request, now)
    from diff_insight.sources.checkout import CheckoutSource  # noqa: PLC0415 - git is at work by now

    return CheckoutSource(repository, now, ahead=ahead), partial(ahead.running.at_work, 0.0)
