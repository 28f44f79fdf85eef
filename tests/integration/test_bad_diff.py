"""Diff texts that are empty, broken, or have lost something, through the whole command."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from support.command import Command, Ran

_DIFF = """\
diff --git a/guide.md b/guide.md
index 1111111..2222222 100644
--- a/guide.md
+++ b/guide.md
@@ -1,3 +1,3 @@
 # Guide

-Old text.
+New text.
diff --git a/numbers.txt b/numbers.txt
index 3333333..4444444 100644
--- a/numbers.txt
+++ b/numbers.txt
@@ -1 +1,2 @@
 1
+2
"""
_LABELS = ("--repo", "octo/docs", "--base", "1" * 40, "--head", "2" * 40, "--date", "2025-06-12")


def given(command: Command, text: str | bytes, *options: str) -> Ran:
    """Run the command over a diff in a file beside its folder."""
    path = command.folder.parent / "given.diff"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return command("report", "--diff", str(path), *_LABELS, *options)


def document(command: Command, text: str | bytes) -> dict[str, list[dict[str, object]]]:
    """Return the insight document of a diff."""
    ran = given(command, text, "--format", "json", "--output", "-")
    assert ran.code == 0, ran.err
    loaded: dict[str, list[dict[str, object]]] = json.loads(ran.out)
    return loaded


def test_a_file_and_standard_input_give_the_same(command: Command) -> None:
    from_file = given(command, _DIFF, "--output", "-")
    from_stdin = command("report", "--diff", "-", *_LABELS, "--output", "-", stdin=_DIFF.encode())
    assert from_file.code == from_stdin.code == 0
    assert from_file.out == from_stdin.out
    assert "guide.md" in from_file.out


def test_a_pipe_in_the_file_system(command: Command) -> None:
    end, start = os.pipe()
    os.write(start, _DIFF.encode())
    os.close(start)
    ran = command("report", "--diff", f"/dev/fd/{end}", *_LABELS)
    os.close(end)
    assert (ran.code, ran.out) == (0, "reports/202506/en_US/report-20250612-all.md\n")


@pytest.mark.parametrize("text", ["", "\n", "\r\n\n", "\ufeff"])
def test_an_empty_diff(command: Command, text: str) -> None:
    ran = given(command, text)
    assert (ran.code, ran.out, ran.files) == (0, "", [])
    assert "nothing changed" in ran.err
    ran = command("report", "--diff", "-", stdin=text.encode())
    assert (ran.code, ran.out, ran.files) == (0, "", [])


@pytest.mark.parametrize(
    "text",
    [
        "no diff",
        "{}\n" * 100,
        "--- only\n",
        b"\0\1\2" * 50,
        " " * 99,
    ],
)
def test_text_that_is_no_diff(command: Command, text: str | bytes) -> None:
    ran = given(command, text)
    ran.refused(2, "no unified diff was found", "given.diff", "git diff")
    assert ran.files == []


def test_a_diff_with_colours_is_refused_by_its_cause(command: Command) -> None:
    ran = given(command, "\x1b[1mdiff --git a/x b/x\x1b[m\n")
    ran.refused(2, "the diff has colours", "git diff")


def test_an_empty_diff_may_be_a_command_that_failed(command: Command) -> None:
    ran = command("report", "--diff", "-", "--output", "-", stdin=b"")
    assert ran.code == 0
    assert "failed" in ran.err


@pytest.mark.parametrize("name", ["nowhere.diff", "", "folder"])
def test_a_diff_that_cannot_be_read(command: Command, name: str) -> None:
    (command.folder / "folder").mkdir()
    command("report", "--diff", name).refused(2, "cannot be read", "or - for standard input")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (_DIFF.removesuffix("+2\n"), "the last hunk is cut off"),
        (_DIFF[: _DIFF.index("-Old")], "the last hunk is cut off"),
        (_DIFF[: _DIFF.index(" 1\n+2")], "the last hunk is cut off"),
        (_DIFF.replace("-1,3 +1,3", "-1,4 +1,4"), "a hunk ends early at 'diff --git a/numbers"),
        (_DIFF.replace("-1,3 +1,3", "-1,2 +1,2"), "a hunk goes on after its end"),
        (_DIFF.replace("+1,3", "+1,2"), "a hunk goes on after its end"),
        (_DIFF.replace("-1,3", "-1,2"), "a hunk has other lines than its header says"),
        (_DIFF.replace("-Old", "Old"), "a hunk ends early at 'Old text.'"),
        (_DIFF.replace(" # Guide\n", "# Guide\n"), "a hunk ends early at '# Guide'"),
        (_DIFF.replace("@@ -1,3 +1,3 @@", "@@ -1,3 +1,3"), "the header of a hunk cannot be read"),
        (_DIFF[_DIFF.index("@@") :], "a hunk stands where no file is named"),
        ("> " + _DIFF.replace("\n", "\n> "), "no unified diff"),
        ("diff --git nothing\n" + _DIFF, "a section names no file"),
    ],
)
def test_a_broken_diff(command: Command, text: str, reason: str) -> None:
    ran = given(command, text)
    ran.refused(2, reason)
    assert ran.files == []


def test_a_broken_diff_names_file_and_place(command: Command) -> None:
    ran = given(command, _DIFF.replace(" 1\n", "\x1b1\n"))
    ran.refused(2, f"near byte {_DIFF.index(' 1' + chr(10))}", "(file 'numbers.txt')", "\\x1b")


def test_a_series_that_changes_a_file_twice(command: Command) -> None:
    given(command, _DIFF + _DIFF).refused(
        2, "the diff names 'guide.md' twice", "git diff BASE HEAD"
    )


def test_content_that_got_lost_is_unreadable(command: Command) -> None:
    text = (
        _DIFF
        + "diff --git a/cut.md b/cut.md\nindex 1111111..2222222 100644\n--- a/cut.md\n+++ b/cut.md\n"
        + "diff --git a/gone.md b/gone.md\ndeleted file mode 100644\nindex 1111111..0000000\n"
        + "diff --git a/new.md b/new.md\nnew file mode 100644\nindex 0000000..1111111\n"
        + "diff --git a/o.md b/r.md\nsimilarity index 90%\nrename from o.md\nrename to r.md\n"
        + "index 1111111..2222222 100644\n"
    )
    found = document(command, text)
    assert found["coverage"]["unreadable"] == [  # type: ignore[call-overload]
        {"path": path, "reason": "patch-missing"}
        for path in ("cut.md", "gone.md", "new.md", "r.md")
    ]
    assert [(file["path"], file["status"]) for file in found["files"]] == [
        ("cut.md", "modified"), ("gone.md", "removed"), ("guide.md", "modified"),
        ("new.md", "added"), ("numbers.txt", "modified"), ("r.md", "renamed"),
    ]  # fmt: skip


def test_sections_that_have_nothing_to_lose(command: Command) -> None:
    text = (
        "diff --git a/mode.sh b/mode.sh\nold mode 100644\nnew mode 100755\n"
        "diff --git a/o.md b/r.md\nsimilarity index 100%\nrename from o.md\nrename to r.md\n"
        "diff --git a/c.md b/d.md\nsimilarity index 100%\ncopy from c.md\ncopy to d.md\n"
        "diff --git a/empty b/empty\nnew file mode 100644\nindex 0000000..e69de29\n"
        "diff --git a/i.png b/i.png\nindex 1111111..2222222 100644\nBinary files a/i.png and b/i.png differ\n"
        "diff --git a/old.png b/old.png\ndeleted file mode 100644\nindex 1111111..0000000\n"
        "diff --git a/void b/void\ndeleted file mode 100644\n"
        "index e69de29bb2d1d6434b8b29ae775ad8c2e48c5391..0000000000000000000000000000000000000000\n"
        "diff --git a/x.bin b/x.bin\nindex 1111111..2222222 100644\nGIT binary patch\n"
        "literal 3\nKcmZSJ00961\n\nliteral 2\nJcmZSJ0096X0{{\n\n"
    )
    found = document(command, text)
    assert [(file["path"], file["status"], file["binary"], file["changes"]) for file in found["files"]] == [
        ("d.md", "copied", False, 0), ("empty", "added", False, 0), ("i.png", "modified", True, 0),
        ("mode.sh", "modified", False, 0), ("old.png", "removed", True, 0),
        ("r.md", "renamed", False, 0), ("void", "removed", False, 0), ("x.bin", "modified", True, 0),
    ]  # fmt: skip
    assert found["coverage"]["unreadable"] == []  # type: ignore[call-overload]


def test_a_type_change_is_one_row(command: Command) -> None:
    text = (
        "diff --git a/x b/x\ndeleted file mode 100644\nindex 1111111..0000000\n--- a/x\n+++ /dev/null\n"
        "@@ -1,2 +0,0 @@\n-a\n-b\ndiff --git a/x b/x\nnew file mode 120000\nindex 0000000..2222222\n"
        "--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+y\n\\ No newline at end of file\n"
    )
    (file,) = document(command, text)["files"]
    assert (file["status"], file["additions"], file["deletions"]) == ("changed", 1, 2)


@pytest.mark.parametrize("old", [True, False])
def test_a_type_change_of_a_binary_file_counts_nothing(command: Command, old: bool) -> None:  # noqa: FBT001
    binary = "index 1111111..2222222\nBinary files a/x and b/x differ\n"
    text = "index 1111111..2222222\n--- {}\n+++ {}\n@@ -{} +{} @@\n{}y\n"
    removed = binary if old else text.format("a/x", "/dev/null", "1", "0,0", "-")
    added = text.format("/dev/null", "b/x", "0,0", "1", "+") if old else binary
    diff = (
        f"diff --git a/x b/x\ndeleted file mode 100644\n{removed}"
        f"diff --git a/x b/x\nnew file mode 120000\n{added}"
    )
    (file,) = document(command, diff)["files"]
    assert (file["status"], file["binary"], file["changes"]) == ("changed", True, 0)


def test_a_plain_diff_of_another_tool(command: Command, tmp_path: Path) -> None:
    text = (
        "diff -ruN old/i.png new/i.png\nBinary files old/i.png and new/i.png differ\n"
        "diff -ruN old/n.md new/n.md\n--- old/n.md\t1970-01-01 00:00:00.000000000 +0000\n"
        "+++ new/n.md\t2025-06-12 10:00:00.1 +0000\n@@ -0,0 +1 @@\n+text\n"
        "diff -ruN old/x.md new/x.md\n--- old/x.md\t2025-06-11 10:00:00.1 +0000\n"
        "+++ new/x.md\t2025-06-12 10:00:00.1 +0000\n@@ -1 +1 @@\n-old\n+new\n"
    )
    found = document(command, text)
    assert [(file["path"], file["status"], file["binary"]) for file in found["files"]] == [
        ("new/i.png", "modified", True), ("new/n.md", "added", False), ("new/x.md", "modified", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("@@ -1,3 +1,3 @@", f"@@ -{'9' * 5000},3 +1,3 @@"),
        ("@@ -1,3 +1,3 @@", f"@@ -1,{'9' * 5000} +1,3 @@"),
        ("@@ -1,3 +1,3 @@", f"@@ -1,3 +1,{'9' * 5000} @@"),
        ("@@ -1,3 +1,3 @@", f"@@ -1,3 +{'9' * 12},3 @@"),
    ],
)
def test_figures_that_count_nothing_are_no_defect(command: Command, old: str, new: str) -> None:
    ran = given(command, _DIFF.replace(old, new), "--output", "-")
    assert ran.code == 2
    assert "unexpected" not in ran.err


def test_a_similarity_that_is_none_is_left_out(command: Command) -> None:
    renamed = (
        "diff --git a/a.md b/b.md\nsimilarity index "
        + "9" * 5000
        + "%\nrename from a.md\nrename to b.md\n"
    )
    assert given(command, renamed, "--output", "-").code == 0
