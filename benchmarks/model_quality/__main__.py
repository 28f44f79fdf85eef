"""`python -m benchmarks.model_quality`: how many honest texts are refused and how many falsehoods pass, by kind.

Needs no model: texts and diffs are kept. `--verbose` prints each text that is refused though honest, or passes though
false. Goals are printed, nothing fails.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.model_quality.diffs import DiffSetting, recorded_setting
from benchmarks.model_quality.verdicts import Fate, verdict

HERE = Path(__file__).parent
LOCALES = ("en_US", "ja_JP", "zh_CN")
#: Share of honest texts that may be refused, and of falsehoods about files and ranges that may pass.
GOALS = {"honest": 0.03, "files": 0.25, "ranges": 0.35}
Row = Mapping[str, Any]


def read_rows(name: str) -> Iterator[Row]:
    """Yield the rows of a kept file."""
    for line in (HERE / name).read_text("utf-8").splitlines():
        yield json.loads(line)


def fates(
    rows: Iterable[Row], settings: dict[str, DiffSetting]
) -> Iterator[tuple[Row, Fate, tuple[str, ...]]]:
    """Judge each row; the settings of its diffs are made once."""
    for row in rows:
        case = str(row["case"])
        if case not in settings:
            settings[case] = recorded_setting(case, LOCALES)
        fate, faults = verdict(settings[case], row)
        yield row, fate, faults


def target(row: Row) -> str:
    """Return what a row is about."""
    return "files" if row.get("path") else "ranges"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verbose", action="store_true")
    verbose = parser.parse_args(arguments).verbose
    settings: dict[str, DiffSetting] = {}
    _print_honest(fates(read_rows("honest.jsonl"), settings), verbose=verbose)
    _print_false(fates(read_rows("planted.jsonl"), settings), verbose=verbose)
    return 0


def _print_honest(rows: Iterable[tuple[Row, Fate, tuple[str, ...]]], *, verbose: bool) -> None:
    texts: defaultdict[tuple[str, str, str], list[Fate]] = defaultdict(list)
    for row, fate, faults in rows:
        texts[str(row["case"]), str(row.get("path", "")), str(row["locale"])].append(fate)
        if verbose and fate is not Fate.STANDS:
            _print_row(row, fate, faults)
    print("honest texts (of a file or range in one locale, all parts together)")
    for name in ("all", *LOCALES):
        some = [fate for key, fate in texts.items() if name in {"all", key[2]}]
        if some:
            asked = sum(any(fate is not Fate.STANDS for fate in each) for each in some)
            lost = sum(any(fate is Fate.REFUSED for fate in each) for each in some)
            print(
                f"  {name}: {len(some)}, asked again {asked} ({asked / len(some):.1%}, goal {GOALS['honest']:.0%}), "
                f"a part lost if told the same again {lost} ({lost / len(some):.1%})"
            )


def _print_false(rows: Iterable[tuple[Row, Fate, tuple[str, ...]]], *, verbose: bool) -> None:
    kinds: defaultdict[tuple[str, str], Counter[Fate]] = defaultdict(Counter)
    for row, fate, faults in rows:
        kinds[target(row), str(row["kind"])][fate] += 1
        kinds[target(row), "all"][fate] += 1
        kinds[str(row["locale"]), "all"][fate] += 1
        if verbose and fate is Fate.STANDS:
            _print_row(row, fate, faults)
    print("planted falsehoods: pass, doubted (asked about, marked when it stays), refused")
    for (name, kind), counts in sorted(kinds.items()):
        total, passing = counts.total(), counts[Fate.STANDS]
        goal = f", goal {GOALS[name]:.0%}" if kind == "all" and name in GOALS else ""
        print(
            f"  {name}, {kind}: {passing} of {total} pass ({passing / total:.0%}{goal}), "
            f"{counts[Fate.DOUBTED]} doubted, {counts[Fate.REFUSED]} refused"
        )


def _print_row(row: Row, fate: Fate, faults: Sequence[str]) -> None:
    print(
        f"{fate}: {row['case']} {row.get('path', 'range')} {row['locale']} {row['part']} {row.get('kind', '')}"
    )
    print(f"    {row['text'][:300]!r}")
    for fault in faults:
        print(f"    - {fault}")


if __name__ == "__main__":
    sys.exit(main())
