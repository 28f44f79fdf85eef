"""Opens and writes files below a folder, step by step, so that no link on the way leads elsewhere.

A checkout holds what its authors committed, and that may be a link in place of any file or folder.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath
from typing import IO

from msgspec import Struct

_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _NOFOLLOW
#: A pipe without a writer would be waited for.
_FILE = os.O_RDONLY | _NOFOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW | getattr(os, "O_BINARY", 0)
#: Whether this system opens names in a folder that is open already.
_BY_FOLDER = os.open in os.supports_dir_fd and os.mkdir in os.supports_dir_fd
#: Bytes that are collected before they are written.
_BUFFER = 1 << 18


class FileInside(Struct, frozen=True, order=True):
    """A regular file below a folder: when it was changed, its size, and its path from there."""

    changed: int
    size: int
    path: PurePath


class LinkError(OSError):
    """A step of a path is a link, or its end is no regular file."""

    def __init__(self, path: PurePath) -> None:
        super().__init__(errno.ELOOP, "it leads elsewhere or is no regular file", str(path))


def read_inside(root: Path, path: PurePath, *, limit: int) -> bytes | None:
    """Return at most `limit` bytes of a file below a folder; None when nothing is there.

    Raises:
        LinkError: A step is a link, or the end is no regular file.
        OSError: It cannot be read.
    """
    try:
        with open_inside(root, path) as file:
            return file.read(limit)
    except (FileNotFoundError, NotADirectoryError):
        return None


@contextmanager
def open_inside(root: Path, path: PurePath) -> Iterator[IO[bytes]]:
    """Open a regular file below a folder to read it.

    Args:
        root: The folder; links that lead to it are followed.
        path: Relative to the folder, or absolute: then its own folder counts as the root.

    Raises:
        LinkError: A step is a link, or the end is no regular file.
        OSError: It cannot be opened.
    """
    root, path = _resolve_root(root, path)
    with _folder_of(root, path, make=False) as (folder, name):
        try:
            file = os.open(_name(folder, root, path, name), _FILE, **_at(folder))
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.EMLINK, errno.ENXIO):
                raise LinkError(path) from error
            raise
    with os.fdopen(file, "rb") as opened:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise LinkError(path)
        yield opened


def write_inside(root: Path, path: PurePath, pieces: Iterable[bytes]) -> None:
    """Write a file beside its place and move it there, so that no half of it is ever seen.

    Folders are made as they are needed; a link at the end is replaced and not followed.

    Args:
        root: The folder; links that lead to it are followed.
        path: Relative to the folder, or absolute: then its own folder counts as the root.
        pieces: The content.

    Raises:
        LinkError: A step is a link.
        OSError: The folder or the file cannot be written.
    """
    root, path = _resolve_root(root, path)
    root.mkdir(parents=True, exist_ok=True)
    with _folder_of(root, path, make=True) as (folder, name):
        temporary = f".diff-insight-{secrets.token_hex(8)}"
        temporary_path = _name(folder, root, path, temporary)
        file = os.open(temporary_path, _NEW, 0o666, **_at(folder))
        try:
            with os.fdopen(file, "wb", buffering=_BUFFER) as opened:
                opened.writelines(pieces)
            target = _name(folder, root, path, name)
            if folder is None:
                os.replace(temporary_path, target)  # noqa: PTH105 - by descriptor elsewhere
            else:
                os.replace(temporary_path, target, src_dir_fd=folder, dst_dir_fd=folder)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary_path, **_at(folder))
            raise


def files_inside(root: Path, path: PurePath) -> Iterator[FileInside]:
    """Yield the regular files in the folders of a folder; no link is followed, nothing deeper is looked at.

    Args:
        root: The folder; links that lead to it are followed.
        path: Relative to the folder.

    Raises:
        LinkError: A step is a link.
        OSError: The folder cannot be read.
    """
    with _list_folder(root, path) as entries:
        names = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    for name in names:
        with _list_folder(root, path / name) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False):
                    known = entry.stat(follow_symlinks=False)
                    below = PurePath(name, entry.name)
                    yield FileInside(known.st_mtime_ns, known.st_size, below)


def remove_inside(root: Path, path: PurePath) -> None:
    """Remove a file below a folder; a link at the end goes itself, not what it leads to.

    Raises:
        LinkError: A step on the way is a link.
        OSError: It cannot be removed.
    """
    with _folder_of(root, path, make=False) as (folder, name):
        os.unlink(_name(folder, root, path, name), **_at(folder))


@contextmanager
def _list_folder(root: Path, path: PurePath) -> Iterator[Iterator[os.DirEntry[str]]]:
    """List a folder below another one."""
    with (
        _folder_of(root, path / "any", make=False) as (folder, _),
        os.scandir(root / path if folder is None else folder) as entries,
    ):
        yield entries


def _resolve_root(root: Path, path: PurePath) -> tuple[Path, PurePath]:
    return (Path(path.parent), PurePath(path.name)) if path.is_absolute() else (root, path)


@contextmanager
def _folder_of(root: Path, path: PurePath, *, make: bool) -> Iterator[tuple[int | None, str]]:
    """Open the folder that a path's last name is in; the descriptor is None where there are none."""
    if ".." in path.parts or not path.name:
        raise LinkError(path)
    if not _BY_FOLDER:
        yield None, _check_steps(root, path, make=make)
        return
    folder = os.open(
        root, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
    )
    try:
        for step in path.parts[:-1]:
            inner = _step(folder, step, path, make=make)
            os.close(folder)
            folder = inner
        yield folder, path.name
    finally:
        os.close(folder)


def _step(folder: int, name: str, path: PurePath, *, make: bool) -> int:
    if make:
        with suppress(FileExistsError):
            os.mkdir(name, dir_fd=folder)
    try:
        return os.open(name, _FOLDER, dir_fd=folder)
    except OSError as error:
        if stat.S_ISLNK(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
            raise LinkError(path) from error
        raise


def _check_steps(root: Path, path: PurePath, *, make: bool) -> str:
    """Look at each step by its name, where the system knows no better."""
    current = root
    for step in path.parts[:-1]:
        current /= step
        if current.is_symlink():
            raise LinkError(path)
    if make:
        current.mkdir(parents=True, exist_ok=True)
    elif (current / path.name).is_symlink():
        raise LinkError(path)
    return path.name


def _name(folder: int | None, root: Path, path: PurePath, name: str) -> str:
    """Return how a name beside a path's end is called: alone, or from the root."""
    return name if folder is not None else str(root / path.with_name(name))


def _at(folder: int | None) -> dict[str, int]:
    return {} if folder is None else {"dir_fd": folder}
