"""Reads what was typed: settings, where an option beats the configuration file, and what to compare."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from diff_insight.errors import UsageError
from diff_insight.model.ranges import RangeRequest
from diff_insight.ranges.expression import parse_range
from diff_insight.ranges.since import LAST_RELEASE, parse_since
from diff_insight.settings.config_file import CHECKS
from diff_insight.settings.merge import merge_layers
from diff_insight.settings.settings import Settings

#: Name of a setting -> the option that sets it, where `--NAME` is not its spelling.
_SPELLING = {"locales": "--locale"}


def settings_from(arguments: argparse.Namespace, config: Mapping[str, object]) -> Settings:
    """Return the settings: options beat the configuration file.

    Raises:
        UsageError: An option has a value of the wrong kind.
    """
    options: dict[str, object] = {}
    for name, check in CHECKS.items():
        value = getattr(arguments, name.replace("-", "_"), None)
        if value is not None and name != "categories":  # that option names a file
            options[name] = check(_SPELLING.get(name, f"--{name}"), value)
    return merge_layers(config, options)


def request_from(arguments: argparse.Namespace, settings: Settings) -> RangeRequest:
    """Return what to compare.

    Raises:
        UsageError: RANGE and an option that says the same are both given, RANGE has no dots, or
            --since names no moment.
    """
    named = any(value is not None for value in (arguments.base, arguments.head, arguments.since))
    if arguments.range is None:
        return _named_range(arguments, settings)
    if named:
        raise UsageError(
            "RANGE and --base, --head or --since say the same thing",
            cause="a range is typed in one way only",
            cure="give RANGE, or --base and --head, or --since",
        )
    request = parse_range(arguments.range)
    if arguments.comparison not in (None, request.comparison):
        raise UsageError(
            f"{arguments.range!r} is not compared {arguments.comparison}",
            cause="two dots compare directly, three dots from the merge base",
            cure="leave --comparison out, or change the dots",
        )
    return request


def _named_range(arguments: argparse.Namespace, settings: Settings) -> RangeRequest:
    """Return what --base, --head and --since ask for."""
    since = arguments.since
    if since is None:
        return RangeRequest(
            base=arguments.base, head=arguments.head, comparison=settings.comparison
        )
    if arguments.base is not None:
        raise UsageError(
            "--base and --since both say where the range begins",
            cause="it begins in one place",
            cure="give one of them",
        )
    if since == LAST_RELEASE:
        return RangeRequest(previous_tag=True, head=arguments.head, comparison=settings.comparison)
    parse_since(since)
    return RangeRequest(since=since, head=arguments.head)
