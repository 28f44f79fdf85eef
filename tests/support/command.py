"""Runs the command in process, in a folder of its own, and keeps what it said."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from diff_insight.cli.main import main


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the command did."""

    code: int
    out: str
    err: str
    folder: Path

    @property
    def files(self) -> list[str]:
        """Every file below the folder, hidden and temporary ones too."""
        found = (path for path in self.folder.rglob("*") if not path.is_dir())
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    def refused(self, code: int, *words: str) -> None:
        """Check for an error that says what happened and what to change, and left nothing behind."""
        assert self.code == code, self.err
        assert "diff-insight: error: " in self.err
        assert "what to change: " in self.err
        assert "Traceback" not in self.err
        for word in words:
            assert word in self.err
        assert self.out == ""


class Command:
    """Calls `main` with the folder as the current directory."""

    def __init__(
        self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self._capsys, self._monkeypatch = capsys, monkeypatch

    def __call__(
        self, *arguments: str, environ: Mapping[str, str] | None = None, stdin: bytes | None = None
    ) -> Ran:
        """Run `diff-insight` with the arguments."""
        self._monkeypatch.chdir(self.folder)
        if stdin is not None:
            self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        self._capsys.readouterr()
        code = main(arguments, os.environ if environ is None else environ)
        said = self._capsys.readouterr()
        return Ran(code, said.out, said.err, self.folder)
