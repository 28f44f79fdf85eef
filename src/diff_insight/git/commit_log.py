"""Reads the commits of a range with `git log`, in the background, with bounds."""

from __future__ import annotations

import re
import subprocess
import tempfile
from typing import IO

from diff_insight.git.command import Git
from diff_insight.model.history import Commit, History
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import is_full_id

#: Commits that are read, the newest.
MOST_COMMITS = 250
#: Bytes of git's answer that are read, and characters of one message.
MOST_BYTES = 8_000_000
LONGEST_MESSAGE = 20_000
#: Seconds after which git is ended.
PATIENCE = 20.0
#: Tags of a commit that are named, and characters of a name.
MOST_TAGS = 3
LONGEST_NAME = 100
_ID = re.compile(rb"\n?([0-9a-f]{64}|[0-9a-f]{40})")
_LOG = ("-c", "log.showRoot=false", "log", "-z", "--no-notes", "--encoding=UTF-8",
        "--no-color", "--no-decorate", "--no-mailmap", f"--max-count={MOST_COMMITS + 1}",
        "--format=%H%x00%P%x09%an%x00%B%x00")  # fmt: skip
#: Without what the other side has as well, in commits of its own that change the same: picked, or rebased.
_NEW_ONLY = ("--right-only", "--cherry-pick")
#: Paths of each commit, as git lists changes; both names of a renamed file.
_PATHS = ("--raw", "--abbrev=7", "--no-renames", "--no-ext-diff", "--ignore-submodules=none")


class CommitLog:
    """One `git log` that runs while other work is done.

    Args:
        git: The repository.
        base: Commit whose history is left out; empty for the whole history of the head.
        head: The newest commit.
        with_paths: Whether trees are at hand, so that paths can be listed.
    """

    def __init__(self, git: Git, base: str, head: str, *, with_paths: bool = True) -> None:
        self._git = git
        self._base, self._head = base, head
        self._with_paths = with_paths
        self._file = _temporary()
        self._new_only = bool(base) and with_paths
        self._process = self._begin()

    def read(self) -> History:
        """Wait for git and return the commits; what is missing is in the notices."""
        late = self._is_late()
        if self._process.returncode and self._new_only and not late:
            # Without the contents of files, as in a partial clone, git cannot tell what commits have in common.
            self._new_only = False
            self._file.seek(0)
            self._file.truncate()
            self._process = self._begin()
            late = self._is_late()
        failed = self._process.returncode != 0
        self._file.seek(0)
        answer = self._file.read(MOST_BYTES + 1)
        self.close()
        every, edges = parse_log(answer, with_paths=self._with_paths)
        if failed and not late:
            return History(notices=(Notice("commits-unread"),))
        cut = late or len(answer) > MOST_BYTES or len(every) > MOST_COMMITS
        if cut:
            # The last of a cut answer may be cut itself.
            every = every[: max(0, min(MOST_COMMITS, len(every) - 1))]
        commits = tuple(commit for commit in every if len(commit.parents) <= 1)
        merges = tuple(commit for commit in every if len(commit.parents) > 1)
        shallow = edges and self._git.text("rev-parse", "--is-shallow-repository") == "true"
        notices = (Notice("commits-cut", {"count": len(commits)}),) if cut or shallow else ()
        return History(
            commits=commits, merges=merges, read=True, notices=notices,
            base_tags=self._tags(self._base), head_tags=self._tags(self._head),
        )  # fmt: skip

    def _begin(self) -> subprocess.Popen[bytes]:
        base, head = self._base, self._head
        paths = _PATHS if self._with_paths else ()
        span = f"{base}..{head}" if base else head
        asked = ["--end-of-options", span]
        if self._new_only:
            asked = [*_NEW_ONLY, "--end-of-options", f"{base}...{head}"]
        return self._git.start([*_LOG, *paths, *asked], stdout=self._file)

    def _is_late(self) -> bool:
        """Wait for git, and end it when it takes too long."""
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._end()
            return True
        return False

    def _tags(self, commit: str) -> tuple[str, ...]:
        """Return the tags of a commit, the newest first; none where git cannot tell."""
        if not is_full_id(commit):
            return ()
        order = ("--sort=-creatordate", "--sort=-version:refname", f"--count={MOST_TAGS}")
        asked = ("for-each-ref", f"--points-at={commit}", *order, "--format=%(refname:lstrip=2)")
        names = (self._git.text(*asked, "refs/tags") or "").encode("utf-8", "surrogateescape")
        return tuple(name[:LONGEST_NAME] for name in names.decode("utf-8", "replace").splitlines())

    def close(self) -> None:
        """End git if it still runs, and drop its answer."""
        self._end()
        self._file.close()

    def _end(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()


def _temporary() -> IO[bytes]:
    return tempfile.TemporaryFile(prefix="diff-insight-")  # closed by `CommitLog.close`


def parse_log(answer: bytes, *, with_paths: bool) -> tuple[list[Commit], bool]:
    """Return the commits of git's answer, and whether one of them has no parent here.

    A message holds no NUL byte. Behind it stand, with paths, fields in pairs: one that begins with
    a colon, and a path; what begins with a commit id is the next commit.
    """
    fields = answer.split(b"\0")
    commits: list[Commit] = []
    edges = False
    at = 0
    while at + 2 < len(fields):
        match = _ID.fullmatch(fields[at])
        if match is None:
            at += 1  # the empty field between commits
            continue
        parents, _, author = fields[at + 1].partition(b"\t")
        message = fields[at + 2]
        edges = edges or not parents
        at += 3
        paths: set[bytes] = set()
        while at < len(fields) and (not fields[at] or fields[at].lstrip(b"\n").startswith(b":")):
            if fields[at]:
                paths.update(fields[at + 1 : at + 2])
                at += 1
            at += 1
        commits.append(
            Commit(
                id=match[1].decode(),
                message=message[: 4 * LONGEST_MESSAGE].decode("utf-8", "replace")[:LONGEST_MESSAGE],
                paths=frozenset(paths) if with_paths else None,
                parents=tuple(parents.decode("ascii", "replace").split()),
                author=author.decode("utf-8", "replace")[:LONGEST_NAME],
            )
        )
    return commits, edges
