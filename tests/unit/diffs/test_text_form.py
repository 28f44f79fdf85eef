"""What tools do to a whole diff is undone; what belongs to files stays."""

from __future__ import annotations

import codecs
import tempfile
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diff_insight.diffs import store as stores
from diff_insight.diffs.store import FilePatchStore
from diff_insight.diffs.text_form import as_written

_DIFF = "diff --git a/é b/é\nindex 1..2\n--- a/é\n+++ b/é\n@@ -1 +1 @@\n-old\r\n+new\r\n"


def through(content: bytes) -> bytes:
    """Return what is left of a diff file."""
    store = FilePatchStore()
    store.fill([content])
    written = as_written(store)
    found = written.read(0, written.size())
    written.close()
    return found


@pytest.mark.parametrize("text", ["", "\n", "no diff\r\n", _DIFF, "Subject: x\r\n" + _DIFF])
def test_a_diff_as_git_wrote_it_stays(text: str) -> None:
    assert through(text.encode()) == text.encode()


def test_the_same_store_comes_back_when_nothing_was_done() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(_DIFF.encode())
        store = FilePatchStore(file)
        assert store.size() == len(_DIFF.encode())
        assert as_written(store) is store


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_with_its_line_ends(encoding: str) -> None:
    mark = codecs.BOM_UTF16_LE if encoding.endswith("le") else codecs.BOM_UTF16_BE
    assert through(mark + _DIFF.replace("\n", "\r\n").encode(encoding)) == _DIFF.encode()


def test_a_byte_order_mark() -> None:
    assert through(codecs.BOM_UTF8 + _DIFF.encode()) == _DIFF.encode()


@pytest.mark.parametrize(
    "header", ["diff --git a/x b/x\n", "--- a/x\n+++ b/x\n", "mail\n--- a/x\n"]
)
@given(body=st.text("a\r\n", max_size=30), chunk=st.integers(1, 9))
def test_line_ends_of_the_whole_diff(header: str, body: str, chunk: int) -> None:
    text = header + body
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stores, "CHUNK", chunk)
        assert through(text.replace("\n", "\r\n").encode()) == text.encode()


def test_a_full_disk_leaves_the_diff_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: FilePatchStore, pieces: Iterable[bytes]) -> None:
        raise OSError(28, "No space left on device")

    store = FilePatchStore()
    store.fill([codecs.BOM_UTF8 + _DIFF.encode()])
    monkeypatch.setattr(FilePatchStore, "fill", full)
    with pytest.raises(OSError, match="No space left"):
        as_written(store)
    assert store.read(3, 4) == b"diff"
    store.close()
