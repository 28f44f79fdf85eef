"""No text that has been escaped is a command, and a cut never splits what a reader sees as one."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from diff_insight.github.runner.log_escape import fit, safe_line, safe_lines
from diff_insight.markup.text_size import utf16_units
from support.runner import HOSTILE, NAMES, commands_in

CASES = settings(deadline=None, max_examples=400)


@given(HOSTILE)
@CASES
@example("::add-mask::a")
@example(" \t::stop-commands::a")
@example("\xa0\u3000\u2003::echo::on")
@example(":\u200d:add-mask::a")
@example("\ufe0f::add-mask::a")
@example("a ##[add-mask]b")
@example("###[add-mask]b")
@example("####[add-mask]##[add-mask]")
@example("#\u200d#\ufe0f[add-mask]b")
@example("\n::add-mask::a")
@example("a\r##[error]b")
@example("::notice::\r::add-mask::a")
def test_no_line_is_a_command(text: str) -> None:
    line = safe_line(text)
    assert not commands_in(line)
    assert not commands_in("   " + line)
    assert not commands_in(f"prefix {line} suffix")
    assert line.isprintable() or not set(line) & set("\n\r\t\v\f\0\x1b\x85\x9b\u2028\u2029")
    line.encode()


@given(HOSTILE)
@CASES
def test_escaping_twice_is_escaping_once(text: str) -> None:
    assert safe_line(safe_line(text)) == safe_line(text)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126, exclude_characters=":#")))
@CASES
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert safe_line(text) == text


@pytest.mark.parametrize("text", ["std::vector", "a: b :: c", "# [x]", "## [x]", "日本語 👍🏽"])
def test_what_is_no_command_stays_as_it_is(text: str) -> None:
    assert safe_line(text) == text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "form", ["::{}::x", "::{} a=b::x", "  ::{}::", "x ##[{}]y", "##[{} a=b;]y"]
)
def test_the_model_of_the_runner_knows_every_command(name: str, form: str) -> None:
    text = form.format(name)
    assert [command.name for command in commands_in(text)] == [name]
    assert [command.name for command in commands_in(text.upper())] == [name]
    assert not commands_in(safe_line(text))


def test_lines_end_at_line_feeds() -> None:
    assert safe_lines("a\r\n::echo::on\n\nb\rc") == ["a", r"\::echo::on", "", r"b\rc"]


@given(st.text(max_size=60), st.integers(2, 40))
@CASES
def test_a_cut_text_is_a_beginning_within_the_limit(text: str, limit: int) -> None:
    cut = fit(text, limit)
    assert utf16_units(cut) <= limit
    if utf16_units(text) <= limit:
        assert cut == text
    else:
        assert cut.endswith("…")
        assert text.startswith(cut[:-1])


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdef", 5, "abcd…"),
        ("ab cdef", 4, "ab…"),
        ("aaa👍b", 5, "aaa…"),
        ("aa👍b", 5, "aa👍b"),
        ("aa👍bc", 5, "aa👍…"),
        ("aae\u0301x", 4, "aa…"),
        ("a👍🏽bcd", 5, "a…"),
        ("a👩\u200d🚀bcd", 5, "a…"),
        ("a👩\u200d🚀bcd", 6, "a…"),
        ("a👩\u200d🚀bcd", 7, "a👩\u200d🚀…"),
    ],
)
def test_a_cut_stands_between_characters(text: str, limit: int, expected: str) -> None:
    assert fit(text, limit) == expected


def test_endless_marks_are_cut_all_the_same() -> None:
    cut = fit("e" + "\u0301" * 5000, 4096)
    assert utf16_units(cut) == 4096
