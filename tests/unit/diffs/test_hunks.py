"""Hunks from patch text: lines, positions, final line ends, and patches that do not hold together."""

from __future__ import annotations

import gc

import pytest

from diff_insight.diffs.hunks import BrokenPatchError, parse_hunks
from diff_insight.model.changes import Block
from diff_insight.runtime.gc_pause import without_gc


def test_an_empty_patch_has_no_hunks() -> None:
    assert parse_hunks("") == []


def test_lines_and_blocks_with_their_numbers() -> None:
    first, second = parse_hunks(
        "@@ -3,5 +3,5 @@ def f():\n a\n-b\n-c\n+B\n d\n+E\n e\n@@ -20 +20,0 @@\n-gone\n"
    )
    assert (first.old_start, first.new_start, first.section) == (3, 3, "def f():")
    assert first.old_lines == ("a", "b", "c", "d", "e")
    assert first.new_lines == ("a", "B", "d", "E", "e")
    assert first.blocks == (Block(4, ("b", "c"), 4, ("B",)), Block(7, (), 6, ("E",)))
    assert (second.old_lines, second.new_lines) == (("gone",), ())
    assert second.blocks == (Block(20, ("gone",), 20, ()),)


@pytest.mark.parametrize("end", ["", "\n", "\n\\ No newline at end of file\n", "\n-- \n2.39.5\n\n"])
@pytest.mark.parametrize("lines", [("a",), ("a", "", "+b", "-c", "@@ -1 +1 @@", "\r")])
def test_a_file_that_came_or_went(lines: tuple[str, ...], end: str) -> None:
    count = f"1,{len(lines)}" if len(lines) > 1 else "1"
    (come,) = parse_hunks(f"@@ -0,0 +{count} @@\n+" + "\n+".join(lines) + end)
    assert (come.old_start, come.new_start, come.section) == (0, 1, "")
    assert (come.old_lines, come.new_lines) == ((), lines)
    assert come.blocks == (Block(0, (), 1, lines),)
    (gone,) = parse_hunks(f"@@ -{count} +0,0 @@\n-" + "\n-".join(lines) + end)
    assert (gone.old_start, gone.new_start, gone.section) == (1, 0, "")
    assert (gone.old_lines, gone.new_lines) == (lines, ())
    assert gone.blocks == (Block(1, lines, 0, ()),)
    assert come.new_final_newline == gone.old_final_newline == ("\\" not in end)
    assert come.old_final_newline
    assert gone.new_final_newline


def test_an_added_line_ends_a_run_of_removed_ones() -> None:
    (hunk,) = parse_hunks("@@ -1,2 +1,2 @@\n-a\n+A\n-b\n+B\n")
    assert hunk.blocks == (Block(1, ("a",), 1, ("A",)), Block(2, ("b",), 2, ("B",)))


@pytest.mark.parametrize(
    ("body", "old", "new"),
    [
        ("-a\n\\ No newline at end of file\n+b\n", False, True),
        ("-a\n+b\n\\ No newline at end of file\n", True, False),
        ("-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n", False, False),
        ("-a\n\\ Kein Zeilenumbruch am Dateiende.\n+b\n", False, True),
        ("-a\n+b\n\\ Kein Zeilenumbruch am Dateiende.\n", True, False),
        (" a\n\\ No newline at end of file\n", False, False),
        ("-a\n+b\n", True, True),
    ],
)
def test_final_line_ends(body: str, old: bool, new: bool) -> None:  # noqa: FBT001
    (hunk,) = parse_hunks(f"@@ -1 +1 @@\n{body}")
    assert (hunk.old_final_newline, hunk.new_final_newline) == (old, new)


def test_only_line_feeds_end_a_line() -> None:
    text = "a\x0bb\x0cc\x1cd\x85e\u2028f\u2029g\rh\r"
    (hunk,) = parse_hunks(f"@@ -1 +1,2 @@\n-{text}\n+{text}\n+\r\n")
    assert hunk.old_lines == (text,)
    assert hunk.new_lines == (text, "\r")


def test_context_that_lost_its_space() -> None:
    (hunk,) = parse_hunks("@@ -1,3 +1,3 @@\n-a\n+b\n\n\r\n\n")
    assert hunk.old_lines == ("a", "", "\r")


def test_text_that_looks_like_headers() -> None:
    body = ["-- a/x", "++ b/x", "@@ -1 +1 @@", "diff --git a/x b/x", "\\ No newline at end of file"]
    patch = "@@ -1,5 +1,5 @@\n" + "".join(f"-{line}\n" for line in body)
    (hunk,) = parse_hunks(patch + "".join(f"+{line}\n" for line in body))
    assert hunk.old_lines == hunk.new_lines == tuple(body)


def test_what_stands_behind_the_last_hunk_is_no_part_of_it() -> None:
    (hunk,) = parse_hunks("@@ -1 +1 @@\n-a\n+b\n-- \n2.39.5\n\n")
    assert (hunk.old_lines, hunk.new_lines) == (("a",), ("b",))


@pytest.mark.parametrize(
    "patch",
    [
        "@@ -1,2 +1 @@\n-a\n+b\n",
        "@@ -0,0 +1,3 @@\n+a\n+b\n",
        "@@ -0,0 +1,2 @@\n+a\nforeign\n",
        "@@ -1,2 +0,0 @@\n-a\n+b\n",
        "@@ -1 +1,2 @@\n-a\n+b\n-c\n",
        "@@ -1,2 +1,2 @@\n-a\nforeign\n+b\n",
        "@@ -0,1 +0,0 @@\n-a\n",
        "@@ -0,0 +0,1 @@\n+a\n",
    ],
)
def test_patches_that_do_not_hold_together(patch: str) -> None:
    with pytest.raises(BrokenPatchError, match="Hunk"):
        parse_hunks(patch)


def test_the_collector_pauses_and_comes_back() -> None:
    assert gc.isenabled()
    with without_gc():
        assert not gc.isenabled()
        with without_gc():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
