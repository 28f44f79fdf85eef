"""Keeps answers by what was asked, on disk; what is read back is checked like any answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from diff_insight.runtime.sealed_folder import Room, SealedFolder

_ROOM = Room(largest=200_000, total=200_000_000, files=50_000)
#: Part of every key: what is kept has this form.
_FORM = "2"


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
    """One sealed file for each answer, so that only runs with the same secret are believed.

    Args:
        folder: Where answers are kept; links below the current folder are not followed.
        secret: What only runs of the same user have, such as the key of the endpoint.
    """

    def __init__(self, folder: Path, secret: str) -> None:
        self._kept = SealedFolder(folder, "kept answers", secret, suffix=".json", room=_ROOM)

    def get(self, key: str) -> Mapping[str, object] | None:
        """Return what was kept under a key."""
        answer = self._kept.get(key)
        try:
            value = json.loads(answer) if answer is not None else None
        except (ValueError, RecursionError):
            return None
        return value if isinstance(value, dict) else None

    def put(self, key: str, value: Mapping[str, object]) -> None:
        """Keep an answer; a cache that cannot be written only costs the next run its answers."""
        answer = json.dumps(value, ensure_ascii=False, sort_keys=True)
        self._kept.put(key, answer.encode("utf-8", "replace"))
