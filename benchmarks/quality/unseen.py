"""Ranges that nobody has looked at before: drawn from the history of the clones, always the same for a seed."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.quality.measures import Finding, text_count, unsupported_findings
from benchmarks.quality.runs import of_range

#: First-parent commits that ranges are drawn from, and how many of them a range spans.
_NEWEST = 900
_SPANS = (1, 1, 1, 2, 3, 5, 8, 13)


def unseen(clones: Path, count: int, seed: int) -> list[Finding]:
    """Tell `count` ranges in every locale, print what was said, and return what has no source."""
    findings: list[Finding] = []
    texts = told = 0
    for clone, base, head in _drawn(clones, count, seed):
        try:
            one = of_range(clone, base, head, ())
        except ValueError:  # nothing changed between the two
            continue
        told += 1
        texts += text_count(one.insight)
        findings += unsupported_findings(one)
    print(f"\nunseen ranges: {told}; unsupported tokens: {len(findings)} in {texts} texts")
    for finding in findings[:50]:
        print(f"  {finding.locale} {finding.place}: {finding.found.kind} {finding.found.token!r}")
    return findings


def _drawn(clones: Path, count: int, seed: int) -> Iterator[tuple[Path, str, str]]:
    """Yield clone, base and head."""
    draw = random.Random(seed)  # noqa: S311 - a benchmark, no secret
    places = sorted(
        {each.parent for name in ("HEAD", "*/HEAD", "*/*/HEAD") for each in clones.glob(name)}
    )
    places = [place for place in places if len(_history(place)) > max(_SPANS)]
    for _ in range(count if places else 0):
        place = draw.choice(places)
        history = _history(place)
        span = draw.choice(_SPANS)
        at = draw.randrange(len(history) - span)
        yield place, history[at + span], history[at]


def _history(clone: Path) -> list[str]:
    listed = subprocess.run(
        ["git", "-C", str(clone), "rev-list", "--first-parent", "-n", str(_NEWEST), "HEAD"],
        capture_output=True,
        text=True,
        check=False,
    )
    return listed.stdout.split()
