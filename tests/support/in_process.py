"""Starts the action inside the test's own process: quicker, and what it runs is counted as covered."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from diff_insight.action.main import main

_sleep = time.sleep


def _short(seconds: float) -> None:
    """Waits for limits of a server are not waited for here."""
    _sleep(min(seconds, 0.01))


def launch(variables: Mapping[str, str], workspace: Path) -> subprocess.CompletedProcess[bytes]:
    """Run a step to its end; what it prints is what a process would have printed."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    printed = io.BytesIO()
    stream = io.TextIOWrapper(printed, encoding="utf-8", write_through=True)
    try:
        with (
            redirect_stdout(stream),
            redirect_stderr(stream),
            chdir(workspace),
            patch("time.sleep", _short),
        ):
            code = main({"PATH": os.environ["PATH"], **variables})
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
    stream.flush()
    output = printed.getvalue()
    stream.detach()
    return subprocess.CompletedProcess([], code, output)
