"""Diffs of other tools, in other languages and forms, that people reported: read whole, or refused with the cause."""

from __future__ import annotations

import json

import pytest

from support.command import Command

HUNK = "@@ -1,1 +1,1 @@\n-old\n+new\n"
GIT = "diff --git a/a.md b/a.md\nindex 1234567..89abcde 100644\n--- a/a.md\n+++ b/a.md\n" + HUNK
GNU = "diff -ru old/c.md new/c.md\n--- old/c.md\t2024-01-01\n+++ new/c.md\t2024-01-02\n" + HUNK

READ: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "hg": (
        "diff -r 0123456789ab a.md\n--- a/a.md\tThu Jan 01 00:00:00 2024 +0000\n"
        "+++ b/a.md\tThu Jan 02 00:00:00 2024 +0000\n" + HUNK
        + "diff -r 0123456789ab b.md\n--- a/b.md\tThu Jan 01 00:00:00 2024 +0000\n"
        "+++ /dev/null\tThu Jan 01 00:00:00 1970 +0000\n@@ -1,1 +0,0 @@\n-gone\n",
        [("a.md", "modified"), ("b.md", "removed")],
    ),
    "hg export": (
        ("# HG changeset patch\n# User a <a@example.org>\n# Date 1700000000 0\nmessage\n\n"
        "diff -r 000000000000 -r 0123456789ab a.md\n--- /dev/null\tThu Jan 01 00:00:00 1970 +0000\n"
        "+++ b/a.md\tThu Jan 01 00:00:00 2024 +0000\n@@ -0,0 +1,1 @@\n+new\n"),
        [("a.md", "added")],
    ),
    "a stamp behind a space": (
        "--- a.md 2024-01-01 00:00:00.000000000 +0000\n+++ a.md 2024-01-02 00:00:00.000000000 +0000\n" + HUNK,
        [("a.md", "modified")],
    ),
    "a new file whose stamp is behind a space": (
        "--- x/a.md 1970-01-01 00:00:00.000000000 +0000\n+++ x/a.md 2024-01-02 00:00:00 +0000\n@@ -0,0 +1 @@\n+new\n",
        [("x/a.md", "added")],
    ),
    "quilt": (
        "Description: fix\nIndex: x-1.0/a.md\n" + "=" * 67
        + "\n--- x-1.0.orig/a.md\n+++ x-1.0/a.md\n" + HUNK,
        [("x-1.0/a.md", "modified")],
    ),
    "cvs": (
        "Index: a.md\n" + "=" * 67 + "\nRCS file: /cvs/a.md,v\nretrieving revision 1.1\n"
        "diff -u -r1.1 -r1.2\n--- a.md\t1 Jan 2024 00:00:00 -0000\t1.1\n"
        "+++ a.md\t2 Jan 2024 00:00:00 -0000\t1.2\n" + HUNK,
        [("a.md", "modified")],
    ),
    "svn in German": (
        "Index: a.md\n" + "=" * 67 + "\n--- a.md\t(nicht existent)\n+++ a.md\t(Revision 2)\n"
        "@@ -0,0 +1 @@\n+new\n",
        [("a.md", "added")],
    ),
    "svn in French": (
        "Index: a.md\n" + "=" * 67 + "\n--- a.md\t(révision 1)\n+++ a.md\t(copie de travail)\n" + HUNK,
        [("a.md", "modified")],
    ),
    "line ends of Windows": (GIT.replace("\n", "\r\n"), [("a.md", "modified")]),
    "a byte order mark": ("\ufeff" + GIT, [("a.md", "modified")]),
    "a fence around it": ("```diff\n" + GIT + "```\n", [("a.md", "modified")]),
    "no prefixes": (GIT.replace("a/a.md", "a.md").replace("b/a.md", "a.md"), [("a.md", "modified")]),
    "blank context": (GIT.replace("@@ -1,1 +1,1 @@\n", "@@ -1,3 +1,3 @@\n # A\n\n"), [("a.md", "modified")]),
    "a line of SQL that begins with two dashes": (
        "diff --git a/a.sql b/a.sql\n--- a/a.sql\n+++ b/a.sql\n@@ -1,2 +1,1 @@\n--- note\n select 1;\n",
        [("a.sql", "modified")],
    ),
    "a name with spaces": (
        "diff --git a/A b/c d.md b/A b/c d.md\nnew file mode 100644\nindex 0000000..e69de29\n",
        [("A b/c d.md", "added")],
    ),
    "a quoted name": (
        'diff --git "a/Bug \\346\\216\\222.md" "b/Bug \\346\\216\\222.md"\n'
        '--- "a/Bug \\346\\216\\222.md"\n+++ "b/Bug \\346\\216\\222.md"\n' + HUNK,
        [("Bug 排.md", "modified")],
    ),
}  # fmt: skip

REFUSED: dict[str, tuple[str, str]] = {
    "hg with a binary": ("diff -r 01 a.png\nBinary file a.png has changed\n" + GNU, "hg diff --git"),
    "a renamed file of bzr": (GNU + "\n=== renamed file 'x' => 'y'\n", "named without its content"),
    "cut by a service": (GIT + "... (truncated)\n", "cut off, as it says itself"),
    "cut by a chat": (GIT + "[diff truncated, 12 more files]\n", "cut off, as it says itself"),
    "cut by a log": (GIT + "<output truncated>\n", "cut off, as it says itself"),
    "a cut hunk": (GIT.replace("@@ -1,1 +1,1 @@", "@@ -1,5 +1,5 @@"), "cut off"),
    "colours": (GIT.replace("diff --git", "\x1b[1mdiff --git"), "colours"),
    "words": (GIT.replace("-old\n+new", "[-old-]{+new+}"), "ends early"),
    "Spanish": ("Sólo en new: a.txt\n" + GNU, "named without its content"),
    "Chinese": ("只在 new 存在：a.txt\n" + GNU, "named without its content"),
    "Japanese": ("new だけに発見: a.txt\n" + GNU, "named without its content"),
    "Russian": ("Только в new: a.txt\n" + GNU, "named without its content"),
    "a submodule in words, in a mail": (
        f"From {'1' * 40} Mon Sep 17 00:00:00 2001\nSubject: x\n\n---\n sub | 2\n\n"
        "Submodule sub 1234567..89abcde:\n  > new\n" + GIT,
        "submodule",
    ),
    "two commits": (f"commit {'1' * 40}\n\n    one\n\n{GIT}\ncommit {'2' * 40}\n\n    two\n\n{GIT}", "twice"),
    "a merge": ("diff --cc a.md\n@@@ -1,1 -1,1 +1,1 @@@\n- old\n -other\n++new\n", "merge"),
    "an error": ("fatal: bad revision 'x'\n", "no unified diff"),
    "an answer of an API": ('{"message": "Not Found"}\n', "no unified diff"),
    "names alone": ("a.md\nb.md\n", "no unified diff"),
    "a context diff": ("*** a.md\n--- a.md\n***************\n*** 1 ****\n! old\n--- 1 ----\n! new\n", "no unified diff"),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_it_is_read_whole(command: Command, name: str) -> None:
    text, expected = READ[name]
    ran = command("report", "--diff", "-", "--format", "json", "--output", "-", stdin=text.encode())
    assert ran.code == 0, ran.err
    document = json.loads(ran.out)
    assert [(file["path"], file["status"]) for file in document["files"]] == expected
    assert document["coverage"]["complete"]


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_be_lost_is_refused(command: Command, name: str) -> None:
    text, cause = REFUSED[name]
    ran = command("report", "--diff", "-", "--format", "json", "--output", "-", stdin=text.encode())
    ran.refused(2, cause)


def test_a_cut_that_a_message_speaks_of_is_none(command: Command) -> None:
    text = f"From {'1' * 40} Mon Sep 17 00:00:00 2001\nSubject: x\n\n[log truncated]\n---\n{GIT}"
    ran = command("report", "--diff", "-", "--format", "json", "--output", "-", stdin=text.encode())
    assert ran.code == 0, ran.err
