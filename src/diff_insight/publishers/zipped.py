"""Writes files as one zip, piece by piece: the same files give the same bytes.

Names lead nowhere but down: they are made relative, without what some system or service refuses.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

#: Refused in names by the service, by Windows, or by both.
UNFIT = re.compile('[\x00-\x1f\x7f"*:<>?|\\\\\ud800-\udfff]')
_PIECE = 256 * 1024
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_MODE = 0o100644
_UNIX = 3


class _Sink(io.RawIOBase):
    """Holds what was written until it is taken; it cannot be searched, so nothing is rewritten."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()

    def writable(self) -> bool:
        """Tell that this is for writing."""
        return True

    def write(self, data: object, /) -> int:
        """Hold bytes."""
        piece = bytes(data)  # type: ignore[call-overload]
        self._held += piece
        return len(piece)

    def take(self) -> bytes:
        """Give back what is held."""
        taken = bytes(self._held)
        self._held.clear()
        return taken


def entries(paths: Sequence[PurePath]) -> list[tuple[str, Path]]:
    """Return each file with its name in the zip, in the order of the names."""
    taken: dict[str, str] = {}
    named = []
    for path in sorted(paths, key=str):
        name = _free(entry_name(path), taken)
        taken[name.casefold()] = name
        named.append((name, Path(path)))
    return sorted(named)


def entry_name(path: PurePath) -> str:
    """Return a relative name with plain parts."""
    plain = [
        # No system keeps a dot or a space at the end.
        UNFIT.sub("-", part).rstrip(". ") or "-"
        for part in str(path).split("/")
        if part not in {"", ".", ".."}
    ]
    return "/".join(plain) or "-"


def _free(name: str, taken: dict[str, str]) -> str:
    """Return a name that no other file has, on systems without upper and lower case too."""
    candidate, number = name, 1
    while candidate.casefold() in taken:
        number += 1
        path = PurePath(name)
        candidate = str(path.with_name(f"{path.stem}-{number}{path.suffix}"))
    return candidate


def zip_pieces(files: Sequence[tuple[str, Path]]) -> Iterator[bytes]:
    """Yield the bytes of a zip of files.

    Raises:
        OSError: A file cannot be read.
    """
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in files:
            info = zipfile.ZipInfo(name, _FIRST_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = _UNIX
            info.external_attr = _MODE << 16
            info.file_size = path.stat().st_size
            with path.open("rb") as source, archive.open(info, "w") as target:
                while piece := source.read(_PIECE):
                    target.write(piece)
                    yield sink.take()
    yield sink.take()
