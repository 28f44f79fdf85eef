"""The line of first parents of a repository with its dates, its tags, and the size of ranges."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from diff_insight.errors import EnvironmentFailure
from diff_insight.git.command import Git
from diff_insight.git.objects import EMPTY_TREES

#: Commits of a line that are read; more than any repository has today.
MOST_COMMITS = 5_000_000
_NUMBER = re.compile(r"\d+")
_TAG_FORMAT = "%(refname:strip=2)%00%(objectname)%00%(*objectname)%00%(committerdate:unix)%00%(*committerdate:unix)"


def first_parents(git: Git, head: str) -> list[tuple[str, int]]:
    """Return the first-parent history of a commit, the oldest first, as ids and dates.

    Args:
        git: The repository.
        head: The newest commit.

    Returns:
        Pairs of commit id and committer date in seconds since 1970.

    Raises:
        EnvironmentFailure: History cannot be read, or is cut off.
    """
    listed = git.text(
        "log", "--first-parent", "--no-show-signature", "--format=%H %ct",
        f"--max-count={MOST_COMMITS}", "--end-of-options", head,
    )  # fmt: skip
    if listed is None:
        raise EnvironmentFailure(
            "the history could not be read",
            cause="commits are missing from this clone",
            cure="git fetch --unshallow, or check out with fetch-depth: 0",
        )
    if git.text("rev-parse", "--is-shallow-repository") == "true":
        raise EnvironmentFailure(
            "the history of this clone is cut off",
            cause="it is shallow, so the first ranges would be too large",
            cure="git fetch --unshallow --tags, or check out with fetch-depth: 0",
        )
    rows = (line.split(" ") for line in listed.splitlines())
    return [(commit, int(seconds)) for commit, seconds in rows][::-1]


def all_tags(git: Git) -> list[tuple[str, str, int]]:
    """Return the tags that stand on commits, as names, commit ids and committer dates."""
    listed = git.text("for-each-ref", f"--format={_TAG_FORMAT}", "refs/tags") or ""
    tags = []
    for line in listed.splitlines():
        name, direct, peeled, own, behind = line.split("\0")
        seconds = behind or own
        if seconds:
            tags.append((name, peeled or direct, int(seconds)))
    return tags


def range_sizes(
    git: Git, pairs: Sequence[tuple[str, str]], *, with_lines: bool = True
) -> Mapping[tuple[str, str], tuple[int, int]]:
    """Return the number of files and of changed lines between two commits, for each pair.

    One process compares them all.

    Args:
        git: A repository that holds the contents of both, or at least their trees.
        pairs: Base and head of each; a base may be the empty tree.
        with_lines: Whether it holds contents, whose lines are counted; they are -1 otherwise.

    Returns:
        Files and lines by pair; a pair that could not be compared is not in it.
    """
    asked, names = [], {}
    for base, head in pairs:
        if base in EMPTY_TREES.values():
            tree = git.text("rev-parse", "--verify", "--quiet", f"{head}^{{tree}}") or head
            names[f"{base} {tree}"] = (base, head)
            asked.append(f"{base} {tree}")
        else:
            names.setdefault(head, (base, head))
            asked.append(f"{head} {base}")
    done = git.run(
        "diff-tree",
        "--stdin",
        "-r",
        "--shortstat" if with_lines else "--raw",
        "--no-renames",
        stdin="".join(f"{line}\n" for line in asked).encode(),
    )
    sizes: dict[tuple[str, str], tuple[int, int]] = {}
    pair: tuple[str, str] | None = None
    for line in done.stdout.decode("ascii", "replace").split("\n"):
        if line.startswith(":"):
            if pair is not None:
                sizes[pair] = (sizes.get(pair, (0, -1))[0] + 1, -1)
        elif not line.startswith(" "):
            pair = names.get(line)
        elif pair is not None:
            files, *lines = (int(number) for number in _NUMBER.findall(line))
            sizes[pair] = (files, sum(lines))
    return sizes
