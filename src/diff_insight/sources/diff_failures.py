"""What it means that git could not compare: too many files, too long, missing objects, a broken clone."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

from diff_insight.diffs.printed import PrintedDiff
from diff_insight.errors import EnvironmentFailure
from diff_insight.model.changes import (
    FileChange,
    Status,
)

_WRITE_FAILED = b"write failure on standard output"


#: Seconds that git may take for a comparison.
LONGEST_DIFF = 600


class TooManyFilesError(Exception):
    """The range changes more files than are compared.

    Args:
        listing: git's listing of the first of them, without renames, where it is known already.
        total: How many differ then.
    """

    def __init__(self, listing: bytes = b"", total: int = 0) -> None:
        super().__init__(total)
        self.listing = listing
        self.total = total


def check_bounds(printed: PrintedDiff, ends: float) -> None:
    """Raise when a range is not worth the memory or the time of a run."""
    if printed.too_many:
        raise TooManyFilesError
    if monotonic() > ends:
        raise EnvironmentFailure(
            f"git diff has not come to its end in {LONGEST_DIFF} seconds",
            cause="the range is very large, or made so that comparing it takes long",
            cure="compare a smaller range",
        )


def may_be_renames(missing: Sequence[FileChange], changes: Sequence[FileChange]) -> bool:
    """Tell whether a file without content may be one that has another name on the other side."""
    opposite = {Status.ADDED: Status.REMOVED, Status.REMOVED: Status.ADDED}
    return any(
        opposite.get(file.status) is other.status and other.path_bytes != file.path_bytes
        for file in missing
        for other in changes
    )


def diff_failure(errors: bytes, *, missing: int = 0) -> EnvironmentFailure:
    """Return the failure of a comparison, by what git printed."""
    said = errors.decode("utf-8", "replace").strip().splitlines()
    reasons = [line for line in said if line and not line.startswith("hint:")]
    cause = reasons[-1] if reasons else "git gave no reason"
    if _WRITE_FAILED in errors:
        return EnvironmentFailure(
            "git diff could not write to the temporary directory",
            cause=f"it is full; git said: {cause}",
            cure="free space there, or set TMPDIR",
        )
    if missing:
        cause = f"{missing} changed files have no content in this clone; git said: {cause}"
    return EnvironmentFailure(
        "git diff failed",
        cause=cause,
        cure="fetch the missing objects (git fetch --refetch --no-filter, fetch-depth: 0) or run git fsck",
    )
