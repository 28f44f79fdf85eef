"""Reads a repository's objects from outside it, so that nothing in its work tree has a say.

A pull request can bring `.gitattributes` that make git call a text binary. An empty bare repository
that borrows the objects has no work tree, no attributes and no settings but ours.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from diff_insight.errors import EnvironmentFailure
from diff_insight.git.command import Git


def isolate(git: Git, folder: Path) -> Git:
    """Return git in `folder`, an empty directory, with the objects of another repository.

    Raises:
        EnvironmentFailure: The repository could not be made.
    """
    objects = _place(git, "objects")
    kind = git.text("rev-parse", "--show-object-format") or "sha1"
    bare = git.at(folder)
    done = bare.run("init", "--quiet", "--bare", f"--object-format={kind}")
    if done.returncode != 0:
        raise EnvironmentFailure(
            "git could not make a temporary repository",
            cause=done.stderr.decode("utf-8", "replace").strip(),
            cure="free space in the temporary directory, or set TMPDIR",
        )
    (folder / "objects" / "info" / "alternates").write_text(f"{objects}\n", "utf-8")
    shallow = _place(git, "shallow")
    if shallow.is_file():
        shutil.copyfile(shallow, folder / "shallow")
    return bare


def _place(git: Git, name: str) -> Path:
    path = git.text("rev-parse", "--git-path", name) or name
    return (git.directory / path).resolve()
