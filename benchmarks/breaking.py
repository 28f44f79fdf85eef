"""Runs the command over the pairs of versions that other checkers test themselves with, from clones at hand.

Nothing of another project is kept here: a suite is a repository and the folders in which its pairs stand. The table
says in how many pairs something breaks by our rules; whether it is the very thing that the other checker means is
for a reader to judge, with `--show`.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from benchmarks.report import CLONES
from support.pairs import Pair, report_of, repository


class Suite(NamedTuple):
    """A checker's repository, and how the path of a file says its pair, its side and its place."""

    checker: str
    format: str
    clone: str
    pattern: re.Pattern[str]
    old: str


SUITES = (
    Suite("buf", "protocol buffers", "bufbuild/buf",
          re.compile(r"private/bufpkg/bufcheck/testdata/breaking/(?P<side>current|previous)/(?P<pair>[^/]+)/(?P<path>.+\.proto)"),
          "previous"),
    Suite("cargo-semver-checks", "Rust", "obi1kenobi/cargo-semver-checks",
          re.compile(r"test_crates/(?P<pair>[^/]+)/(?P<side>old|new)/(?P<path>(?:src/.+\.rs|Cargo\.toml))"), "old"),
    Suite("semver-checks", "TypeScript", "kyungseopk1m/semver-checks",
          re.compile(r"__test__/fixtures/(?P<pair>[^/]+)/(?P<side>old|new)/(?P<path>.+\.(?:ts|json))"), "old"),
)  # fmt: skip
#: What a pair of single files needs to be a package.
_AROUND = {
    "semver-checks": {
        "package.json": '{"name": "pair", "types": "./index.ts", "exports": "./index.ts"}'
    }
}


def main() -> None:
    """Print a row for each suite of which a clone is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    clones = os.environ.get(CLONES)
    parser.add_argument("--clones", type=Path, default=Path(clones) if clones else None)
    parser.add_argument("--show", action="store_true", help="print what was said of each pair")
    options = parser.parse_args()
    print(f"{'checker':22} {'format':18} {'pairs':>6} {'breaking':>9} {'likely':>7}")
    for suite in SUITES:
        clone = find_suite(suite, options.clones)
        if clone is None:
            print(f"{suite.checker:22} {suite.format:18} no clone of {suite.clone}")
            continue
        pairs = list(pairs_of_suite(suite, clone))
        print(row_of(suite, pairs, show=options.show))


def find_suite(suite: Suite, clones: Path | None) -> Path | None:
    """Return the git directory of a suite, or None."""
    owner, name = suite.clone.split("/")
    names = (f"{owner}+{name}", f"{owner}+{name}/repo", f"{owner}/{name}", f"{owner}/{name}.git")
    folders = (clones / name for name in names) if clones is not None else ()
    command = ("rev-parse", "--verify", "--quiet", "HEAD")
    return next((folder for folder in folders if folder.is_dir() and _git(folder, *command)), None)


def pairs_of_suite(suite: Suite, clone: Path) -> Iterator[Pair]:
    """Yield the pairs of the newest commit."""
    sides: dict[str, dict[bool, dict[str, str]]] = defaultdict(lambda: {True: {}, False: {}})
    for path in _git(clone, "ls-tree", "-r", "--name-only", "HEAD").decode().splitlines():
        match = suite.pattern.fullmatch(path)
        if match is not None:
            text = _git(clone, "show", f"HEAD:{path}").decode("utf-8", "replace")
            # A crate that only a test builds is not published.
            text = text.replace("publish = false", "")
            sides[match["pair"]][match["side"] == suite.old][match["path"]] = text
    around = _AROUND.get(suite.checker, {})
    for name, versions in sorted(sides.items()):
        if versions[True] != versions[False]:
            yield Pair(
                what=name,
                old={**around, **versions[True]},
                new={**around, **versions[False]},
                breaks=True,
            )


def row_of(suite: Suite, pairs: list[Pair], *, show: bool) -> str:
    """Return the row of a suite; the command runs once for each pair."""
    breaking = likely = 0
    with tempfile.TemporaryDirectory() as folder:
        repo = repository(Path(folder) / "repo", pairs)
        for number, pair in enumerate(pairs):
            report = report_of(repo, number, Path(folder) / "out")
            certain = [kind for kind in report.breaking if not kind.endswith("(likely)")]
            breaking += bool(certain)
            likely += bool(report.breaking) and not certain
            if show:
                print(f"{pair.what}: {', '.join(report.breaking) or 'nothing'}", file=sys.stderr)
    return f"{suite.checker:22} {suite.format:18} {len(pairs):6} {breaking:9} {likely:7}"


def _git(folder: Path, *words: str) -> bytes:
    environment: Mapping[str, str] = {**os.environ, "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(
        ["git", "-C", str(folder), *words], capture_output=True, check=False, env=environment
    ).stdout


if __name__ == "__main__":
    main()
