"""Real git repositories for tests, with fixed names and dates so that commit ids repeat."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

_ENVIRON = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.com",
    "GIT_AUTHOR_DATE": "2025-06-12T10:00:00+00:00",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.com",
    "GIT_COMMITTER_DATE": "2025-06-12T10:00:00+00:00",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    # A commit looks for nothing to tidy up: that is a process each time.
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "maintenance.auto",
    "GIT_CONFIG_VALUE_0": "false",
}


class TestRepo:
    """A repository in a folder; `write` and `remove` change the work tree, `commit` records it."""

    __test__ = False

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main", "--template=")

    def git(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """Run git here and return what it prints."""
        return subprocess.run(
            ["git", "-C", str(self.path), *arguments],
            input=stdin,
            check=True,
            capture_output=True,
            env=os.environ | _ENVIRON,
        ).stdout

    def write(self, files: Mapping[str | bytes, bytes | str]) -> None:
        """Write files, making folders as needed."""
        for name, content in files.items():
            path = os.path.join(os.fsencode(self.path), os.fsencode(name))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content.encode() if isinstance(content, str) else content)

    def commit(self, message: str = "change") -> str:
        """Record the whole work tree and return the commit id."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD").decode().strip()
