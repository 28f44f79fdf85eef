"""Makes the pairs: a diff, our report and another text about it, as A and B by chance."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.quality.cases import Case, read_cases

HERE = Path(__file__).parent
#: Bytes of a diff that a reader is given.
MOST_BYTES = 400_000
#: Files that nobody reads line by line are left out of the diff that a reader is given.
_FOR_READERS = (
    ".",
    ":(exclude)*.lock",
    ":(exclude)*lock.json",
    ":(exclude)*lock.yaml",
    ":(exclude)*.map",
    ":(exclude)*.min.*",
    ":(exclude)dist/*",
)
_COMMAND = ("diff-insight", "report", "--output", "-", "--quiet")
_HEADING = re.compile(r"(?m)^#{1,6} ")
#: A link as a page shows it is its label; the joiner that keeps a server from linking a number is not seen at all.
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\((?:https?://[^()\s]*|#[^()\s]*)\)")
_JOINER = "&#8288;"
#: Where the part behind the texts about a range begins, in each layout.
_FILES = re.compile(
    r"(?m)^(?:# Summary Table|#### (?:File by file|Files)|<details><summary>\d+ files|\| File \|)"
)


class Pair(NamedTuple):
    """What a reader compares: the diff, our text, and the other one with what it is."""

    name: str
    diff: bytes
    ours: str
    other: str
    what: str


def of_cases(place: Path) -> Iterator[Pair]:
    """Yield a pair for each recorded report: its opening against ours, in its language."""
    records = _records(place)
    for case in read_cases(place):
        entry = records.get(case.name)
        if entry:
            ours = _report_of_diff(case, str(entry["locale"]))
            yield Pair(case.name, case.diff(), ours, str(entry["overview_text"]), "recorded report")


def of_ranges(clones: Path) -> Iterator[Pair]:
    """Yield a pair for each range of code: the project's own list of commits against ours."""
    for entry in tomllib.loads((HERE / "ranges.toml").read_text("utf-8"))["range"]:
        clone = next(filter(Path.is_dir, _places(clones, entry["repository"])), None)
        if clone is None:
            sys.stderr.write(f"{entry['name']}: no clone of {entry['repository']}\n")
            continue
        span = f"{entry['base']}..{entry['head']}"
        diff = _git(clone, "diff", "-M", entry["base"], entry["head"], "--", *_FOR_READERS)
        log = _git(clone, "log", "--no-merges", "--format=- %s", span).decode("utf-8", "replace")
        ours = _report(span, "--repo", str(clone), "--locale", "en_US", "--layout", "github")
        yield Pair(entry["name"], diff, ours, log, "list of commits")


def write_pairs(pairs: Iterator[Pair], output: Path, seed: int) -> int:
    """Write a folder for each pair and, beside them, which text is ours; return how many there are."""
    chance = random.Random(seed)  # noqa: S311 - the order of texts is no secret
    key: dict[str, Any] = {}
    for pair in pairs:
        folder = output / "pairs" / pair.name
        folder.mkdir(parents=True, exist_ok=True)
        ours = chance.choice("AB")
        texts = (
            {"A": pair.ours, "B": pair.other} if ours == "A" else {"A": pair.other, "B": pair.ours}
        )
        (folder / "diff.patch").write_bytes(pair.diff[:MOST_BYTES])
        for letter, text in texts.items():
            (folder / f"{letter}.md").write_text(text, "utf-8")
        key[pair.name] = {"ours": ours, "against": pair.what}
    (output / "pairs" / "JUDGE.md").write_text((HERE / "judge.md").read_text("utf-8"), "utf-8")
    (output / "key.json").write_text(json.dumps(key, indent=1), "utf-8")
    return len(key)


def without_links(report: str) -> str:
    """Return the texts about a range: without the part on files, and links as their labels."""
    end = _FILES.search(report)
    text = report[: end.start()] if end else report
    start = _HEADING.search(text)
    shown = _LINK.sub(r"\1", text[start.start() if start else 0 :])
    return shown.replace(_JOINER, "").strip() + "\n"


def _records(place: Path) -> Mapping[str, Mapping[str, Any]]:
    import gzip  # noqa: PLC0415 - only for cases

    entries: dict[str, Mapping[str, Any]] = {}
    paths = sorted(place.glob("*.jsonl.gz")) if place.is_dir() else [place]
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
            entries |= {
                entry["id"]: entry for entry in map(json.loads, lines) if entry.get("overview_text")
            }
    return entries


def _report_of_diff(case: Case, locale: str) -> str:
    arguments = ("--diff", "-", "--repo", case.repository, "--base", case.base, "--head", case.head)
    return _report(*arguments, "--locale", locale, "--layout", "classic", diff=case.diff())


def _report(*arguments: str, diff: bytes | None = None) -> str:
    program = Path(sys.executable).with_name(_COMMAND[0])
    done = subprocess.run(
        [str(program), *_COMMAND[1:], *arguments], input=diff, capture_output=True, check=True
    )
    return without_links(done.stdout.decode("utf-8", "replace"))


def _git(clone: Path, *arguments: str) -> bytes:
    done = subprocess.run(
        ["git", "-C", str(clone), *arguments],
        capture_output=True,
        check=True,
        env={**os.environ, "LC_ALL": "C"},
    )
    return done.stdout


def _places(clones: Path, repository: str) -> Iterator[Path]:
    flat = repository.replace("/", "+")
    return (clones / name for name in (f"{flat}/repo", flat, repository, f"{repository}.git"))
