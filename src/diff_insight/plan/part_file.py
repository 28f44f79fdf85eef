"""The file in which a job keeps what it found of its part of a range, until the parts are joined.

One JSON line says what it is about, one line each tells of a file, and the last one counts them. It
travels as an artifact, so nothing of it is believed that does not fit the run that reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path, PurePath
from typing import IO, Self, TypeVar

import msgspec
from msgspec import Struct

from diff_insight.plan.finished import record_of
from diff_insight.plan.planned_range import PlannedRange, RangePart
from diff_insight.runtime.inside import open_inside, remove_inside, write_inside

_VERSION = 1
#: Bytes of one line, and of all lines of a part, that are read.
LONGEST_LINE, LARGEST_PART = 16_000_000, 2_000_000_000
_UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
_Line = TypeVar("_Line")


class PartLabel(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a part is about: it is used by runs of the very same range, program and choice of files.

    Attributes:
        base: As planned.
        head: As planned.
        repository: As planned.
        comparison: As planned.
        number: Which part, from 1.
        count: Number of parts.
        engine: Digest of the program that read the files.
        selection: Digest of the settings that choose them.
        schema_version: Of this form.
    """

    base: str
    head: str
    repository: str
    comparison: str
    number: int
    count: int
    engine: str
    selection: str
    schema_version: int = _VERSION

    @property
    def whole(self) -> str:
        """What tells what the part is of from everything else, the same for all parts of it."""
        names = (
            self.repository,
            self.base,
            self.head,
            self.comparison,
            self.engine,
            self.selection,
        )
        return " ".join(names)


class PartRow(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A file, by a digest of its change, and what was found of it, still as JSON."""

    change: str
    findings: msgspec.Raw


class _End(Struct, frozen=True, forbid_unknown_fields=True):
    """The last line: the number of rows before it."""

    rows: int


def path_of_part(part: RangePart) -> PurePath:
    """Return where a part of a range is kept, beside the record of the range."""
    record = record_of(part.planned)
    return record.with_name(f"{record.stem}.part-{part.number}-of-{part.count}.jsonl")


def label_of(part: RangePart, engine: str, selection: str) -> PartLabel:
    """Return what a part has to be about, for a program and a choice of files."""
    planned = part.planned
    return PartLabel(
        base=planned.base, head=planned.head, repository=planned.repository,
        comparison=planned.comparison, number=part.number, count=part.count,
        engine=engine, selection=selection,
    )  # fmt: skip


def write_part(root: Path, part: RangePart, label: PartLabel, rows: Iterable[PartRow]) -> None:
    """Write a part below a folder, whole or not at all.

    Raises:
        OSError: It cannot be written.
    """
    write_inside(root, path_of_part(part), _written_lines(label, rows))


def _written_lines(label: PartLabel, rows: Iterable[PartRow]) -> Iterator[bytes]:
    count = 0
    yield msgspec.json.encode(label) + b"\n"
    for row in rows:
        count += 1
        yield msgspec.json.encode(row) + b"\n"
    yield msgspec.json.encode(_End(count)) + b"\n"


class StoredParts:
    """The parts of a range that are there, opened; rows are read when they are asked for.

    A part counts that is whole and about what it has to be about. What is no row in it is passed over.

    Args:
        root: Folder that they are below.
        labels: What each part has to be about.
    """

    def __init__(self, root: Path, labels: Mapping[RangePart, PartLabel]) -> None:
        self._files = ExitStack()
        self._places: dict[str, tuple[IO[bytes] | None, int]] = {}
        #: The parts that count.
        self.there: list[RangePart] = []
        try:
            for part, label in labels.items():
                self._open(root, part, label)
        except BaseException:
            self._files.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *ending: object) -> None:
        self._files.close()

    def take(self, change: str) -> msgspec.Raw | None:
        """Return, once, what was found of a file, by the digest of its change."""
        file, offset = self._places.pop(change, (None, 0))
        if file is None:
            return None
        file.seek(offset)
        row = _decode(file.readline(LONGEST_LINE), PartRow)
        return row.findings if row is not None and row.change == change else None

    def _open(self, root: Path, part: RangePart, label: PartLabel) -> None:
        try:
            file = self._files.enter_context(open_inside(root, path_of_part(part)))
            places = _rows_of(file, label)
        except OSError:  # nothing is there, or a link
            return
        if places is not None:
            self.there.append(part)
            self._places |= {change: (file, offset) for change, offset in places.items()}


def _rows_of(file: IO[bytes], label: PartLabel) -> dict[str, int] | None:
    """Return where each row of a part begins; None when the part is not whole or not about this."""
    if file.seek(0, 2) > LARGEST_PART:
        return None
    file.seek(0)
    if _decode(file.readline(LONGEST_LINE), PartLabel) != label:
        return None
    rows: dict[str, int] = {}
    count, offset = 0, file.tell()
    while line := file.readline(LONGEST_LINE):
        row = _decode(line, PartRow)
        if row is not None:
            rows[row.change] = offset
        elif _decode(line, _End) == _End(count):
            return None if file.read(1) else rows
        count, offset = count + 1, offset + len(line)
    return None


def _decode(line: bytes, form: type[_Line]) -> _Line | None:
    try:
        return msgspec.json.decode(line, type=form)
    except _UNREADABLE:
        return None


def remove_parts(root: Path, planned: PlannedRange) -> None:
    """Remove the parts of a range that is done.

    Raises:
        OSError: One cannot be removed.
    """
    for part in planned.all_parts:
        with suppress(FileNotFoundError, NotADirectoryError):
            remove_inside(root, path_of_part(part))
