"""What is asked about a category as a whole, from what is known of its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from diff_insight.kinds.catalogue import kind_of
from diff_insight.llm.prompting.prompts import NONCE, Prompt, corrective, instructions
from diff_insight.llm.prompting.redact import redact
from diff_insight.llm.prompting.tokens import estimate
from diff_insight.markup.escape import visible
from diff_insight.markup.plain import clip
from diff_insight.model.insight import Insight
from diff_insight.model.telling import FileText

#: Estimated tokens of one overview request; above it, files are told in less and less detail.
MOST_INPUT = 6_000
#: Expected output tokens of an overview in one locale.
OUTPUT = 420
#: Files whose explanation is told; the others have their title.
EXPLAINED = 24
#: Files of one group when there are too many for one request.
GROUP = 120


class Known(Struct, frozen=True):
    """What an overview is made from: one line for each file, most important first."""

    lines: tuple[str, ...]
    files: tuple[int, ...]


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
        explanation = text.explanation if text else entry.explanation[locale]
        detail = f" -- {clip(' '.join(explanation.split()), 320)}" if explained else ""
        change = entry.analysis.change
        line = (
            f"{index + 1}. {change.path} [{entry.analysis.type}, {change.status}] {title}{detail}"
        )
        lines.append(redact(visible(line)).text)
    return Known(tuple(lines), tuple(ranked))


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
            groups.append(Known(tuple(lines), tuple(files)))
            lines, files, used = [], [], 0
        lines.append(line)
        files.append(index)
        used += size
    groups.append(Known(tuple(lines), tuple(files)))
    return groups


def overview_prompt(known: Known, locale: str, failures: Sequence[str] = ()) -> Prompt:
    """Return the words of an overview request."""
    data = "\n".join(known.lines).replace(NONCE, "{ nonce }")
    correction = [corrective(failures)] if failures else []
    fenced = f"[{NONCE}]\n{data}\n[/{NONCE}]"
    return Prompt(instructions("overview", (locale,)), "\n".join([fenced, *correction]))
