"""Starts git, with a scrubbed environment and nothing of the checkout run; no other program is started here.

git is told to ignore the system's and the user's configuration, and every setting of the
repository that could start a program or change the format of a diff is overridden. Networking is
off: a checkout is read as it is, and a partial clone cannot reach for its remote.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO

from diff_insight.errors import EnvironmentFailure
from diff_insight.git.committed_repository import refuse_committed_repository

#: Asks `Git.start` for a pipe.
PIPE = subprocess.PIPE
#: Settings of a repository that could run something or change what a diff looks like.
_OVERRIDES = (
    "core.quotePath=false",
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.attributesFile=/dev/null",
    "core.bigFileThreshold=512m",
    "diff.external=",
    "diff.noprefix=false",
    "diff.mnemonicPrefix=false",
    "diff.suppressBlankEmpty=false",
    "diff.orderFile=/dev/null",
    "diff.relative=false",
    "diff.submodule=short",
    "diff.ignoreSubmodules=none",
    "diff.algorithm=default",
    "diff.indentHeuristic=true",
    "diff.context=3",
    "diff.interHunkContext=0",
    "diff.wsErrorHighlight=none",
    "diff.colorMoved=no",
    "color.ui=false",
    "log.showSignature=false",
)


#: Variables that git is given; inputs of a step, tokens and keys are in others.
_PASSED = frozenset(
    "PATH HOME USER LOGNAME TMPDIR TMP TEMP LD_LIBRARY_PATH DYLD_LIBRARY_PATH SYSTEMROOT SYSTEMDRIVE WINDIR "
    "PATHEXT COMSPEC USERPROFILE APPDATA LOCALAPPDATA PROGRAMDATA MALLOC_ARENA_MAX "
    "SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY".split()
)


def scrub_environ(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment git gets: what a program needs to run, no secrets, no prompts, no network."""
    kept = {name: value for name, value in environ.items() if name.upper() in _PASSED}
    return kept | {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_ALLOW_PROTOCOL": "",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_ATTR_NOSYSTEM": "1",
        "LC_ALL": "C",
    }


class Git:
    """Runs git in one directory.

    Args:
        directory: Where git runs, as with `git -C`.
        environ: The process environment to start from.
        more: Variables of ours that are kept, such as those that name an author.

    Raises:
        UsageError: git would take files of a checkout for a repository.
    """

    def __init__(
        self, directory: Path, environ: Mapping[str, str], more: Mapping[str, str] | None = None
    ) -> None:
        self.directory = directory
        self._environ = {**scrub_environ(environ), **(more or {})}
        refuse_committed_repository(directory, self._environ)

    def at(self, directory: Path) -> Git:
        """Return git in another directory, with the same environment."""
        return Git(directory, self._environ)

    def with_index(self, index: Path) -> Git:
        """Return git in the same directory with an index of ours instead of the checkout's."""
        return Git(self.directory, self._environ, {"GIT_INDEX_FILE": str(index)})

    def command(self, arguments: Iterable[str]) -> list[str]:
        """Return the full argument vector for `git <arguments>`."""
        settings = [word for setting in _OVERRIDES for word in ("-c", setting)]
        safe = ["-c", "safe.directory=*"]
        return ["git", "-C", str(self.directory), *settings, *safe, *arguments]

    def run(
        self, *arguments: str, stdin: bytes = b"", stdout: IO[bytes] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Run git to its end; `stdout` sends its output to a file instead of memory."""
        try:
            return subprocess.run(
                self.command(arguments),
                input=stdin,
                stdout=stdout or subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=self._environ,
                check=False,
            )
        except FileNotFoundError as error:
            raise git_is_missing() from error

    def start(
        self,
        arguments: Sequence[str],
        *,
        stdout: int | IO[bytes],
        stdin: int = subprocess.DEVNULL,
        stderr: int | IO[bytes] = subprocess.DEVNULL,
    ) -> subprocess.Popen[bytes]:
        """Start git and return at once."""
        try:
            return subprocess.Popen(
                self.command(arguments),
                stdin=stdin,
                stdout=stdout,
                stderr=stderr,
                env=self._environ,
            )
        except FileNotFoundError as error:
            raise git_is_missing() from error

    def text(self, *arguments: str) -> str | None:
        """Return what git prints, stripped of the last line end; None when it fails."""
        done = self.run(*arguments)
        if done.returncode != 0:
            return None
        return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")


def git_is_missing() -> EnvironmentFailure:
    """Return the error for a machine without git."""
    return EnvironmentFailure(
        "git could not be started",
        cause="git is not installed, or not on PATH",
        cure="install git 2.30 or later",
    )
