"""The parts of the `github` layout: finished texts that templates put into place."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct


class ReportPart(Struct, frozen=True):
    """Bullets that are shown, harmless already, and the number of those that are not."""

    shown: tuple[str, ...]
    left: int = 0


class FileRowView(Struct, frozen=True, kw_only=True):
    """One file in the table, in Markdown; its kinds are its type, and its status when unusual."""

    name: str
    title: str
    kinds: list[str]
    lines: str


class Detail(Struct, frozen=True, kw_only=True):
    """One folded file: the summary is HTML, the rest Markdown."""

    summary: str
    explanation: str
    patch: Callable[[], str] | None
    patch_note: str


class Count(Struct, frozen=True):
    """How many files have a type, and their lines."""

    type: str
    files: str
    lines: str
