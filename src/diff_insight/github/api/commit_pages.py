"""Reads the commits of a range from the compare API, the newest pages first."""

from __future__ import annotations

from diff_insight.errors import DiffInsightError
from diff_insight.github.api.revisions import PAGE, ApiRevisions
from diff_insight.model.history import Commit, History
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import CommitRange

#: Pages that are read.
_MOST_PAGES = 3
_LONGEST_MESSAGE = 20_000
_MERGE = 2
_LONGEST_NAME = 100


def commits_of(revisions: ApiRevisions, commits: CommitRange) -> History:
    """Return the newest commits of a range; a failure is a notice."""
    try:
        first = revisions.commit_page(commits.base, commits.head)
        total = first.get("total_commits")
        pages = -(-total // PAGE) if isinstance(total, int) else 1
        rows: list[object] = []
        for page in range(pages, max(0, pages - _MOST_PAGES), -1):
            listed = revisions.commit_page(commits.base, commits.head, page).get("commits")
            rows += reversed(listed if isinstance(listed, list) else [])
    except DiffInsightError:
        return History(notices=(Notice("commits-unread"),))
    read = tuple(commit for row in rows if (commit := _commit(row)) is not None)
    cut = pages > _MOST_PAGES
    notices = (Notice("commits-cut", {"count": len(read)}),) if cut else ()
    return History(commits=read, read=True, notices=notices)


def _commit(row: object) -> Commit | None:
    """Return a commit of an answer; None for merges and for what is no commit."""
    commit = row.get("commit") if isinstance(row, dict) else None
    if not isinstance(row, dict) or not isinstance(commit, dict):
        return None
    parents = row.get("parents")
    if isinstance(parents, list) and len(parents) >= _MERGE:
        return None
    author = commit.get("author")
    return Commit(
        id=str(row.get("sha")),
        message=str(commit.get("message"))[:_LONGEST_MESSAGE],
        author=str(author.get("name", ""))[:_LONGEST_NAME] if isinstance(author, dict) else "",
    )
