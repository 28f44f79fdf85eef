"""What a large range has for each file, kept on disk and read when it is asked for."""

from __future__ import annotations

import os
import pickle
import tempfile
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any, TypeVar, overload
from weakref import WeakValueDictionary, finalize

Value_co = TypeVar("Value_co", covariant=True)
Key = TypeVar("Key")
Value = TypeVar("Value")
#: Files of which everything is held in memory: above it, disk is cheaper than what it saves is worth.
MOST_IN_MEMORY = 3000
#: Rows that are not read again when they are asked for again, and not written again when they come
#: again; one file is looked at many times in turn, and a change of many files makes equal rows.
_RECENT = 64
#: Bytes of a row that is held to be compared with those that come.
_SHORT = 4096
_NUMBERS = count()


class RowFile:
    """A temporary file to which a process and those that it forks add rows at the same time.

    It is gone with the last value that is read from it.
    """

    def __init__(self) -> None:
        with tempfile.TemporaryFile(prefix="diff-insight-", buffering=0) as file:
            self._handle = os.dup(file.fileno())
        finalize(self, os.close, self._handle)
        self._recent: OrderedDict[int, Any] = OrderedDict()
        self._written: OrderedDict[bytes, tuple[int, int]] = OrderedDict()
        self._number = next(_NUMBERS)
        _OPEN[self._number] = self

    def __reduce__(self) -> tuple[object, ...]:
        """A helper process hands back where its rows stand, not the rows."""
        return _open_file, (self._number,)

    def add(self, value: object) -> tuple[int, int]:
        """Keep a value; return where it stands."""
        content = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
        if (span := self._written.get(content)) is not None:
            self._written.move_to_end(content)
            return span
        # The processes share the position: who moves it owns the bytes that it was moved over.
        offset = os.lseek(self._handle, len(content), os.SEEK_CUR) - len(content)
        written = 0
        while written < len(content):
            written += os.pwrite(self._handle, content[written:], offset + written)
        if len(content) <= _SHORT:
            _remember(self._written, content, (offset, len(content)))
        return offset, len(content)

    def read(self, offset: int, length: int) -> Any:  # noqa: ANN401 - what was kept there
        """Return the value that stands at a place."""
        if offset in self._recent:
            self._recent.move_to_end(offset)
            return self._recent[offset]
        value = pickle.loads(os.pread(self._handle, length, offset))  # noqa: S301 - written by `add`
        _remember(self._recent, offset, value)
        return value


def _remember(recent: OrderedDict[Key, Value], key: Key, value: Value) -> None:
    """Hold one more value, and no longer the one that was not asked for longest."""
    recent[key] = value
    if len(recent) > _RECENT:
        recent.popitem(last=False)


_OPEN: WeakValueDictionary[int, RowFile] = WeakValueDictionary()


def _open_file(number: int) -> RowFile:
    return _OPEN[number]


def row_file(files: int) -> RowFile | None:
    """Return where to keep what there is of each file; None where all of it fits into memory."""
    return RowFile() if files > MOST_IN_MEMORY else None


class KeptSequence(Sequence[Value_co]):  # noqa: PLW1641 - facts have no hash either
    """A tuple that is kept on disk."""

    __slots__ = ("_count", "_length", "_offset", "_rows")

    def __init__(self, rows: RowFile, offset: int, length: int, count: int) -> None:
        self._rows, self._offset, self._length, self._count = rows, offset, length, count

    def __reduce__(self) -> tuple[object, ...]:
        return KeptSequence, (self._rows, self._offset, self._length, self._count)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Value_co]:
        return iter(self._read())

    @overload
    def __getitem__(self, index: int) -> Value_co: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Value_co]: ...
    def __getitem__(self, index: int | slice) -> Value_co | Sequence[Value_co]:
        return self._read()[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._read() == tuple(other)

    def _read(self) -> tuple[Value_co, ...]:
        values: tuple[Value_co, ...] = self._rows.read(self._offset, self._length)
        return values

    def instead(self, values: Sequence[Value_co]) -> Sequence[Value_co]:
        """Return other values, kept in the same place."""
        return keep_sequence(values, self._rows)


class KeptMapping(Mapping[str, Value_co]):
    """Values by name that are kept on disk, one of several such in a row."""

    __slots__ = ("_length", "_number", "_offset", "_rows")

    def __init__(self, rows: RowFile, offset: int, length: int, number: int) -> None:
        self._rows, self._offset, self._length, self._number = rows, offset, length, number

    def __reduce__(self) -> tuple[object, ...]:
        return KeptMapping, (self._rows, self._offset, self._length, self._number)

    def __getitem__(self, name: str) -> Value_co:
        return self._read()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def _read(self) -> dict[str, Value_co]:
        values: dict[str, Value_co] = self._rows.read(self._offset, self._length)[self._number]
        return values


def keep_sequence(values: Sequence[Value_co], rows: RowFile | None) -> Sequence[Value_co]:
    """Return values as a tuple, kept in a file where there is one."""
    if rows is None or not values:
        return tuple(values)
    return KeptSequence(rows, *rows.add(tuple(values)), len(values))


def keep_like(before: Sequence[Value_co], values: Sequence[Value_co]) -> Sequence[Value_co]:
    """Return values as a tuple, kept where those are that they come instead of."""
    return before.instead(values) if isinstance(before, KeptSequence) else tuple(values)


def keep_mappings(
    rows: RowFile | None, *mappings: Mapping[str, Value_co]
) -> tuple[Mapping[str, Value_co], ...]:
    """Return values by name, which are read together, kept in a file where there is one."""
    if rows is None or not mappings:
        return mappings
    offset, length = rows.add(mappings)
    return tuple(KeptMapping(rows, offset, length, number) for number in range(len(mappings)))
