"""Compiled templates are kept, and used as long as nothing that made them changed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from diff_insight.render.compiled import CompiledTemplates


@pytest.fixture(autouse=True)
def _writing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


class Counting(Environment):
    """Counts what it compiles."""

    compiled = 0

    def _generate(self, *args: object, **options: object) -> str:
        self.compiled += 1
        return super()._generate(*args, **options)  # type: ignore[arg-type]


def compiles(source: str, folder: Path, options: str = "") -> bool:
    """Tell whether a template had to be compiled."""
    cache = CompiledTemplates(options, folder)
    made = Counting(loader=DictLoader({"a": source}), bytecode_cache=cache, autoescape=True)
    assert made.get_template("a").render(x="<") == source.replace("{{ x }}", "&lt;")
    return made.compiled > 0


def test_a_template_is_compiled_once(tmp_path: Path) -> None:
    assert [compiles("a {{ x }}", tmp_path) for _ in range(3)] == [True, False, False]


def test_another_text_and_other_options_are_compiled_again(tmp_path: Path) -> None:
    assert compiles("a {{ x }}", tmp_path)
    assert compiles("b {{ x }}", tmp_path)
    assert not compiles("b {{ x }}", tmp_path)
    assert compiles("b {{ x }}", tmp_path, "trim_blocks")


@pytest.mark.parametrize("content", [b"", b"half", b"\x80\x04"])
def test_a_broken_file_is_compiled_again(tmp_path: Path, content: bytes) -> None:
    assert compiles("a {{ x }}", tmp_path)
    for file in tmp_path.iterdir():
        file.write_bytes(content)
    assert compiles("a {{ x }}", tmp_path)
    assert not compiles("a {{ x }}", tmp_path)


def test_where_nothing_can_or_may_be_written_it_is_compiled_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = tmp_path / "missing"
    assert [compiles("a {{ x }}", missing) for _ in range(2)] == [True, True]
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert [compiles("a {{ x }}", tmp_path) for _ in range(2)] == [True, True]
    assert not list(tmp_path.iterdir())
