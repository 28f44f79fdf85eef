"""Runs one report in this process with a clock around each stage; writes seconds as JSON.

A stage's time is its own: what it calls of another stage counts there. Run as a module with the file to
write and the arguments of `diff-insight`.
"""

from __future__ import annotations

import functools
import importlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: (module, class or "", attribute, stage) of every call that is timed.
TIMED = (
    ("diff_insight.sources.checkout", "CheckoutSource", "resolve", "resolve"),
    ("diff_insight.sources.checkout", "CheckoutSource", "diff", "diff"),
    ("diff_insight.pipeline", "", "select", "select"),
    ("diff_insight.pipeline", "", "analyze", "analyze"),
    ("diff_insight.pipeline", "", "build_story", "story"),
    ("diff_insight.pipeline", "", "build_insight", "insight"),
    ("diff_insight.publishers.report_files", "FileWriter", "write", "write"),
)


class Clock:
    """Sums the time between calls for whichever stage is on top."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {"start": 0.0}
        self._stack = ["start"]
        self._since = time.perf_counter()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time of the block for a stage."""
        self._turn()
        self._stack.append(name)
        try:
            yield
        finally:
            self._turn()
            self._stack.pop()

    def finish(self) -> dict[str, float]:
        """Return seconds by stage, in the order in which they were first entered."""
        self._turn()
        return self.seconds

    def _turn(self) -> None:
        now = time.perf_counter()
        name = self._stack[-1]
        self.seconds[name] = self.seconds.get(name, 0.0) + now - self._since
        self._since = now


def timed(clock: Clock) -> None:
    """Put a clock around every call of `TIMED`."""
    for module_name, class_name, attribute, stage in TIMED:
        place: Any = importlib.import_module(module_name)
        place = getattr(place, class_name) if class_name else place
        setattr(place, attribute, _with_clock(getattr(place, attribute), clock, stage))


def _with_clock(function: Callable[..., Any], clock: Clock, stage: str) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as the function it stands for
        with clock.stage(stage):
            return function(*args, **kwargs)

    return call


def main(place: Path, arguments: list[str]) -> int:
    """Run the report and write the seconds of its stages."""
    clock = Clock()
    from diff_insight.cli.main import main as command  # noqa: PLC0415 - counts as start-up

    timed(clock)
    code = command(arguments)
    place.write_text(json.dumps(clock.finish()), "utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
