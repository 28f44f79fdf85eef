"""Only whole safe lines and our own commands pass, whoever writes and in whatever pieces."""

from __future__ import annotations

import atexit
import io
import sys
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.github.runner.console import Console, GuardedStream, guard_streams, say
from support.runner import HOSTILE, Command, commands_in, printed

CASES = settings(deadline=None, max_examples=200)


@given(HOSTILE)
@CASES
def test_nothing_said_is_a_command(text: str) -> None:
    out = printed(lambda: say(text))
    assert not commands_in(out)
    assert out.endswith("\n")
    assert out.count("\n") == text.count("\n") + 1


@given(st.lists(HOSTILE, max_size=6))
@CASES
def test_no_command_passes_a_guarded_stream_in_pieces(pieces: list[str]) -> None:
    behind = io.StringIO()
    stream = GuardedStream(behind)
    for piece in pieces:
        assert stream.write(piece) == len(piece)
        stream.flush()
        assert behind.getvalue()[-1:] in {"", "\n"}
    stream.end_line()
    assert not commands_in(behind.getvalue())
    text = "".join(pieces)
    assert behind.getvalue().count("\n") == text.count("\n") + (text[-1:] not in {"", "\n"})


#: Characters that Unicode asks not to show, besides those of the categories.
UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0" + "".join(
    chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
)
SEEN = st.characters(
    min_codepoint=32,
    exclude_categories=["Cc", "Cf", "Cn", "Cs", "Zl", "Zp"],
    exclude_characters=UNSEEN,
)


@given(st.text(SEEN))
@CASES
def test_a_guarded_line_keeps_its_words(text: str) -> None:
    behind = io.StringIO()
    stream = GuardedStream(behind)
    stream.writelines(["a ", text, "\r\n"])
    assert behind.getvalue().replace("\\", "") == f"a {text}\n".replace("\\", "")
    assert stream.writable()


@given(HOSTILE, HOSTILE)
@CASES
def test_a_group_is_one_group(name: str, inside: str) -> None:
    console = Console(active=True)

    def speak() -> None:
        console.group(name)
        say(inside)
        console.end_group()

    found = commands_in(printed(speak))
    assert [command.name for command in found] == ["group", "endgroup"]
    assert "\n" not in found[0].data
    assert len(found[0].data) <= 200


def test_groups_do_not_nest_and_end_once() -> None:
    console = Console(active=True)

    def speak() -> None:
        console.end_group()
        console.group("one")
        console.group("two")
        console.end_group()
        console.end_group()

    found = commands_in(printed(speak))
    assert [command.name for command in found] == ["group", "endgroup", "group", "endgroup"]


def test_a_stream_that_has_been_closed_is_left_alone() -> None:
    behind = io.StringIO()
    stream = GuardedStream(behind)
    stream.write("begun")
    behind.close()
    stream.end_line()
    stream.flush()
    stream.close()
    assert stream.closed


def test_away_from_a_runner_there_are_no_commands() -> None:
    console = Console(active=False)

    def speak() -> None:
        console.mask("a secret that stays one")
        console.group("a ##[group]")
        console.end_group()

    assert printed(speak) == "a ##\\[group]\n"


def test_a_command_begins_a_line_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    behind = io.StringIO()
    monkeypatch.setattr(sys, "stdout", GuardedStream(behind))
    sys.stdout.write("begun")
    Console(active=True).mask("100% ::x::\nsecret")
    sys.stdout.write("::echo::on\n")
    assert commands_in(behind.getvalue()) == [Command("add-mask", "100% ::x::\nsecret")]
    assert behind.getvalue().startswith("begun\n::add-mask::")


def test_both_streams_are_guarded_once_and_write_utf_8(monkeypatch: pytest.MonkeyPatch) -> None:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="ascii") for _ in range(2))
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    at_exit: list[Callable[[], None]] = []
    monkeypatch.setattr(atexit, "register", at_exit.append)
    guard_streams()
    first = sys.stdout
    guard_streams()
    assert sys.stdout is first
    sys.stdout.write("中 \ud800\n::echo::on")
    sys.stderr.write("##[echo]on\n::echo::off")
    for end in at_exit:
        end()
    said = [stream.buffer.getvalue().decode() for stream in (out, err)]
    assert said[0] == "中 \\u{d800}\n\\::echo::on\n"
    assert said[1] == "##\\[echo]on\n\\::echo::off\n"
