"""`python -m benchmarks.model_quality`: how many honest texts are refused and how many falsehoods pass, by kind.

Needs no model: texts and diffs are kept. The hold-out, the fresh, the unseen and the last set, about files and ranges that no check
was tuned on, are judged apart and never shown row by row; most of their rows are about public repositories and judged
where their clones are at hand. `--verbose` prints each text of the tuned set that is refused though honest, or passes though false. Goals are
printed, nothing fails.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.model_quality.diffs import DiffSetting, diff_source, setting_of
from benchmarks.model_quality.replay import Kept, replay
from benchmarks.model_quality.verdicts import Fate, verdict
from benchmarks.report import CLONES

HERE = Path(__file__).parent
#: The sets since the fresh one have texts in all of them, the others in the first three.
LOCALES = ("en_US", "ja_JP", "zh_CN", "de_DE", "es_ES", "fr_FR", "ko_KR", "pt_BR")
#: What the files of each set begin with.
SETS = {"tuned": "", "hold-out": "held_", "fresh": "fresh_", "unseen": "unseen_", "last": "last_"}
#: Share of honest texts that may be refused, and of falsehoods about files and ranges that may pass.
GOALS = {"honest": 0.03, "files": 0.25, "ranges": 0.35}
Row = Mapping[str, Any]


def read_rows(name: str) -> Iterator[Row]:
    """Yield the rows of a kept file."""
    for line in (HERE / name).read_text("utf-8").splitlines():
        yield json.loads(line)


def fates(
    rows: Iterable[Row], settings: dict[str, DiffSetting | None], clones: Path | None = None
) -> Iterator[tuple[Row, Fate, tuple[str, ...]]]:
    """Judge each row; the settings of its diffs are made once, and rows without a clone are left out."""
    for row in rows:
        diff = f"{row['case']} {row.get('head', '')}"
        if diff not in settings:
            settings[diff] = _setting(row, clones)
        setting = settings[diff]
        if setting is not None:
            fate, faults = verdict(setting, row)
            yield row, fate, faults


def _setting(row: Row, clones: Path | None) -> DiffSetting | None:
    source = diff_source(row, clones)
    return None if source is None else setting_of(source, LOCALES)


#: What becomes of a text that a model is asked about again.
_ASKED = (Fate.DOUBTED, Fate.REFUSED)


def target(row: Row) -> str:
    """Return what a row is about."""
    return "files" if row.get("path") else "ranges"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of both sets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verbose", action="store_true")
    at_hand = os.environ.get(CLONES)
    parser.add_argument("--clones", type=Path, default=Path(at_hand) if at_hand else None)
    parser.add_argument("--set", choices=SETS, action="append", help="only this set")
    options = parser.parse_args(arguments)
    settings: dict[str, DiffSetting | None] = {}
    for title in options.set or SETS:
        prefix = SETS[title]
        verbose = options.verbose and not prefix
        honest, planted = (
            list(read_rows(f"{prefix}{name}.jsonl")) for name in ("honest", "planted")
        )
        judged = [list(fates(rows, settings, options.clones)) for rows in (honest, planted)]
        left_out = len(honest) + len(planted) - sum(map(len, judged))
        print(f"## {title} set" + (f" ({left_out} rows left out: no clone)" if left_out else ""))
        _print_honest(judged[0], verbose=verbose)
        _print_false(judged[1], verbose=verbose)
        _print_replay(replay(honest, options.clones))
    return 0


def _print_honest(rows: Iterable[tuple[Row, Fate, tuple[str, ...]]], *, verbose: bool) -> None:
    texts: defaultdict[tuple[str, str, str], list[Fate]] = defaultdict(list)
    for row, fate, faults in rows:
        diff = f"{row['case']} {row.get('head', '')}"
        texts[diff, str(row.get("path", "")), str(row["locale"])].append(fate)
        if verbose and fate is not Fate.STANDS:
            _print_row(row, fate, faults)
    print("honest texts (of a file or range in one locale, all parts together)")
    for name in ("all", *LOCALES):
        some = [fate for key, fate in texts.items() if name in {"all", key[2]}]
        if some:
            marked = sum(any(fate is Fate.MARKED for fate in each) for each in some)
            asked = sum(any(fate in _ASKED for fate in each) for each in some)
            lost = sum(any(fate is Fate.REFUSED for fate in each) for each in some)
            rows_of = sum(map(len, some))
            print(
                f"  {name}: {len(some)} ({rows_of} parts), asked again {asked} ({asked / len(some):.1%}, "
                f"goal {GOALS['honest']:.0%}), a part lost if told the same again {lost} ({lost / len(some):.1%}), "
                f"a sentence marked at once {marked} ({marked / len(some):.1%})"
            )


def _print_false(rows: Iterable[tuple[Row, Fate, tuple[str, ...]]], *, verbose: bool) -> None:
    kinds: defaultdict[tuple[str, str], Counter[Fate]] = defaultdict(Counter)
    for row, fate, faults in rows:
        kinds[target(row), str(row["kind"])][fate] += 1
        kinds[target(row), "all"][fate] += 1
        kinds[str(row["locale"]), "all"][fate] += 1
        if verbose and fate is Fate.STANDS:
            _print_row(row, fate, faults)
    print("planted falsehoods: pass, marked (shown as the model’s reading), refused")
    for (name, kind), counts in sorted(kinds.items()):
        total, passing = counts.total(), counts[Fate.STANDS]
        goal = f", goal {GOALS[name]:.0%}" if kind == "all" and name in GOALS else ""
        print(
            f"  {name}, {kind}: {passing} of {total} pass ({passing / total:.0%}{goal}), "
            f"{counts[Fate.MARKED] + counts[Fate.DOUBTED]} marked, {counts[Fate.REFUSED]} refused"
        )


def _print_replay(kept: Kept) -> None:
    share = kept.asked_again / (kept.requests or 1)
    print(
        f"told to an analyst as often as it asks: {kept.parts} parts, {kept.asked_again} of {kept.requests} requests "
        f"again ({share:.1%}), {len(kept.lost)} parts lost for good, {kept.lost_ranges} of {kept.ranges} range texts lost"
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
