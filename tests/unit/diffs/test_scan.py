"""Sections and counts of any unified diff, wherever a chunk ends; loss is an error."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.diffs import store as stores
from diff_insight.diffs import windows
from diff_insight.diffs.scan import BrokenDiffError, ScannedSection, scan
from diff_insight.diffs.sections import git_sections
from diff_insight.diffs.store import FilePatchStore
from diff_insight.diffs.windows import line_windows


def stored(text: bytes | str) -> FilePatchStore:
    store = FilePatchStore()
    store.fill([text.encode() if isinstance(text, str) else text])
    return store


def sections(text: bytes | str, *, chunk: int = 1 << 20) -> list[ScannedSection]:
    """Return the sections of a diff that is read in pieces of `chunk` bytes."""
    store = stored(text)
    try:
        with small_pieces(chunk):
            return scan(store)
    finally:
        store.close()


@contextmanager
def small_pieces(chunk: int, longest: int = windows.LONGEST) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stores, "CHUNK", chunk)
        patch.setattr(windows, "LONGEST", longest)
        yield


def parts(text: str) -> list[tuple[str, int, int]]:
    """Return the text and the counts of each section."""
    raw = text.encode()
    return [
        (raw[found.offset : found.offset + found.length].decode(), found.added, found.removed)
        for found in sections(text)
    ]


def broken(text: bytes | str) -> BrokenDiffError:
    with pytest.raises(BrokenDiffError) as caught:
        sections(text)
    return caught.value


_GIT_X = "diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-a\n+b\n c\n"
_GIT_Y = "diff --git a/y b/y\nold mode 100644\nnew mode 100755\n"
_PLAIN_X = "--- a/x\n+++ b/x\n@@ -1 +1,2 @@ f\n-a\n+b\n+c\n@@ -9 +9 @@\n-a\n+b\n"
_PLAIN_Z = (
    "--- a/z\t2025-01-01\n+++ b/z\t2025-01-02\n@@ -0,0 +1 @@\n+++ z\n\\ No newline at end of file\n"
)


def test_git_sections_with_and_without_hunks() -> None:
    assert parts(_GIT_X + _GIT_Y + _GIT_X) == [(_GIT_X, 1, 1), (_GIT_Y, 0, 0), (_GIT_X, 1, 1)]


def test_plain_sections() -> None:
    assert parts(_PLAIN_X + _PLAIN_Z + _PLAIN_X) == [
        (_PLAIN_X, 3, 2), (_PLAIN_Z, 1, 0), (_PLAIN_X, 3, 2),
    ]  # fmt: skip


def test_both_kinds_in_one_diff() -> None:
    together = [_PLAIN_X, _GIT_X, _PLAIN_Z, _GIT_Y]
    assert [section[0] for section in parts("".join(together))] == together


def test_text_around_sections_is_no_part_of_them() -> None:
    prose = "From: Ada\nSubject: x\n\nSome words\n---\n x | 2 +-\n"
    assert parts(prose + _GIT_X + "-- \n2.39.5\n\n") == [(_GIT_X, 1, 1)]
    assert parts("diff -ru a b\n" + _PLAIN_X + "diff -ru c d\n" + _PLAIN_Z) == [
        (_PLAIN_X, 3, 2), (_PLAIN_Z, 1, 0),
    ]  # fmt: skip


def test_a_series_of_mails() -> None:
    mail = f"From {'1' * 40} Mon Sep 17 00:00:00 2001\nSubject: x\n\n- a\n+ b\n@@ -1 +1 @@\n---\n x | 2\n\n"
    text = mail + _GIT_X + "-- \n2.39\n\n" + mail + _GIT_Y + "-- \n2.39\n\n"
    assert parts(text) == [(_GIT_X, 1, 1), (_GIT_Y, 0, 0)]


def test_a_log_with_patches() -> None:
    head = f"commit {'1' * 40}\nAuthor: Ada\n\n    - why\n    + what\n\n"
    assert parts(head + _GIT_X + "\n" + head + _GIT_Y) == [(_GIT_X, 1, 1), (_GIT_Y, 0, 0)]


def test_binary_files_of_plain_diffs_are_sections() -> None:
    binary = "Binary files a/i.png and b/i.png differ\n"
    assert parts(_PLAIN_X + "diff -ru a b\n" + binary + _PLAIN_Z) == [
        (_PLAIN_X, 3, 2), (binary, 0, 0), (_PLAIN_Z, 1, 0),
    ]  # fmt: skip
    git = f"diff --git a/i b/i\nindex 1..2\n{binary}"
    assert parts(git) == [(git, 0, 0)]


def test_names_without_a_hunk_do_not_take_the_next_files_hunks() -> None:
    bare = "diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n"
    assert parts(bare + _PLAIN_Z) == [(bare, 0, 0), (_PLAIN_Z, 1, 0)]


def test_text_in_hunks_is_never_a_header() -> None:
    body = [
        "--- a/x",
        "+++ b/x",
        "@@ -1 +1 @@",
        "diff --git a/x b/x",
        "-- ",
        "commit " + "1" * 40,
        "\\ no",
    ]
    text = (
        f"--- a/x\n+++ b/x\n@@ -1,{len(body)} +1,{len(body)} @@\n"
        + "".join(f"-{line}\n" for line in body)
        + "".join(f"+{line}\n" for line in body)
    )
    assert parts(text + _PLAIN_Z) == [(text, 7, 7), (_PLAIN_Z, 1, 0)]


def test_context_may_have_lost_its_space() -> None:
    text = "--- a/x\n+++ b/x\n@@ -1,4 +1,4 @@\n-a\n+b\n\n\r\n c\n"
    assert parts(text + "\n\n") == [(text, 1, 1)]


@pytest.mark.parametrize(
    "text", ["", "\n", "no diff at all\n--- a line\nof text\n", "+++ x\n- y\n"]
)
def test_no_diff_has_no_sections(text: str) -> None:
    assert sections(text) == []


_COMMIT = (
    "commit " + "a" * 40 + "\nAuthor: a <a@example.org>\n\n    Submodule x 1234567..89abcde\n\n"
)
_MAIL = (
    "From " + "a" * 40 + " Mon Sep 17 00:00:00 2001\nSubject: x\n\nSubmodule x 1234567..89abcde:\n"
)


@pytest.mark.parametrize("start", [_COMMIT, _MAIL, _MAIL + "---\n x | 2 +-\n\n"])
def test_a_message_may_say_anything(start: str) -> None:
    assert [added for _, added, _ in parts(start + _GIT_X)] == [1]


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        (_GIT_X[:-3], "cut off", ""),
        (_GIT_X.replace("-1,2", "-1,3"), "cut off", ""),
        (_GIT_X.replace("-1,2", "-1,9") + _GIT_Y, "ends early", "diff --git a/y b/y"),
        (_GIT_X.replace("-1,2", "-1"), "other lines than its header says", " c"),
        (_GIT_X.replace("+1,2", "+1,1"), "other lines than its header says", " c"),
        (_GIT_X.replace("-1,2 +1,2", "-1 +1"), "goes on after its end", " c"),
        (_GIT_X.replace("-a", "a"), "ends early", "a"),
        (_GIT_X.replace("+b", "\rb"), "ends early", "\\rb"),
        (_GIT_X.replace("@@ -1,2 +1,2 @@", "@@ -1,2 +x @@"), "cannot be read", "@@ -1,2 +x @@"),
        (_GIT_X[_GIT_X.index("@@") :], "where no file is named", "@@ -1,2 +1,2 @@"),
        (_GIT_X + "--- not a header\n", "goes on after its end", "--- not a header"),
        (_GIT_X + "-- \n2.39\n@@ -1 +1 @@\n-a\n+b\n", "where no file is named", "@@ -1 +1 @@"),
        ("diff --cc x\nindex 1,2..3\n@@@ -1 -1 +1 @@@\n", "combined", "diff --cc x"),
        (_GIT_X + "diff --combined x\n", "combined", "diff --combined x"),
        (_PLAIN_X + "Only in b: y\n", "without its content", "Only in b: y"),
        (_GIT_X + "Submodule lib 1234567..89abcde:\n  > why\n", "submodule", "Submodule lib"),
        (
            _COMMIT + "Submodule lib 1234567..89abcde:\n  > why\n" + _GIT_X,
            "submodule",
            "Submodule lib",
        ),
        (_COMMIT + "diff --cc x\nindex 1,2..3\n@@@ -1 -1 +1 @@@\n", "combined", "diff --cc x"),
        (
            _MAIL + "---\n x | 2 +-\n\nSubmodule lib 1234567..89abcde:\n",
            "submodule",
            "Submodule lib",
        ),
        ("\x1b[1mdiff --git a/x b/x\x1b[m\n\x1b[36m@@ -1 +1 @@\x1b[m\n", "colours", "diff --git"),
        ("\x1b[33mcommit " + "a" * 40 + "\x1b[m\n" + _GIT_X, "colours", "commit"),
        ("\x1b[1m--- x\x1b[m\n\x1b[1m+++ x\x1b[m\n" + _GIT_X, "colours", "--- x"),
    ],
)
def test_what_cannot_be_read_without_loss(text: str, reason: str, line: str) -> None:
    error = broken(text)
    assert reason in str(error)
    assert line in str(error)


def test_an_error_says_where() -> None:
    error = broken(_GIT_Y + _GIT_X.replace("-a", "a"))
    assert error.section == len(_GIT_Y)
    assert error.offset == (_GIT_Y + _GIT_X).index("-a\n+b")
    assert broken("@@ -1 +1 @@\n").section == -1


_TEXTS = st.lists(
    st.sampled_from(["", "a", "b", "--- a/x", "+++ b/x", "@@ -1 +1 @@", "diff --git a/x b/x", "-- ", "\r", "\\ x", "-", "+"])
)  # fmt: skip


def _plain(old: list[str], new: list[str], context: int) -> str:
    return "".join(
        f"{line}\n" for line in difflib.unified_diff(old, new, "a/f", "b/f", n=context, lineterm="")
    )


def _count(old: Iterable[str], new: Iterable[str]) -> tuple[int, int]:
    changed = [
        line[0] for line in list(difflib.unified_diff(list(old), list(new), lineterm=""))[2:]
    ]
    return changed.count("+"), changed.count("-")


@settings(deadline=None, max_examples=200)
@given(
    files=st.lists(st.tuples(_TEXTS, _TEXTS), max_size=4),
    context=st.integers(0, 3),
    git=st.booleans(),
    chunk=st.integers(1, 90),
)
def test_chunks_may_end_anywhere(
    files: list[tuple[list[str], list[str]]],
    context: int,
    git: bool,  # noqa: FBT001
    chunk: int,
) -> None:
    header = "diff --git a/f b/f\n" if git else ""
    changed = [(old, new) for old, new in files if old != new]
    texts = [header + _plain(old, new, context) for old, new in changed]
    found = sections("".join(texts), chunk=chunk)
    assert found == sections("".join(texts))
    assert [section.length for section in found] == [len(text) for text in texts]
    assert [(section.added, section.removed) for section in found] == [
        _count(old, new) for old, new in changed
    ]


@given(st.binary(max_size=300), st.integers(1, 50))
def test_windows_hold_every_byte_once(text: bytes, chunk: int) -> None:
    store = stored(text)
    try:
        with small_pieces(chunk):
            found = list(line_windows(store))
    finally:
        store.close()
    assert b"".join(window.text[1:] for window in found).removesuffix(b"\n") == text.removesuffix(
        b"\n"
    )
    assert [window.offset for window in found] == [
        sum(window.length for window in found[:number]) for number in range(len(found))
    ]
    assert all(window.text[:1] == window.text[-1:] == b"\n" for window in found)


def test_a_very_long_line_is_not_held() -> None:
    text = "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-" + "a" * 5_000 + "\n+" + "b" * 7_000 + "\n"
    store = stored(text + _PLAIN_Z)
    with small_pieces(100, longest=64):
        found = list(line_windows(store))
        assert max(len(window.text) for window in found) < 500
        assert [section.length for section in scan(store)] == [len(text), len(_PLAIN_Z)]
    assert found[-1].at(len(found[-1].text)) == store.size()
    store.close()


def test_a_very_long_last_line_without_an_end() -> None:
    text = "--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+" + "b" * 7_000
    with small_pieces(100, longest=64):
        store = stored(text)
        assert scan(store) == [ScannedSection(0, len(text), 1, 0)]
        store.close()


@given(st.lists(st.sampled_from([_GIT_X, _GIT_Y]), max_size=5))
def test_gits_own_output_is_cut_the_same_way(texts: list[str]) -> None:
    store = stored("".join(texts))
    try:
        spans = [(found.offset, found.length) for found in git_sections(store)]
        assert spans == [(found.offset, found.length) for found in scan(store)]
    finally:
        store.close()
