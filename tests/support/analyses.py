"""Analysed files made of facts alone."""

from __future__ import annotations

from typing import Any

from diff_insight.model.changes import FileChange, Side, Status
from diff_insight.model.facts import Fact, FileAnalysis, ModificationType


def analysis_of(
    *facts: Fact,
    path: str = "docs/page.md",
    changes: int = 0,
    title: str = "",
    status: Status = Status.MODIFIED,
) -> FileAnalysis:
    """Return one file with its facts; `changes` is the number of added lines."""
    return FileAnalysis(
        change=FileChange(path_bytes=path.encode(), status=status, additions=changes),
        facts=facts,
        type=ModificationType.MINOR_UPDATE,
        rule="otherwise",
        titles={Side.HEAD: title} if title else {},
    )


def deadline(subject: str = "alpha", **params: Any) -> Fact:
    """Return the fact that a retirement moved from June 11 to September 1, 2025."""
    values: dict[str, Any] = {
        "subject": subject,
        "what": "retirement",
        "old": {"date": "2025-06-11", "qualifier": "not-before"},
        "new": {"date": "2025-09-01", "qualifier": "not-before"},
        "days": 82,
        "direction": "later",
    }
    return Fact("deadline.moved", values | params)
