"""A report on a terminal: what it says, how wide, and that nothing in it gives the terminal orders."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from diff_insight.model.insight import Insight
from diff_insight.render.terminal import render_terminal
from support.insights import insight_of_diff
from support.recorded import seeds, unified_diff

ESCAPE = "\x1b"


def seed() -> Insight:
    return insight_of_diff(unified_diff(seeds()[0].files))


def lines(text: str) -> list[str]:
    return text.splitlines()


def test_the_first_line_is_the_headline() -> None:
    made = seed()
    first = lines(render_terminal(made, made.locales[0], width=100, colour=False))[0]
    assert first.strip()[:10] == re.sub(r"[`*\\]", "", made.headline[made.locales[0]])[:10]


def test_without_colour_there_is_no_escape() -> None:
    made = seed()
    assert ESCAPE not in render_terminal(made, made.locales[0], width=100, colour=False)
    assert ESCAPE in render_terminal(made, made.locales[0], width=100, colour=True)


@pytest.mark.parametrize("width", [10, 60, 300])
def test_lines_are_neither_too_short_nor_too_long(width: int) -> None:
    made = seed()
    text = render_terminal(made, made.locales[0], width=width, colour=False)
    assert max(len(line) for line in lines(text)) <= max(40, min(width, 110))


@pytest.mark.parametrize(
    "hostile",
    ["\x1b[2J", "\x1b]0;title\x07", "&#27;[2J", "&#x1b;]8;;http://e\x07", "\x9b31m", "\r\x08", "\u202e"],
)  # fmt: skip
@pytest.mark.parametrize("colour", [True, False])
def test_nothing_in_a_report_reaches_the_terminal_as_an_order(hostile: str, colour: bool) -> None:  # noqa: FBT001
    made = seed()
    locale = made.locales[0]
    evil = replace(made, headline={locale: f"Before {hostile} after"})
    text = render_terminal(evil, locale, width=100, colour=colour)
    # What is left are the marks that we write ourselves: colours, and links with their ends.
    ours = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b\x07]*\x1b\\")
    rest = ours.sub("", text).replace("\n", "")
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202e]", rest)
    assert "Before" in rest
    assert "after" in rest


def test_no_colour_is_used_that_a_dark_or_a_light_terminal_hides() -> None:
    made = seed()
    text = render_terminal(made, made.locales[0], width=100, colour=True)
    coloured = re.findall(r"\x1b\[(?:\d+;)*(?:[34]\d|9\d|10\d)m([^\x1b]*)", text)
    assert {part.strip() for part in coloured} <= {"", "•"}
