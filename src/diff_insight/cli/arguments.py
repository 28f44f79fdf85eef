"""The command's arguments: what can be typed, and the help on it."""

from __future__ import annotations

import argparse

from diff_insight import __version__
from diff_insight.cli.init_arguments import (
    CHECK,
    COMPLETION,
    COMPLETION_EXAMPLES,
    INIT,
    INIT_EXAMPLES,
    check_arguments,
    completion_arguments,
    init_arguments,
)
from diff_insight.cli.parser import CommandParser, Parser
from diff_insight.cli.plan_arguments import (
    BACKFILL,
    BACKFILL_EXAMPLES,
    PLAN,
    PLAN_EXAMPLES,
    backfill_arguments,
    plan_arguments,
)
from diff_insight.cli.site_arguments import SITE, SITE_EXAMPLES, site_arguments
from diff_insight.model.ranges import Comparison
from diff_insight.settings.settings import (
    ANALYSTS,
    ATTRIBUTIONS,
    DEFAULT_CONFIG,
    DEFAULT_MODEL,
    DEFAULT_OUTPUT,
    FAIL_ON,
    FORMATS,
    LAYOUTS,
    REASONING_EFFORTS,
    UNEXAMINED,
    UNMATCHED,
)

_DESCRIPTION = """\
Tell what changed between two commits, what breaks and why it matters, in each
reader's language."""
_RENDER = """\
Render insight documents (the JSON reports) again, for the locales they hold,
without repository or model."""
_RULES = """\
List every kind of fact: where it belongs in a report, what it weighs, whether it
may be breaking, what proves it, and what it is known to miss."""
_EXIT_CODES = """\
exit codes:
  0    done; also for an empty range
  1    the environment failed: network, missing objects, disk
  2    what was typed or configured is wrong
  3    --fail-on is met; the reports are written
  130  interrupted
"""
_REPORT_EXAMPLES = """\
examples:
  diff-insight report
  diff-insight report v1.2..v1.3 --locale en_US,ja_JP,zh_CN
  diff-insight report --repo pallets/flask --since last-release
  diff-insight report https://github.com/pallets/flask/pull/5928
  git diff main... | diff-insight report --diff - --output - --date 2025-06-12
"""
_RENDER_EXAMPLES = """\
examples:
  diff-insight render reports/202506/all/report-20250612-all.json --format html
  diff-insight render report.json --locale ja --output -
"""


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command."""
    parser = Parser(
        prog="diff-insight", description=_DESCRIPTION, epilog=f"{_EXIT_CODES}\n{_REPORT_EXAMPLES}"
    )
    parser.add_argument("--version", action="version", version=f"diff-insight {__version__}")
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", required=True, parser_class=CommandParser
    )
    report = commands.add_parser(
        "report", help="write reports for a range",
        description=_DESCRIPTION, epilog=f"{_EXIT_CODES}\n{_REPORT_EXAMPLES}",
    )  # fmt: skip
    _range_arguments(report)
    _output_arguments(report, locales="default en_US")
    _shown_arguments(report)
    _selection_arguments(report)
    _model_arguments(report)
    render = commands.add_parser(
        "render", help="render insight documents again",
        description=_RENDER, epilog=f"{_EXIT_CODES}\n{_RENDER_EXAMPLES}",
    )  # fmt: skip
    _plan_parsers(commands)
    _setup_parsers(commands)
    site_arguments(
        commands.add_parser("site", help="make a static site from insight documents",
                            description=SITE, epilog=SITE_EXAMPLES)
    )  # fmt: skip
    commands.add_parser("rules", help="list every kind of fact", description=_RULES)
    render.add_argument("documents", nargs="+", metavar="INSIGHT.json", help="insight documents")
    _output_arguments(render, locales="default: all that they hold")
    return parser


def _setup_parsers(commands: argparse._SubParsersAction[CommandParser]) -> None:
    init_arguments(
        commands.add_parser("init", help="write a workflow and a configuration",
                            description=INIT, epilog=INIT_EXAMPLES)
    )  # fmt: skip
    check_arguments(
        commands.add_parser("check", help="check configuration and workflows", description=CHECK)
    )
    completion_arguments(
        commands.add_parser("completion", help="complete the command's words in a shell",
                            description=COMPLETION, epilog=COMPLETION_EXAMPLES)
    )  # fmt: skip


def _plan_parsers(commands: argparse._SubParsersAction[CommandParser]) -> None:
    made = commands.add_parser(
        "plan", help="cut a history into ranges and jobs", description=PLAN, epilog=PLAN_EXAMPLES
    )
    plan_arguments(made)
    doing = commands.add_parser(
        "backfill", help="write the reports of a plan",
        description=BACKFILL, epilog=f"{_EXIT_CODES}\n{BACKFILL_EXAMPLES}",
    )  # fmt: skip
    backfill_arguments(doing)
    _output_arguments(doing, locales="default en_US")
    _selection_arguments(doing)
    _model_arguments(doing)


def _range_arguments(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what to compare")
    group.add_argument("range", nargs="?", metavar="RANGE",
                       help="BASE..HEAD (direct) or BASE...HEAD (from the merge base); default: from the merge base with the default branch to HEAD; on that branch the last commit")  # fmt: skip
    group.add_argument("--base", metavar="REV", help="base revision, instead of RANGE")
    group.add_argument(
        "--head", metavar="REV", help="head revision, instead of RANGE (default HEAD)"
    )
    group.add_argument("--comparison", choices=tuple(Comparison),
                       help="how --base and --head are compared: from their merge base (default), or directly")  # fmt: skip
    group.add_argument("--since", metavar="WHEN",
                       help="begin at the last release (last-release), 7d or 24h ago, or at a date")  # fmt: skip
    group.add_argument("--repo", metavar="PATH|OWNER/NAME|URL",
                       help="checkout to read (default .), OWNER/NAME on GitHub, or the address of a repository or pull request; a private one needs GITHUB_TOKEN; with --diff a label for links")  # fmt: skip
    group.add_argument("--diff", metavar="FILE|-",
                       help="read a unified diff instead; --repo, --base and --head are labels then")  # fmt: skip


def _output_arguments(parser: argparse.ArgumentParser, *, locales: str) -> None:
    group = parser.add_argument_group("what to write")
    group.add_argument("--locale", action="append", metavar="TAG", dest="locales",
                       help=f"locale of the reports, such as ja_JP; repeatable or a comma list ({locales})")  # fmt: skip
    group.add_argument("--output", metavar="TEMPLATE",
                       help=f"path template, or - for standard output (default {DEFAULT_OUTPUT.replace('%', '%%')})")  # fmt: skip
    group.add_argument("--format", action="append", metavar="FORMAT",
                       help=f"{', '.join(FORMATS)}; repeatable or a comma list (default markdown)")  # fmt: skip
    group.add_argument("--layout", choices=LAYOUTS, help="Markdown layout (default auto)")
    group.add_argument("--template", metavar="FILE",
                       help="Jinja template of Markdown reports, which may extend a layout")  # fmt: skip
    group.add_argument("--dry-run", action="store_true", default=None,
                       help="print the paths, write nothing")  # fmt: skip
    group.add_argument(
        "-v", "--verbose", action="store_true", help="tell more; show tracebacks of errors"
    )
    group.add_argument("-q", "--quiet", action="store_true", help="only errors")


def _shown_arguments(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("what to show")
    group.add_argument(
        "--open", action="store_true", help="write a page as well, and open it in the browser"
    )
    group.add_argument("--paths-only", action="store_true",
                       help="print the paths only, also on a terminal, where the report is shown otherwise")  # fmt: skip


def _selection_arguments(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("how to read it")
    group.add_argument(
        "--config",
        metavar="FILE",
        help=f"configuration file (default {DEFAULT_CONFIG} of the checkout you are in)",
    )
    group.add_argument("--include", action="append", metavar="PATTERN",
                       help="report only files that match this gitignore pattern; repeatable")  # fmt: skip
    group.add_argument("--exclude", action="append", metavar="PATTERN",
                       help="leave out files that match this gitignore pattern; repeatable")  # fmt: skip
    group.add_argument("--categories", metavar="FILE",
                       help="YAML file with the key 'categories'; replaces those of the config file")  # fmt: skip
    group.add_argument("--unmatched", choices=UNMATCHED,
                       help="files of no category: name them in the report (default), or report them as category 'other'")  # fmt: skip
    group.add_argument(
        "--date", metavar="YYYY-MM-DD", help="date of the reports (default: the head's)"
    )
    group.add_argument("--timezone", metavar="NAME", help="time zone of that date (default UTC)")
    group.add_argument("--max-patch-bytes", metavar="N",
                       help="larger patches become links; 0 is unlimited (default 200000)")  # fmt: skip
    group.add_argument("--max-files", metavar="N",
                       help="changed files that are read, the first by path; 0 is unlimited (default 50000)")  # fmt: skip
    group.add_argument("--run-deadline", metavar="SECONDS",
                       help="time for the run; 0 is unlimited (default 3600)")  # fmt: skip
    group.add_argument("--max-memory", metavar="MB",
                       help="memory of a process of the run; 0 is unlimited (default 4000)")  # fmt: skip
    group.add_argument("--notice", metavar="TEXT", help="text that every report prints")
    group.add_argument("--attribution", choices=ATTRIBUTIONS, metavar="WHEN",
                       help="when a report names the repository that it quotes, and its licence: auto (of another repository, default), always, never")  # fmt: skip
    group.add_argument("--watch", action="append", metavar="REGEX",
                       help="raise what matches in importance; repeatable")  # fmt: skip
    group.add_argument("--why", action="store_true",
                       help="tell on standard error which rules gave each item its place")  # fmt: skip
    group.add_argument("--rules", action="append", metavar="KIND=SEVERITY",
                       help="what breaking facts of a kind are told as: breaking, warning, info; repeatable")  # fmt: skip
    group.add_argument("--accepted", action="append", metavar="FINGERPRINT",
                       help="breaking finding that --fail-on lets pass; repeatable")  # fmt: skip
    group.add_argument("--fail-on", choices=FAIL_ON, metavar="WHEN",
                       help="exit with 3 when met: never (default), breaking-change, undeclared-breaking, impact")  # fmt: skip
    group.add_argument("--impact", metavar="auto|off|PATH",
                       help="checkout in which uses of what changes are looked up: the one at hand when another repository is compared (auto, default), a path, or none (off)")  # fmt: skip
    group.add_argument("--upstream", action="append", metavar="NAME=OWNER/NAME",
                       help="repository with the code of a dependency, for --impact; repeatable")  # fmt: skip
    group.add_argument("--unexamined", choices=UNEXAMINED, metavar="WHEN",
                       help="what --fail-on makes of files that were read in part: warn (default), fail")  # fmt: skip


def _model_arguments(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(
        "a model", "The key is read from OPENAI_API_KEY or --api-key-file, never from an argument."
    )
    group.add_argument("--analyst", choices=ANALYSTS,
                       help="who writes the texts: rules (default), or a model whose answers are checked")  # fmt: skip
    group.add_argument("--model", metavar="NAME",
                       help=f"model, or Azure deployment (default {DEFAULT_MODEL})")  # fmt: skip
    group.add_argument("--summary-model", metavar="NAME",
                       help="model for the texts about the range (default: the same)")  # fmt: skip
    group.add_argument("--base-url", metavar="URL",
                       help="endpoint that speaks like OpenAI's (default OPENAI_BASE_URL, else OpenAI)")  # fmt: skip
    group.add_argument("--api-key-file", metavar="FILE",
                       help="file that holds the key (default OPENAI_API_KEY)")  # fmt: skip
    group.add_argument("--token-budget", metavar="N",
                       help="input tokens that may be spent; the rules write the rest (default 300000, 0 is unlimited)")  # fmt: skip
    group.add_argument("--never-send", action="append", metavar="PATTERN",
                       help="never send files that match this gitignore pattern; repeatable")  # fmt: skip
    group.add_argument("--max-concurrency", metavar="N", help="requests at once (default 8)")
    group.add_argument(
        "--model-timeout", metavar="SECONDS", help="time for one request (default 120)"
    )
    group.add_argument(
        "--model-deadline", metavar="SECONDS", help="time for all of them (default 900)"
    )
    group.add_argument("--reasoning-effort", choices=REASONING_EFFORTS, metavar="LEVEL",
                       help="how much a model is to think: none, minimal, low, medium, high, xhigh (default: little)")  # fmt: skip
    group.add_argument("--thinking-tokens", metavar="N",
                       help="output tokens for thoughts (default 0: as many as it takes)")  # fmt: skip
    group.add_argument(
        "--cache-dir",
        metavar="FOLDER",
        help="keep answers, and ranges of dependencies, there (default: nowhere)",
    )
    group.add_argument("--prices", metavar="IN/OUT",
                       help="US dollars for a million input and output tokens, such as 0.25/2; --dry-run tells the costs")  # fmt: skip
