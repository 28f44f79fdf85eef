"""What a run hands back to the workflow: outputs, and warnings on the lines that break something."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from msgspec import Struct

from diff_insight.gate import read_gate
from diff_insight.github.runner.host import RunnerHost
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact
from diff_insight.model.insight import Insight
from diff_insight.model.messages import Notice
from diff_insight.model.receipts import Receipt
from diff_insight.notices import tell_notice
from diff_insight.pipeline import Outcome
from diff_insight.settings.output_path import SUFFIXES
from diff_insight.settings.settings import Settings
from diff_insight.wording.tell import fact_line

_Output = str | int | bool
#: Outputs of the modes for a long history, as they are of a report.
_UNPLANNED: Mapping[str, _Output] = {
    "plan": "", "matrix": "", "ranges": 0, "ranges-waiting": 0, "estimated-minutes": 0, "estimated-tokens": 0,
}  # fmt: skip
#: Outputs that publishers set; empty when they did not run or have failed.
PUBLISHED = (
    "artifact-id",
    "artifact-url",
    "comment-url",
    "release-url",
    "commit-sha",
    "pull-request-url",
)


class WrittenReport(Struct, frozen=True):
    """One Markdown report in the workspace with its insight document."""

    category: str
    locale: str
    path: PurePath
    insight: PurePath
    headline: str


def written_reports(outcome: Outcome) -> list[WrittenReport]:
    """Pair the paths of a run with its documents; paths come by category, locale and format.

    Pages are for people to open: no publisher and no output names them.
    """
    paths = (path for path in outcome.paths if path.suffix != SUFFIXES["html"])
    reports: list[WrittenReport] = []
    for insight in outcome.insights:
        document: PurePath | None = None
        documents: list[tuple[str, PurePath]] = []
        for locale in insight.locales:
            documents.append((locale, next(paths)))
            document = document or next(paths)
        reports += [
            WrittenReport(
                insight.category, locale, path, document or path, insight.headline[locale]
            )
            for locale, path in documents
        ]
    return reports


def outputs_of(
    outcome: Outcome,
    receipts: Sequence[Receipt] = (),
    alarms: Sequence[Notice] = (),
    collected: Sequence[Outcome] = (),
) -> Mapping[str, _Output]:
    """Return the step's outputs; `collected` are earlier reports whose texts came since."""
    reports = written_reports(outcome)
    selection, commits = outcome.selection, outcome.commits
    left_out = len(selection.unmatched) + len(selection.unreadable) + outcome.unlisted_count
    folders = [str(report.path.parent) for report in reports]
    return {
        "reports": _report_rows([outcome]),
        "report-directory": os.path.commonpath(folders) if folders else "",
        "headline": reports[0].headline if reports else "",
        "has-changes": selection.changed > 0,
        "changed-files": selection.changed,
        "files-excluded": len(selection.excluded),
        "files-left-out": left_out,
        "complete": all(insight.coverage.complete for insight in outcome.insights) and not left_out,
        "examined": outcome.is_examined,
        "breaking-changes": outcome.breaking,
        "impacts": outcome.impacts,
        "base-sha": commits.start,
        "head-sha": commits.head,
        "compare-url": commits.compare_url,
        **_late(receipts, (outcome, *collected)),
        **_UNPLANNED,
        "reports-collected": _report_rows(collected),
        "alarms": alarms_output(alarms),
    }


def _late(receipts: Sequence[Receipt], outcomes: Sequence[Outcome]) -> Mapping[str, _Output]:
    """Return what models and publishers have set, whether or not something new was compared."""
    outputs = {name: value for receipt in receipts for name, value in receipt.outputs.items()}
    return {
        **_by_model([insight for outcome in outcomes for insight in outcome.insights]),
        **{name: outputs.get(name, "") for name in PUBLISHED},
    }


def _report_rows(outcomes: Sequence[Outcome]) -> str:
    rows = [
        {
            "category": report.category,
            "locale": report.locale,
            "path": str(report.path),
            "insight": str(report.insight),
            "headline": report.headline,
        }
        for outcome in outcomes
        for report in written_reports(outcome)
    ]
    return json.dumps(rows, ensure_ascii=False)


def _by_model(insights: Sequence[Insight]) -> Mapping[str, _Output]:
    """Return what a model had to do with the reports; empty texts and 0 without one."""
    usages = [insight.usage for insight in insights]
    shares = [insight.texts_by_model for insight in insights]
    written, texts = (sum(share[part] for share in shares) for part in (0, 1))
    return {
        "model": next((insight.model for insight in insights if insight.model), ""),
        "prompt-version": next((each.prompt_version for each in insights if each.model), ""),
        "model-requests": sum(usage.requests for usage in usages),
        "input-tokens": sum(usage.input_tokens for usage in usages),
        "output-tokens": sum(usage.output_tokens for usage in usages),
        "cache-hits": sum(usage.cache_hits for usage in usages),
        # Rounded down, so that 100 is said of all texts only.
        "texts-by-model": 100 * written // texts if texts else 0,
    }


def alarms_output(alarms: Sequence[Notice]) -> str:
    """Return alarms as a JSON list."""
    alarm_rows = [{"alarm": notice.key, "message": tell_notice(notice)} for notice in alarms]
    return json.dumps(alarm_rows, ensure_ascii=False)


def nothing_compared(
    receipts: Sequence[Receipt] = (), collected: Sequence[Outcome] = ()
) -> Mapping[str, _Output]:
    """Return the outputs of a run that had nothing to compare, under the same names."""
    return {
        "reports": "[]",
        "report-directory": "",
        "headline": "",
        "has-changes": False,
        "changed-files": 0,
        "files-excluded": 0,
        "files-left-out": 0,
        "complete": True,
        "examined": True,
        "breaking-changes": 0,
        "impacts": 0,
        "base-sha": "",
        "head-sha": "",
        "compare-url": "",
        **_late(receipts, collected),
        **_UNPLANNED,
        "reports-collected": _report_rows(collected),
        "alarms": "[]",
    }


def annotate_breaking(host: RunnerHost, insights: Sequence[Insight]) -> None:
    """Warn on each line that proves a breaking change, with what that change is, in the first locale."""
    for insight in insights:
        for entry in insight.files:
            path = entry.analysis.change.path
            for fact in entry.analysis.facts:
                if fact.breaking:
                    words = fact_line(insight.locales[0], fact, path)
                    host.annotate("warning", words, path, *_place(fact))


def gate_code(host: RunnerHost, outcomes: Sequence[Outcome], settings: Settings) -> int:
    """Return the exit code that the gate asks for; what it objects to is an error of the step."""
    gate = read_gate(outcomes, settings, typed=False)
    if gate.lines:
        host.annotate("error" if gate.fails else "warning", "\n".join(gate.lines))
    return gate.exit_code


def annotate_uses(host: RunnerHost, insights: Sequence[Insight]) -> None:
    """Warn on each line of one's own code that certainly uses what a range takes away, with what that is."""
    for insight in insights:
        first = insight.locales[0]
        for entry in insight.files:
            for fact in entry.analysis.facts:
                _annotate(host, first, fact, entry.analysis.change.path)
        for step in insight.steps:
            for finding in step.findings:
                start = f"{step.name} {step.old} → {step.new}: "
                _annotate(host, first, finding.fact, finding.path, start)


def _annotate(host: RunnerHost, locale: str, fact: Fact, path: str, start: str = "") -> None:
    lines = [use for use in fact.uses if use.certainty == "proved"]
    words = start + fact_line(locale, fact, path) if lines else ""  # not every fact has words
    for use in lines:
        host.annotate("warning", words, use.path, use.line)


def _place(fact: Fact) -> tuple[int | None, int | None]:
    """Return the first lines of the head that prove a fact; without any it is about the whole file."""
    heads = [lines for lines in fact.evidence if lines.side is Side.HEAD]
    return (heads[0].start, heads[0].end) if heads else (None, None)


def kept_files(settings: Settings) -> list[PurePath]:
    """Return the files that are kept for runs to come."""
    if not settings.cache_dir:
        return []
    walked = os.walk(settings.cache_dir)
    return [PurePath(folder, name) for folder, _, names in walked for name in names]
