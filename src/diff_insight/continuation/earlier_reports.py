"""Reads what earlier documents on the branch of the reports say: few of them, small ones, nothing believed unchecked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from diff_insight.continuation.cursors import STATE_PATH
from diff_insight.errors import EnvironmentFailure
from diff_insight.model.branches import BranchState
from diff_insight.model.earlier import EarlierReport, EarlierThread
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import is_full_id
from diff_insight.model.threads import SaidBy, ThreadKind
from diff_insight.ports import ReportBranch

#: Documents that are asked for, and of a category that are used; the newest by their names.
MOST_READ, MOST_REPORTS = 24, 12
#: Bytes of a document that is read, and how much of it is kept.
LARGEST = 8_000_000
MOST_THREADS, MOST_FILES, MOST_COMMITS = 300, 3_000, 200
_LONGEST = 600
_KINDS = {str(kind): kind for kind in ThreadKind}


class BranchReports:
    """The documents on a branch, each read once, when reports are first asked for.

    Args:
        branch: Where reports are kept.
        tell: Told why nothing could be read; a report never depends on it.
    """

    def __init__(self, branch: ReportBranch, tell: Callable[[Notice], None]) -> None:
        self._branch = branch
        self._tell = tell
        self._known: dict[str, Mapping[str, Any] | None] = {}

    def read(self, repository: str, category: str) -> Sequence[EarlierReport]:
        """Return the newest reports of a category of a repository, the newest first."""
        reports = [
            report
            for document in self._documents()
            if document.get("category") == category
            and _repository(document).casefold() == repository.casefold()
            and (report := read_report(document)) is not None
        ]
        reports.sort(key=lambda report: report.date, reverse=True)
        return reports[:MOST_REPORTS]

    def _documents(self) -> list[Mapping[str, Any]]:
        """Return the newest documents; a report of an earlier range of this run is among them."""
        try:
            state = self._branch.read()
            names = sorted(_report_paths(state), reverse=True)[:MOST_READ]
            for name in names:
                if state.files[name] not in self._known:
                    content = self._branch.content(state, name)
                    self._known[state.files[name]] = _document(content)
        except EnvironmentFailure as error:
            self._tell(Notice("earlier-unread", {"why": error.what}))
            return []
        documents = (self._known[state.files[name]] for name in names)
        return [document for document in documents if document is not None]


def read_report(document: Mapping[str, Any]) -> EarlierReport | None:
    """Return what a document says; None where it is not what a report has."""
    day, head = document.get("date"), _mapping(document.get("range")).get("head")
    if not (isinstance(day, str) and _is_day(day) and isinstance(head, str) and is_full_id(head)):
        return None
    files = [_mapping(entry) for entry in _list(document.get("files"))[:MOST_FILES]]
    return EarlierReport(
        date=day,
        head=head,
        threads=tuple(
            thread
            for entry in _list(document.get("threads"))[:MOST_THREADS]
            if (thread := _thread(_mapping(entry))) is not None
        ),
        pages=frozenset(_text(file.get("path")) for file in files) - {""},
        deadlines=frozenset(pair for file in files for pair in _deadlines(file)),
    )


def _report_paths(state: BranchState) -> Iterator[str]:
    """Yield the files of a branch that may be documents: those of reports, which carry their day."""
    for path in state.files:
        name = path.rpartition("/")[2]
        day = sum(map(str.isdigit, name)) >= len("20261124")
        if path.endswith(".json") and path != STATE_PATH and day:
            yield path


def _document(content: bytes | None) -> Mapping[str, Any] | None:
    if content is None or len(content) > LARGEST:
        return None
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return None  # whoever can write to the branch may write anything
    return document if isinstance(document, dict) else None


def _repository(document: Mapping[str, Any]) -> str:
    return _text(_mapping(document.get("range")).get("repository"))


def _thread(entry: Mapping[str, Any]) -> EarlierThread | None:
    kind = _KINDS.get(_text(entry.get("kind")))
    if kind is None:
        return None
    number = _text(entry.get("number"))
    return EarlierThread(
        title=_text(entry.get("title")),
        kind=kind,
        number=number if number.isdecimal() and number.isascii() else "",
        commits=tuple(
            commit
            for commit in _list(entry.get("commits"))[:MOST_COMMITS]
            if isinstance(commit, str) and is_full_id(commit)
        ),
        by_changelog=entry.get("said_by") == SaidBy.CHANGELOG,
    )


def _deadlines(file: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for fact in _list(file.get("facts"))[:MOST_THREADS]:
        params = _mapping(_mapping(fact).get("params"))
        subject, day = _text(params.get("subject")), _text(params.get("new"))
        if _text(_mapping(fact).get("kind")).startswith("deadline") and subject and day:
            yield subject, day


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return value[:_LONGEST] if isinstance(value, str) else ""


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2026-11-24")
