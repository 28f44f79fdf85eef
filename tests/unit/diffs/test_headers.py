"""Header lines of a section: modes, ids, renames, binary marks, and where the hunks start."""

from __future__ import annotations

import pytest

from diff_insight.diffs.headers import SectionHeader, hunks_start, parse_header

_ID = "1" * 40, "2" * 40


def header(*lines: str, hunks: str = "") -> SectionHeader:
    return parse_header(("\n".join(lines) + "\n" + hunks).encode())


def test_a_modified_file() -> None:
    found = header(
        "diff --git a/x b/x", f"index {_ID[0]}..{_ID[1]} 100755", "--- a/x", "+++ b/x",
        hunks="@@ -1 +1 @@\n-old\n+new\n",
    )  # fmt: skip
    assert (found.old_path, found.new_path) == (b"x", b"x")
    assert (found.old_mode, found.new_mode) == ("100755", "100755")
    assert (found.old_id, found.new_id) == _ID
    marks = (found.added, found.removed, found.renamed, found.copied, found.binary)
    assert marks == (False,) * 5


def test_an_added_and_a_removed_file() -> None:
    added = header("diff --git a/x b/x", "new file mode 120000", "index 0000000..1234567")
    assert (added.old_path, added.new_path, added.added, added.removed) == (None, b"x", True, False)
    assert (added.old_mode, added.new_mode) == ("000000", "120000")
    removed = header("diff --git a/x b/x", "deleted file mode 100644", "index 1234567..0000000")
    assert (removed.old_path, removed.new_path, removed.removed) == (b"x", None, True)
    assert (removed.old_mode, removed.new_mode) == ("100644", "000000")


def test_a_changed_mode() -> None:
    found = header("diff --git a/x b/x", "old mode 100644", "new mode 100755")
    assert (found.old_mode, found.new_mode) == ("100644", "100755")
    assert (found.old_id, found.new_id, found.similarity) == ("", "", None)


@pytest.mark.parametrize(("verb", "renamed"), [("rename", True), ("copy", False)])
def test_a_moved_file(verb: str, renamed: bool) -> None:  # noqa: FBT001
    found = header(
        "diff --git a/x b/y", "similarity index 87%", f"{verb} from x", f"{verb} to y",
        "index 1234567..89abcde 100644", "--- a/x", "+++ b/y",
    )  # fmt: skip
    assert (found.old_path, found.new_path, found.similarity) == (b"x", b"y", 87)
    assert (found.renamed, found.copied) == (renamed, not renamed)


def test_binary_files() -> None:
    assert header("diff --git a/x b/x", "Binary files a/x and b/x differ").binary
    assert header("diff --git a/x b/x", "GIT binary patch", "literal 3", "KcmZ").binary


def test_the_first_of_two_equal_lines_counts() -> None:
    assert header("--- a/x", "+++ b/x", "--- a/y", "+++ b/y").new_path == b"x"


def test_lines_behind_the_first_hunk_are_text() -> None:
    found = header("--- a/x", "+++ b/x", hunks="@@ -1,2 +1 @@\n old mode 1\n-new file mode 1\n")
    assert (found.added, found.old_mode) == (False, "000000")


def test_where_hunks_start() -> None:
    assert hunks_start(b"@@ -1 +1 @@\n") == 0
    assert hunks_start(b"--- a/x\n+++ b/x\n@@ -1 +1 @@\n") == 16
    assert hunks_start(b"--- @@ -1\n") == 10
