"""docs/diff-insight.1 is made from the parser, is roff without a warning, and is in the wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from support.man_page import man_page

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docs" / "diff-insight.1"


def test_the_page_is_that_of_the_parser() -> None:
    made = man_page()
    if os.environ.get("UPDATE_MAN"):
        FILE.write_text(made, "utf-8")
    assert FILE.read_text("utf-8") == made, "UPDATE_MAN=1 writes it anew"


def test_the_wheel_brings_it_along() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert shared == {"docs/diff-insight.1": "share/man/man1/diff-insight.1"}


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_it_is_shown_as_it_is_meant() -> None:
    shown = subprocess.run(
        ["groff", "-man", "-Tascii", "-ww", "-P-cbou", str(FILE)],
        capture_output=True, check=True,
    )  # fmt: skip
    assert shown.stderr == b""
    text = " ".join(shown.stdout.decode().split())
    for option in ("--locale", "--fail-on", "--since"):
        assert option in text
    for command in ("report", "render", "site", "check"):
        assert f"diff-insight {command}" in text
    assert "git diff main... | diff-insight report --diff -" in text
