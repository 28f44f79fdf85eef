"""Keeps answers by what was asked, on disk; what is read back is checked like any answer."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PurePath
from typing import Protocol

from diff_insight.runtime.inside import read_inside, write_inside

_LARGEST = 200_000
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
    """One file for each answer, in folders by the first digits; a broken one counts as absent.

    Keys can be computed by anybody, so an answer is believed only with a code that needs a secret.

    Args:
        folder: Where answers are kept; links below the current folder are not followed.
        secret: What only runs of the same user have, such as the key of the endpoint.
    """

    def __init__(self, folder: Path, secret: str) -> None:
        self._root, self._folder = (
            (folder, PurePath()) if folder.is_absolute() else (Path(), folder)
        )
        self._secret = hashlib.sha256(f"kept answers\0{secret}".encode()).digest()

    def get(self, key: str) -> Mapping[str, object] | None:
        """Return what was kept under a key."""
        try:
            content = read_inside(self._root, self._path(key), limit=_LARGEST + 1)
            code, _, answer = (content or b"").partition(b"\n")
            if not 0 < len(answer) <= _LARGEST or not hmac.compare_digest(
                code, self._code(key, answer)
            ):
                return None
            value = json.loads(answer)
        except (OSError, ValueError, RecursionError):
            return None
        return value if isinstance(value, dict) else None

    def put(self, key: str, value: Mapping[str, object]) -> None:
        """Keep an answer; a cache that cannot be written only costs the next run its answers."""
        answer = json.dumps(value, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
        with suppress(OSError):
            write_inside(self._root, self._path(key), (self._code(key, answer), b"\n", answer))

    def _path(self, key: str) -> PurePath:
        return self._folder / key[:2] / f"{key[2:]}.json"

    def _code(self, key: str, answer: bytes) -> bytes:
        """Return what shows that an answer was kept under this key by somebody with the secret."""
        code = hmac.new(self._secret, key.encode() + b"\0" + answer, hashlib.sha256)
        return code.hexdigest().encode()
