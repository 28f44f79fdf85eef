"""Reads which lines each commit of a range added and removed, with `git log -p` and bounds."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence

from diff_insight.git.command import Git
from diff_insight.model.history import CommitLines, LineHistory
from diff_insight.model.messages import Notice

#: Bytes of git's answer that are read, and paths that git is asked about by name.
MOST_BYTES = 16_000_000
MOST_PATHS = 300
#: Seconds after which git is ended.
PATIENCE = 15.0
_LOG = (
    "-c", "log.showRoot=true", "-c", "core.quotePath=false", "log", "--no-merges", "--no-notes",
    "--no-color", "--no-decorate", "--format=%x00%H", "-p", "-U0", "--no-renames", "--no-ext-diff",
    "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/", "--ignore-submodules=all",
)  # fmt: skip
_COMMIT = re.compile(rb"\0([0-9a-f]{64}|[0-9a-f]{40})")
_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@")


def read_commit_lines(git: Git, base: str, head: str, paths: Sequence[bytes]) -> LineHistory:
    """Return what each commit did to each file, the newest commit first.

    What does not come in time or is too much is left out, the oldest commits first, and a notice says so.

    Args:
        git: The repository.
        base: Commit whose history is left out; empty for the whole history of the head.
        head: The newest commit.
        paths: Files that are asked about; very many of them stand for all files.
    """
    span = f"{base}..{head}" if base else head
    named = [":(top,literal)" + path.decode("utf-8", "surrogateescape") for path in paths]
    limits = named if len(named) <= MOST_PATHS else []
    with tempfile.TemporaryFile(prefix="diff-insight-") as answer:
        command = [*_LOG, "--end-of-options", span, "--", *limits]
        process = git.start(command, stdout=answer)
        in_time = True
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            in_time = False
            process.kill()
            process.wait()
        answer.seek(0)
        lines = tuple(parse_commit_lines(answer.read(MOST_BYTES)))
        whole = in_time and not answer.read(1)
    return LineHistory(lines, () if whole else (Notice("commit-lines-cut"),))


def parse_commit_lines(answer: bytes) -> Iterator[CommitLines]:
    """Yield what `git log -p -U0` printed, a value for each file of each commit."""
    commit = path = b""
    added: set[bytes] = set()
    removed: set[bytes] = set()
    lines = iter(answer.split(b"\n"))
    for line in lines:
        named = _COMMIT.match(line)
        if named or line.startswith(b"diff --git "):
            if path and (added or removed):
                yield _value(commit, path, added, removed)
            path, added, removed = b"", set(), set()
            commit = named[1] if named else commit
        elif line.startswith((b"--- a/", b"+++ b/")):
            path = line[6:].removesuffix(b"\t")
        elif hunk := _HUNK.match(line):
            for side, count in ((removed, hunk[1]), (added, hunk[2])):
                side.update(_lines(lines, 1 if count is None else int(count)))
    if path and (added or removed):
        yield _value(commit, path, added, removed)


def _lines(lines: Iterator[bytes], count: int) -> Iterator[bytes]:
    """Yield so many lines of a hunk without their sign; git's remark on a missing line end is none."""
    while count:
        line = next(lines, None)
        if line is None:
            return
        if not line.startswith(b"\\"):
            count -= 1
            yield line[1:].removesuffix(b"\r")


def _value(commit: bytes, path: bytes, added: set[bytes], removed: set[bytes]) -> CommitLines:
    return CommitLines(commit.decode(), path, frozenset(added), frozenset(removed))
