"""Characters that nobody sees are spelled out; those that shape a visible sequence stay."""

from __future__ import annotations

import pytest

from diff_insight.markup.code_block import code_block
from diff_insight.markup.escape import prose, visible, without_unseen

HIDDEN = {
    "tags": "".join(chr(0xE0000 + ord(letter)) for letter in "ignore"),
    "Hangul fillers": "\u3164\uffa0\u115f",
    "a run of joiners": "a\u200d\u200c\u200d\u200cb",
    "a run of selectors": "a" + "\ufe00\ufe01\ufe02\ufe03",
    "more selectors": "a\U000e0100\U000e0101",
    "invisible operators": "\u2061\u2062\u2063",
    "what turns text around": "a\u202eb",
    "musical controls": "\U0001d173",
    "a joiner at an edge": " \u200dx",
}
#: What writing systems and pictures need.
SHOWN = (
    "\u2764\ufe0f\u200d\U0001f525",
    "\u0915\u094d\u200d\u0937",
    "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "caf\u00e9 \u65e5\u672c\u8a9e \ud55c\uae00",
)


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_hidden_is_spelled_out(name: str) -> None:
    text = f"see {HIDDEN[name]} here"
    for done in (visible(text), prose(text), without_unseen(text)):
        assert "u{" in done.replace("\\{", "{")
        assert not any(letter in done for letter in HIDDEN[name] if letter not in "ab x")


@pytest.mark.parametrize("text", SHOWN)
def test_what_shapes_a_sequence_stays(text: str) -> None:
    assert visible(text) == without_unseen(text) == text


def test_lines_and_tabs_stay_in_what_is_sent() -> None:
    assert without_unseen("a\tb\r\n\u65e5\n") == "a\tb\r\n\u65e5\n"


def test_tags_in_a_patch_are_spelled_out() -> None:
    assert "\\u{e0069}" in code_block(f"+x{HIDDEN['tags']}\n", "diff")


@pytest.mark.parametrize(
    "text",
    [
        "x@evil.example",
        "mailto:x@evil.example",
        "xmpp:x@evil.example",
        "a.b+c@d-e.f.gh",
        "<x@evil.example>",
    ],
)
def test_addresses_become_no_links(text: str) -> None:
    assert "@" not in prose(text)
    assert "mailto:" not in prose(text)
    assert "xmpp:" not in prose(text)


def test_versions_behind_a_name_stay_readable() -> None:
    assert prose("lodash@4.17.21") == "lodash@4.17.21"
