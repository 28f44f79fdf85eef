"""Lets an analyst ask a model that answers with the honest texts, as often as it is asked: what of them a report shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.model_quality.diffs import diff_source, retold
from benchmarks.model_quality.verdicts import LISTS, mark
from diff_insight.llm.client.model_analyst import ModelAnalyst
from diff_insight.llm.client.openai_endpoint import OpenAIEndpoint
from diff_insight.llm.prompting.answer_markdown import inline, paragraphs, title_line
from diff_insight.model.insight import Insight
from diff_insight.model.telling import RangeText, Told
from support.asking import ASKED, PLACE, Listener, Patience
from support.fake_model import Block, FakeModel, Request, honest, honest_overview

Row = Mapping[str, Any]
_SHOWN = {
    "title": title_line, "explanation": paragraphs, "headline": title_line, "summary": title_line,
    "insights": paragraphs, **dict.fromkeys(LISTS, inline),
}  # fmt: skip


@dataclass
class Kept:
    """How many honest texts were told, how many requests came a second time, and what was lost.

    Attributes:
        parts: Parts that a model told, of files and of ranges.
        asked_again: Requests that carried faults.
        requests: All requests.
        lost: The rows of parts that are not in the report.
        ranges: Ranges in a locale that a model told something of.
        lost_ranges: Those of which the report has nothing.
    """

    parts: int = 0
    asked_again: int = 0
    requests: int = 0
    lost: list[Row] = field(default_factory=list)
    ranges: int = 0
    lost_ranges: int = 0


def replay(rows: Iterable[Row], clones: Path | None = None) -> Kept:
    """Tell honest texts of each diff, round by round where a part has several; rows without a clone are left out."""
    kept = Kept()
    groups: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[str(row["case"]), str(row.get("head", "")), str(row["locale"])].append(row)
    for some in groups.values():
        for told in _rounds(some):
            _tell(told, clones, kept)
    return kept


def _rounds(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield sets of rows with one text for each part; bullets stand together."""
    rounds: list[list[Row]] = []
    taken: defaultdict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        part = (str(row.get("path", "")), str(row["part"]))
        number = 0 if row["part"] in LISTS else taken[part]
        taken[part] += 1
        while len(rounds) <= number:
            rounds.append([])
        rounds[number].append(row)
    yield from rounds


def _tell(rows: Sequence[Row], clones: Path | None, kept: Kept) -> None:
    source = diff_source(rows[0], clones)
    if source is None:
        return
    locale = str(rows[0]["locale"])
    model = FakeModel(writer=_writer(rows), overview=_overview(rows))
    listener, patience = Listener(), Patience()
    analyst = ModelAnalyst(
        ASKED, lambda: OpenAIEndpoint(PLACE, model.transport), listener, None, patience.timing()
    )
    insight, told = retold(source, (locale,), analyst)
    kept.requests += len(model.requests)
    kept.asked_again += sum(request.corrective for request in model.requests)
    kept.parts += len(rows)
    kept.lost += [row for row in rows if not _is_shown(row, insight, told, locale)]
    if any(not row.get("path") for row in rows):
        kept.ranges += 1
        kept.lost_ranges += locale not in told.ranges


def _writer(rows: Sequence[Row]) -> Any:  # noqa: ANN401 - a writer of the fake
    texts = {(row["path"], row["part"]): str(row["text"]) for row in rows if row.get("path")}

    def write(block: Block, locale: str) -> tuple[str, str]:
        title, explanation = honest(block, locale)
        return (
            texts.get((block.path, "title"), title),
            texts.get((block.path, "explanation"), explanation),
        )

    return write


def _overview(rows: Sequence[Row]) -> Any:  # noqa: ANN401 - an overview of the fake
    own = [row for row in rows if not row.get("path")]

    def write(request: Request) -> Mapping[str, Any]:
        answer = honest_overview(request)
        for row in own:
            if row["part"] in LISTS:
                answer[row["part"]] = [
                    {"text": each["text"], "files": list(each["files"])}
                    for each in own
                    if each["part"] == row["part"]
                ]
            else:
                answer[row["part"]] = row["text"]
        return answer

    return write


def _is_shown(row: Row, insight: Insight, told: Told, locale: str) -> bool:
    part, wanted = str(row["part"]), _SHOWN[str(row["part"])](str(row["text"]))
    if row.get("path"):
        paths = [entry.analysis.change.path for entry in insight.files]
        text = told.files.get(paths.index(row["path"]), {}).get(locale)
        return text is not None and _bare(getattr(text, part), locale) == _bare(wanted, locale)
    overview = told.ranges.get(locale)
    return overview is not None and any(
        _bare(each, locale) == _bare(wanted, locale) for each in _texts(overview, part)
    )


def _texts(overview: RangeText, part: str) -> list[str]:
    value = getattr(overview, part)
    return [value] if isinstance(value, str) else [bullet.text for bullet in value]


def _bare(text: str, locale: str) -> str:
    return "".join(text.replace(mark(locale), "").split())
