"""Starts the action as a process that can be killed with SIGKILL while it speaks to the fake."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from support.fake_github import FakeGitHub
from support.step import ENTRYPOINT


class Killer:
    """Kills one process when it makes its n-th request, before or after that is carried out.

    Used as the `launch` of a step.

    Args:
        fake: The server.
        number: Which request, from 1.
        after: Whether the request is carried out first.
        part: Regular expression of what requests are counted (method and path).
    """

    def __init__(self, fake: FakeGitHub, number: int, *, after: bool, part: str) -> None:
        self._fake = fake
        self._part = part
        self._wanted = number, after
        self._lock = threading.Lock()
        self._seen = {False: 0, True: 0}
        self._process: subprocess.Popen[bytes] | None = None
        self.killed = ""

    def __call__(
        self, variables: Mapping[str, str], workspace: Path
    ) -> subprocess.CompletedProcess[bytes]:
        """Run the action to its end, which may be a sudden one."""
        self._fake.watch(self._watch)
        with self._lock:
            self._process = subprocess.Popen(
                [sys.executable, str(ENTRYPOINT)],
                env={"PATH": os.environ["PATH"], **variables},
                cwd=workspace,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
        output, _ = self._process.communicate(timeout=120)
        self._fake.watch(None)
        return subprocess.CompletedProcess([], self._process.returncode, output)

    def _watch(self, method: str, path: str, done: bool) -> None:  # noqa: FBT001 - the fake's signature
        if not re.search(self._part, f"{method} {path}"):
            return
        with self._lock:
            self._seen[done] += 1
            if (self._seen[done], done) == self._wanted and self._process is not None:
                os.kill(self._process.pid, signal.SIGKILL)
                self._process.wait()
                self.killed = f"{method} {path}"
