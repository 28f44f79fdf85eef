"""The process boundary: runs a command and turns every outcome into an exit code and a message."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from typing import TextIO

from diff_insight.errors import DiffInsightError, EnvironmentFailure
from diff_insight.markup.escape import visible

EXIT_FAIL_ON = 3
EXIT_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None, environ: Mapping[str, str] | None = None) -> int:
    """Run the command.

    Args:
        argv: Arguments without the program's name; the process's own by default.
        environ: Environment for git; the process's own by default.

    Returns:
        The exit code.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    verbose = "-v" in words or "--verbose" in words
    try:
        return _run(words, environ)
    except DiffInsightError as error:
        _report(error, sys.stderr)
        if verbose:
            _traceback()
        return error.exit_code
    except KeyboardInterrupt:
        sys.stderr.write("\ndiff-insight: interrupted\n")
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone; nothing is left to tell it.
        sys.stderr.close()
        return 0
    except OSError as error:
        _report(_from_os(error), sys.stderr)
        if verbose:
            _traceback()
        return EnvironmentFailure.exit_code


def _run(words: list[str], environ: Mapping[str, str] | None) -> int:
    from diff_insight.cli.arguments import build_parser  # noqa: PLC0415 - keeps --version quick

    try:
        arguments = build_parser().parse_args(words)
    except SystemExit as leaving:  # --help and --version have printed what was asked for
        return int(leaving.code or 0)
    return _command(arguments, environ)


def _command(arguments: argparse.Namespace, environ: Mapping[str, str] | None) -> int:
    from diff_insight.cli import commands  # noqa: PLC0415 - loads the engine

    if arguments.command == "render":
        return commands.render(arguments)
    return commands.report(arguments, environ)


def _report(error: DiffInsightError, stream: TextIO) -> None:
    first, *rest = error.lines()
    stream.write(f"diff-insight: error: {visible(first)}\n")
    stream.writelines(f"  {visible(line)}\n" for line in rest)


def _from_os(error: OSError) -> EnvironmentFailure:
    place = f": {error.filename!r}" if error.filename else ""
    return EnvironmentFailure(
        f"the system refused{place}: {error.strerror or error}",
        cause="a full disk, missing rights, or too many open files",
        cure="check the disk and the rights of that place",
    )


def _traceback() -> None:
    import traceback  # noqa: PLC0415 - only with -v

    lines = traceback.format_exc().splitlines()
    sys.stderr.writelines(visible(line) + "\n" for line in lines)
