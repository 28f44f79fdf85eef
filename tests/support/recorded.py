"""Recorded reports as data, and the unified diffs rebuilt from their fields."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "data"
IMAGES = (".png", ".jpg", ".jpeg", ".gif")


@dataclass(frozen=True)
class RecordedFile:
    """One file of a recorded report; counts and status as the compare API said."""

    path: str
    status: str
    additions: int
    deletions: int
    changes: int
    patch: str | None

    @property
    def anchor(self) -> str:
        return "item-" + hashlib.md5(self.path.encode(), usedforsecurity=False).hexdigest()[:6]

    @property
    def image(self) -> bool:
        return self.patch is None and self.path.endswith(IMAGES)

    @property
    def lost(self) -> bool:
        """Text whose patch the recording does not have."""
        return self.patch is None and not self.image and not self.moved

    @property
    def moved(self) -> bool:
        return self.status == "renamed"

    @property
    def counts(self) -> tuple[int, int, int]:
        """What a diff rebuilt from the record can tell: nothing where there is no patch."""
        return (0, 0, 0) if self.patch is None else (self.additions, self.deletions, self.changes)


@dataclass(frozen=True)
class Recorded:
    """One recorded report."""

    name: str
    locale: str
    category: str
    date: str
    title: str
    repository: str
    base: str
    head: str
    files: tuple[RecordedFile, ...]

    @property
    def permalink(self) -> str:
        owner = self.repository.split("/", maxsplit=1)[0]
        ends = f"{owner}:{self.base}...{owner}:{self.head}"
        return f"https://github.com/{self.repository}/compare/{ends}"


@cache
def seeds() -> tuple[Recorded, ...]:
    """Return the four seed reports."""
    data = json.loads((DATA / "seeds.json").read_text("utf-8"))
    return tuple(
        Recorded(
            name=report["seed"],
            files=tuple(_seed_file(entry) for entry in data["diffs"][report["files"]]),
            **{key: report[key] for key in _FIELDS},
        )
        for report in data["reports"]
    )


@cache
def cases() -> tuple[Recorded, ...]:
    """Return the 24 recorded cases."""
    with gzip.open(DATA / "cases" / "dev.jsonl.gz", "rt", encoding="utf-8", newline="\n") as file:
        return tuple(_case(json.loads(line)) for line in file)


_FIELDS = ("locale", "category", "date", "title", "repository", "base", "head")


def _seed_file(entry: dict[str, Any]) -> RecordedFile:
    kept = {key: value for key, value in entry.items() if key not in {"name", "anchor"}}
    file = RecordedFile(**kept)
    assert file.anchor == entry["anchor"]
    return file


def _case(entry: dict[str, Any]) -> Recorded:
    files = tuple(
        RecordedFile(
            path=file["filename"],
            **{key: file[key] for key in ("status", "additions", "deletions", "changes", "patch")},
        )
        for file in entry["files"]
    )
    return Recorded(
        name=entry["id"],
        repository=f"{entry['owner']}/{entry['repo']}",
        files=files,
        **{key: entry[key] for key in _FIELDS if key != "repository"},
    )


def unified_diff(files: Sequence[RecordedFile]) -> bytes:
    """Return what `git diff` would have printed, as far as the fields tell."""
    return "".join(_section(file) for file in files).encode()


def _section(file: RecordedFile) -> str:
    old, new = file.path, file.path
    if file.moved:
        folder, _, name = file.path.rpartition("/")
        old = f"{folder}/before-{name}"
    lines = [f"diff --git a/{old} b/{new}", *_mode_lines(file, old)]
    if file.patch is not None:
        lines += [
            "--- /dev/null" if file.status == "added" else f"--- a/{old}",
            "+++ /dev/null" if file.status == "removed" else f"+++ b/{new}",
            file.patch,
        ]
    elif file.image and not file.moved:
        lines.append(f"Binary files a/{old} and b/{new} differ")
    return "\n".join(lines) + "\n"


def _mode_lines(file: RecordedFile, old: str) -> list[str]:
    if file.moved:
        same = file.patch is None
        names = [f"rename from {old}", f"rename to {file.path}"]
        ids = [] if same else ["index 1234567..89abcde 100644"]
        return [f"similarity index {100 if same else 90}%", *names, *ids]
    if file.status == "added":
        return ["new file mode 100644", "index 0000000..89abcde"]
    if file.status == "removed":
        return ["deleted file mode 100644", "index 1234567..0000000"]
    return ["index 1234567..89abcde 100644"]
