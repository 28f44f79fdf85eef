"""Gives files that root has made to the workspace's owner, and never anything outside of it."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import PurePath

#: `os.chown` and what it takes here: name, user, group, the directory it is in.
Chown = Callable[[str, int, int, int], None]

_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def chown_entry(name: str, user: int, group: int, directory: int) -> None:
    """Change the owner of a directory's entry; of a symbolic link itself if it has become one."""
    os.chown(name, user, group, dir_fd=directory, follow_symlinks=False)


def give(
    workspace: str, paths: Iterable[PurePath], *, maker: int, chown: Chown = chown_entry
) -> None:
    """Give files, and the directories made for them, to the owner of the workspace.

    Every step of a path is opened in its directory, so that no link leads elsewhere. What cannot be
    given stays as it is: the reports are there, and that is what was asked for.

    Args:
        workspace: The directory whose owner gets them.
        paths: Files and directories, relative to the current directory or absolute.
        maker: The user who has made them; only what is theirs is given away.
        chown: Changes an owner.
    """
    with suppress(OSError):
        owner = os.stat(workspace)  # noqa: PTH116 - a name from outside
        for path in paths:
            steps = _steps(workspace, path)
            if steps:
                with suppress(OSError):
                    _give(workspace, steps, owner, maker, chown)


def _steps(workspace: str, path: PurePath) -> tuple[str, ...]:
    """Return the names that lead from the workspace to a path; none when it is not below."""
    # Names are not resolved: where one of them is a link, the walk below refuses to follow it.
    absolute = PurePath(os.path.normpath(os.path.join(os.getcwd(), path)))  # noqa: PTH109, PTH118
    for top in (os.path.normpath(workspace), os.path.realpath(workspace)):
        if absolute.is_relative_to(top):
            return absolute.relative_to(top).parts
    return ()


def _give(
    workspace: str, steps: tuple[str, ...], owner: os.stat_result, maker: int, chown: Chown
) -> None:
    at = os.open(workspace, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for number, name in enumerate(steps, 1):
            status = os.stat(name, dir_fd=at, follow_symlinks=False)
            if _ours(status, maker):
                chown(name, owner.st_uid, owner.st_gid, at)
            if number < len(steps):
                inner = os.open(name, _DIRECTORY, dir_fd=at)
                os.close(at)
                at = inner
    finally:
        os.close(at)


def _ours(status: os.stat_result, maker: int) -> bool:
    """Tell whether an entry is a directory or a file of its own that the maker has made."""
    alone = stat.S_ISREG(status.st_mode) and status.st_nlink == 1
    return status.st_uid == maker and (alone or stat.S_ISDIR(status.st_mode))
