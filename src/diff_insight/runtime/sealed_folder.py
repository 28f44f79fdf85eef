"""Keeps bytes by a key on disk, each with a code that needs a secret, and no more of them than fit."""

from __future__ import annotations

import hashlib
import hmac
import os
from contextlib import suppress
from pathlib import Path, PurePath

from msgspec import Struct

from diff_insight.runtime.inside import files_inside, open_inside, remove_inside, write_inside

#: Hexadecimal digits of a code, and of a key.
_DIGITS = 64
#: Share of the room that is left after files had to go, so that not each new one costs a walk.
_LEFT = 0.9


class Room(Struct, frozen=True):
    """What a folder may hold.

    Attributes:
        largest: Bytes of one file.
        total: Bytes of all.
        files: Their number.
    """

    largest: int
    total: int
    files: int


class SealedFolder:
    """One file for each key, in folders by the first digits; a broken one counts as absent.

    Keys can be computed by anybody, so a file is believed only with a code that needs a secret. Those
    that were not read for longest go when there is no more room.

    Args:
        folder: Where files are kept; links below the current folder are not followed.
        purpose: What they are, so that none of another sort is taken for one of them.
        secret: What only runs of the same user have.
        suffix: How their names end.
        room: How many there may be.
    """

    def __init__(self, folder: Path, purpose: str, secret: str, *, suffix: str, room: Room) -> None:
        self._root, self._folder = (
            (folder, PurePath()) if folder.is_absolute() else (Path(), folder)
        )
        self._secret = hashlib.sha256(f"{purpose}\0{secret}".encode()).digest()
        self._suffix = suffix
        self._room = room
        self._bytes, self._files = -1, -1

    def get(self, key: str) -> bytes | None:
        """Return what was kept under a key, and note that it was read."""
        limit = self._room.largest
        try:
            with open_inside(self._root, self._path(key)) as file:
                content = file.read(limit + _DIGITS + 2)
                with suppress(OSError):
                    os.utime(file.fileno())
        except OSError:
            return None
        code, _, value = content.partition(b"\n")
        if not 0 < len(value) <= limit or not hmac.compare_digest(code, self._code(key, value)):
            return None
        return value

    def put(self, key: str, value: bytes) -> None:
        """Keep a value; a folder that cannot be written only costs the next run its values."""
        if not 0 < len(value) <= self._room.largest:
            return
        with suppress(OSError):
            write_inside(self._root, self._path(key), (self._code(key, value), b"\n", value))
            self._make_room(_DIGITS + 1 + len(value))

    def _make_room(self, size: int) -> None:
        """Remove what was not read for longest, where there is too much."""
        if self._files >= 0:
            self._bytes, self._files = self._bytes + size, self._files + 1
            if self._bytes <= self._room.total and self._files <= self._room.files:
                return
        known = sorted(
            file for file in files_inside(self._root, self._folder) if self._is_kept(file.path)
        )
        self._bytes, self._files = sum(file.size for file in known), len(known)
        if self._bytes <= self._room.total and self._files <= self._room.files:
            return
        for file in known:
            if self._bytes <= self._room.total * _LEFT and self._files <= self._room.files * _LEFT:
                return
            remove_inside(self._root, self._folder / file.path)
            self._bytes, self._files = self._bytes - file.size, self._files - 1

    def _is_kept(self, path: PurePath) -> bool:
        """Tell whether a file can be one of these: nothing else is ever removed."""
        digits = "".join(path.parts).removesuffix(self._suffix)
        is_named = path.name.endswith(self._suffix) and len(path.parts) == 2
        return is_named and len(digits) == _DIGITS and not set(digits) - set("0123456789abcdef")

    def _path(self, key: str) -> PurePath:
        return self._folder / key[:2] / f"{key[2:]}{self._suffix}"

    def _code(self, key: str, value: bytes) -> bytes:
        """Return what shows that a value was kept under this key by somebody with the secret."""
        code = hmac.new(self._secret, key.encode() + b"\0" + value, hashlib.sha256)
        return code.hexdigest().encode()
