"""The log of a run is plain lines; long stages are folded, and what matters never is."""

from __future__ import annotations

from hypothesis import given, settings

from diff_insight.github.runner.host import RunnerHost
from diff_insight.github.runner.log import ActionsProgress
from diff_insight.model.messages import Notice
from diff_insight.ports import Progress
from support.runner import HOSTILE, Command, commands_in, printed

RUNNER = {"GITHUB_ACTIONS": "true"}


def progress(environ: dict[str, str] = RUNNER) -> ActionsProgress:
    return ActionsProgress(RunnerHost(environ))


def test_short_stages_are_lines() -> None:
    told: Progress = progress()

    def speak() -> None:
        told.stage("diff")
        told.stage("analysis", 1)
        told.advance()
        told.stage("reports", 49)
        told.advance(49)

    assert printed(speak) == "diff\nanalysis: 1 file\nreports: 49 files\n"


def test_long_stages_are_folded_and_told_in_tenths() -> None:
    told = progress()

    def speak() -> None:
        told.stage("analysis", 100)
        for _ in range(100):
            told.advance()
        told.stage("reports")
        told.finish()

    lines = printed(speak).splitlines()
    assert lines[0] == "::group::analysis: 100 files"
    assert lines[1:11] == [f"{count} of 100 files" for count in range(10, 101, 10)]
    assert lines[11:] == ["::endgroup::", "reports"]


def test_notices_and_lines_are_never_folded() -> None:
    told = progress()

    def speak() -> None:
        told.stage("analysis", 60)
        told.notice(Notice("renames-cut"))
        told.advance(60)
        told.stage("analysis", 60)
        told.say("two\nlines")
        told.finish()

    assert printed(speak).splitlines() == [
        "::group::analysis: 60 files",
        "::endgroup::",
        "::notice::renames-cut",
        "::group::analysis: 60 files",
        "::endgroup::",
        "two",
        "lines",
    ]


def test_notices_are_worded_by_whom_the_run_names() -> None:
    notice = Notice("locale-fallback", {"asked": "en-GB\n::echo::on", "used": "en_US"})
    plain = commands_in(printed(lambda: progress().notice(notice)))
    assert plain == [Command("notice", "locale-fallback (asked: en-GB\n\\::echo::on, used: en_US)")]
    worded = ActionsProgress(RunnerHost(RUNNER), lambda given: f"using {given.params['used']}")
    assert commands_in(printed(lambda: worded.notice(notice))) == [Command("notice", "using en_US")]


def test_away_from_a_runner_everything_is_lines() -> None:
    told = progress({})

    def speak() -> None:
        told.stage("analysis", 50)
        told.advance(50)
        told.notice(Notice("renames-cut"))

    assert printed(speak) == "analysis: 50 files\n50 of 50 files\nnotice: renames-cut\n"


@given(HOSTILE, HOSTILE, HOSTILE)
@settings(deadline=None, max_examples=150)
def test_no_name_or_notice_is_a_command(name: str, value: str, line: str) -> None:
    told = progress()

    def speak() -> None:
        told.stage(name, 50)
        told.stage(name)
        told.notice(Notice(name or "key", {"value": value}))
        told.say(line)

    found = [command.name for command in commands_in(printed(speak))]
    assert found == ["group", "endgroup", "notice"]
