"""Asks the package indexes that the configuration names where the code of a package is.

The name of the package is all that is sent, and nothing is asked unless somebody says where: the name
of a package may be a secret of a company. Where there is no network nothing is asked twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from time import monotonic
from typing import Any
from urllib.parse import quote

from diff_insight.model.dependency_steps import DependencyMove

_REPOSITORY = re.compile(
    r"(?:https?|git|ssh)(?:\+\w+)?://(?:[^@/\s]+@)?(github\.com/[\w.-]+/[\w.-]+?)(?:\.git)?(?=[/#?\s]|$)"
)
#: Names under which an index gives the address, the best first.
_KEYS = ("repository", "source", "source code", "source_code_uri", "code", "github", "homepage", "home_page",
         "homepage_uri", "url")  # fmt: skip
_SECONDS = 10.0
_LARGEST = 8_000_000
_AGENT = "diff-insight"


class PackageIndex:
    """Remembers what it was told, and that there is no network.

    Args:
        addresses: Ecosystem -> address of the description of a package, with `{name}`.
    """

    def __init__(self, addresses: Mapping[str, str] | None = None) -> None:
        self._addresses = addresses or {}
        self._type_of_name: dict[tuple[str, str], str] = {}
        self._is_reachable = True

    def repository(self, move: DependencyMove) -> str:
        """Return `HOST/OWNER/NAME` of a package; empty where no index says so."""
        key = move.ecosystem, move.name
        if key not in self._type_of_name:
            self._type_of_name[key] = self._ask(*key)
        return self._type_of_name[key]

    def _ask(self, ecosystem: str, name: str) -> str:
        template = self._addresses.get(ecosystem)
        # A scope may be that of a company; its names are no one else's business.
        if template is None or not self._is_reachable or not re.fullmatch(r"[\w./@-]{1,214}", name):
            return ""
        import httpx2  # noqa: PLC0415 - only for a package that nothing else knows

        url = template.replace("{name}", quote(name, safe="@/" if ecosystem == "php" else "@"))
        try:
            with httpx2.stream(
                "GET", url, timeout=_SECONDS, follow_redirects=True,
                headers={"User-Agent": _AGENT, "Accept": "application/json"},
            ) as answer:  # fmt: skip
                content = _whole(answer.iter_bytes()) if answer.status_code == 200 else b""
        except Exception:  # noqa: BLE001 - whatever a network does, a package is only not known
            self._is_reachable = False
            return ""
        return repository_in(content)


def _whole(pieces: Iterable[bytes]) -> bytes:
    """Return the decoded bytes of an answer; nothing where there are too many, or they take too long."""
    content = bytearray()
    ends = monotonic() + _SECONDS
    for piece in pieces:
        content += piece
        if len(content) > _LARGEST or monotonic() > ends:
            return b""
    return bytes(content)


def repository_in(content: bytes) -> str:
    """Return the repository that a description of a package names; empty where it names none."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return ""
    matches: dict[str, str] = {}
    for key, value in _texts(document):
        match = _REPOSITORY.search(value)
        if match is not None and "/sponsors/" not in value:
            matches.setdefault(key.lower(), match[1])
    return next((matches[key] for key in _KEYS if key in matches), "")


def _texts(value: Any, key: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - JSON
    """Yield texts with the name that they stand under; those of versions come last."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict) and depth < 4:
        for name, inner in value.items():
            # `repository: {type: git, url: …}` is the repository.
            yield from _texts(inner, key if name == "url" and key else str(name), depth + 1)
    elif isinstance(value, list) and depth < 4:
        for inner in value[:1]:
            yield from _texts(inner, key, depth + 1)
