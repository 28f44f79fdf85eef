"""Changes that leave every word as it was."""

from __future__ import annotations

import pytest

from diff_insight.facts import cosmetic
from diff_insight.model.changes import Status
from support.views import Told, told_by, view_of


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a  b\n", "a b \n", [("cosmetic.whitespace", {}, "")]),
        ("a\n\nb\n", "a\nb\n", [("cosmetic.whitespace", {}, "")]),
        ("\tif x:\n", "    if x:\n", [("cosmetic.whitespace", {}, "")]),
        ("one two\nthree\n", "one\ntwo three\n", [("cosmetic.rewrapped", {}, "")]),
        ("a\nb\n", "a\r\nb\r\n", [("cosmetic.line-ends", {"old": "LF", "new": "CRLF"}, "")]),
        ("a\r\nb\r\n", "a\nb\n", [("cosmetic.line-ends", {"old": "CRLF", "new": "LF"}, "")]),
        ("a\nb", "a\nb\n", [("cosmetic.final-newline", {"present": True}, "")]),
        ("a\nb\n", "a\nb", [("cosmetic.final-newline", {"present": False}, "")]),
        ("a b\n", "a c\n", []),
        ("a b\nc\n", "a b\nc d\n", []),
        ("a  b\nx\n", "a b\ny\n", []),
    ],
)
def test_kinds(old: str, new: str, expected: list[Told]) -> None:
    assert told_by(cosmetic, view_of(old, new)) == expected


def test_every_changed_line_is_claimed() -> None:
    view = view_of("a  b\n\n\n\n\n\n\n\nc  d\n", "a b\n\n\n\n\n\n\n\nc d\n")
    told_by(cosmetic, view)
    assert sorted(line for _, line in view.claimed) == [1, 1, 9, 9]


def test_only_text_with_two_versions() -> None:
    assert not cosmetic.applies(view_of(None, "a\n"))
    assert not cosmetic.applies(view_of("a\n", None))
    assert not cosmetic.applies(view_of("a\n", "a\n"))
    assert cosmetic.applies(view_of("a\n", "b\n", status=Status.RENAMED))
