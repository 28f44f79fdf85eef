"""Decides whether a folder that keeps things between runs can be believed: nobody else may have put some there."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

from diff_insight.git.command import Git
from diff_insight.ports import Progress


def is_believed(folder: str, secret: str, progress: Progress, *, what: str, needed: str) -> bool:
    """Tell whether what is kept in a folder may be used, and say why where it may not.

    A folder that is named from the root is its owner's. What lies in a checkout is believed by codes
    that a secret makes, and not at all when it is part of what was committed.

    Args:
        folder: As the settings name it.
        secret: What makes the codes; empty for none.
        progress: Hears why nothing is kept.
        what: What is kept there, in a log.
        needed: What the secret would be.
    """
    if PurePath(folder).is_absolute():
        return True
    why = ""
    if not secret:
        why = f"without {needed} nobody can tell who has written them"
    elif Git(Path(), os.environ).run("ls-files", "-z", "--", folder).stdout:
        why = "files there are committed"
    if why:
        progress.say(f"{what} in {folder} are neither used nor kept: {why}")
    return not why
