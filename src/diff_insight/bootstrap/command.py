"""Where the command reads from: a checkout, or a diff in a file or on standard input."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from diff_insight.bootstrap.engine import SystemClock, load_ahead
from diff_insight.errors import UsageError
from diff_insight.git.command import Git
from diff_insight.git.repository import Repository
from diff_insight.ports import DiffSource
from diff_insight.ranges.resolve import DEFAULT_SERVER
from diff_insight.settings.settings import Settings
from diff_insight.sources.checkout import CheckoutSource


def command_source(
    arguments: argparse.Namespace, settings: Settings, environment: Mapping[str, str] | None
) -> DiffSource:
    """Return the source that the command's arguments name."""
    environ = os.environ if environment is None else environment
    if arguments.diff is not None:
        from diff_insight.sources.difftext import DiffTextSource  # noqa: PLC0415 - only for --diff

        repository = arguments.repo or ""
        server = environ.get("GITHUB_SERVER_URL", DEFAULT_SERVER)
        if arguments.diff == "-":
            return DiffTextSource(
                sys.stdin.buffer, name="standard input", repository=repository, server=server
            )
        return DiffTextSource.open(Path(arguments.diff), repository=repository, server=server)
    place = Path(arguments.repo or ".")
    if arguments.repo and not place.exists() and "/" in arguments.repo:
        raise UsageError(
            f"there is no directory {arguments.repo!r}",
            cause="repositories are read from a local checkout",
            cure="clone it and give the path, or pipe a diff into --diff -",
        )
    return CheckoutSource(
        Repository(Git(place, environ)),
        SystemClock().now(),
        meanwhile=partial(load_ahead, settings),
    )
