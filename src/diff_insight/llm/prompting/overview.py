"""What is asked about a category as a whole, from what is known of its files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from diff_insight.kinds.catalogue import kind_of
from diff_insight.llm.prompting.answer_markdown import as_written
from diff_insight.llm.prompting.context import date_facts, fact_line, file_line, said_lines
from diff_insight.llm.prompting.prompts import Prompt, corrective, fence, instructions
from diff_insight.llm.prompting.redact import redact
from diff_insight.llm.prompting.token_estimate import estimate
from diff_insight.markup.escape import visible
from diff_insight.markup.plain import clip
from diff_insight.model.facts import FileAnalysis, ModificationType
from diff_insight.model.insight import Insight
from diff_insight.model.story import Role
from diff_insight.model.telling import FileText

#: Estimated tokens of one overview request; above it, files are told in less and less detail.
MOST_INPUT = 9_000
#: Expected output tokens of an overview in one locale.
OUTPUT = 600
#: Files whose explanation is told; the others have their title.
EXPLAINED = 24
#: Files of one group when there are too many for one request.
GROUP = 120
#: Characters of an explanation, of a line of the rules, of a title beside which nothing is explained.
_LONGEST_EXPLANATION, _LONGEST_LINE, _LONGEST_TITLE = 900, 240, 90
#: Facts about dates and lines of the rules that are listed.
_MOST_DATES, _MOST_LINES = 12, 8


class Known(Struct, frozen=True):
    """What an overview is made from: one line for each file, most important first.

    `preface` is what is known of the range as a whole.
    """

    lines: tuple[str, ...]
    files: tuple[int, ...]
    preface: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of it, as a request shows it."""
        return "\n".join((*self.preface, *self.lines))


def known_files(
    insight: Insight, texts: Mapping[int, Mapping[str, FileText]], locale: str
) -> Known:
    """Return what is known of each file in one locale.

    The most salient files are told as the model told them, if that is believed; the others by the
    rules, so that an overview has to wait for few of them.
    """
    ranked = ranking(insight)
    lines = []
    for rank, index in enumerate(ranked):
        entry = insight.files[index]
        explained = rank < EXPLAINED
        text = texts.get(index, {}).get(locale) if explained else None
        title = text.title if text else entry.title[locale]
        explanation = as_written(text.explanation if text else entry.explanation[locale])
        detail = f" -- {clip(explanation, _LONGEST_EXPLANATION)}" if explained else ""
        new = ", new" if holds_new(entry.analysis) else ""
        where = file_line(insight, index) if explained else entry.analysis.change.path
        shown = title if explained else clip(title, _LONGEST_TITLE)
        line = f"{index + 1}. {where} [{entry.analysis.type}{new}] {shown}{detail}"
        lines.append(redact(visible(line)).text)
    return Known(tuple(lines), tuple(ranked), tuple(_preface(insight, locale, ranked)))


def holds_new(analysis: FileAnalysis) -> bool:
    """Tell whether a file holds something that was not there before, as far as facts say it."""
    if analysis.type is ModificationType.NEW_FEATURE:
        return True
    return any(kind_of(fact.kind).role is Role.NEW for fact in analysis.facts)


def _preface(insight: Insight, locale: str, ranked: Sequence[int]) -> Iterator[str]:
    """Yield what is known of the range: what people said, what breaks, what is asked, dates."""
    where = f"{insight.range.repository}, " if insight.range.repository else ""
    size = f"{len(insight.files)} files, +{insight.additions} -{insight.deletions}"
    yield redact(visible(f"range: {where}{size}")).text
    rules = insight.highlights[locale]
    dates = [
        f"{index + 1} {fact_line(fact)}"
        for index in ranked
        for fact in date_facts(insight.files[index].analysis)
    ]
    sections = (
        ("said by people, with the numbers of files", said_lines(insight.threads)),
        ("proved as breaking, told in a section of its own", _rules_lines(rules.breaking_changes)),
        ("asked of readers, told in a section of its own", _rules_lines(rules.to_do)),
        ("facts with dates, with the number of their file", dates[:_MOST_DATES]),
    )
    for name, lines in sections:
        if lines:
            yield f"{name}:"
            yield from (f"- {line}" for line in lines)
    yield "files:"


def _rules_lines(bullets: Sequence[str]) -> list[str]:
    return [
        redact(visible(clip(as_written(each), _LONGEST_LINE))).text
        for each in bullets[:_MOST_LINES]
    ]


def ranking(insight: Insight) -> list[int]:
    """Return the indexes of the files, most salient first."""
    salience = [
        max((kind_of(fact.kind).salience for fact in entry.analysis.facts), default=0)
        for entry in insight.files
    ]
    return sorted(range(len(salience)), key=lambda index: (-salience[index], index))


def groups_of(known: Known) -> list[Known]:
    """Return the files in as many groups as fit into one request each."""
    if estimate("\n".join(known.lines)) <= MOST_INPUT or len(known.lines) <= GROUP // 4:
        return [known]
    groups = []
    lines: list[str] = []
    files: list[int] = []
    used = 0
    for line, index in zip(known.lines, known.files, strict=True):
        size = estimate(line) + 1
        if lines and (used + size > MOST_INPUT or len(lines) == GROUP):
            groups.append(Known(tuple(lines), tuple(files), known.preface))
            lines, files, used = [], [], 0
        lines.append(line)
        files.append(index)
        used += size
    groups.append(Known(tuple(lines), tuple(files), known.preface))
    return groups


def overview_prompt(
    known: Known, locale: str, faults: Sequence[str] = (), answer: str = ""
) -> Prompt:
    """Return the words of an overview request, with the answer before and what was wrong with it."""
    parts = [fence(known.text), *([corrective(faults, answer)] if faults else [])]
    return Prompt(instructions("overview", (locale,)), "\n".join(parts))
