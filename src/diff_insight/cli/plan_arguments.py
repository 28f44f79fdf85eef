"""The arguments of `plan` and `backfill`."""

from __future__ import annotations

import argparse

from diff_insight.model.ranges import Comparison
from diff_insight.plan.history_plan import PLAN_PATH
from diff_insight.plan.jobs import MOST_JOBS
from diff_insight.plan.periods import CUTS
from diff_insight.settings.settings import FILES_PER_JOB

#: How plans are printed.
TABLE, JSON, MATRIX = "table", "json", "matrix"

PLAN = """\
Cut a history into ranges to report on: by day, week, month or release. Prints the
ranges, or the jobs of a workflow matrix, with an estimate of what they take."""
PLAN_EXAMPLES = f"""\
examples:
  diff-insight plan --by week --from 2026-01-01
  diff-insight plan --repo pallets/flask --by release --output {PLAN_PATH}
  diff-insight plan v1.0...v2.0 --jobs 8 --output {PLAN_PATH}
  diff-insight plan --by day --reports reports --jobs 16 --format matrix
"""
BACKFILL = """\
Write the reports of a plan, or of one of its jobs. What an earlier run has written
is not done again."""
BACKFILL_EXAMPLES = f"""\
examples:
  diff-insight backfill {PLAN_PATH} --locale en_US,ja_JP --format markdown,json
  diff-insight backfill {PLAN_PATH} --job 3
"""


def plan_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `plan` takes."""
    group = parser.add_argument_group("what to plan")
    group.add_argument("range", nargs="?", metavar="RANGE",
                       help="BASE..HEAD or BASE...HEAD: one range, instead of a history that is cut")  # fmt: skip
    parser.set_defaults(comparison=Comparison.DIRECT)
    group.add_argument("--repo", metavar="PATH|OWNER/NAME|URL",
                       help="repository to plan (default: those that the configuration follows, else .)")  # fmt: skip
    group.add_argument("--head", metavar="REV", help="plan up to this revision (default HEAD)")
    group.add_argument("--by", choices=CUTS,
                       help="how history is cut (default week); never makes it one range")  # fmt: skip
    group.add_argument("--from", dest="first", metavar="YYYY-MM-DD", help="first day (default: the beginning)")  # fmt: skip
    group.add_argument("--until", dest="last", metavar="YYYY-MM-DD", help="last day (default: the newest commit's)")  # fmt: skip
    group.add_argument("--after", metavar="REV", default="", help="commit that a report has reached already")  # fmt: skip
    group.add_argument("--tags", action="append", metavar="GLOB", default=[],
                       help="tags that count as releases, such as 'pkg-v*'; repeatable (default: releases of the main package, without candidates)")  # fmt: skip
    group.add_argument("--reports", metavar="FOLDER",
                       help="leave out ranges that an insight document below this folder is about")  # fmt: skip
    group.add_argument("--config", metavar="FILE", help="configuration file, for time zone, locales, prices and followed repositories")  # fmt: skip
    group.add_argument("--timezone", metavar="NAME", help="time zone of the days (default UTC)")
    group.add_argument("--locale", action="append", metavar="TAG", dest="locales",
                       help="locales of the reports, for the estimate")  # fmt: skip
    group.add_argument("--prices", metavar="IN/OUT", help="US dollars for a million input and output tokens, for the estimate")  # fmt: skip
    shown = parser.add_argument_group("what to write")
    shown.add_argument("--jobs", metavar="N", help=f"share the ranges out over at most N jobs, up to {MOST_JOBS} (default 16)")  # fmt: skip
    shown.add_argument("--files-per-job", metavar="N",
                       help=f"share the files of a larger range out over several jobs; 0 never does (default {FILES_PER_JOB})")  # fmt: skip
    shown.add_argument("--format", choices=(TABLE, JSON, MATRIX), default=TABLE,
                       help="what is printed: a table, the plan, or the matrix of a workflow (default table)")  # fmt: skip
    shown.add_argument("--output", metavar="FILE", help="also write the plan there, for backfill")
    _loudness(shown)


def backfill_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `backfill` takes besides what `report` takes."""
    parser.add_argument("plan", metavar="PLAN.json", help="a plan that diff-insight plan has written")  # fmt: skip
    parser.add_argument("--job", metavar="N", help="only the ranges of this job")
    parser.add_argument("--repo", metavar="PATH|OWNER/NAME|URL",
                        help="repository to read (default: as in the plan, else .)")  # fmt: skip


def _loudness(group: argparse._ArgumentGroup) -> None:
    group.add_argument("-v", "--verbose", action="store_true", help="show tracebacks of errors")
    group.add_argument("-q", "--quiet", action="store_true", help="only errors")
