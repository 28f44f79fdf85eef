"""Believes an answer or says why not: per file and locale, and per overview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from diff_insight.kinds.catalogue import kind_of
from diff_insight.llm.grounding.collect import sources_of
from diff_insight.llm.prompting.answers import RawFile, RawOverview, RawText
from diff_insight.llm.prompting.checks import LONGEST_TEXT, LONGEST_TITLE, Ground, faults
from diff_insight.llm.prompting.injection import suspicion
from diff_insight.llm.prompting.markdown import inline, paragraphs, plain_text
from diff_insight.llm.prompting.overview import Known
from diff_insight.llm.prompting.plan import PatchPiece
from diff_insight.model.facts import ModificationType
from diff_insight.model.insight import FileEntry, Insight
from diff_insight.model.story import Role
from diff_insight.model.telling import Bullet, FileText, RangeText

_BREAKING = str(ModificationType.BREAKING_CHANGE)
#: Faults named in a second request; more would only repeat themselves.
MOST_FAULTS = 6


class Verdict(Struct, frozen=True):
    """What of an answer is believed, and why the rest is not, by locale."""

    texts: Mapping[str, FileText] = field(default_factory=dict)
    failures: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def check_file(
    answer: RawFile | None, piece: PatchPiece, locales: Sequence[str], extra: str = ""
) -> Verdict:
    """Check an answer about one file; `extra` is more of what the model saw of it, such as notes."""
    if answer is None:
        return Verdict({}, dict.fromkeys(locales, ("there is no answer about this file",)))
    contradiction = type_fault(answer.type, piece.unit.entry)
    ground = file_ground(piece, extra)
    texts: dict[str, FileText] = {}
    failures: dict[str, tuple[str, ...]] = {}
    for locale in locales:
        raw = answer.texts.get(locale)
        objections = [contradiction] if contradiction else []
        objections += _text_faults(raw, locale, ground)
        if raw is None or objections:
            failures[locale] = tuple(dict.fromkeys(objections))[:MOST_FAULTS]
        else:
            texts[locale] = FileText(plain_text(raw.title), paragraphs(raw.explanation))
    return Verdict(texts, failures)


def _text_faults(raw: RawText | None, locale: str, ground: Ground) -> list[str]:
    if raw is None:
        return [f"there is no text for {locale}"]
    title = faults(raw.title, locale, ground, longest=LONGEST_TITLE)
    explanation = faults(raw.explanation, locale, ground, longest=LONGEST_TEXT)
    return [
        *(f"{locale} title: {fault}" for fault in title),
        *(f"{locale} explanation: {fault}" for fault in explanation),
    ]


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
    return Ground(
        sources=sources_of(
            [analysis],
            texts=(unit.suggestion, *notes, extra),
            diffs=() if piece.notes else (piece.content,),
        ),
        shown="\n".join((piece.content, *paths, extra)),
        breaking=any(fact.breaking for fact in analysis.facts),
        suspicion=suspicion(unit.patch, "\n".join(paths)),
    )


def check_overview(
    answer: RawOverview, insight: Insight, known: Known, locale: str
) -> tuple[RangeText | None, tuple[str, ...]]:
    """Return the texts about a category, or why they are not believed."""
    ground = range_ground(insight, known)
    failures: list[str] = []
    for name, text in answer.parts():
        longest = LONGEST_TITLE if name in {"headline", "new_features"} else LONGEST_TEXT
        failures += [f"{name}: {fault}" for fault in faults(text, locale, ground, longest=longest)]
    new, others = _bullets(answer, insight, failures)
    if failures:
        return None, tuple(dict.fromkeys(failures))[:MOST_FAULTS]
    return (
        RangeText(
            headline=plain_text(answer.headline),
            summary=plain_text(answer.summary),
            new_features=new,
            other_updates=others,
            insights=paragraphs(answer.insights),
        ),
        (),
    )


def _bullets(
    answer: RawOverview, insight: Insight, failures: list[str]
) -> tuple[tuple[Bullet, ...], tuple[Bullet, ...]]:
    """Return the bullets of both lists; what contradicts the facts is added to the faults."""
    lists = []
    for name, bullets in (
        ("new_features", answer.new_features),
        ("other_updates", answer.other_updates),
    ):
        texts = []
        for bullet in bullets:
            files = tuple(dict.fromkeys(number - 1 for number in bullet.files))
            if any(not 0 <= index < len(insight.files) for index in files):
                failures.append(f"{name}: there is no file of that number")
            elif name == "new_features" and not any(_is_new(insight, index) for index in files):
                failures.append("new_features: none of its files holds anything new")
            else:
                texts.append(Bullet(inline(bullet.text), files))
        lists.append(tuple(texts))
    return lists[0], lists[1]


def _is_new(insight: Insight, index: int) -> bool:
    analysis = insight.files[index].analysis
    if analysis.type is ModificationType.NEW_FEATURE:
        return True
    return any(kind_of(fact.kind).role is Role.NEW for fact in analysis.facts)


def range_ground(insight: Insight, known: Known) -> Ground:
    """Return what may be said of a category: what the overview's request shows, and the facts."""
    shown = "\n".join(known.lines)
    analyses = [
        insight.files[index].analysis for index in known.files if 0 <= index < len(insight.files)
    ]
    return Ground(
        sources=sources_of(analyses, insight.story, texts=(shown,)),
        shown=shown,
        breaking=any(fact.breaking for each in analyses for fact in each.facts),
        suspicion=suspicion("\n".join(f" {line}" for line in known.lines), ""),
    )
