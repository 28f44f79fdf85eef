"""Believes an answer about a file part by part: what stands, what is wrong with the rest, and what can be saved of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from diff_insight.llm.prompting.answer_markdown import paragraphs, title_line
from diff_insight.llm.prompting.answers import RawFile, RawText
from diff_insight.llm.prompting.checks import LONGEST_TEXT, LONGEST_TITLE, Judgement, judge
from diff_insight.llm.prompting.grounds import file_ground
from diff_insight.llm.prompting.plan import PatchPiece
from diff_insight.llm.prompting.readings import with_readings
from diff_insight.model.facts import ModificationType
from diff_insight.model.insight import FileEntry
from diff_insight.model.telling import FileText

_BREAKING = str(ModificationType.BREAKING_CHANGE)
#: Faults named in a second request: all there can be, but for an answer that is nothing but faults.
MOST_FAULTS = 24


class Verdict(Struct, frozen=True):
    """What of an answer about a file is believed, by locale.

    Attributes:
        raws: The parts that stand, as the model wrote them; a part that does not is empty.
        rests: The same with what can be saved of the other parts.
        texts: The parts that stand, as reports show them.
        saved: The rests, as reports show them.
        faults: What is wrong with the other parts; locales without faults are not there.
    """

    raws: Mapping[str, RawText] = field(default_factory=dict)
    rests: Mapping[str, RawText] = field(default_factory=dict)
    texts: Mapping[str, FileText] = field(default_factory=dict)
    saved: Mapping[str, FileText] = field(default_factory=dict)
    faults: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def check_file(
    answer: RawFile | None, piece: PatchPiece, locales: Sequence[str], extra: str = ""
) -> Verdict:
    """Check an answer about one file; `extra` is more of what the model saw of it, such as notes."""
    if answer is None:
        return Verdict(faults=dict.fromkeys(locales, ("there is no answer about this file",)))
    contradiction = type_fault(answer.type, piece.unit.entry)
    if contradiction:
        return Verdict(faults=dict.fromkeys(locales, (contradiction,)))
    ground = file_ground(piece, extra)
    raws: dict[str, RawText] = {}
    rests: dict[str, RawText] = {}
    texts: dict[str, FileText] = {}
    saved: dict[str, FileText] = {}
    faults: dict[str, tuple[str, ...]] = {}
    for locale in locales:
        raw = answer.texts.get(locale)
        if raw is None:
            faults[locale] = (f"there is no text for {locale}",)
            continue
        title = judge(raw.title, locale, ground, longest=LONGEST_TITLE)
        body = judge(raw.explanation, locale, ground, longest=LONGEST_TEXT, prose=True)
        named = (
            *title.fault_lines(f"{locale} title"),
            *body.fault_lines(f"{locale} explanation"),
        )
        raws[locale] = RawText(_standing(title, raw.title), _standing(body, raw.explanation))
        rests[locale] = RawText(title.rest, body.rest)
        texts[locale] = _report_text(raws[locale], title, body, locale)
        saved[locale] = _report_text(rests[locale], title, body, locale)
        if named:
            faults[locale] = named[:MOST_FAULTS]
    return Verdict(raws, rests, texts, saved, faults)


def _report_text(raw: RawText, title: Judgement, body: Judgement, locale: str) -> FileText:
    """Return what reports show of some parts, with the mark behind the model's own readings."""
    return FileText(
        with_readings(title_line(raw.title), title.readings, locale),
        with_readings(paragraphs(raw.explanation), body.readings, locale),
    )


def _standing(judgement: Judgement, text: str) -> str:
    return "" if judgement.faults else text


def type_fault(answered: str, entry: FileEntry) -> str:
    """Return how an answered type contradicts the facts; the type itself stays that of the rules."""
    known = {str(each) for each in ModificationType}
    if answered not in known:
        return f"the type {answered[:40]!r} is none of {', '.join(sorted(known))}"
    ours = str(entry.analysis.type)
    if (answered == _BREAKING) != (ours == _BREAKING):
        return f"the type {answered!r} contradicts the facts, which say {ours!r}"
    return ""
