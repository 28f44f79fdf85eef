"""Holds what impact says of real releases against what applications changed when they adapted to them.

    python -m benchmarks.impact_pairs --clones ~/clones [--only np] [--show]

Each pair is a range of a library and the commit with which an application adapted to it (`impact_pairs.toml`). The
command compares the range, with the application as it was before that commit. A line is *needed* where the commit
removed or rewrote it and it names what is gone: the pair's own pattern says so, or else a name or parameter of a
finding stands there. A place is *changed* where the commit removed or rewrote that very line.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.measure import run
from benchmarks.report import CLONES
from benchmarks.rows import find_repository
from diff_insight.impact.touch import parameters_of
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Reach, Touch
from diff_insight.model.facts import Fact

PAIRS = Path(__file__).with_name("impact_pairs.toml")
_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? ")
#: Kinds of touch for which the line that passes a parameter is what has to change.
_PARAMETERS = {Touch.PASSES, Touch.BY_NAME, Touch.BY_PLACE}
#: What a language calls the making of an object: its lines name the class.
_MAKERS = {"__init__", "constructor", "new"}

Line = tuple[str, int]


class Pair(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A range of a library, and the commit with which an application adapted to it.

    Attributes:
        language: As the table prints it.
        suffixes: Ends of the names of files whose lines can be needed.
        commit: The adapting commit, compared with its first parent.
        needed: What a removed line that has to be changed for the library looks like; empty where names of
            findings tell them well enough.
        blind: Whether the pair was chosen and run before anybody had looked at what is said of it.
    """

    language: str
    library: str
    base: str
    head: str
    application: str
    commit: str
    suffixes: tuple[str, ...]
    needed: str = ""
    blind: bool = False


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """What one pair comes to, as lines of the application before it adapted."""

    needed: frozenset[Line]
    changed: frozenset[Line]
    proved: frozenset[Line]
    likely: frozenset[Line]

    def row(self) -> str:
        """Return the figures as columns."""
        every = self.proved | self.likely
        return (
            f"{len(self.needed):6} {len(self.needed & self.proved):7} {len(self.needed & every):7}"
            f" {len(self.proved):7} {len(self.proved & self.changed):8}"
            f" {len(self.likely):7} {len(self.likely & self.changed):8}"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a row for each pair of which both clones are there, then one for each language."""
    options = _options(arguments)
    print(
        f"{'':40} {'needed':>6} {'proved':>7} {'+likely':>7} {'proved':>7} {'changed':>8}"
        f" {'likely':>7} {'changed':>8}"
    )
    counts: dict[str, list[Count]] = defaultdict(list)
    for pair in read_pairs():
        if options.only not in pair.application:
            continue
        places = [
            find_repository(name, options.clones) for name in (pair.library, pair.application)
        ]
        label = f"{pair.library.split('/')[1]} {pair.head} > {pair.application.split('/')[1]}"
        if places[0] is None or places[1] is None:
            print(f"{label[:40]:40} skipped, no clone")
            continue
        count = count_pair(pair, places[0], places[1])
        print(f"{label[:40]:40} {count.row()}{' blind' if pair.blind else ''}", flush=True)
        if options.show:
            _show(count)
        counts[pair.language].append(_within(count, label))
    for language, every in counts.items():
        print(f"{language:40} {_sum(every).row()}")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    clones = os.environ.get(CLONES)
    parser.add_argument("--clones", type=Path, default=Path(clones) if clones else None)
    parser.add_argument("--only", default="", help="part of the application's name")
    parser.add_argument("--show", action="store_true", help="print lines missed, and named in vain")
    return parser.parse_args(arguments)


def read_pairs(path: Path = PAIRS) -> list[Pair]:
    """Return the pairs in the order of the file."""
    with path.open("rb") as file:
        return msgspec.convert(tomllib.load(file)["pair"], list[Pair])


def count_pair(pair: Pair, library: Path, application: Path) -> Count:
    """Return what the command says of a pair, beside what the application changed."""
    with tempfile.TemporaryDirectory(prefix="diff-insight-bench-") as name:
        checkout, report = Path(name) / "checkout", Path(name) / "report.json"
        clone = ["git", "clone", "--quiet", "--shared", "--no-checkout", str(application)]
        run([*clone, str(checkout)])
        run(["git", "-C", str(checkout), "checkout", "--quiet", "--detach", f"{pair.commit}^"])
        command = [sys.executable, "-m", "diff_insight", "report", f"{pair.base}..{pair.head}"]
        run([
            *command, "--repo", str(library), "--impact", str(checkout), "--quiet",
            "--locale", "en_US", "--format", "json", "--output", str(report),
        ])  # fmt: skip
        document = msgspec.json.decode(report.read_bytes())
    removed = removed_lines(application, pair.commit)
    needs = re.compile(pair.needed or _any_of(names_gone(document)))
    uses = {
        certainty: frozenset(
            (use["path"], use["line"]) for use in _uses(document) if use["certainty"] == certainty
        )
        for certainty in ("proved", "likely")
    }
    return Count(
        needed=frozenset(
            (path, number)
            for (path, number), text in removed.items()
            if path.endswith(pair.suffixes) and needs.search(text)
        ),
        changed=frozenset(removed),
        proved=uses["proved"],
        likely=uses["likely"] - uses["proved"],
    )


def removed_lines(repository: Path, commit: str) -> dict[Line, str]:
    """Return the lines that a commit removed or rewrote, by where they stood in its first parent."""
    command = ["git", "-C", str(repository), "-c", "core.quotePath=false", "diff", "-U0", "-M"]
    diff = subprocess.run(
        [*command, "--no-ext-diff", "--src-prefix=a/", f"{commit}^", commit],
        capture_output=True, check=True,
    ).stdout.decode("utf-8", "replace")  # fmt: skip
    lines: dict[Line, str] = {}
    path, number, left = "", 0, 0
    for line in diff.split("\n"):
        hunk = _HUNK.match(line)
        if hunk is not None:
            number, left = int(hunk[1]), int(hunk[2] or 1)
        elif left and line.startswith("-"):
            lines[path, number] = line[1:]
            number, left = number + 1, left - 1
        elif line.startswith("--- "):
            path = line.removeprefix("--- a/").rstrip("\t")
    return lines


def names_gone(document: dict[str, Any]) -> set[str]:
    """Return the names that lines of an application have which use what a range takes away."""
    names: set[str] = set()
    for fact in _facts(document):
        usage = kind_of(fact["kind"]).usage
        if (
            usage is None
            or usage.reach is not Reach.SYMBOL
            or not (fact["breaking"] or "uses" in fact)
        ):
            continue
        if usage.touch in _PARAMETERS:
            names.update(parameters_of(Fact(fact["kind"], fact["params"])))
            continue
        label = next(
            (str(fact["params"][name]) for name in usage.names if name in fact["params"]), ""
        )
        name = label.partition("(")[0]
        # The path of a module is one name.
        parts = [name] if "/" in name else [part for part in re.split(r"[.#:]", name) if part]
        while len(parts) > 1 and (parts[-1] in _MAKERS or parts[-1] == parts[-2]):
            parts.pop()
        names.update(parts[-1:])
    return names


def _any_of(names: set[str]) -> str:
    """Return a pattern of whole words; one that nothing matches where there is none."""
    words = "|".join(sorted(map(re.escape, names)))
    return rf"(?<![\w$])(?:{words})(?![\w$])" if words else r"(?!)"


def _facts(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for file in document["files"]:
        yield from file.get("facts", ())


def _uses(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for fact in _facts(document):
        yield from fact.get("uses", ())


def _within(count: Count, label: str) -> Count:
    """Return a count whose lines are told from those of other pairs."""
    lines = {
        name: frozenset((f"{label}:{path}", number) for path, number in getattr(count, name))
        for name in count.__struct_fields__
    }
    return Count(**lines)


def _sum(counts: Sequence[Count]) -> Count:
    lines = {
        name: frozenset().union(*(getattr(count, name) for count in counts))
        for name in Count.__struct_fields__
    }
    return Count(**lines)


def _show(count: Count) -> None:
    for what, lines in (
        ("missed", count.needed - count.proved - count.likely),
        ("proved, unchanged", count.proved - count.changed),
        ("likely, unchanged", count.likely - count.changed),
    ):
        for path, number in sorted(lines):
            print(f"  {what}: {path}:{number}")


if __name__ == "__main__":
    sys.exit(main())
