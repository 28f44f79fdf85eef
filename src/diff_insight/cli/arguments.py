"""The command's arguments, and how they become settings: option beats config file beats default."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NoReturn
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from diff_insight import __version__
from diff_insight.errors import UsageError
from diff_insight.model.ranges import Comparison, RangeRequest
from diff_insight.ranges.expression import parse_range
from diff_insight.settings.config_file import CHECKS
from diff_insight.settings.settings import (
    DEFAULT_CONFIG,
    DEFAULT_OUTPUT,
    FAIL_ON,
    FORMATS,
    LAYOUTS,
    UNMATCHED,
    Settings,
)

_DESCRIPTION = "Tell what changed between two commits, what breaks and why it matters, in each reader's language."
_EXIT_CODES = """\
exit codes:
  0    done; also for an empty range
  1    the environment failed: network, missing objects, disk
  2    what was typed or configured is wrong
  3    --fail-on is met; the reports are written
  130  interrupted

examples:
  diff-insight report
  diff-insight report v1.2..v1.3 --locale en_US,ja_JP,zh_CN
  git diff main... | diff-insight report --diff - --output - --date 2025-06-12
  diff-insight render reports/202506/all/report-20250612-all.json --format html
"""


class _Parser(argparse.ArgumentParser):
    """Raises `UsageError` instead of leaving the process."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, cure=f"see {self.prog} --help")


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command."""
    parser = _Parser(
        prog="diff-insight",
        description=_DESCRIPTION,
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"diff-insight {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    report = commands.add_parser(
        "report", help="write reports for a range", epilog=_EXIT_CODES, allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter, description=_DESCRIPTION,
    )  # fmt: skip
    _range_arguments(report)
    _output_arguments(report)
    _selection_arguments(report)
    render = commands.add_parser(
        "render", help="render insight documents again, without repository or model",
        allow_abbrev=False, epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    render.add_argument("documents", nargs="+", metavar="INSIGHT.json", help="insight documents")
    _output_arguments(render)
    return parser


def _range_arguments(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what to compare")
    group.add_argument("range", nargs="?", metavar="RANGE",
                       help="BASE..HEAD (direct) or BASE...HEAD (from the merge base); default: merge base with the default branch to HEAD, on that branch the last commit")  # fmt: skip
    group.add_argument("--base", metavar="REV", help="base revision, instead of RANGE")
    group.add_argument(
        "--head", metavar="REV", help="head revision, instead of RANGE (default HEAD)"
    )
    group.add_argument("--comparison", choices=tuple(Comparison),
                       help="how --base and --head are compared (default merge-base)")  # fmt: skip
    group.add_argument("--repo", metavar="PATH|OWNER/NAME",
                       help="repository to read (default .); with --diff a label for links")  # fmt: skip
    group.add_argument("--diff", metavar="FILE|-",
                       help="read a unified diff instead; --repo, --base and --head are labels then")  # fmt: skip


def _output_arguments(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what to write")
    group.add_argument("--locale", action="append", metavar="TAG", dest="locales",
                       help="locale of the reports; repeatable or a comma list (default en_US)")  # fmt: skip
    group.add_argument("--output", metavar="TEMPLATE",
                       help=f"path template, or - for standard output (default {DEFAULT_OUTPUT.replace('%', '%%')})")  # fmt: skip
    group.add_argument("--format", action="append", metavar="FORMAT",
                       help=f"{', '.join(FORMATS)}; repeatable or a comma list (default markdown)")  # fmt: skip
    group.add_argument("--layout", choices=LAYOUTS, help="Markdown layout (default auto)")
    group.add_argument("--dry-run", action="store_true", default=None,
                       help="print the paths, write nothing")  # fmt: skip
    group.add_argument("-v", "--verbose", action="store_true", help="tell more; show tracebacks")
    group.add_argument("-q", "--quiet", action="store_true", help="only errors")


def _selection_arguments(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("how to read it")
    group.add_argument(
        "--config", metavar="FILE", help=f"configuration file (default {DEFAULT_CONFIG})"
    )
    group.add_argument("--analyst", choices=("rules",), default="rules",
                       help="who writes the texts (default rules)")  # fmt: skip
    group.add_argument("--include", action="append", metavar="PATTERN",
                       help="report only files that match this gitignore pattern; repeatable")  # fmt: skip
    group.add_argument("--exclude", action="append", metavar="PATTERN",
                       help="leave out files that match this gitignore pattern; repeatable")  # fmt: skip
    group.add_argument("--categories", metavar="FILE",
                       help="YAML file with the mapping 'categories'")  # fmt: skip
    group.add_argument("--unmatched", choices=UNMATCHED,
                       help="files of no category: name them, or report them as 'other' (default report)")  # fmt: skip
    group.add_argument(
        "--date", metavar="YYYY-MM-DD", help="date of the reports (default: the head's)"
    )
    group.add_argument("--timezone", metavar="NAME", help="time zone of that date (default UTC)")
    group.add_argument("--max-patch-bytes", metavar="N",
                       help="larger patches become links; 0 is unlimited (default 200000)")  # fmt: skip
    group.add_argument("--notice", metavar="TEXT", help="text that every report prints")
    group.add_argument("--watch", action="append", metavar="REGEX",
                       help="raise what matches in importance; repeatable")  # fmt: skip
    group.add_argument("--fail-on", choices=FAIL_ON, help="exit with 3 when met (default never)")


#: Attribute of the parsed arguments -> name of the setting.
_OPTION_SETTINGS = {
    "locales": "locales", "output": "output", "format": "format", "layout": "layout",
    "dry_run": "dry-run", "include": "include", "exclude": "exclude", "unmatched": "unmatched",
    "date": "date", "timezone": "timezone", "max_patch_bytes": "max-patch-bytes",
    "notice": "notice", "watch": "watch", "fail_on": "fail-on", "comparison": "comparison",
}  # fmt: skip
_FIELDS = {"format": "formats"}


def settings_from(arguments: argparse.Namespace, config: Mapping[str, object]) -> Settings:
    """Return the settings: options beat the configuration file.

    Raises:
        UsageError: An option has a value of the wrong kind.
    """
    chosen = dict(config)
    for attribute, name in _OPTION_SETTINGS.items():
        value = getattr(arguments, attribute, None)
        if value is not None:
            chosen[name] = CHECKS[name](f"--{name}", value)
    fields: dict[str, Any] = {
        _FIELDS.get(name, name.replace("-", "_")): value for name, value in chosen.items()
    }
    settings = replace(Settings(), **fields)
    _check_day(settings)
    return settings


def _check_day(settings: Settings) -> None:
    try:
        if settings.date is not None:
            date.fromisoformat(settings.date)
    except ValueError as error:
        raise UsageError(f"date: {settings.date!r} is not YYYY-MM-DD") from error
    try:
        ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(
            f"timezone: {settings.timezone!r} is unknown",
            cure="use an IANA name such as UTC or Asia/Tokyo",
        ) from error


def request_from(arguments: argparse.Namespace, settings: Settings) -> RangeRequest:
    """Return what to compare.

    Raises:
        UsageError: RANGE and --base or --head are both given, or RANGE has no dots.
    """
    named = arguments.base is not None or arguments.head is not None
    if arguments.range is not None:
        if named:
            raise UsageError(
                "RANGE and --base or --head say the same thing", cure="give one of them"
            )
        return parse_range(arguments.range)
    return RangeRequest(base=arguments.base, head=arguments.head, comparison=settings.comparison)
