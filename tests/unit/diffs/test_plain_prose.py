"""Lines of a plain diff that speak of a file in words are found in any language."""

from __future__ import annotations

import pytest

from diff_insight.diffs.plain_prose import line_about_a_file
from diff_insight.diffs.scan import scan
from diff_insight.diffs.store import FilePatchStore

BODY = "--- old/y\t2026-01-01 00:00:00.0 +0000\n+++ new/y\t2026-01-02 00:00:00.0 +0000\n@@ -1 +1 @@\n-a\n+b\n"


def found(text: str) -> bytes | None:
    store = FilePatchStore()
    store.fill(iter([text.encode()]))
    try:
        line = line_about_a_file(store, scan(store))
    finally:
        store.close()
    return None if line is None else line[1]


@pytest.mark.parametrize(
    "line",
    [
        "Nur in new: a.txt.",
        "Seulement dans new: a.txt",
        "Seulement dans new\u00a0: a.txt",
        "Sólo en new/sub: a.txt",
        "S\u00f3lo en new: a.txt",
        "\u53ea\u5728 new \u5b58\u5728\uff1aa.txt",
        "new \u306e\u307f\u306b\u5b58\u5728: a.txt",
        "new\uc5d0\ub9cc \uc788\uc74c: a.txt",
        "Bin\u00e4rdateien old/x.png und new/x.png sind verschieden.",
        "Les fichiers binaires old/x.png et new/x.png sont diff\u00e9rents",
        "\u30d0\u30a4\u30ca\u30ea\u30fc\u30d5\u30a1\u30a4\u30eb old/x.png \u3068 new/x.png \u306f\u7570\u306a\u308a\u307e\u3059",
    ],
)
@pytest.mark.parametrize("behind", [False, True])
def test_a_file_named_in_words(line: str, behind: bool) -> None:  # noqa: FBT001
    text = BODY + line + "\n" if behind else line + "\n" + BODY
    assert found(text) == line.encode()


@pytest.mark.parametrize(
    "text",
    [
        "diff -ru old/y new/y\n" + BODY,
        "Description: a new folder, and old ones\nAuthor: me\n" + BODY,
        "Index: y\n===================================================================\n" + BODY,
        "See a/b and c/d: words\n" + BODY.replace("old/", "a/").replace("new/", "b/"),
        "diff --git a/y b/y\n" + BODY.replace("old/", "a/").replace("new/", "b/"),
        "",
    ],
)
def test_other_prose_is_left_alone(text: str) -> None:
    assert found(text) is None
