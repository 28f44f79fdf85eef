"""Tells which reports a join leaves alone: those on the branch that have the texts for which its own still wait."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from diff_insight.errors import UsageError
from diff_insight.model.insight import Insight
from diff_insight.ports import ReportBranch
from diff_insight.publishers.report_files import identity_of, placed_reports, planned_reports
from diff_insight.render.json_reader import read_insight
from diff_insight.report.identity import range_id

_WAITING = "model-batch-waiting"


def has_texts(branch: ReportBranch, template: str, insights: Sequence[Insight]) -> bool:
    """Tell whether the branch has a report of the same range that a model has told meanwhile.

    Without a cursor nothing else says that a range was published and its batch collected.

    Args:
        branch: Where reports are.
        template: The output template.
        insights: The documents of a range, which wait for a model's texts.
    """
    state = branch.read()

    def content(path: PurePath) -> bytes:
        return branch.content(state, str(path)) or b""

    planned = planned_reports(template, ("json",), insights)
    for report in placed_reports(planned, lambda path: identity_of(content(path))):
        there = content(report.path)
        own = range_id(report.insight.range, report.insight.fingerprint)
        if identity_of(there) == own and _is_told(there, str(report.path)):
            return True
    return False


def _is_told(content: bytes, name: str) -> bool:
    try:
        insight = read_insight(content.decode("utf-8", "replace"), name)
    except UsageError:  # whoever can write to the branch may write anything
        return False
    waits = any(notice.key == _WAITING for notice in insight.notices)
    return not waits and any(entry.author == "model" for entry in insight.files)
