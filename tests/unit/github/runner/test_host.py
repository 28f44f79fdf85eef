"""Inputs and events are read as the runner gives them; what is set reaches it or says why not."""

from __future__ import annotations

import json
from pathlib import Path, PurePath

import pytest

from diff_insight.errors import EnvironmentFailure, UsageError
from diff_insight.github.runner.host import RunnerHost, event_payload
from support.runner import Command, commands_in, printed, values_in

RUNNER = {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": "/github/workspace"}


def test_the_event_is_what_github_sent(tmp_path: Path) -> None:
    path = tmp_path / "event.json"
    path.write_text(json.dumps({"number": 7, "title": "日本語"}))
    assert event_payload({"GITHUB_EVENT_PATH": str(path)}) == {"number": 7, "title": "日本語"}
    path.write_bytes(b"\xef\xbb\xbf{}")
    assert event_payload({"GITHUB_EVENT_PATH": str(path)}) == {}


def test_without_an_event_there_is_no_payload() -> None:
    assert event_payload({}) == {}
    assert event_payload({"GITHUB_EVENT_PATH": ""}) == {}


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 200_000])
def test_an_event_that_is_none_is_an_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "event.json"
    path.write_bytes(data)
    with pytest.raises(EnvironmentFailure, match="event file") as raised:
        event_payload({"GITHUB_EVENT_PATH": str(path)})
    assert raised.value.cause
    assert raised.value.cure


def test_an_event_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailure, match="No such file"):
        event_payload({"GITHUB_EVENT_PATH": str(tmp_path / "gone.json")})


def test_a_secret_is_hidden_in_every_form() -> None:
    found = commands_in(printed(lambda: RunnerHost(RUNNER).mask("ghs_100%/abc\n")))
    assert {command.name for command in found} == {"add-mask"}
    assert {"ghs_100%/abc", "ghs_100%25%2Fabc"} <= {command.data for command in found}


def test_a_short_secret_is_refused_without_showing_it() -> None:
    out = printed(lambda: RunnerHost(RUNNER).mask("hunter2"))
    assert [command.name for command in commands_in(out)] == ["notice"]
    assert "fewer than 8 characters" in out
    assert "hunter2" not in out


@pytest.mark.parametrize("environ", [RUNNER, {}])
def test_no_secret_is_no_news(environ: dict[str, str]) -> None:
    assert printed(lambda: RunnerHost(environ).mask(" \n")) == ""


def test_away_from_a_runner_a_secret_is_not_printed() -> None:
    assert printed(lambda: RunnerHost({}).mask("a secret that stays one")) == ""


def test_an_error_is_shown_with_its_cure() -> None:
    error = UsageError("no such\n::echo::on", cause="a typo", cure="check it")
    (found,) = commands_in(printed(lambda: RunnerHost(RUNNER).fail(error)))
    assert found == Command(
        "error", "no such\n\\::echo::on\nlikely cause: a typo\nwhat to change: check it"
    )


def test_an_error_is_never_folded() -> None:
    host = RunnerHost(RUNNER)

    def speak() -> None:
        host.console.group("analysis")
        host.fail(UsageError("no"))
        host.console.group("reports")
        host.finish()

    found = [command.name for command in commands_in(printed(speak))]
    assert found == ["group", "endgroup", "error", "group", "endgroup"]


def test_what_the_limits_dropped_is_told_at_the_end() -> None:
    host = RunnerHost(RUNNER)

    def speak() -> None:
        for number in range(12):
            host.annotate("warning", f"m{number}", "a.md", 1, 2, title="t")

    assert len(commands_in(printed(speak))) == 10
    assert printed(host.finish).startswith("2 more warnings")


def test_outputs_are_set(tmp_path: Path) -> None:
    path = tmp_path / "output"
    host = RunnerHost(RUNNER | {"GITHUB_OUTPUT": str(path)})
    host.set_outputs({})
    assert not path.exists()
    host.set_outputs({"headline": "a\nb", "complete": True})
    assert values_in(path.read_text()) == {"headline": "a\nb", "complete": "true"}


def test_a_runner_without_outputs_is_an_error_when_some_are_set() -> None:
    RunnerHost(RUNNER).set_outputs({})
    RunnerHost({}).set_outputs({"a": "b"})
    with pytest.raises(EnvironmentFailure, match="GITHUB_OUTPUT is not set") as raised:
        RunnerHost(RUNNER).set_outputs({"a": "b"})
    assert raised.value.cure


def test_the_summary_is_written(tmp_path: Path) -> None:
    path = tmp_path / "summary"
    host = RunnerHost({"GITHUB_STEP_SUMMARY": str(path)})
    room = host.summary_room()
    host.append_summary("# 見出し\n")
    assert path.read_text("utf-8") == "# 見出し\n"
    assert host.summary_room() == room - len("# 見出し\n".encode())


def test_a_runner_without_summaries_is_an_error() -> None:
    with pytest.raises(EnvironmentFailure, match="GITHUB_STEP_SUMMARY is not set"):
        RunnerHost(RUNNER).append_summary("x")
    with pytest.raises(EnvironmentFailure, match="GITHUB_STEP_SUMMARY is not set"):
        RunnerHost(RUNNER).summary_room()


def test_without_a_workspace_nothing_is_given_away(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("x")
    before = path.stat()
    RunnerHost({}).give_to_workspace_owner([PurePath(path)])
    assert path.stat() == before
