"""The arguments of `site`."""

from __future__ import annotations

import argparse

SITE = """\
Make a static site from insight documents (the JSON reports): lists by date, month
and category in every language, a search and feeds. Only what is new is rendered."""
SITE_EXAMPLES = """\
examples:
  diff-insight site reports
  diff-insight site reports --output public --url https://octo.github.io/reports/
"""


def site_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("documents", nargs="+", metavar="REPORTS",
                        help="folders with insight documents, or documents")  # fmt: skip
    parser.add_argument("--output", metavar="DIR", default="site",
                        help="folder of the site (default site)")  # fmt: skip
    parser.add_argument("--title", metavar="TEXT", default="",
                        help="name of the site (default: the repositories)")  # fmt: skip
    parser.add_argument("--url", metavar="URL", default="",
                        help="web address of the folder, for absolute links in feeds")  # fmt: skip
    parser.add_argument("--locale", action="append", metavar="TAG", dest="locales",
                        help="languages of the site; repeatable or a comma list (default: all that the documents hold)")  # fmt: skip
