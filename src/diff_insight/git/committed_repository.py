"""Refuses a repository that somebody has committed as files: git would take it for the one around it.

A folder with `HEAD`, `objects` and `refs` is a bare repository to git, with settings of its own, and its
work tree may be any folder. When these are files of the checkout around it, its author wrote all of it.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from diff_insight.errors import UsageError


def refuse_committed_repository(directory: Path, environ: Mapping[str, str]) -> None:
    """Raise where git would read a repository that is part of a checkout's content.

    Args:
        directory: Where git is to run.
        environ: The environment that git gets.

    Raises:
        UsageError: A folder there, or above it, is such a repository.
    """
    at = Path(os.path.realpath(directory))
    inner = next((folder for folder in (at, *at.parents) if _is_found(folder)), None)
    if inner is None or (inner / ".git").exists():
        return
    outer = next((folder for folder in inner.parents if (folder / ".git").exists()), None)
    if outer is None or not _is_tracked(inner / "HEAD", outer, environ):
        return
    raise UsageError(
        f"{str(inner)!r} is a repository that is committed as files of the one around it",
        cause="whoever wrote those files would decide what is compared",
        cure=f"run it in {str(outer)!r}, or name that with --repo",
    )


def _is_found(folder: Path) -> bool:
    """Tell whether git's search for a repository ends at a folder."""
    if (folder / ".git").exists():
        return True
    return all((folder / name).exists() for name in ("HEAD", "objects", "refs"))


def _is_tracked(file: Path, top: Path, environ: Mapping[str, str]) -> bool:
    words = ["--git-dir", str(top / ".git"), "--work-tree", str(top), "-c", "safe.directory=*"]
    listed = ["ls-files", "-z", "--", f":(literal,top){file.relative_to(top).as_posix()}"]
    done = subprocess.run(
        ["git", "-C", str(top), *words, "-c", "core.fsmonitor=false", *listed],
        capture_output=True, env=dict(environ), check=False,
    )  # fmt: skip
    return bool(done.stdout)
