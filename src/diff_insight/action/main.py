"""The action's process boundary: safe streams, signals, a first line, and one exit code."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Mapping

from diff_insight import __version__
from diff_insight.errors import DiffInsightError, EnvironmentFailure
from diff_insight.github.runner.console import guard_streams, say
from diff_insight.github.runner.host import RunnerHost
from diff_insight.github.runner.signals import INTERRUPTED, install_signal_handlers


def main(environ: Mapping[str, str]) -> int:
    """Run the action and return the exit code of its process."""
    guard_streams()
    install_signal_handlers()
    say(f"diff-insight {__version__}")
    host = RunnerHost(environ)
    try:
        from diff_insight.action.flow import run_step  # noqa: PLC0415 - after the first line

        code = run_step(host, environ)
    except DiffInsightError as error:
        host.fail(error)
        code = error.exit_code
    except KeyboardInterrupt:
        say("interrupted")
        code = INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the boundary: told with its traceback, exit 1
        sys.stderr.writelines(traceback.format_exception(error))
        host.fail(_internal_failure(error))
        code = EnvironmentFailure.exit_code
    host.finish()
    return code


def _internal_failure(error: Exception) -> EnvironmentFailure:
    return EnvironmentFailure(
        f"an unexpected {type(error).__name__} ended the run: {error}",
        cause="a defect in diff-insight",
        cure="report it with the log of this step",
    )
