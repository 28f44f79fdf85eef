"""Finds the changed files whose content a clone does not hold, so that the others can be compared."""

from __future__ import annotations

from msgspec.structs import replace

from diff_insight.diffs.listing import parse_listing
from diff_insight.git.command import Git
from diff_insight.git.diffing import FIXED
from diff_insight.git.objects import missing_objects
from diff_insight.model.changes import FileChange
from diff_insight.sources.diff_failures import diff_failure, may_be_renames

#: With more missing objects than this the clone as a whole is unusable for the range.
MOST_MISSING = 200


def missing_files(git: Git, base: str, head: str, errors: bytes) -> list[FileChange]:
    """Return the changes whose blobs are not in this clone.

    Raises:
        EnvironmentFailure: There are none, or so many that the clone as a whole is unusable.
    """
    options = (*FIXED, "--ignore-submodules=none", "--no-renames")
    listed = git.run("diff", *options, "--raw", "-z", base, head)
    if listed.returncode != 0:
        raise diff_failure(errors + listed.stderr)
    absent = missing_objects(git, base, head)
    changes = parse_listing(listed.stdout)
    missing = [
        replace(change, unreadable="object-missing")
        for change in changes
        if not absent.isdisjoint((change.old_id, change.new_id))
    ]
    if not missing or len(missing) > MOST_MISSING or may_be_renames(missing, changes):
        raise diff_failure(errors, missing=len(missing))
    return missing


def exclude(path: bytes) -> str:
    """Return the pathspec that leaves a path out."""
    return ":(top,literal,exclude)" + path.decode("utf-8", "surrogateescape")
