"""What may be said of a file or a category: what the model saw of it, and the facts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.llm.grounding.collect import sources_of
from diff_insight.llm.grounding.evidence import evidence_of
from diff_insight.llm.prompting.checks import Ground
from diff_insight.llm.prompting.injection import suspicion
from diff_insight.llm.prompting.overview import Known
from diff_insight.llm.prompting.plan import PatchPiece
from diff_insight.llm.prompting.units import Unit
from diff_insight.model.insight import Insight


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
