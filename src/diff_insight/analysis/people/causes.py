"""Cuts the commits of a range into causes: pull requests, squashed or merged, and single commits."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from diff_insight.analysis.people.cues import Words, read_words
from diff_insight.model.history import Commit, History, PullRequestText
from diff_insight.model.threads import SaidBy

#: What GitHub, GitLab, Bitbucket and git write above a merge; the title stands below it.
_MERGED = re.compile(
    r"Merge (?:pull request #(?P<number>\d+) |(?:remote-tracking )?branch(?:es)? |commit |tag |in |changes )|Merged? (?:PR|in) |Merging "
)
_REQUEST = re.compile(r"(?m)^See merge request [\w./-]{0,120}!(\d+)\s*$")
_SQUASHED = re.compile(r"\(#(\d+)\)\s*$")
#: Lines below a message that tell of its people and its request, not of the change.
#: A trailer has a name with hyphens, or one of a few; `feat: ` and `docs: ` begin a title.
_FOOTER = re.compile(
    r"(?:See merge request|\* |[A-Z][a-z]{1,20}(?:-\w{1,20}){1,4}: |(?i:closes?|refs?|cc|link|bug|issues?|approvers?|reviewers?): )"
)


class Cause(Struct, frozen=True, kw_only=True):
    """One reason for changes: who gave it a title, what it says, and the commits that it covers.

    `body` is what stands below the title.
    """

    id: str
    said_by: SaidBy
    title: str
    words: Words
    commits: tuple[str, ...]
    number: str = ""
    body: str = ""


def causes_of(history: History, proposal: PullRequestText | None) -> tuple[Cause, ...]:
    """Return the causes of a range, the newest first; a pull request that is the range is the only one.

    One whose title says nothing, such as “Version 1.2.0”, is told by its commits, where one of them says more.

    Args:
        history: The commits, with merges where the source knows them.
        proposal: The pull request that the range is.
    """
    if proposal is not None and proposal.title.strip():
        every = tuple(commit.id for commit in history.commits)
        whole = _cause(SaidBy.PULL_REQUEST, proposal.title, proposal.body, every, "")
        if whole.words.telling:
            return (whole,)
        of_commits = tuple(_causes(history))
        return of_commits if any(cause.words.telling for cause in of_commits) else (whole,)
    return tuple(_causes(history))


def commits_behind_merges(history: History) -> frozenset[str]:
    """Return the commits that a merge brought from another branch."""
    members = _commits_by_merge(history.merges, history.commits)
    return frozenset(commit for inside in members.values() for commit in inside)


def _causes(history: History) -> Iterator[Cause]:
    members = _commits_by_merge(history.merges, history.commits)
    shared = _shared_titles(history.merges)
    taken: set[str] = set()
    whole: dict[str, Cause] = {}
    for merge in history.merges:
        inside = [commit for commit in members.get(merge.id, ()) if commit not in taken]
        title, number, body = _title_of_merge(merge.message)
        if inside and title and title not in shared and read_words(title).telling:
            cause = _cause(SaidBy.PULL_REQUEST, title, body, tuple(inside), number)
            taken.update(inside)
            whole |= dict.fromkeys(inside, cause)
    known: set[str] = set()
    alike = _commits_by_title(commit for commit in history.commits if commit.id not in whole)
    for commit in history.commits:
        merged = whole.get(commit.id)
        if merged is None:
            commits = alike.pop(_first_line(commit).casefold(), ())
            if commits:
                yield _single(commit, commits)
        elif merged.id not in known:
            known.add(merged.id)
            yield merged


def _shared_titles(merges: Sequence[Commit]) -> set[str]:
    """Return the titles that merges of several pull requests have: a tool wrote them, whatever it merged."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for merge in merges:
        title, number, _ = _title_of_merge(merge.message)
        if title and number:
            numbers[title].add(number)
    return {title for title, requests in numbers.items() if len(requests) > 1}


def _commits_by_title(commits: Iterable[Commit]) -> dict[str, list[Commit]]:
    """Return commits by their title: work that goes on under one title is one cause."""
    alike: dict[str, list[Commit]] = {}
    for commit in commits:
        alike.setdefault(_first_line(commit).casefold(), []).append(commit)
    return alike


def _first_line(commit: Commit) -> str:
    return commit.message.strip().partition("\n")[0].rstrip()


def _single(commit: Commit, alike: Sequence[Commit]) -> Cause:
    """Return the cause of a commit and of those with the same title."""
    first, _, body = commit.message.strip().partition("\n")
    body = body or next(
        (rest for other in alike if (rest := other.message.strip().partition("\n")[2])), ""
    )
    squashed = _SQUASHED.search(first)
    said_by = SaidBy.PULL_REQUEST if squashed else SaidBy.COMMIT
    commits = tuple(other.id for other in alike)
    return _cause(said_by, first, body, commits, squashed[1] if squashed else "")


def _cause(said_by: SaidBy, title: str, body: str, commits: tuple[str, ...], number: str) -> Cause:
    words = read_words(title)
    number = number or words.number
    name = (
        f"pull-request-{number}"
        if number
        else f"commit-{commits[0][:12]}"
        if commits
        else "pull-request"
    )
    return Cause(
        id=name, said_by=said_by, title=" ".join(title.split()), words=words, commits=commits,
        number=number, body=body,
    )  # fmt: skip


def _title_of_merge(message: str) -> tuple[str, str, str]:
    """Return title, number and body of the pull request that a merge says it is; else no title."""
    first, _, rest = message.strip().partition("\n")
    merged = _MERGED.match(first)
    lines = [line.strip() for line in rest.split("\n")]
    request = _REQUEST.search(rest)
    number = (merged and merged["number"]) or (request[1] if request else "")
    if merged is None:
        squashed = _SQUASHED.search(first)
        return first, squashed[1] if squashed else "", rest
    title = next((line for line in lines if line), "")
    if not number or not title or _FOOTER.match(title):
        return "", "", ""
    return title, number, "\n".join(lines[lines.index(title) + 1 :])


def _commits_by_merge(
    merges: Sequence[Commit], commits: Sequence[Commit]
) -> Mapping[str, list[str]]:
    """Return the commits that each merge of the first line brought, the oldest merge first."""
    parents = {commit.id: commit.parents for commit in (*merges, *commits)}
    if not merges:
        return {}
    heads = set(parents) - {parent for known in parents.values() for parent in known}
    line: list[str] = []
    at = next(iter(heads), "")
    while at in parents and len(line) <= len(parents):
        line.append(at)
        at = parents[at][0] if parents[at] else ""
    on_line = set(line)
    order = {commit.id: number for number, commit in enumerate(commits)}
    reached: set[str] = set()
    brought: dict[str, list[str]] = {}
    for merge in reversed(line):
        if len(parents[merge]) < 2:
            continue
        inside: list[str] = []
        stack = list(parents[merge][1:])
        while stack:
            commit = stack.pop()
            if commit in reached or commit in on_line or commit not in parents:
                continue
            reached.add(commit)
            stack += parents[commit]
            if commit in order:
                inside.append(commit)
        brought[merge] = sorted(inside, key=order.__getitem__)
    return brought
