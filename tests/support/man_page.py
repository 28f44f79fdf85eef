"""Makes the man page from the parser: every command and option with its help, in roff."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

from diff_insight.cli.arguments import build_parser

_EXITS = re.compile(r"^  (\d+)\s+(.+)$", re.MULTILINE)
_FILES = (
    (".github/diff-insight.yml", "Configuration of the checkout one stands in."),
    ("reports/", "Reports, when no other output is named."),
)
_VARIABLES = (
    ("GITHUB_TOKEN, GH_TOKEN", "Token for repositories on GitHub; public ones need none."),
    ("GITHUB_SERVER_URL, GITHUB_API_URL", "An Enterprise server in the place of github.com."),
    ("OPENAI_API_KEY, OPENAI_BASE_URL", "Key and endpoint of a model."),
    ("PAGER, NO_COLOR", "How a report is shown on a terminal."),
    ("TMPDIR", "Where repositories of servers are kept while they are read."),
)


def man_page() -> str:
    """Return the page of section 1."""
    parser = build_parser()
    commands = _commands(parser)
    lines = [
        ".\\\" Made from the command's own help; the tests hold both together.",
        ".TH DIFF\\-INSIGHT 1",
        ".SH NAME",
        "diff\\-insight \\- tell what changed between two commits, in each reader's language",
        ".SH SYNOPSIS",
        *(
            line
            for name in commands
            for line in (f".B diff\\-insight {_plain(name)}", "[\\fIOPTION\\fR]...", ".br")
        ),
        ".SH DESCRIPTION",
        *_text(parser.description or ""),
    ]
    for name, command in commands.items():
        lines += [f".SH COMMAND {name.upper()}", *_text(command.description or "")]
        lines += [line for action in command._actions for line in _option(action)]
        lines += _examples(command.epilog or "")
    lines.append(".SH EXIT STATUS")
    for code, meaning in _EXITS.findall(parser.epilog or ""):
        lines += [".TP", f".B {code}", *_text(meaning)]
    for title, rows in (("ENVIRONMENT", _VARIABLES), ("FILES", _FILES)):
        lines.append(f".SH {title}")
        for term, meaning in rows:
            lines += [".TP", f".B {_plain(term)}", *_text(meaning)]
    return "\n".join([*lines, ".SH SEE ALSO", ".BR git\\-diff (1)"]) + "\n"


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the subcommands by name."""
    listed = (each for each in parser._actions if isinstance(each, argparse._SubParsersAction))
    return dict(next(listed).choices)


def _option(action: argparse.Action) -> Iterator[str]:
    """Yield one option or argument with what it means."""
    value = action.metavar or (action.dest.upper() if action.nargs != 0 else "")
    shown = f" \\fI{_plain(str(value))}\\fR" if value and action.nargs != 0 else ""
    names = ", ".join(f"\\fB{_plain(name)}\\fR" for name in action.option_strings)
    yield ".TP"
    yield f"{names}{shown}".strip()
    yield from _text((action.help or "").replace("%%", "%"))


def _examples(epilog: str) -> list[str]:
    """Return the lines behind `examples:` as they are typed."""
    listed = epilog.partition("examples:\n")[2].rstrip()
    if not listed:
        return []
    typed = [_plain(line.strip()) for line in listed.split("\n")]
    return [".PP", "Examples:", ".PP", ".nf", ".RS", *typed, ".RE", ".fi"]


def _text(text: str) -> list[str]:
    """Return prose as a paragraph, which roff fills."""
    return [_plain(" ".join(text.split()))]


def _plain(text: str) -> str:
    """Return text in which roff sees no commands."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
