"""Annotations within the runner's limits: ten of a kind, 4,096 characters, real files only."""

from __future__ import annotations

import posixpath
from collections import Counter
from typing import Literal

from diff_insight.github.runner.console import Console, say
from diff_insight.github.runner.log_escape import fit, safe_line, safe_lines

Level = Literal["error", "warning", "notice"]

#: What a step may show of each kind, and how long a message may be (`ExecutionContext.cs`).
LIMIT = 10
LONGEST_MESSAGE = 4096
_LONGEST_TITLE = 255


class Annotations:
    """Counts what has been shown; what is beyond the limits is a line of the log.

    Args:
        console: The runner.
        workspace: Where the checkout is; paths are shown relative to it.
    """

    def __init__(self, console: Console, workspace: str) -> None:
        self._console = console
        self._workspace = workspace
        self._shown: Counter[Level] = Counter()
        self._dropped: Counter[Level] = Counter()

    def add(
        self,
        level: Level,
        message: str,
        path: str = "",
        line: int | None = None,
        end_line: int | None = None,
        *,
        title: str = "",
    ) -> None:
        """Annotate a run, a file, or lines of a file."""
        location = self._place(path)
        if self._console.active and self._shown[level] < LIMIT:
            self._shown[level] += 1
            # A name that cannot be given as it is would point to another file.
            text = message if location or not path else f"{_location(path, line)}: {message}"
            safe = fit("\n".join(safe_lines(text)), LONGEST_MESSAGE)
            self._console.annotation(level, safe, _properties(location, line, end_line, title))
            return
        if self._console.active:
            self._dropped[level] += 1
        head = " ".join(f"{part}:" for part in (level, _location(path, line), title) if part)
        say(f"{head} {message}")

    def tell_dropped(self) -> None:
        """Say how many annotations GitHub would not have shown."""
        for level, count in self._dropped.items():
            noun = level if count == 1 else f"{level}s"
            say(f"{count} more {noun} only in the log: GitHub shows {LIMIT} of a kind for a step")
        self._dropped.clear()

    def _place(self, path: str) -> str:
        """Return a path as the runner takes it, or nothing when it is not one of the workspace."""
        if not path:
            return ""
        location = posixpath.normpath(path)
        if location.startswith("/") and self._workspace:
            location = posixpath.relpath(location, self._workspace)
        outside = location.startswith(("/", "../")) or location in {".", ".."}
        exact = location == location.strip() == safe_line(location) and not location.startswith("=")
        return "" if outside or not exact else location


def _properties(
    path: str, line: int | None, end_line: int | None, title: str
) -> dict[str, str | int]:
    properties: dict[str, str | int] = {"file": path} if path else {}
    if path and line is not None and line > 0:
        properties["line"] = line
        if end_line is not None and end_line > line:
            properties["endLine"] = end_line
    if title.strip():
        properties["title"] = fit(safe_line(title.strip()), _LONGEST_TITLE)
    return properties


def _location(path: str, line: int | None) -> str:
    return f"{path}:{line}" if path and line is not None else path
