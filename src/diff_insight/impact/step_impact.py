"""What the dependencies that a range moves break here: each is read between both versions and looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import monotonic

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.impact.dependency_moves import dependency_moves
from diff_insight.impact.finding import UsedFinding, used_findings, weight
from diff_insight.impact.impact_text import ImpactTelling, StepTelling, with_impact
from diff_insight.impact.look_up import OtherRepository
from diff_insight.impact.published_range import published_subjects
from diff_insight.impact.range_impact import label_of, uses_here
from diff_insight.model.changes import Side
from diff_insight.model.dependency_steps import DependencyMove, DependencyStep, StepFinding
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.insight import Insight
from diff_insight.model.messages import Notice, Params, Value
from diff_insight.ports import DiffSource, OwnCode, StepReading, Upstream
from diff_insight.wording.places import Places

#: Dependencies that are read in one run, and seconds after which no further one is begun.
MOST_STEPS = 8
MOST_SECONDS = 180.0


class Dependencies(Struct, frozen=True):
    """What is needed to read steps of dependencies: one's own code, and how others are reached."""

    own: OwnCode
    upstream: Upstream


class _Step(Struct, frozen=True):
    """One dependency that was read: what is said of it, what is used, and its entry in the document."""

    telling: StepTelling
    findings: tuple[UsedFinding, ...]
    entry: DependencyStep
    notices: tuple[Notice, ...] = ()


def add_steps(
    insights: Sequence[Insight], source: DiffSource, dependencies: Dependencies | None
) -> list[Insight]:
    """Return the documents with what the dependencies that they move mean here.

    Each dependency is told once, in the first document that moves it.

    Args:
        insights: The documents of a range.
        source: Gives its files.
        dependencies: How steps are read; None for not at all.
    """
    if dependencies is None:
        return list(insights)
    known: set[tuple[str, str]] = set()
    reader = _StepReader(dependencies)
    return [_with_steps(insight, source, reader, known) for insight in insights]


def _with_steps(
    insight: Insight, source: DiffSource, reader: _StepReader, known: set[tuple[str, str]]
) -> Insight:
    files = [entry.analysis for entry in insight.files]

    def text(file: FileAnalysis, side: Side) -> str:
        previous = file.change.previous_path_bytes if side is Side.BASE else None
        path = file.change.path_bytes if previous is None else previous
        return (source.read(side, path) or b"").decode("utf-8", "replace")

    moves = [
        move for move in dependency_moves(files, text) if (move.ecosystem, move.name) not in known
    ]
    known.update((move.ecosystem, move.name) for move in moves)
    steps = reader.read(moves)
    findings = sorted((each for step in steps.read for each in step.findings), key=weight)
    telling = ImpactTelling(
        findings=tuple(findings),
        steps=tuple(step.telling for step in steps.read),
        notices=(*steps.notices, *(each for step in steps.read for each in step.notices)),
    )
    return with_impact(insight, telling, [step.entry for step in steps.read])


class _Steps(Struct, frozen=True):
    read: tuple[_Step, ...] = ()
    notices: tuple[Notice, ...] = ()


class _StepReader:
    """Reads steps within the limits of a run."""

    def __init__(self, dependencies: Dependencies) -> None:
        self._dependencies = dependencies
        self._left = MOST_STEPS
        self._until = monotonic() + MOST_SECONDS

    def read(self, moves: Sequence[DependencyMove]) -> _Steps:
        """Return what was read, and what is to be said of the rest."""
        read: list[_Step] = []
        notices: list[Notice] = []
        skipped: list[str] = []
        unknown: list[str] = []
        for move in moves:
            if not self._left or monotonic() > self._until:
                skipped.append(move.name)
                continue
            reading = self._dependencies.upstream.read(move)
            if reading is None:
                unknown.append(move.name)
                continue
            if isinstance(reading, Notice):
                notices.append(reading)
                continue
            self._left -= 1
            try:
                read.append(_step(move, reading, self._dependencies.own))
            finally:
                reading.close()
        if unknown:
            notices.append(Notice("steps-unknown", {"names": _names(unknown)}))
        if skipped:
            notices.append(Notice("steps-cut", {"names": _names(skipped)}))
        return _Steps(tuple(read), tuple(notices))


def _names(names: Sequence[str]) -> Mapping[str, Value]:
    return {"items": tuple(names), "total": len(names)}


def label_of_move(move: DependencyMove) -> Params:
    """Return the parameters that name a step in messages."""
    return {"name": move.name, "old": move.old, "new": move.new}


def _step(move: DependencyMove, reading: StepReading, own: OwnCode) -> _Step:
    """Return what a step means here: what it says to everybody, and one's own code alone decide."""
    published = reading.published
    commits = published.commits
    files = [file.analysis for file in published.files]
    matches = published_subjects(published)
    other = OtherRepository(commits.repository, reading.base)
    uses, notices = uses_here(matches, other, own) if matches else ({}, ())
    label = label_of_move(move)
    places = Places(commits, files, [file.name for file in published.files])
    findings = used_findings(files, uses, places, label)
    unused = tuple(dict.fromkeys(label_of(subject) for ref, subject in matches if ref not in uses))
    said = published.said
    entry = DependencyStep(
        name=move.name, old=move.old, new=move.new, repository=commits.repository,
        base=commits.start, head=commits.head, compare_url=commits.compare_url, said=said,
        findings=tuple(
            StepFinding(
                files[ref.file].change.path,
                replace(files[ref.file].facts[ref.fact], uses=uses.get(ref, ())),
            )
            for ref, _ in matches
        ),
    )  # fmt: skip
    telling = StepTelling(label=label, unused=unused, takes_away=bool(matches), said=said)
    return _Step(telling, tuple(findings), entry, notices)
