"""The parts of the `github` layout: finished texts that templates put into place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """Bullets that are shown, harmless already, and the number of those that are not."""

    shown: tuple[str, ...]
    left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One file in the table, in Markdown; its kinds are its type, and its status when unusual."""

    name: str
    title: str
    kinds: list[str]
    lines: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One folded file: the summary is HTML, the rest Markdown."""

    summary: str
    explanation: str
    patch: Callable[[], str] | None
    patch_note: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many files have a type, and their lines."""

    type: str
    files: str
    lines: str
