"""Annotations stay within the runner's limits, name real files, and say what was left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.github.runner.annotations import LIMIT, LONGEST_MESSAGE, Annotations, Level
from diff_insight.github.runner.console import Console
from diff_insight.markup.text_size import utf16_units
from support.runner import HOSTILE, Command, commands_in, printed

WORKSPACE = "/github/workspace"


def counted(*, active: bool = True) -> Annotations:
    return Annotations(Console(active=active), WORKSPACE)


def annotated(
    message: str, path: str = "", line: int | None = None, end_line: int | None = None
) -> Command:
    (found,) = commands_in(printed(lambda: counted().add("warning", message, path, line, end_line)))
    return found


@given(HOSTILE, HOSTILE, HOSTILE, st.none() | st.integers(-2, 9), st.none() | st.integers(-2, 9))
@settings(deadline=None, max_examples=300)
def test_an_annotation_is_one_command(
    message: str, path: str, title: str, line: int | None, end_line: int | None
) -> None:
    out = printed(lambda: counted().add("error", message, path, line, end_line, title=title))
    (found,) = commands_in(out)
    assert found.name == "error"
    assert utf16_units(found.data) <= LONGEST_MESSAGE
    assert set(found.properties) <= {"file", "line", "endLine", "title"}
    assert all(found.properties.values())
    assert not commands_in(found.data), "the runner prints the message, line by line"
    assert not commands_in(found.properties.get("title", ""))
    if "line" in found.properties:
        assert int(found.properties["line"]) == line
        assert "file" in found.properties
    if "endLine" in found.properties:
        assert int(found.properties["endLine"]) > int(found.properties["line"])


@given(HOSTILE, HOSTILE)
@settings(deadline=None, max_examples=200)
def test_away_from_a_runner_an_annotation_is_a_line(message: str, path: str) -> None:
    out = printed(lambda: counted(active=False).add("error", message, path, 3))
    assert not commands_in(out)
    assert out.startswith("error: ")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("docs/a.md", "docs/a.md"),
        ("docs//b/../a.md", "docs/a.md"),
        (f"{WORKSPACE}/docs/a.md", "docs/a.md"),
        ("a,b:c=d;e%25.md", "a,b:c=d;e%25.md"),
        ("日本語 ガイド.md", "日本語 ガイド.md"),
    ],
)
def test_a_file_is_named_relative_to_the_workspace(path: str, expected: str) -> None:
    assert annotated("m", path, 3, 7) == Command(
        "warning", "m", {"file": expected, "line": "3", "endLine": "7"}
    )


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "../a.md", "..", ".", WORKSPACE, "a\nb", "a##[b]", " a", "=a", "b\udcff"],
)
def test_a_file_that_cannot_be_named_stands_in_the_message(path: str) -> None:
    found = annotated("gone", path, 3)
    assert found.properties == {}
    assert found.data.endswith(":3: gone")


@pytest.mark.parametrize("line", [None, 0, -1])
def test_a_line_that_is_none_is_left_out(line: int | None) -> None:
    assert annotated("m", "a.md", line, 9).properties == {"file": "a.md"}


@pytest.mark.parametrize("end_line", [None, 5, 4])
def test_an_end_that_is_not_behind_the_start_is_left_out(end_line: int | None) -> None:
    assert annotated("m", "a.md", 5, end_line).properties == {"file": "a.md", "line": "5"}


def test_a_message_keeps_its_lines_and_its_percent_signs() -> None:
    assert annotated("100 %25\n::x::\r\nend").data == "100 %25\n\\::x::\nend"


def test_a_long_message_is_cut_between_characters() -> None:
    found = annotated("👍" * 4000).data
    assert found == "👍" * 2047 + "…"
    assert annotated("a" * LONGEST_MESSAGE).data == "a" * LONGEST_MESSAGE


def test_ten_of_a_kind_are_shown_and_the_others_are_lines() -> None:
    shown = counted()
    levels: tuple[Level, ...] = ("error", "warning", "notice")

    def speak() -> None:
        for level in levels:
            for number in range(LIMIT + (level == "warning") * 2 + (level == "notice")):
                shown.add(level, f"number {number}", "a.md", number)

    out = printed(speak)
    assert [command.name for command in commands_in(out)] == [
        level for level in levels for _ in range(LIMIT)
    ]
    assert "warning: a.md:10: number 10\nwarning: a.md:11: number 11\n" in out
    told = "only in the log: GitHub shows 10 of a kind for a step\n"
    assert printed(shown.tell_dropped) == f"2 more warnings {told}1 more notice {told}"
    assert printed(shown.tell_dropped) == ""


def test_without_a_workspace_an_absolute_path_is_not_a_file() -> None:
    out = printed(lambda: Annotations(Console(active=True), "").add("notice", "m", "/a.md"))
    assert commands_in(out) == [Command("notice", "/a.md: m")]


def test_an_annotation_may_have_a_title() -> None:
    out = printed(lambda: counted(active=False).add("notice", "m", title="a title"))
    assert out == "notice: a title: m\n"
    out = printed(lambda: counted().add("notice", "m", title=" a,b:c\n"))
    assert commands_in(out) == [Command("notice", "m", {"title": "a,b:c"})]
