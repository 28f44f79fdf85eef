"""What the fake hosts, and what it is told to get wrong."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

#: Questions about objects by their ids, whose answers never change.
_BY_ID = {"cat-file", "diff", "ls-tree", "merge-base", "rev-list", "rev-parse", "show"}
_ID = re.compile(
    r"-.*|blob|commit|tree|tag|[0-9a-f]{40}(\.{2,3}[0-9a-f]{40})?(\^\{\w+\})?", re.DOTALL
)


@dataclass(slots=True, kw_only=True)
class Hosted:
    """A repository on the fake.

    Attributes:
        slug: `OWNER/NAME`.
        path: The bare repository.
        token: Token that is needed to see it; empty for a public one.
        filters: Whether the server supports partial clones.
        any_id: Whether the server gives out objects by id.
        pulls: Base and head of each pull request.
        lost_patches: Files whose `patch` is left out of API answers, as for large ones.
        zeroed: Files that API answers list at 0/0/0 without a patch.
        tree_limit: Entries after which a recursive tree is truncated.
        private: Whether the API calls it private.
        read_only: Whether tokens may only read.
        moved_to: `OWNER/NAME` that it has been renamed to.
        opened: Pull requests that were made through the API.
        runs: Finished runs of workflows, newest first.
        no_pulls: Why pull requests cannot be made; empty when they can.
        releases: Releases, in the order in which GitHub lists them.
        forced: How often somebody asked to overwrite a ref.
    """

    slug: str
    path: Path
    token: str = ""
    filters: bool = True
    any_id: bool = True
    pulls: dict[int, tuple[str, str]] = field(default_factory=dict)
    lost_patches: set[str] = field(default_factory=set)
    zeroed: set[str] = field(default_factory=set)
    tree_limit: int = 100_000
    private: bool = False
    read_only: bool = False
    moved_to: str = ""
    opened: list[dict[str, Any]] = field(default_factory=list)
    runs: list[dict[str, Any]] = field(default_factory=list)
    no_pulls: str = ""
    releases: list[dict[str, Any]] = field(default_factory=list)
    forced: int = 0
    _answers: dict[tuple[str, ...], bytes] = field(default_factory=dict, init=False, repr=False)

    def git(self, *arguments: str) -> bytes:
        """Run git in the bare repository; a failure gives no output.

        What is asked about objects by id is asked once: a step asks the same again and again.
        """
        if arguments in self._answers:
            return self._answers[arguments]
        answer = subprocess.run(
            ["git", "-C", str(self.path), *arguments],
            check=False,
            capture_output=True,
            env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        ).stdout
        if answer and arguments[0] in _BY_ID and all(map(_ID.fullmatch, arguments[1:])):
            self._answers[arguments] = answer
        return answer

    def commit(self, revision: str) -> str:
        """Return the id of a commit, empty when there is none."""
        spec = revision.rpartition(":")[2] + "^{commit}"
        return self.git("rev-parse", "--verify", "--quiet", spec).decode().strip()


@dataclass(slots=True, kw_only=True)
class Fault:
    """Answers requests whose path matches with an error, some times or always.

    Attributes:
        path: Regular expression that is searched in `METHOD path`.
        status: HTTP status of the error.
        message: What the error says.
        headers: More headers of the answer.
        times: How often; None is for ever.
        drop: Close the connection instead of answering.
        after: Carry the request out first.
    """

    path: str
    status: int = 500
    message: str = "Server Error"
    headers: Mapping[str, str] = field(default_factory=dict)
    times: int | None = None
    drop: bool = False
    after: bool = False

    def strikes(self, path: str) -> bool:
        """Tell whether a request fails, and count it."""
        if not re.search(self.path, path) or self.times == 0:
            return False
        if self.times is not None:
            self.times -= 1
        return True
