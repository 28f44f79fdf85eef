"""The runner as the action sees it: inputs and event in; log, annotations, outputs, summary out."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath

from diff_insight.errors import DiffInsightError, EnvironmentFailure
from diff_insight.github.runner import ownership, runner_files
from diff_insight.github.runner.annotations import Annotations, Level
from diff_insight.github.runner.console import Console
from diff_insight.github.runner.secrets import SHORTEST, forms


def event_payload(environ: Mapping[str, str]) -> dict[str, object]:
    """Return what GitHub sent with the event; empty when there is no event.

    Raises:
        EnvironmentFailure: The file is named but cannot be read.
    """
    path = environ.get("GITHUB_EVENT_PATH", "")
    if not path:
        return {}
    try:
        payload = json.loads(Path(path).read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        said = error.strerror if isinstance(error, OSError) else None
        raise _no_event(path, said or "it is not JSON in UTF-8") from error
    if not isinstance(payload, dict):
        raise _no_event(path, "it is not a JSON object")
    return payload


class RunnerHost:
    """Speaks to the runner that has started this process, if one has.

    Args:
        environ: The process environment.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.workspace = environ.get("GITHUB_WORKSPACE", "")
        self.console = Console(active=environ.get("GITHUB_ACTIONS") == "true")
        self._annotations = Annotations(self.console, self.workspace)

    def mask(self, value: str) -> None:
        """Hide a secret in the log, in each form that it could take there."""
        hidden = forms(value)
        for form in hidden:
            self.console.mask(form)
        if value.strip() and not hidden:
            sentence = f"a secret of fewer than {SHORTEST} characters is not hidden in the log"
            self.annotate("notice", f"{sentence}: it would hide ordinary words")

    def annotate(
        self,
        level: Level,
        message: str,
        path: str = "",
        line: int | None = None,
        end_line: int | None = None,
        *,
        title: str = "",
    ) -> None:
        """Show a message with the run, and with lines of a file when they are named."""
        self._annotations.add(level, message, path, line, end_line, title=title)

    def fail(self, error: DiffInsightError) -> None:
        """Show an error, its cause and its cure, unfolded; the exit code is the caller's."""
        self.console.end_group()
        self.annotate("error", "\n".join(error.lines()))

    def finish(self) -> None:
        """End what is folded, and say what the limits have kept from being shown."""
        self.console.end_group()
        self._annotations.tell_dropped()

    def set_outputs(self, values: Mapping[str, runner_files.Value]) -> None:
        """Set outputs of the step, all of them or none; away from a runner there are none.

        Raises:
            EnvironmentFailure: There is a runner but it takes no outputs, or they are too large.
        """
        path = self._environ.get("GITHUB_OUTPUT", "")
        if path and values:
            runner_files.append_outputs(path, values)
        elif values and self.console.active:
            raise _no_file("GITHUB_OUTPUT", "outputs")

    def append_summary(self, text: str) -> None:
        """Add Markdown to the step's summary, all of it or nothing.

        Raises:
            EnvironmentFailure: There is no summary, or no room in it.
        """
        runner_files.append_summary(self._summary(), text)

    def summary_room(self) -> int:
        """Return how many bytes of UTF-8 the summary can still take.

        Raises:
            EnvironmentFailure: There is no summary.
        """
        return runner_files.summary_room(self._summary())

    def give_to_workspace_owner(self, paths: Iterable[PurePath]) -> None:
        """Give written files to the workspace's owner; later steps do not run as root."""
        if self.workspace and os.geteuid() == 0:
            ownership.give(self.workspace, paths, maker=0)

    def _summary(self) -> str:
        path = self._environ.get("GITHUB_STEP_SUMMARY", "")
        if not path:
            raise _no_file("GITHUB_STEP_SUMMARY", "summaries")
        return path


def _no_event(path: str, reason: str) -> EnvironmentFailure:
    return EnvironmentFailure(
        f"the event file {path!r} cannot be read: {reason}",
        cause="the runner's files are not mounted, or GITHUB_EVENT_PATH was changed",
        cure="start the action from a workflow, with 'uses:'",
    )


def _no_file(variable: str, what: str) -> EnvironmentFailure:
    return EnvironmentFailure(
        f"{variable} is not set, so the runner takes no {what}",
        cause="an outdated runner, or a step that is not started with 'uses:'",
        cure="update the runner, or start the action with 'uses:'",
    )
