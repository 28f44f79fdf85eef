"""Analyses one part of a large range and keeps what it gave, and takes it up again where parts are joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

from msgspec import Raw

from diff_insight.analysis.stored_findings import change_digest, decode_findings, encode_findings
from diff_insight.bootstrap.engine_digest import engine_digest, selection_digest
from diff_insight.model.changes import FileChange
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.file_findings import FileFindings
from diff_insight.model.ranges import RangeRequest
from diff_insight.pipeline import Ports, analyse_part
from diff_insight.plan.part_file import PartLabel, PartRow, StoredParts, label_of, write_part
from diff_insight.plan.planned_range import RangePart
from diff_insight.settings.settings import Settings


class JoinedParts:
    """What the parts of a range below a folder give, file by file.

    A part that is missing, cut off, or of another range, program or choice of files is as if it was
    not there: who joins the parts reads its files.

    Args:
        root: The folder.
        parts: The parts, of one range; one at least.
        settings: The settings of the run that joins them.
    """

    def __init__(self, root: Path, parts: Sequence[RangePart], settings: Settings) -> None:
        labels = {part: _label(part, settings) for part in parts}
        self._whole = labels[parts[0]].whole
        self._stored = StoredParts(root, labels)

    @property
    def there(self) -> Sequence[RangePart]:
        """The parts that count."""
        return self._stored.there

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *ending: object) -> None:
        self._stored.__exit__(*ending)

    def take(self, change: FileChange) -> FileFindings | None:
        """Return, once, what was found of a file; None when no part tells, or what it tells is odd."""
        content = self._stored.take(change_digest(change, self._whole))
        return None if content is None else decode_findings(content, change)


def finish_part(
    root: Path, part: RangePart, request: RangeRequest, settings: Settings, ports: Ports
) -> int:
    """Analyse a part and keep what it gave below a folder; return the number of its files.

    Raises:
        DiffInsightError: The range cannot be read.
        OSError: The part cannot be written.
    """
    analyses = analyse_part(request, settings, ports, number=part.number, count=part.count)
    label = _label(part, settings)
    write_part(root, part, label, _rows(analyses, label.whole))
    return len(analyses)


def _rows(analyses: Sequence[FileAnalysis], whole: str) -> Iterator[PartRow]:
    for analysis in analyses:
        content = encode_findings(analysis)
        if content is not None:
            yield PartRow(change_digest(analysis.change, whole), Raw(content))


def _label(part: RangePart, settings: Settings) -> PartLabel:
    return label_of(part, engine_digest(), selection_digest(settings))
