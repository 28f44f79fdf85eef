"""`python -m benchmarks.quality`: measures what the rules say over recorded diffs and public ranges.

Exits with 1 where a token is unsupported or a finding of a breaking change is wrong.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.quality.cases import DEV, Case, read_cases
from benchmarks.quality.labels import Range, read_breaking, read_disagreements, read_wanted
from benchmarks.quality.measures import (
    Breaking,
    Finding,
    Label,
    Specific,
    agreement,
    breaking_paths,
    compare_breaking,
    shows,
    specific_share,
    text_count,
    unsupported_findings,
)
from benchmarks.quality.runs import Told, of_case, of_range
from benchmarks.quality.unseen import unseen
from benchmarks.report import CLONES
from benchmarks.rows import Row, find_clone


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 0 when nothing is unsupported and no finding is wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--cases", type=Path, default=DEV, help="a file or folder of cases")
    parser.add_argument("--clones", type=Path, default=os.environ.get(CLONES), help="clones")
    parser.add_argument("--unseen", type=int, default=0, help="random ranges of the clones")
    parser.add_argument("--seed", type=int, default=0, help="which random ranges")
    options = parser.parse_args(arguments)
    start = time.perf_counter()
    cases = list(read_cases(options.cases))
    told = {case.name: of_case(case) for case in cases}
    print(f"{len(cases)} cases, {sum(len(case.files) for case in cases)} files")
    findings = _texts(told)
    _types(cases, told)
    _highlights(told)
    wrong = _breaking(told, Path(options.clones) if options.clones else None)
    if options.unseen and options.clones:
        findings += unseen(Path(options.clones), options.unseen, options.seed)
    print(f"\n{time.perf_counter() - start:.1f} s")
    return 1 if findings or wrong else 0


def _texts(told: Mapping[str, Told]) -> list[Finding]:
    share = sum(map(specific_share, told.values()), Specific(0, 0, 0, 0))
    print(
        f"files with a specific fact: {share.some} of {share.files} "
        f"({_percent(share.some, share.files)}); with a patch: {share.patched_some} of "
        f"{share.patched} ({_percent(share.patched_some, share.patched)})"
    )
    findings = [finding for each in told.values() for finding in unsupported_findings(each)]
    texts = sum(text_count(each.insight) for each in told.values())
    print(f"unsupported tokens: {len(findings)} in {texts} texts")
    for finding in findings[:50]:
        print(f"  {finding.locale} {finding.place}: {finding.found.kind} {finding.found.token!r}")
    return findings


def _types(cases: Sequence[Case], told: Mapping[str, Told]) -> None:
    reasons = read_disagreements()
    groups: Counter[tuple[str, str, str]] = Counter()
    examples: dict[tuple[str, str, str], str] = {}
    for case in cases:
        recorded = {file.path: file.recorded for file in case.files if file.recorded}
        for ours, theirs, rule, path in agreement(told[case.name], recorded):
            groups[ours, theirs, rule] += 1
            examples.setdefault((ours, theirs, rule), path)
    total = sum(groups.values())
    same = sum(count for (ours, theirs, _), count in groups.items() if ours == theirs)
    print(f"\ntypes as recorded: {same} of {total} ({_percent(same, total)})")
    for key, count in groups.most_common():
        if key[0] != key[1]:
            print(f"  {count:4} ours {key[0]}, recorded {key[1]} (rule {key[2]})")
            print(f"       {reasons.get(key, 'not judged yet; such as ' + examples[key])}")


def _highlights(told: Mapping[str, Told]) -> None:
    wanted = [each for each in read_wanted() if each.case in told]
    missed = [each for each in wanted if not shows(told[each.case].insight, each)]
    named = len(wanted) - len(missed)
    print(f"\nmost important change named: {named} of {len(wanted)}")
    for each in missed:
        print(f"  {each.case}: {each.change}")


def _breaking(told: Mapping[str, Told], clones: Path | None) -> int:
    results: list[tuple[Range, Breaking]] = []
    labelled = skipped = 0
    for place, labels in read_breaking().items():
        found = _found(place, labels, told, clones)
        if found is None:
            skipped += len(labels)
            continue
        labelled += len(labels)
        results.append((place, compare_breaking(labels, found)))
    hits = sum(result.found for _, result in results)
    missed = sum(len(result.missed) for _, result in results)
    wrong = sum(len(result.wrong) for _, result in results)
    print(
        f"\nbreaking changes: {labelled} labelled files, {skipped} skipped without a clone or case"
    )
    print(
        f"  false positives {wrong}; found {hits} of {hits + missed} ({_percent(hits, hits + missed)})"
    )
    for place, result in results:
        for name, rows in (("wrong", result.wrong), ("missed", result.missed)):
            for label in rows:
                where = f"{place.source} {place.base[:9]}..{place.head[:9]}".strip(" .")
                print(f"  {name}: {where} {label.path}: {label.reason}")
    return wrong


def _found(
    place: Range, labels: Sequence[Label], told: Mapping[str, Told], clones: Path | None
) -> frozenset[str] | None:
    if place.source in told:
        return breaking_paths(told[place.source].insight)
    if not place.base:
        return None
    row = Row(repository=place.source, base=place.base, head=place.head, files=0)
    clone = find_clone(row, clones)
    if clone is None:
        return None
    paths = [label.path for label in labels]
    return breaking_paths(of_range(clone, place.base, place.head, paths).insight)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "-"


if __name__ == "__main__":
    sys.exit(main())
