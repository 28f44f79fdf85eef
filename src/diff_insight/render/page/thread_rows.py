"""The threads of a range as a page lists them: what was done for one cause, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from diff_insight.model.insight import FileEntry, Insight
from diff_insight.model.ranges import SHORT
from diff_insight.model.threads import Audience, Thread

#: Threads that are listed, and files and commits named in each.
MOST_THREADS = 60
MOST_FILES = 30
MOST_COMMITS = 5


class PageThread(Struct, frozen=True, kw_only=True):
    """One thread ready to be shown.

    Attributes:
        number: Number of the pull request with its sign, and its page; empty when unknown.
        commits: Short id and page of its commits.
        files: The files that it changes, the first of them.
        more_files: How many more there are.
    """

    thread: Thread
    number: str
    number_url: str
    commits: Sequence[tuple[str, str]]
    files: Sequence[FileEntry]
    more_files: int


def page_threads(insight: Insight) -> list[PageThread]:
    """Return the threads that have words of people, those for readers first."""
    titled = [thread for thread in insight.threads if thread.title]
    titled.sort(key=lambda thread: thread.audience is not Audience.READERS)
    return [_page_thread(insight, thread) for thread in titled[:MOST_THREADS]]


def _page_thread(insight: Insight, thread: Thread) -> PageThread:
    number = thread.number if thread.number.isascii() and thread.number.isdigit() else ""
    files = [insight.files[index] for index in thread.files if 0 <= index < len(insight.files)]
    return PageThread(
        thread=thread,
        number=f"#{number}" if number else "",
        number_url=insight.range.web.proposal(number) if number else "",
        commits=tuple(_commits(insight, thread)),
        files=tuple(files[:MOST_FILES]),
        more_files=max(0, len(files) - MOST_FILES),
    )


def _commits(insight: Insight, thread: Thread) -> Iterator[tuple[str, str]]:
    for commit in thread.commits[:MOST_COMMITS]:
        yield commit[:SHORT], insight.range.web.commit(commit)
