"""Text that attributes call binary, as `*.py -diff` does: told by its bytes, and diffed apart for facts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from msgspec.structs import replace

from diff_insight.diffs.listing import sections_of
from diff_insight.diffs.sections import git_sections
from diff_insight.diffs.store import FilePatchStore
from diff_insight.file_types import is_binary_name
from diff_insight.git.attributes import undiffed_paths
from diff_insight.git.command import PIPE, Git
from diff_insight.git.diffing import literal
from diff_insight.git.objects import BlobReader
from diff_insight.model.changes import FileChange, PatchSpan, Status
from diff_insight.model.messages import Notice

#: Files that are read although they are hidden, and bytes of one of them.
MOST_FILES = 200
LARGEST_TEXT = 4_000_000
#: Bytes in which git looks for a NUL to tell a binary.
_FIRST = 8000
_NAMED = 20


def with_hidden_text(
    files: Sequence[FileChange], git: Git, blobs: BlobReader, store: FilePatchStore,
    diff: Sequence[str],
) -> tuple[list[FileChange], tuple[Notice, ...]]:  # fmt: skip
    """Return the changes, those of hidden text with hunks for facts, and a notice that names them.

    Counts stay those of git, and no patch of them is shown.

    Args:
        files: The changes.
        git: The repository with its attributes.
        blobs: Reads the contents.
        store: Where the patches of hidden texts go.
        diff: The arguments of git that print patches, without paths.
    """
    unsure = [change for change in files if change.binary and not is_binary_name(change.path_bytes)]
    marked = (
        undiffed_paths(git, [change.path_bytes for change in unsure]) if unsure else frozenset()
    )
    hidden = [
        change for change in unsure if change.path_bytes in marked and _is_text(change, blobs)
    ]
    if not hidden:
        return list(files), ()
    spans = _diff_hidden(hidden[:MOST_FILES], git, store, diff)
    read = {
        change.path_bytes: replace(change, hidden=spans.get(change.path_bytes)) for change in hidden
    }
    unread = {path: replace(change, unreadable="text-hidden") for path, change in read.items()
              if change.hidden is None}  # fmt: skip
    known = read | unread
    names = tuple(change.path for change in hidden[:_NAMED])
    notices = (Notice("text-hidden", {"count": len(hidden), "names": names}),)
    return [known.get(change.path_bytes, change) for change in files], notices


def _is_text(change: FileChange, blobs: BlobReader) -> bool:
    """Tell whether every version there is has no NUL where git would look for one."""
    ids = [] if change.status is Status.ADDED else [change.old_id]
    ids += [] if change.status is Status.REMOVED else [change.new_id]
    contents = [blobs.read(blob_id, limit=LARGEST_TEXT) for blob_id in ids]
    return all(content is not None and b"\0" not in content[:_FIRST] for content in contents)


def _diff_hidden(
    hidden: Sequence[FileChange], git: Git, store: FilePatchStore, diff: Sequence[str]
) -> dict[bytes, PatchSpan]:
    """Print the patches of hidden texts behind all others; nothing where git will not."""
    paths = {
        path
        for change in hidden
        for path in (change.path_bytes, change.previous_path_bytes)
        if path is not None
    }
    places = [literal(path) for path in sorted(paths)]
    end = store.size()
    with git.start([*diff, "--", *places], stdout=store.file, stderr=PIPE) as process:
        process.communicate()
    sections = git_sections(store, end)
    if process.returncode != 0 or len(sections) != sum(map(sections_of, hidden)):
        return {}
    left = iter(sections)
    return {
        change.path_bytes: PatchSpan(
            tuple((part.offset, part.length) for part in islice(left, sections_of(change)))
        )
        for change in hidden
    }
