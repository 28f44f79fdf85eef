"""Opens pages in a real Chromium, where there is one."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from support.parts import NODE, PARTS

PHONE, DESKTOP = 390, 1280
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str:
    """Return the browser's command; a test is skipped where there is none."""
    command = next(filter(None, map(shutil.which, _NAMES)), None)
    if command is None:
        pytest.skip("no Chromium is installed: pages are opened where there is one")
    return command


def browse(
    page: Path, steps: Sequence[Sequence[str]], *, fragment: str = "", width: int = DESKTOP,
    scheme: str = "light",
) -> list[Any]:  # fmt: skip
    """Open a file, do the steps of `browser.mjs` and return what each gives; no error is passed over."""
    done = subprocess.run(
        [str(NODE), "browser.mjs", chromium(), f"{page.as_uri()}{fragment}", str(width), scheme],
        input=json.dumps(steps), capture_output=True, text=True, cwd=PARTS, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout.partition("answer: ")[2])
    assert answer["errors"] == []
    answers: list[Any] = answer["answers"]
    return answers
