"""Outputs and summaries reach the runner whole or not at all, whatever they hold."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.errors import DiffInsightError, EnvironmentFailure
from diff_insight.github.runner import runner_files
from support.runner import HOSTILE, values_in

NAMES = st.from_regex(r"[a-z_][a-z0-9_-]{0,12}", fullmatch=True)


@given(st.dictionaries(NAMES, HOSTILE | st.text(max_size=30), max_size=5))
@settings(deadline=None, max_examples=150)
def test_the_runner_reads_what_was_set(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, str]
) -> None:
    path = tmp_path_factory.mktemp("files") / "output"
    path.write_text("earlier<<x\nvalue\nx\n")
    runner_files.append_outputs(str(path), values)
    expected = {
        name: "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in value)
        for name, value in values.items()
    }
    with path.open(encoding="utf-8", newline="") as file:
        assert values_in(file.read()) == {"earlier": "value"} | expected


def test_booleans_and_numbers_are_words(tmp_path: Path) -> None:
    path = tmp_path / "output"
    runner_files.append_outputs(str(path), {"yes": True, "no": False, "count": 12, "empty": ""})
    assert values_in(path.read_text()) == {"yes": "true", "no": "false", "count": "12", "empty": ""}


def test_delimiters_are_drawn_for_each_value(tmp_path: Path) -> None:
    path = tmp_path / "output"
    path.touch()
    values = {"a": "x\nghadelimiter_\n", "b": "y"}
    for _ in range(5):
        runner_files.append_outputs(str(path), values)
    heads = [line for line in path.read_text().splitlines() if "<<" in line]
    delimiters = [line.partition("<<")[2] for line in heads]
    assert len(set(delimiters)) == 10
    assert all(len(delimiter) > 32 for delimiter in delimiters)


def test_outputs_have_a_limit_in_utf_16(tmp_path: Path) -> None:
    path = tmp_path / "output"
    room = runner_files.OUTPUTS_LIMIT // 2 - len("reports")
    runner_files.append_outputs(str(path), {"reports": "x" * room})
    before = path.read_bytes()
    with pytest.raises(EnvironmentFailure, match="'reports'") as raised:
        runner_files.append_outputs(str(path), {"headline": "short", "reports": "x" * room})
    assert str(runner_files.OUTPUTS_LIMIT) in raised.value.cause
    assert raised.value.cure
    with pytest.raises(EnvironmentFailure, match="'reports'"):
        runner_files.append_outputs(str(path), {"reports": "👍" * (room // 2 + 1)})
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["", "a=b", "a<<b", "a\nb", "9a", "é"])
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "output"
    with pytest.raises(DiffInsightError, match="name of an output"):
        runner_files.append_outputs(str(path), {name: "x"})
    assert not path.exists()


def test_a_summary_is_measured_in_bytes_with_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "summary"
    assert runner_files.summary_room(str(path)) == runner_files.SUMMARY_LIMIT
    path.write_bytes(b"earlier\n")
    room = runner_files.SUMMARY_LIMIT - 8
    assert runner_files.summary_room(str(path)) == room
    too_much = "中" * (room // 3) + "x" * (room % 3 + 1)
    with pytest.raises(EnvironmentFailure, match="do not fit") as raised:
        runner_files.append_summary(str(path), too_much)
    assert f"room for {room}" in raised.value.what
    assert path.read_bytes() == b"earlier\n"
    runner_files.append_summary(str(path), too_much[:-1])
    assert path.stat().st_size == runner_files.SUMMARY_LIMIT
    assert runner_files.summary_room(str(path)) == 0
    with pytest.raises(EnvironmentFailure, match="room for 0"):
        runner_files.append_summary(str(path), "x")


def test_a_summary_keeps_its_text(tmp_path: Path) -> None:
    path = tmp_path / "summary"
    runner_files.append_summary(str(path), "# 見出し\r\n\u2028\ud800\n")
    runner_files.append_summary(str(path), "more\n")
    assert path.read_bytes().decode() == "# 見出し\r\n\u2028\ufffd\nmore\n"


def test_a_summary_that_is_too_large_already_has_no_room(tmp_path: Path) -> None:
    path = tmp_path / "summary"
    path.write_bytes(b"x" * (runner_files.SUMMARY_LIMIT + 1))
    assert runner_files.summary_room(str(path)) == 0


def test_a_write_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "summary"
    path.write_bytes(b"earlier\n")
    write = os.write
    calls = []

    def full_disk(descriptor: int, data: bytes) -> int:
        calls.append(len(data))
        if len(calls) > 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(descriptor, bytes(data)[:3])

    monkeypatch.setattr(os, "write", full_disk)
    with pytest.raises(EnvironmentFailure, match="No space left on device") as raised:
        runner_files.append_summary(str(path), "a longer text")
    monkeypatch.undo()
    assert calls == [13, 10]
    assert path.read_bytes() == b"earlier\n"
    assert raised.value.cure


def test_a_place_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailure, match="No such file"):
        runner_files.append_outputs(str(tmp_path / "no" / "output"), {"a": "b"})
