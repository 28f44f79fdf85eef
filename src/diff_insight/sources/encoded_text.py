"""Text in UTF-16 or UTF-32, which git takes for binary: told by its mark, and diffed apart for facts."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from diff_insight.diffs.sections import git_sections
from diff_insight.diffs.store import FilePatchStore
from diff_insight.facts.identity.encoding import decode_text
from diff_insight.file_types import is_binary_name
from diff_insight.git.command import Git
from diff_insight.git.diffing import text_patches
from diff_insight.git.objects import BlobReader
from diff_insight.model.byte_order_marks import marked_encoding
from diff_insight.model.changes import FileChange, PatchSpan, Status
from diff_insight.model.messages import Notice

#: Files that are read, and bytes of one version.
MOST_FILES = 200
LARGEST_TEXT = 4_000_000
_NAMED = 20
#: Where the two versions stand while git compares them.
_OLD, _NEW = "old", "new"


def with_encoded_text(
    files: Sequence[FileChange], git: Git, blobs: BlobReader, store: FilePatchStore
) -> tuple[list[FileChange], tuple[Notice, ...]]:
    """Return the changes, those of text behind a byte order mark with hunks, and a notice of them.

    Counts stay those of git, and no patch of them is shown.

    Args:
        files: The changes.
        git: The repository.
        blobs: Reads the contents.
        store: Where the patches of such texts go.
    """
    unsure = [
        change for change in files
        if change.binary and change.hidden is None and not change.unreadable
        and not is_binary_name(change.path_bytes)
    ][:MOST_FILES]  # fmt: skip
    spans: dict[bytes, PatchSpan] = {}
    for change in unsure:
        texts = _texts(change, blobs)
        span = _compare(texts, git, store) if texts is not None else None
        if span is not None:
            spans[change.path_bytes] = span
    if not spans:
        return list(files), ()
    known = [
        replace(change, hidden=spans[change.path_bytes]) if change.path_bytes in spans else change
        for change in files
    ]
    names = tuple(change.path for change in known if change.path_bytes in spans)
    return known, (Notice("text-encoded", {"count": len(names), "names": names[:_NAMED]}),)


def _texts(change: FileChange, blobs: BlobReader) -> tuple[str | None, str | None] | None:
    """Return both versions as text, None for a side that is not there; None when one is no text."""
    sides = (
        None if change.status is Status.ADDED else change.old_id,
        None if change.status is Status.REMOVED else change.new_id,
    )
    texts: list[str | None] = []
    marked = False
    for object_id in sides:
        content = blobs.read(object_id, limit=LARGEST_TEXT) if object_id else b""
        if content is None:
            return None
        mark = marked_encoding(content)
        marked = marked or bool(mark)
        text = decode_text(content)
        if "\0" in text or (not mark and b"\0" in content) or not _is_whole(content, mark):
            return None
        texts.append(text.removeprefix("\ufeff") if object_id else None)
    return (texts[0], texts[1]) if marked else None


def _is_whole(content: bytes, encoding: str) -> bool:
    """Tell whether all of some bytes is text of the encoding that its mark gives; two bytes may be chance."""
    if not encoding:
        return True
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _compare(
    texts: tuple[str | None, str | None], git: Git, store: FilePatchStore
) -> PatchSpan | None:
    """Let git compare two texts behind all other patches; None where they are equal."""
    end = store.size()
    with tempfile.TemporaryDirectory(prefix="diff-insight-") as folder:
        places = []
        for name, text in zip((_OLD, _NEW), texts, strict=True):
            places.append("/dev/null" if text is None else name)
            if text is not None:
                (Path(folder) / name).write_bytes(text.encode("utf-8", "backslashreplace"))
        command = [*text_patches(*places)]
        command[1:1] = ["--no-index"]
        git.at(Path(folder)).run(*command, stdout=store.file)
    sections = git_sections(store, end)
    parts = tuple((part.offset, part.length) for part in sections)
    return PatchSpan(parts) if parts else None
