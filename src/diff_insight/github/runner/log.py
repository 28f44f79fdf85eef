"""Progress and notices in the log of a workflow run: plain lines, long stages folded."""

from __future__ import annotations

from collections.abc import Callable

from diff_insight.github.runner.console import say
from diff_insight.github.runner.host import RunnerHost
from diff_insight.model.messages import Notice

#: A stage of this many files is told in tenths, folded.
_LONG = 50


def _plain(notice: Notice) -> str:
    params = ", ".join(f"{name}: {value}" for name, value in notice.params.items())
    return f"{notice.key} ({params})" if params else notice.key


class ActionsProgress:
    """Tells the reader of a log how far a run is.

    Args:
        host: The runner.
        tell: Words a notice in English; the log is not localized.
    """

    def __init__(self, host: RunnerHost, tell: Callable[[Notice], str] = _plain) -> None:
        self._host = host
        self._tell = tell
        self._total, self._done, self._shown = 0, 0, 0
        self._folded = False

    def stage(self, name: str, total: int = 0) -> None:
        """Begin a stage of `total` files."""
        self.finish()
        self._total, self._done, self._shown = total, 0, 0
        head = f"{name}: {_files(total)}" if total else name
        self._folded = total >= _LONG
        if self._folded:
            self._host.console.group(head)
        else:
            say(head)

    def advance(self, steps: int = 1) -> None:
        """Move on within the stage; every tenth of a folded one is told."""
        self._done = min(self._done + steps, self._total)
        tenth = 10 * self._done // self._total if self._folded else 0
        if tenth > self._shown:
            self._shown = tenth
            say(f"{self._done} of {_files(self._total)}")

    def notice(self, notice: Notice) -> None:
        """Say something the user has to know, outside of what is folded."""
        self.finish()
        self._host.annotate("notice", self._tell(notice))

    def say(self, text: str) -> None:
        """Write lines of information, outside of what is folded."""
        self.finish()
        say(text)

    def finish(self) -> None:
        """End what is folded."""
        if self._folded:
            self._host.console.end_group()
            self._folded = False


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"
