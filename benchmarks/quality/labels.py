"""Reads what people said: important changes, breaking changes, and why recorded types differ."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.quality.cases import HERE
from benchmarks.quality.measures import Label, Wanted


@dataclass(frozen=True, slots=True)
class Range:
    """Where labelled files stand: a case by its name, or a range of a public repository."""

    source: str
    base: str
    head: str


def read_wanted(path: Path = HERE / "highlights.yml") -> list[Wanted]:
    """Return the most important change of each labelled case."""
    return [
        Wanted(
            case=row["case"],
            change=row["change"],
            reason=row["reason"],
            all=tuple(row.get("all", ())),
            any=tuple(row.get("any", ())),
            dates=tuple(row.get("dates", ())),
        )
        for row in _yaml(path)
    ]


def read_breaking(path: Path = HERE / "breaking.jsonl") -> dict[Range, list[Label]]:
    """Return the labelled files by range."""
    rows: dict[Range, list[Label]] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        place = Range(row["in"], row.get("base", ""), row.get("head", ""))
        label = Label(row["path"], row["breaking"], row["reason"])
        rows.setdefault(place, []).append(label)
    return rows


def read_disagreements(path: Path = HERE / "disagreements.yml") -> Mapping[tuple[str, ...], str]:
    """Return why we differ from the recorded type, by (ours, recorded, rule)."""
    return {
        (row["ours"], row["recorded"], row["rule"]): f"{row['right']}: {row['reason']}"
        for row in _yaml(path)
    }


def _yaml(path: Path) -> list[dict[str, Any]]:
    import yaml  # noqa: PLC0415 - heavy, and only needed here

    found: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    return found
