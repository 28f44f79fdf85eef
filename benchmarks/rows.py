"""The rows of the benchmark: ranges of public repositories, and where their clones may be."""

from __future__ import annotations

import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

RANGES = Path(__file__).with_name("ranges.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One range with its goals; 0 where there is none."""

    repository: str
    base: str
    head: str
    files: int
    stand_in: int = 0
    goal_seconds: float = 0
    goal_ratio: float = 0
    goal_megabytes: float = 0


def read_rows(path: Path = RANGES) -> list[Row]:
    """Return the rows in the order of the file."""
    with path.open("rb") as file:
        return [Row(**entry) for entry in tomllib.load(file)["range"]]


def find_clone(row: Row, clones: Path | None) -> Path | None:
    """Return a clone that holds both commits of a row, or None."""
    place = find_repository(row.repository, clones)
    return place if place is not None and _holds(place, row) else None


def find_repository(name: str, clones: Path | None) -> Path | None:
    """Return the clone of OWNER/NAME, or None."""
    if clones is None:
        return None
    owner, repository = name.split("/")
    places = (
        clones / f"{owner}+{repository}",
        clones / f"{owner}+{repository}" / "repo",
        clones / owner / repository,
        clones / owner / f"{repository}.git",
    )
    return next(filter(_is_clone, places), None)


def _is_clone(place: Path) -> bool:
    return (place / ".git").exists() or (place / "HEAD").is_file()


def _holds(place: Path, row: Row) -> bool:
    return all(
        subprocess.run(
            ["git", "-C", str(place), "cat-file", "-e", f"{commit}^{{commit}}"],
            capture_output=True,
            check=False,
        ).returncode
        == 0
        for commit in (row.base, row.head)
    )
