"""The measures: pure functions from what was told to figures and findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from msgspec import Struct

from benchmarks.quality.runs import Told
from diff_insight.llm.grounding.check import Unsupported, unsupported_tokens
from diff_insight.llm.grounding.collect import sources_of
from diff_insight.llm.grounding.date_readings import find_dates
from diff_insight.llm.grounding.folding import literal, lower
from diff_insight.model.facts import Fact
from diff_insight.model.insight import Insight

#: Facts that say no more than that, or how much, something changed.
_UNSPECIFIC = frozenset(
    "text.more text.lines file.too-large file.unreadable file.generated file.added file.removed "
    "binary.added binary.changed binary.removed lfs.changed".split()
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One unsupported token: where it stands and in which locale."""

    place: str
    locale: str
    found: Unsupported


@dataclass(frozen=True, slots=True)
class Label:
    """What a person said about one file: whether it breaks something, and why."""

    path: str
    breaking: bool
    reason: str


class Wanted(Struct, frozen=True, kw_only=True):
    """The most important change of a case, and what has to stand in headline or highlights."""

    case: str
    change: str
    reason: str
    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


def is_specific(fact: Fact) -> bool:
    """Tell whether a fact names something beyond a count or a status."""
    if fact.kind in _UNSPECIFIC:
        return False
    return not fact.kind.startswith("image.") or "new_width" in fact.params


@dataclass(frozen=True, slots=True)
class Specific:
    """How many files have a specific fact, in all and among those with a patch."""

    some: int
    files: int
    patched_some: int
    patched: int

    def __add__(self, other: Specific) -> Specific:
        return Specific(
            self.some + other.some,
            self.files + other.files,
            self.patched_some + other.patched_some,
            self.patched + other.patched,
        )


def specific_share(told: Told) -> Specific:
    """Return how many files have a specific fact."""
    named = [any(map(is_specific, entry.analysis.facts)) for entry in told.insight.files]
    patched = [bool(patch) for patch in told.patches]
    both = [name and patch for name, patch in zip(named, patched, strict=True)]
    return Specific(sum(named), len(named), sum(both), sum(patched))


#: Texts in which a backtick is what it quotes, and no mark of code.
_PLAIN = ("headline", "summary")


def unsupported_findings(told: Told) -> Iterator[Finding]:
    """Yield the unsupported tokens of every text in every locale."""
    insight = told.insight
    analyses = [entry.analysis for entry in insight.files]
    whole = sources_of(
        analyses, insight.story, diffs=told.patches, commits=insight.range, notices=insight.notices
    )
    for locale in insight.locales:
        for name, text in _range_texts(insight, locale):
            for found in unsupported_tokens(text, whole, locale, markdown=name not in _PLAIN):
                yield Finding(name, locale, found)
    for entry, items, patch in zip(insight.files, told.by_file, told.patches, strict=True):
        own = sources_of([entry.analysis], items, diffs=[patch], commits=insight.range)
        for locale in insight.locales:
            plain, markdown = entry.title[locale], entry.explanation[locale]
            for found in (
                *unsupported_tokens(plain, own, locale, markdown=False),
                *unsupported_tokens(markdown, own, locale),
            ):
                yield Finding(entry.analysis.change.path, locale, found)


def text_count(insight: Insight) -> int:
    """Return the number of texts that are checked."""
    whole = sum(len(list(_range_texts(insight, locale))) for locale in insight.locales)
    return whole + 2 * len(insight.files) * len(insight.locales)


def shows(insight: Insight, wanted: Wanted) -> bool:
    """Tell whether headline or highlights of every locale name what is wanted."""
    return all(_shows(_first_screen(insight, locale), wanted) for locale in insight.locales)


def breaking_paths(insight: Insight) -> frozenset[str]:
    """Return the files that have a breaking fact."""
    return frozenset(
        entry.analysis.change.path
        for entry in insight.files
        if any(fact.breaking for fact in entry.analysis.facts)
    )


@dataclass(frozen=True, slots=True)
class Breaking:
    """How the rules' findings compare with labels."""

    found: int
    missed: tuple[Label, ...]
    wrong: tuple[Label, ...]

    @property
    def recall(self) -> float:
        """Share of the labelled breaking changes that the rules found."""
        total = self.found + len(self.missed)
        return self.found / total if total else 1.0


def compare_breaking(labels: Sequence[Label], found: frozenset[str]) -> Breaking:
    """Compare labels of one range with the files that the rules call breaking."""
    return Breaking(
        found=sum(label.breaking and label.path in found for label in labels),
        missed=tuple(label for label in labels if label.breaking and label.path not in found),
        wrong=tuple(label for label in labels if not label.breaking and label.path in found),
    )


def agreement(told: Told, recorded: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield (ours, recorded, rule, path) for each file with a recorded type."""
    for entry in told.insight.files:
        analysis = entry.analysis
        if said := recorded.get(analysis.change.path):
            yield str(analysis.type), said, analysis.rule, analysis.change.path


def _range_texts(insight: Insight, locale: str) -> Iterator[tuple[str, str]]:
    yield "headline", insight.headline[locale]
    yield "summary", insight.summary[locale]
    yield "insights", insight.insights[locale]
    highlights = insight.highlights[locale]
    for bullets in (
        highlights.new_features,
        highlights.breaking_changes,
        highlights.other_updates,
    ):
        for bullet in bullets:
            yield "highlights", bullet


def _first_screen(insight: Insight, locale: str) -> str:
    shown = {"headline", "highlights"}
    return "\n".join(text for name, text in _range_texts(insight, locale) if name in shown)


def _shows(text: str, wanted: Wanted) -> bool:
    dates = {reading for date in find_dates(lower(literal(text))) for reading in date.readings}
    return (
        all(word in text for word in wanted.all)
        and (not wanted.any or any(word in text for word in wanted.any))
        and dates.issuperset(wanted.dates)
    )
