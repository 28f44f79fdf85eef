"""Holds the line ledger to git over ranges of clones: told + cosmetic + untold = additions + deletions, file by file.

    python -m benchmarks.ledger CLONE... [--ranges 5] [--seed 1]

Ranges are chosen by their place in the first-parent history, so that nobody picks them: the same seed
gives the same ones. Every file's counts are compared with `git diff --numstat`; the exit code is 1 when one differs.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from diff_insight.cli.main import main as diff_insight

#: First-parent commits that a range has at most.
_LONGEST = 40
#: Files above which a range is left out: the figure is about lines.
_MOST_FILES = 400


def git(clone: Path, *arguments: str) -> str:
    """Return what git prints in a clone."""
    done = subprocess.run(
        ["git", "-C", str(clone), *arguments], capture_output=True, check=True, text=True, errors="surrogateescape"
    )  # fmt: skip
    return done.stdout


def ranges_of(clone: Path, count: int, dice: random.Random) -> Iterator[tuple[str, str]]:
    """Yield ranges of a clone, as base and head."""
    commits = git(clone, "rev-list", "--first-parent", "HEAD").split()
    for _ in range(count * 4):
        if len(commits) <= _LONGEST or not count:
            return
        head = dice.randrange(len(commits) - _LONGEST)
        base = head + dice.randint(1, _LONGEST)
        files = git(clone, "diff", "--name-only", commits[base], commits[head]).count("\n")
        if 0 < files <= _MOST_FILES:
            count -= 1
            yield commits[base], commits[head]


def document_of(clone: Path, base: str, head: str) -> dict[str, Any]:
    """Return the insight document of a range."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "insight.json"
        code = diff_insight(
            ["report", f"{base}..{head}", "--repo", str(clone), "--format", "json", "--quiet",
             "--output", str(place)]
        )  # fmt: skip
        if code != 0:
            raise SystemExit(f"{clone} {base}..{head}: exit {code}")
        document: dict[str, Any] = json.loads(place.read_text("utf-8"))
        return document


def differences(clone: Path, document: dict[str, Any]) -> Iterator[str]:
    """Yield the files whose lines do not add up to what git counts."""
    base, head = document["range"]["base"], document["range"]["head"]
    counted: dict[str, int] = {}
    for entry in git(clone, "diff", "--numstat", "-z", "--no-renames", base, head).split("\0"):
        added, removed, path = (*entry.split("\t"), "", "")[:3]
        if added.isdigit():
            counted[path] = int(added) + int(removed)
    for file in document["files"]:
        lines = sum(file["lines"].values())
        if lines != file["additions"] + file["deletions"]:
            yield f"{file['path']}: {lines} lines of {file['additions']} + {file['deletions']}"
        renamed = file["status"] in ("renamed", "copied", "changed")
        if not renamed and file["path"] in counted and counted[file["path"]] != lines:
            yield f"{file['path']}: {lines} lines, git counts {counted[file['path']]}"


def run(clones: list[Path], count: int, seed: int) -> int:
    """Print the sums of all ranges, and what does not add up."""
    dice = random.Random(seed)  # noqa: S311 - a choice of ranges
    totals = dict.fromkeys(("ranges", "files", "told", "cosmetic", "untold", "wrong"), 0)
    for clone in clones:
        for base, head in ranges_of(clone, count, dice):
            document = document_of(clone, base, head)
            totals["ranges"] += 1
            totals["files"] += len(document["files"])
            for file in document["files"]:
                for name in ("told", "cosmetic", "untold"):
                    totals[name] += file["lines"][name]
            for difference in differences(clone, document):
                totals["wrong"] += 1
                print(f"{clone.name} {base[:7]}..{head[:7]} {difference}")
    print(json.dumps(totals))
    return 1 if totals["wrong"] else 0


def main() -> int:
    """Read the arguments and hold every range to git."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("clones", nargs="+", type=Path, metavar="CLONE")
    parser.add_argument("--ranges", type=int, default=5, help="of each clone (default 5)")
    parser.add_argument("--seed", type=int, default=1, help="of the choice (default 1)")
    arguments = parser.parse_args()
    return run(arguments.clones, arguments.ranges, arguments.seed)


if __name__ == "__main__":
    sys.exit(main())
