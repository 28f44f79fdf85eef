"""Runs `git diff` twice over two commits at the same time: a listing, and the patches of it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import suppress
from typing import IO

from diff_insight.git.command import PIPE, Git

#: Renames, with git's own default limit written down so that every git version lists the same, and
#: submodules even when the repository asks git to ignore them.
DIFF_OPTIONS = ("-M", "-l1000", "--ignore-submodules=none")
#: What no setting or attribute of the repository may change.
FIXED = ("--no-ext-diff", "--no-textconv", "--no-color", "--no-abbrev")
_PATCH = ("-p", "--full-index", "--src-prefix=a/", "--dst-prefix=b/")
_LISTING = ("--raw", "--numstat", "-z")


def text_patches(base: str, head: str) -> tuple[str, ...]:
    """Return the arguments of git that print patches, also of what attributes call binary."""
    return ("diff", *FIXED, *DIFF_OPTIONS, *_PATCH, "--text", base, head)


class Differences:
    """Both processes; they run from the moment that this is made.

    Args:
        git: The repository.
        base: One commit or tree.
        head: The other one.
        patches: Where the patches go, an empty file.
        paths: Pathspecs, with the `--` before them.
    """

    def __init__(
        self, git: Git, base: str, head: str, *, patches: IO[bytes], paths: Sequence[str] = ()
    ) -> None:
        common = ("diff", *FIXED, *DIFF_OPTIONS)
        span = (base, head, *paths)
        self._listing: IO[bytes] = tempfile.TemporaryFile(prefix="diff-insight-")  # noqa: SIM115 - closed by finish or abandon
        self._patching = git.start([*common, *_PATCH, *span], stdout=patches, stderr=PIPE)
        self._listed = git.start([*common, *_LISTING, *span], stdout=self._listing, stderr=PIPE)

    def finish(self) -> tuple[bytes | None, bytes]:
        """Wait for both and return the listing, or None when either failed; and their errors."""
        with self._listing, self._patching, self._listed:
            said = self._listed.communicate()[1] + self._patching.communicate()[1]
            failed = self._patching.returncode != 0 or self._listed.returncode != 0
            self._listing.seek(0)
            return (None if failed else self._listing.read()), said

    def abandon(self) -> None:
        """End both, whatever they have said so far."""
        for process in (self._patching, self._listed):
            with suppress(ProcessLookupError):
                process.kill()
            process.communicate()
        self._listing.close()
