"""Keeps answers by what was asked, on disk; what is read back is checked like any answer."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol

_LARGEST = 200_000
#: Part of every key: what is kept has this form.
_FORM = "1"


def key_of(*parts: str) -> str:
    """Return the key of an answer: a digest of everything that it depends on."""
    return hashlib.sha256("\0".join((_FORM, *parts)).encode("utf-8", "replace")).hexdigest()


class Cache(Protocol):
    """Remembers answers."""

    def get(self, key: str) -> Mapping[str, object] | None:
        """Return what was kept under a key."""
        ...

    def put(self, key: str, value: Mapping[str, object]) -> None:
        """Keep an answer."""
        ...


class NoCache:
    """Remembers nothing."""

    def get(self, key: str) -> None:
        """Return nothing."""

    def put(self, key: str, value: Mapping[str, object]) -> None:
        """Keep nothing."""


class FolderCache:
    """One file for each answer, in folders by the first digits; a broken one counts as absent."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> Mapping[str, object] | None:
        """Return what was kept under a key."""
        path = self._path(key)
        try:
            if path.stat().st_size > _LARGEST:
                return None
            value = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return None
        return value if isinstance(value, dict) else None

    def put(self, key: str, value: Mapping[str, object]) -> None:
        """Keep an answer; a cache that cannot be written only costs the next run its answers."""
        path = self._path(key)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(prefix=".new-", dir=path.parent)
            with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
                json.dump(value, file, ensure_ascii=False, sort_keys=True)
            Path(temporary).replace(path)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key[2:]}.json"
