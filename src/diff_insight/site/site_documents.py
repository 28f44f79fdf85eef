"""Finds the insight documents that a site is made from."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from diff_insight.errors import UsageError
from diff_insight.model.insight import Insight
from diff_insight.render.json_reader import read_insight
from diff_insight.report.identity import EDGE, identity_in
from diff_insight.runtime.inside import open_inside


def find_documents(places: Sequence[str]) -> list[Path]:
    """Return the documents below folders, and those that are named, without repetitions.

    Raises:
        UsageError: A place is not there, or holds no document.
    """
    paths: dict[Path, None] = {}
    for name in places:
        path = Path(name)
        if not path.exists():
            raise UsageError(f"there is no {name!r}", cure="name folders with JSON reports")
        documents = [path] if path.is_file() else list(_below(path))
        if not documents:
            raise UsageError(
                f"{name!r} holds no insight document",
                cause="a site is made from reports in JSON",
                cure="write them with diff-insight report --format json",
            )
        paths.update(dict.fromkeys(documents))
    return list(paths)


def _below(folder: Path) -> Iterator[Path]:
    """Yield the documents below a folder in order; other JSON files are none of ours."""
    for root, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            path = Path(root, name)
            if name.endswith(".json") and _is_document(path):
                yield path


def _is_document(path: Path) -> bool:
    try:
        with open_inside(path.parent, PurePath(path.name)) as file:
            return identity_in(file.read(EDGE).decode("utf-8", "replace"), "") is not None
    except OSError:  # a pipe or a device among the files
        return False


def read_document(path: Path) -> Insight:
    """Return a document.

    Raises:
        UsageError: It is not one.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(f"the document {str(path)!r} cannot be read: {reason}") from error
    return read_insight(text, repr(str(path)))
