"""The process boundary: runs a command and turns every outcome into an exit code and a message."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import NoReturn, TextIO

from diff_insight import __version__
from diff_insight.errors import DiffInsightError, EnvironmentFailure

EXIT_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None, environ: Mapping[str, str] | None = None) -> int:
    """Run the command.

    Args:
        argv: Arguments without the program's name; the process's own by default.
        environ: Environment for git; the process's own by default.

    Returns:
        The exit code.
    """
    return _exit_state(list(sys.argv[1:] if argv is None else argv), environ)[0]


def run() -> NoReturn:
    """Run the command as a process of its own, and end it.

    The interpreter is not asked to take apart what a large report has left in memory: all files
    are closed by then, and freeing hundreds of thousands of objects takes longer than a small report.
    """
    gc.disable()  # nor to look for cycles while modules are loaded: there are hardly any
    code, _left = _exit_state(sys.argv[1:], None)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with suppress(OSError, ValueError):
                stream.flush()
    os._exit(code)


def _exit_state(words: list[str], environ: Mapping[str, str] | None) -> tuple[int, object]:
    """Return the exit code, and what the run leaves in memory."""
    try:
        code, left = _run(words, environ)
        # A reader that has gone or a full disk shows here, not when the interpreter ends.
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        sys.stderr.write("\ndiff-insight: interrupted\n")
        return EXIT_INTERRUPTED, None
    except BrokenPipeError:  # the reader of our output has had enough
        _drop_output()
        return 0, None
    except Exception as error:  # noqa: BLE001 - nobody is to see a traceback unasked
        failure = _as_failure(error)
        _report(failure, sys.stderr)
        if "-v" in words or "--verbose" in words:
            _traceback()
        _drop_output()
        return failure.exit_code, None
    return code, left


def _run(words: list[str], environ: Mapping[str, str] | None) -> tuple[int, object]:
    # Tools ask this to see whether the command is there.
    if words == ["--version"] and sys.stdout is not None:
        sys.stdout.write(f"diff-insight {__version__}\n")
        return 0, None
    from diff_insight.cli.arguments import build_parser  # noqa: PLC0415 - after the above

    try:
        arguments = build_parser().parse_args(words)
    except SystemExit as leaving:  # --help and --version have printed what was asked for
        return int(leaving.code or 0), None
    return _command(arguments, environ)


def _command(
    arguments: argparse.Namespace, environ: Mapping[str, str] | None
) -> tuple[int, object]:
    """Run one command; what it needs is loaded for it alone."""
    simple = _SIMPLE.get(arguments.command)
    if simple is not None:
        return simple(arguments, environ), None
    from diff_insight.cli import commands  # noqa: PLC0415 - loads the engine

    if arguments.command == "render":
        return commands.render(arguments), None
    return commands.report(arguments, environ)


def _rules(arguments: argparse.Namespace, environ: Mapping[str, str] | None) -> int:
    from diff_insight.cli.explain import kind_lines  # noqa: PLC0415

    sys.stdout.writelines(f"{line}\n" for line in kind_lines())
    return 0


def _completion(arguments: argparse.Namespace, environ: Mapping[str, str] | None) -> int:
    import shtab  # noqa: PLC0415

    from diff_insight.cli.arguments import build_parser  # noqa: PLC0415

    sys.stdout.write(f"{shtab.complete(build_parser(), arguments.shell)}\n")
    return 0


def _plan(arguments: argparse.Namespace, environ: Mapping[str, str] | None) -> int:
    from diff_insight.cli.plan_command import plan  # noqa: PLC0415

    return plan(arguments, environ)


def _backfill(arguments: argparse.Namespace, environ: Mapping[str, str] | None) -> int:
    from diff_insight.cli.backfill_command import backfill  # noqa: PLC0415

    return backfill(arguments, environ)


def _init(arguments: argparse.Namespace, environ: Mapping[str, str] | None) -> int:
    from diff_insight.cli.init_command import init  # noqa: PLC0415

    return init(arguments, environ)


def _check(arguments: argparse.Namespace, environ: Mapping[str, str] | None) -> int:
    from diff_insight.cli.check_command import check  # noqa: PLC0415

    return check(arguments)


def _site(arguments: argparse.Namespace, environ: Mapping[str, str] | None) -> int:
    from diff_insight.cli.site_command import site  # noqa: PLC0415

    return site(arguments, environ)


#: Commands that do without a report's outcome.
_SIMPLE: Mapping[str, Callable[[argparse.Namespace, Mapping[str, str] | None], int]] = {
    "rules": _rules, "completion": _completion, "plan": _plan, "backfill": _backfill,
    "init": _init, "check": _check, "site": _site,
}  # fmt: skip


def _report(error: DiffInsightError, stream: TextIO) -> None:
    from diff_insight.markup.escape import visible  # noqa: PLC0415 - only when something failed

    first, *rest = error.lines()
    stream.write(f"diff-insight: error: {visible(first)}\n")
    stream.writelines(f"  {visible(line)}\n" for line in rest)


def _as_failure(error: Exception) -> DiffInsightError:
    """Return any failure as one that says what to do."""
    if isinstance(error, DiffInsightError):
        return error
    if not isinstance(error, OSError):
        return DiffInsightError(
            f"an unexpected {type(error).__name__} ended the run: {error}",
            cause="a defect in diff-insight",
            cure="run again with -v and report what it prints",
        )
    file_name = f": {error.filename!r}" if error.filename else ""
    return EnvironmentFailure(
        f"the system refused{file_name}: {error.strerror or error}",
        cause="a full disk, missing rights, or too many open files",
        cure="check the disk and the rights of that place",
    )


def _drop_output() -> None:
    """Send what standard output still holds nowhere, so that the interpreter cannot stumble."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError:
        with suppress(OSError), open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - no path
            os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _traceback() -> None:
    import traceback  # noqa: PLC0415 - only with -v

    from diff_insight.markup.escape import visible  # noqa: PLC0415 - only when something failed

    lines = traceback.format_exc().splitlines()
    sys.stderr.writelines(visible(line) + "\n" for line in lines)
