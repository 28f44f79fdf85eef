"""Recorded diffs as JSON lines (tests/data/cases/README.md), as unified diffs with recorded types."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

HERE = Path(__file__).parent
DEV = HERE.parent.parent / "tests" / "data" / "cases"
IMAGES = (".png", ".jpg", ".jpeg", ".gif")
#: One letter for each file of a case, in the order of its files.
_LETTERS = {
    "m": "minor update",
    "n": "new feature",
    "b": "breaking change",
    "f": "bug fix",
    "M": "major update",
    "c": "content removal",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """One file of a recorded diff; `recorded` is the type that a model gave it, or empty."""

    path: str
    status: str
    additions: int
    deletions: int
    patch: str | None
    recorded: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One recorded diff."""

    name: str
    repository: str
    base: str
    head: str
    files: tuple[CaseFile, ...]

    def diff(self) -> bytes:
        """Return what `git diff` would have printed, as far as the record tells."""
        return "".join(map(_section, self.files)).encode("utf-8", "surrogatepass")


def read_cases(place: Path = DEV) -> Iterator[Case]:
    """Yield the cases of a file, or of every `*.jsonl` and `*.jsonl.gz` of a folder."""
    types = _recorded_types()
    paths = sorted(place.glob("*.jsonl*")) if place.is_dir() else [place]
    for path in paths:
        with _opened(path) as lines:
            for line in lines:
                entry = json.loads(line)
                yield _case(entry, types.get(entry["id"], ""))


def _opened(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", newline="\n")
    return path.open(encoding="utf-8", newline="\n")


def _recorded_types() -> Mapping[str, str]:
    found: dict[str, str] = json.loads((HERE / "recorded-types.json").read_text("utf-8"))
    return found


def _case(entry: Mapping[str, Any], letters: str) -> Case:
    files = []
    for index, file in enumerate(entry["files"]):
        letter = letters[index : index + 1]
        files.append(
            CaseFile(
                path=file["filename"],
                status=file["status"],
                additions=file["additions"],
                deletions=file["deletions"],
                patch=file["patch"],
                recorded=file.get("modification_type") or _LETTERS.get(letter, ""),
            )
        )
    return Case(
        name=entry["id"],
        repository=f"{entry['owner']}/{entry['repo']}",
        base=entry["base"],
        head=entry["head"],
        files=tuple(files),
    )


def _section(file: CaseFile) -> str:
    folder, _, name = file.path.rpartition("/")
    moved = file.status == "renamed"
    # The record does not have the previous name.
    old = f"{folder}/before-{name}" if moved else file.path
    lines = [f"diff --git a/{old} b/{file.path}"]
    if moved:
        percent = 100 if file.patch is None else 90
        lines += [f"similarity index {percent}%", f"rename from {old}", f"rename to {file.path}"]
    elif file.status == "added":
        lines += ["new file mode 100644", "index 0000000..89abcde"]
    elif file.status == "removed":
        lines += ["deleted file mode 100644", "index 1234567..0000000"]
    if not moved or file.patch is not None:
        if moved or file.status == "modified":
            lines.append("index 1234567..89abcde 100644")
        lines += _content(file, old)
    return "\n".join(lines) + "\n"


def _content(file: CaseFile, old: str) -> list[str]:
    if file.patch is not None:
        return [
            "--- /dev/null" if file.status == "added" else f"--- a/{old}",
            "+++ /dev/null" if file.status == "removed" else f"+++ b/{file.path}",
            file.patch,
        ]
    if file.path.lower().endswith(IMAGES):
        return [f"Binary files a/{old} and b/{file.path} differ"]
    return []
