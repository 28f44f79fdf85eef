"""Tells how a thread goes on from what earlier reports have told: the same, taken back, announced, translated."""

from __future__ import annotations

import re
from collections.abc import Sequence

from diff_insight.analysis.people.causes import Cause
from diff_insight.model.changes import Status
from diff_insight.model.earlier import Continuation, Continues, EarlierReport, EarlierThread
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.messages import Value
from diff_insight.model.threads import SaidBy, Thread, ThreadKind
from diff_insight.story.threads.audience import is_english, language_cuts

#: What weighs less that a reader of earlier reports knows.
TOLD_BEFORE = 40
#: Characters of an entry that nobody writes twice by chance, and of a name in code.
_LEAST_ENTRY, _LEAST_NAME = 24, 4
_REVERTED = re.compile(
    r"\b(?i:reverts) commit ([0-9a-f]{7,64})\b|\b(?i:reverts) [\w./-]{0,100}#(\d{1,7})\b"
)
_QUOTED = re.compile(r"(?i)revert(?:s|ed)?:? [\"“'](.{8,300})[\"”']")
_CODE = re.compile(r"`([^`]{2,80})`")
_ANNOUNCING = (ThreadKind.DEPRECATED, ThreadKind.DEADLINE)


class EarlierWords:
    """What earlier reports of a category have told, found by number, commit, words and names.

    Args:
        reports: The reports, the newest first.
    """

    def __init__(self, reports: Sequence[EarlierReport] = ()) -> None:
        self._reports = reports
        self._numbers: dict[str, str] = {}
        self._commits: dict[str, str] = {}
        self._entries: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._originals: dict[tuple[str, str], str] | None = None
        for report in reports:
            for thread in report.threads:
                self._add(report.date, thread)

    def _add(self, date: str, thread: EarlierThread) -> None:
        # The newest report that told it stands.
        if thread.number:
            self._numbers.setdefault(thread.number, date)
        for commit in thread.commits:
            self._commits.setdefault(commit, date)
        self._titles.setdefault(_identity(thread.title), date)
        if thread.by_changelog and len(thread.title) >= _LEAST_ENTRY:
            self._entries.setdefault(_identity(thread.title), date)
        if thread.kind in _ANNOUNCING:
            for name in _names(thread.title):
                self._names.setdefault(name, date)

    def continuation(
        self, thread: Thread, cause: Cause | None, files: Sequence[FileAnalysis]
    ) -> Continuation | None:
        """Return how a thread goes on from what was told; None where it does not.

        Args:
            thread: A thread of this range.
            cause: The pull request or commit that it is about.
            files: The files of the category.
        """
        if not self._reports:
            return None
        if thread.id == "translations":
            return self._translation(thread, files)
        if thread.reverts:
            date = self._revert_date(thread.title, cause)
            return Continuation(Continues.REVERTED, date) if date else None
        date = self._numbers.get(thread.number, "") if thread.number else ""
        date = date or next(
            (self._commits[each] for each in thread.commits if each in self._commits), ""
        )
        if not date and thread.said_by is SaidBy.CHANGELOG:
            date = self._entries.get(_identity(thread.title), "")
        if date:
            return Continuation(Continues.TOLD, date)
        if thread.kind is ThreadKind.BREAKING:
            date = next(
                (self._names[name] for name in _names(thread.title) if name in self._names), ""
            )
            return Continuation(Continues.ANNOUNCED, date) if date else None
        return None

    def deadline(self, subject: str, day: str) -> str:
        """Return the day of the report that told a deadline; empty when none did."""
        reports = (report for report in self._reports if (subject, day) in report.deadlines)
        return next((report.date for report in reports), "")

    def _revert_date(self, title: str, cause: Cause | None) -> str:
        text = f"{cause.title}\n{cause.body[:4000]}" if cause else title
        for match in _REVERTED.finditer(text):
            date = (
                self._numbers.get(match[2], "")
                if match[2]
                else next(
                    (day for commit, day in self._commits.items() if commit.startswith(match[1])),
                    "",
                )
            )
            if date:
                return date
        quoted = _QUOTED.search(text)
        return self._titles.get(_identity(quoted[1]), "") if quoted else ""

    def _translation(self, thread: Thread, files: Sequence[FileAnalysis]) -> Continuation | None:
        """Return the day on which the originals of all translated pages were told."""
        days = [
            self._told_original(files[index].change.path)
            for index in thread.files
            if files[index].change.status is not Status.REMOVED
        ]
        return Continuation(Continues.TRANSLATED, max(days)) if days and all(days) else None

    def _told_original(self, path: str) -> str:
        if self._originals is None:
            self._originals = _originals(self._reports)
        days = (
            self._originals.get(page)
            for root, _, rest in language_cuts(path)
            for page in ((root, rest), ("", f"{root}{rest}".lstrip("/")))
        )
        return next((day for day in days if day), "")


def _originals(reports: Sequence[EarlierReport]) -> dict[tuple[str, str], str]:
    """Return the day on which each page was told, by its path, and by its path around the folder of English."""
    days: dict[tuple[str, str], str] = {}
    for report in reports:
        for page in report.pages:
            days.setdefault(("", page), report.date)
            for root, language, rest in language_cuts(page):
                if is_english(language):
                    days.setdefault((root, rest), report.date)
    return days


def continuation_params(continuation: Continuation | None) -> dict[str, Value]:
    """Return the parameters by which an item says how it goes on from an earlier report."""
    if continuation is None:
        return {}
    return {"continues": str(continuation.how), "told_on": continuation.date}


def _identity(title: str) -> str:
    return " ".join(title.replace("`", "").casefold().split()).rstrip(".")


def _names(title: str) -> list[str]:
    return [name.removesuffix("()") for name in _CODE.findall(title) if len(name) >= _LEAST_NAME]
