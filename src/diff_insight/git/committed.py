"""Reads one file of a commit as a blob: what steers a run is never read from a work tree."""

from __future__ import annotations

from diff_insight.errors import EnvironmentFailure, UsageError
from diff_insight.git.command import Git

#: Modes of files; a link would make the reader follow what its author wrote.
REGULAR = frozenset((b"100644", b"100755"))


class NotRegularError(UsageError):
    """What should be a file of a commit is a link, a folder, or too large to be what it claims."""


def tree_entry(listed: bytes, path: str, *, limit: int) -> str | None:
    """Return the blob id in what `git ls-tree -z -l COMMIT -- PATH` printed; None for nothing.

    Args:
        listed: What git printed.
        path: The path that was asked for.
        limit: Largest size in bytes; where git does not know the size it is not checked.

    Raises:
        NotRegularError: The entry is not a regular file, or it is larger.
    """
    entry, _, name = listed.split(b"\0", 1)[0].partition(b"\t")
    fields = entry.split()
    if len(fields) != 4 or name != path.encode("utf-8", "surrogateescape"):
        return None
    mode, _, blob, size = fields
    if mode not in REGULAR:
        raise NotRegularError(
            f"{path!r} is no regular file in its commit",
            cause="links and folders are not followed: they lead to what somebody else wrote",
            cure="commit the file itself at that path",
        )
    if size.isdigit() and int(size) > limit:
        raise NotRegularError(
            f"{path!r} has more than {limit} bytes in its commit", cure="name a shorter file"
        )
    return blob.decode("ascii")


def committed_bytes(git: Git, commit: str, path: str, *, limit: int) -> bytes | None:
    """Return a file of a commit; None when the commit does not have it.

    Args:
        git: The repository.
        commit: Full id of the commit.
        path: From the top of the repository.
        limit: Largest size in bytes.

    Raises:
        EnvironmentFailure: This repository does not hold the commit, or not the file's content.
        NotRegularError: There is something else at that path.
    """
    if not path or path.startswith("/") or ".." in path.split("/"):
        return None  # no commit has a file of that name
    listed = git.run("ls-tree", "-z", "-l", "--full-tree", commit, "--", path)
    if listed.returncode != 0:
        raise _not_here(commit)
    blob = tree_entry(listed.stdout, path, limit=limit)
    if blob is None:
        return None
    content = git.run("cat-file", "blob", blob)
    if content.returncode != 0:
        raise _not_here(commit)
    return content.stdout


def _not_here(commit: str) -> EnvironmentFailure:
    return EnvironmentFailure(
        f"this checkout does not hold commit {commit[:7]}", cure="fetch it, or check it out"
    )
