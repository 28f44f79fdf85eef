"""The folders of a branch that hold reports: those of every followed repository are listed together at its root."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import PurePosixPath

#: Where the folders are kept on the branch.
FOLDERS_PATH = ".diff-insight/folders.json"
#: Folders of a branch, and characters of each.
_MOST, _LONGEST, _LARGEST = 500, 500, 500_000
_VERSION = 1


def read_folders(content: bytes | None, folder: str) -> list[str]:
    """Return the folders in a file of the branch and one more, in order; what is no folder is left out."""
    if content is None or len(content) > _LARGEST:
        return [folder]
    try:
        document = json.loads(content)
        listed = document["folders"] if document["schema_version"] == _VERSION else []
    except (ValueError, TypeError, KeyError, RecursionError):
        return [folder]
    known = listed if isinstance(listed, list) else []
    return sorted({folder, *filter(_is_folder, known[:_MOST])})


def write_folders(folders: Sequence[str]) -> bytes:
    """Return the file of some folders."""
    document = {"schema_version": _VERSION, "folders": list(folders)}
    return (json.dumps(document, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def _is_folder(name: object) -> bool:
    """Tell whether a value is a folder below the root, which anybody may have written."""
    if not isinstance(name, str) or not 0 < len(name) <= _LONGEST or not name.isprintable():
        return False
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and str(path) == name
