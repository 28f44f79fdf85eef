"""The files of one version of a project, as far as they can be had."""

from __future__ import annotations

from collections.abc import Sequence
from posixpath import dirname
from typing import Protocol

from msgspec import Struct


class Files(Protocol):
    """All files of one side of a range."""

    @property
    def paths(self) -> frozenset[str]:
        """Return every path."""
        ...

    def text(self, path: str) -> str | None:
        """Return a file as text; None when it is not there or cannot be had."""
        ...


class Changed(Struct, frozen=True):
    """One file of the range: its path before and after; empty where it is not there."""

    base: str
    head: str


class Sides(Struct, frozen=True):
    """Both versions of a project, and which of its files the range changes.

    Attributes:
        base: The files before.
        head: The files after.
        changed: The files of one language that differ.
        whole: Whether files that did not change can be had as well.
    """

    base: Files
    head: Files
    changed: Sequence[Changed]
    whole: bool = True


def folder_of(path: str) -> str:
    """Return the folder of a path; empty for the top."""
    return dirname(path)


def folders_above(path: str) -> list[str]:
    """Return the folders of a path from the nearest to the top, which is empty."""
    folders = []
    folder = dirname(path)
    while folder.strip("/"):
        folders.append(folder)
        folder = dirname(folder)
    return [*folders, ""]


def files_in(files: Files, folder: str, suffix: str) -> list[str]:
    """Return the files of a folder itself that end so, in order."""
    start = f"{folder}/" if folder else ""
    return sorted(
        path
        for path in files.paths
        if path.endswith(suffix) and path.startswith(start) and "/" not in path[len(start) :]
    )
