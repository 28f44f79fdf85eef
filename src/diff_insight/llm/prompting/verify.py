"""Believes an answer part by part: what stands, what is wrong with the rest, and what can be saved of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from diff_insight.llm.grounding.collect import sources_of
from diff_insight.llm.grounding.evidence import evidence_of
from diff_insight.llm.prompting.answer_markdown import inline, paragraphs, title_line
from diff_insight.llm.prompting.answers import RawBullet, RawFile, RawOverview, RawText
from diff_insight.llm.prompting.checks import LONGEST_TEXT, LONGEST_TITLE, Ground, Judgement, judge
from diff_insight.llm.prompting.injection import suspicion
from diff_insight.llm.prompting.overview import Known
from diff_insight.llm.prompting.plan import PatchPiece
from diff_insight.llm.prompting.readings import with_readings
from diff_insight.llm.prompting.units import Unit
from diff_insight.markup.plain import clip
from diff_insight.model.facts import ModificationType
from diff_insight.model.insight import FileEntry, Insight
from diff_insight.model.telling import Bullet, FileText, RangeText

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
            *_fault_lines(f"{locale} title", title),
            *_fault_lines(f"{locale} explanation", body),
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


def _fault_lines(part: str, judgement: Judgement) -> Iterator[str]:
    return (f"{part}: {fault}" for fault in judgement.faults)


def type_fault(answered: str, entry: FileEntry) -> str:
    """Return how an answered type contradicts the facts; the type itself stays that of the rules."""
    known = {str(each) for each in ModificationType}
    if answered not in known:
        return f"the type {answered[:40]!r} is none of {', '.join(sorted(known))}"
    ours = str(entry.analysis.type)
    if (answered == _BREAKING) != (ours == _BREAKING):
        return f"the type {answered!r} contradicts the facts, which say {ours!r}"
    return ""


def file_ground(piece: PatchPiece, extra: str = "") -> Ground:
    """Return what may be said of a file: what the model saw, and the facts."""
    unit = piece.unit
    analysis = unit.entry.analysis
    change = analysis.change
    paths = tuple(path for path in (change.path, change.previous_path) if path)
    notes = (piece.content,) if piece.notes else ()
    around = tuple(value for _, value in unit.head())
    others = (unit.others.total, *unit.others.lines.values()) if unit.others else ()
    patch = unit.patch if piece.notes else piece.content
    return Ground(
        sources=sources_of(
            [analysis], texts=(*around, *others, *notes, extra, patch), diffs=(patch,)
        ),
        shown="\n".join((piece.content, *paths, *around, *others, extra)),
        breaking=any(fact.breaking for fact in analysis.facts),
        suspicion=suspicion(unit.patch),
        evidence=evidence_of((patch,), (*unit.said, *unit.facts, *notes, extra), (analysis,)),
    )


class RangeGround(Struct, frozen=True):
    """What may be said of a category.

    Attributes:
        whole: For headline, summary and paragraphs.
        files: For bullets, by the indexes of the files that they name.
        count: Number of files.
    """

    whole: Ground
    files: Mapping[int, Ground]
    count: int

    def of(self, indexes: Sequence[int]) -> Ground:
        """Return the ground of a bullet about some files."""
        named = [self.files[index] for index in indexes if index in self.files]
        if len(named) == 1:
            return named[0]
        first = named[0]
        return Ground(
            sources=replace(
                first.sources,
                texts=tuple(text for each in named for text in each.sources.texts),
                diffs=tuple(diff for each in named for diff in each.sources.diffs),
                params=tuple(params for each in named for params in each.sources.params),
            ),
            shown="\n".join(each.shown for each in named),
            breaking=any(each.breaking for each in named),
            suspicion=self.whole.suspicion,
            evidence=replace(
                first.evidence,
                lines=tuple(line for each in named for line in each.evidence.lines),
                said=tuple(text for each in named for text in each.evidence.said),
                analyses=tuple(file for each in named for file in each.evidence.analyses),
            ),
        )


class RangeVerdict(Struct, frozen=True):
    """What of an answer about a category is believed, what can be saved, and what is wrong.

    Attributes:
        text: The parts that stand, and what can be saved of the others; a part may be empty.
        raw: The same, as the model wrote it.
        faults: What is wrong.
    """

    text: RangeText
    raw: RawOverview
    faults: tuple[str, ...] = ()


def better(second: RangeVerdict, first: RangeVerdict) -> RangeVerdict:
    """Return the parts of a second answer that stand, and of the first where the second has none."""
    return RangeVerdict(
        RangeText(**{name: _more(second.text, first.text, name) for name in _PARTS}),
        RawOverview(**{name: _more(second.raw, first.raw, name) for name in _PARTS}),
        second.faults,
    )


_PARTS = ("headline", "summary", "new_features", "other_updates", "insights")


def _more(second: object, first: object, name: str) -> Any:  # noqa: ANN401 - both have the same parts
    """Return the second's part, unless the first has more of it."""
    new, old = getattr(second, name), getattr(first, name)
    return old if len(old) > len(new) and (isinstance(new, tuple) or not new) else new


def range_ground(insight: Insight, known: Known, units: Sequence[Unit] = ()) -> RangeGround:
    """Return what may be said of a category: what its requests show, and the facts.

    Args:
        insight: The document of the rules.
        known: What the overview's request shows.
        units: The files whose patches were shown.
    """
    patches = {unit.index: unit.patch for unit in units}
    lines = dict(zip(known.files, known.lines, strict=False))
    files: dict[int, Ground] = {}
    for index, entry in enumerate(insight.files):
        patch, line = patches.get(index, ""), lines.get(index, "")
        said = tuple(each for each in known.preface if _names(each, index))
        texts = (line, *said, patch)
        files[index] = Ground(
            sources=sources_of([entry.analysis], texts=texts, diffs=(patch,)),
            shown="\n".join(texts),
            breaking=any(fact.breaking for fact in entry.analysis.facts),
            suspicion=suspicion(patch),
            evidence=evidence_of((patch,), (line, *said), (entry.analysis,)),
        )
    analyses = [entry.analysis for entry in insight.files]
    shown = known.text
    words = frozenset(word for each in files.values() for word in each.suspicion.words)
    whole = Ground(
        sources=sources_of(
            analyses, insight.story, texts=(shown, *patches.values()), diffs=tuple(patches.values())
        ),
        shown="\n".join((shown, *patches.values())),
        breaking=any(fact.breaking for each in analyses for fact in each.facts),
        suspicion=replace(suspicion(shown), words=words),
        evidence=evidence_of(patches.values(), (*known.preface, *known.lines), analyses),
    )
    return RangeGround(whole, files, len(insight.files))


_OF_FILE = re.compile(r"- (\d+) \[")
_OF_FILES = re.compile(r"\[(\d+(?:, \d+)*)\]$")


def _names(line: str, index: int) -> bool:
    """Tell whether a line of the preface names a file by its number, or none at all."""
    first, last = _OF_FILE.match(line), _OF_FILES.search(line)
    if first:
        return int(first[1]) == index + 1
    return last is None or str(index + 1) in last[1].split(", ")


def check_overview(answer: RawOverview, ground: RangeGround, locale: str) -> RangeVerdict:
    """Return what stands of the texts about a category, and what is wrong with the rest."""
    faults: list[str] = []
    parts: dict[str, str] = {}
    readings: dict[str, frozenset[str]] = {}
    for name, longest, prose in (
        ("headline", LONGEST_TITLE, False), ("summary", LONGEST_TEXT, True), ("insights", LONGEST_TEXT, True),
    ):  # fmt: skip
        judgement = judge(getattr(answer, name), locale, ground.whole, longest=longest, prose=prose)
        faults += _fault_lines(name, judgement)
        parts[name] = judgement.rest
        readings[name] = judgement.readings
    doubtful: set[str] = set()
    lists = {
        name: _bullets(name, getattr(answer, name), ground, locale, faults, doubtful)
        for name in ("new_features", "other_updates")
    }
    raw = RawOverview(
        headline=parts["headline"], summary=parts["summary"], insights=parts["insights"],
        new_features=lists["new_features"], other_updates=lists["other_updates"],
    )  # fmt: skip
    insights = with_readings(paragraphs(raw.insights), readings["insights"], locale)
    text = RangeText(
        headline=with_readings(title_line(raw.headline), readings["headline"], locale),
        summary=with_readings(title_line(raw.summary), readings["summary"], locale),
        new_features=tuple(_bullet(each, doubtful, locale) for each in raw.new_features),
        other_updates=tuple(_bullet(each, doubtful, locale) for each in raw.other_updates),
        insights=insights,
    )
    return RangeVerdict(text, raw, tuple(dict.fromkeys(faults))[:MOST_FAULTS])


def _bullet(raw: RawBullet, doubtful: Collection[str], locale: str) -> Bullet:
    text = inline(raw.text)
    if raw.text.strip() in doubtful:
        text = with_readings(text, (raw.text.strip(),), locale)
    return Bullet(text, tuple(dict.fromkeys(number - 1 for number in raw.files)))


def _bullets(
    name: str,
    bullets: Sequence[RawBullet],
    ground: RangeGround,
    locale: str,
    faults: list[str],
    readings: set[str],
) -> tuple[RawBullet, ...]:
    """Return the bullets that stand; what is wrong is added to the faults, what is doubtful to the readings."""
    standing = []
    for number, bullet in enumerate(bullets, 1):
        where = f"{name} {number} (“{clip(bullet.text, 40)}”)"
        indexes = tuple(each - 1 for each in bullet.files)
        if any(not 0 <= index < ground.count for index in indexes):
            faults.append(f"{where}: there is no file of that number")
            continue
        if not indexes:
            faults.append(f"{where}: it names no file that shows it")
            continue
        judgement = judge(bullet.text, locale, ground.of(indexes), longest=LONGEST_TEXT)
        faults += _fault_lines(where, judgement)
        if name == "new_features" and not any(_adds(ground, index) for index in indexes):
            faults.append(f"{where}: none of its files has anything added")
        elif judgement.rest:
            standing.append(bullet)
            readings |= judgement.readings
    return tuple(standing)


def _adds(ground: RangeGround, index: int) -> bool:
    (analysis,) = ground.files[index].evidence.analyses
    return analysis.change.additions > 0 or analysis.type is ModificationType.NEW_FEATURE
