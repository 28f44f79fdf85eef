"""Makes pairs of texts, or counts the verdicts on them: `python -m benchmarks.blind pairs|tally`."""

from __future__ import annotations

import argparse
import sys
from itertools import chain
from pathlib import Path

from benchmarks.blind.pairs import of_cases, of_ranges, write_pairs
from benchmarks.blind.tally import tally


def main() -> int:
    """Run one of the two parts."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.blind")
    parts = parser.add_subparsers(dest="part", required=True)
    pairs = parts.add_parser("pairs", help="write a folder for each pair, and the key beside them")
    pairs.add_argument("output", type=Path)
    pairs.add_argument("--cases", type=Path, help="recorded reports, as JSON lines")
    pairs.add_argument("--clones", type=Path, help="where the repositories of ranges.toml lie")
    pairs.add_argument("--seed", type=int, default=1)
    counts = parts.add_parser("tally", help="count verdicts")
    counts.add_argument("key", type=Path)
    counts.add_argument("verdicts", type=Path)
    arguments = parser.parse_args()
    if arguments.part == "pairs":
        cases = of_cases(arguments.cases) if arguments.cases else iter(())
        ranges = of_ranges(arguments.clones) if arguments.clones else iter(())
        sys.stdout.write(
            f"{write_pairs(chain(cases, ranges), arguments.output, arguments.seed)} pairs\n"
        )
        return 0
    for count in tally(arguments.key, arguments.verdicts):
        total = count.ours + count.other + count.ties
        sys.stdout.write(
            f"{count.group}: {count.question} {count.ours} of {total}, ties {count.ties}\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
