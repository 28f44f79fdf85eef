"""What is known of both versions of a file: whole texts, or the lines of the hunks."""

from __future__ import annotations

import pytest

from diff_insight.facts.file_view import FileView, TextVersion
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.model.changes import Block, FileChange, Side, Status
from support.views import view_of

OLD = "".join(f"line {number}\n" for number in range(1, 31))
NEW = OLD.replace("line 15\n", "LINE\n")


def test_lines_by_number() -> None:
    version = TextVersion([(1, "a\nb"), (7, ""), (9, "c\n\nd\n")], complete=False)
    assert list(version.numbered_lines()) == [(1, "a"), (2, "b"), (9, "c"), (10, ""), (11, "d")]
    assert [version.line(number) for number in (0, 2, 7, 10, 12)] == [None, "b", None, "", None]


def test_only_line_feeds_end_a_line() -> None:
    version = TextVersion([(1, "a\u2028b\x0cc\rd\r\n")], complete=True)
    assert list(version.numbered_lines()) == [(1, "a\u2028b\x0cc\rd\r")]


def test_a_byte_order_mark_is_no_text() -> None:
    assert TextVersion([(1, "\ufeffa\n")], complete=True).line(1) == "a"
    assert TextVersion([(2, "\ufeffa\n")], complete=True).line(2) == "\ufeffa"


def test_whole_versions() -> None:
    view = view_of(OLD, NEW)
    assert view.base.complete
    assert view.head.complete
    assert (view.base.line(30), view.head.line(15)) == ("line 30", "LINE")
    assert view.version(Side.BASE) is view.base


def test_hunks_only() -> None:
    view = view_of(OLD, NEW, whole=False)
    assert not view.base.complete
    assert [number for number, _ in view.head.numbered_lines()] == list(range(12, 19))
    assert view.head.line(15) == "LINE"
    assert view.head.line(30) is None


def test_an_added_or_removed_file_stands_in_its_patch() -> None:
    def unreadable(side: Side) -> bytes | None:
        pytest.fail("nothing has to be read")

    for old, new, side in ((None, OLD, Side.HEAD), (OLD, None, Side.BASE)):
        made = view_of(old, new)
        view = FileView(made.change, made.hunks, unreadable)
        assert view.version(side).complete
        assert view.version(side).line(30) == "line 30"


def test_the_version_before_is_made_of_the_other_one() -> None:
    made = view_of(OLD, NEW)
    read: list[Side] = []

    def reader(side: Side) -> bytes | None:
        read.append(side)
        return made.reader(side)

    view = FileView(made.change, made.hunks, reader)
    assert (view.base.complete, view.base.line(15), view.base.line(30)) == (
        True,
        "line 15",
        "line 30",
    )
    assert view.head.line(15) == "LINE"
    assert read == [Side.HEAD]


def test_the_version_before_is_read_where_the_hunks_do_not_fit() -> None:
    made = view_of(OLD, NEW)
    contents = {Side.BASE: b"before\n", Side.HEAD: b"after\n"}
    view = FileView(made.change, made.hunks, contents.get)
    assert (view.base.line(1), view.head.line(1)) == ("before", "after")


def test_bytes_that_are_no_text_are_shown_as_what_they_are() -> None:
    change = FileChange(path_bytes=b"a.md", status=Status.MODIFIED)
    view = FileView(change, (), lambda _: b"\xff\xfd\n")
    assert view.head.line(1) == r"\xff\xfd"


def test_a_told_line_leaves_its_neighbours() -> None:
    view = view_of("a\nb\nc\nd\n", "a\nB\nC\nD\n")
    view.claim(head_line(3), base_line(2))
    (block,) = view.blocks
    assert list(view.unclaimed_blocks(view.blocks)) == [
        Block(3, ("c", "d"), 2, ()), Block(2, (), 2, ("B",)), Block(2, (), 4, ("D",)),
    ]  # fmt: skip
    view.claimed.clear()
    assert list(view.unclaimed_blocks(view.blocks)) == [block]
    view.claim_all()
    assert list(view.unclaimed_blocks(view.blocks)) == []


def test_what_is_left_on_both_sides_is_one_run() -> None:
    view = view_of("FROM node:20\nUSER a\n", "FROM node:22\nUSER b\n")
    view.claim(head_line(1), base_line(1))
    assert list(view.unclaimed_blocks(view.blocks)) == [Block(2, ("USER a",), 2, ("USER b",))]


@pytest.mark.parametrize(
    ("path", "markdown", "prose"),
    [("a.md", True, True), ("A.MDX", True, True), ("a.rst", False, True), ("a.py", False, False)],
)
def test_kinds(path: str, markdown: bool, prose: bool) -> None:  # noqa: FBT001
    view = view_of("a\n", "b\n", path=path)
    assert (view.markdown, view.prose) == (markdown, prose)
