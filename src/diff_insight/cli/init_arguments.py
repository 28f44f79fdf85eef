"""The arguments of `init`, `check` and `completion`."""

from __future__ import annotations

import argparse

#: What a workflow can be for, and what is said of it when the user is asked.
PURPOSES = {
    "pull-request": "every pull request of this repository, as a summary and a comment",
    "push": "every push to the default branch, as a summary",
    "follow": "another repository, on a schedule, committed to a branch",
    "release": "every release, from the one before it, as a summary",
}
SHELLS = ("bash", "zsh", "tcsh")

INIT = """\
Write a workflow that uses diff-insight, and its configuration. Asks what is not
said with options; without a terminal the options and defaults decide."""
INIT_EXAMPLES = """\
examples:
  diff-insight init
  diff-insight init --for pull-request --locale en_US,ja_JP
  diff-insight init --for follow --repository github/docs --publish commit
"""
CHECK = """\
Check the configuration and the workflows of a checkout that use diff-insight, and
tell what would be compared and published, and with what."""
COMPLETION = """\
Print what makes a shell complete the command's words."""
COMPLETION_EXAMPLES = """\
examples:
  diff-insight completion bash > ~/.local/share/bash-completion/completions/diff-insight
  diff-insight completion zsh > "${fpath[1]}/_diff-insight"
"""


def init_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `init` takes."""
    parser.add_argument("--for", dest="purpose", choices=tuple(PURPOSES), help="what the workflow reports on")  # fmt: skip
    parser.add_argument("--repository", metavar="OWNER/NAME", help="the repository to follow")
    parser.add_argument("--locale", action="append", metavar="TAG", dest="locales",
                        help="locale of the reports; repeatable or a comma list (default en_US)")  # fmt: skip
    parser.add_argument(
        "--publish", metavar="LIST", help="where reports go, such as summary,comment"
    )
    parser.add_argument("--owner", metavar="OWNER", default="OWNER",
                        help="account that the action is published under (default: OWNER, to be replaced)")  # fmt: skip
    parser.add_argument(
        "--directory", metavar="FOLDER", default=".", help="the checkout (default .)"
    )
    parser.add_argument("--force", action="store_true", help="replace files that are there")
    parser.add_argument("-v", "--verbose", action="store_true", help="show tracebacks of errors")


def check_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `check` takes."""
    parser.add_argument("directory", nargs="?", default=".", metavar="FOLDER", help="the checkout (default .)")  # fmt: skip
    parser.add_argument("--config", metavar="FILE", help="configuration file (default .github/diff-insight.yml of the checkout)")  # fmt: skip
    parser.add_argument("-v", "--verbose", action="store_true", help="show tracebacks of errors")


def completion_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `completion` takes."""
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))
