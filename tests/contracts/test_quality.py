"""What reports say over recorded diffs: nothing without a source, no wrong breaking change.

The whole measure is `python -m benchmarks.quality`; these are its two promises on some of the cases.
"""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks.quality.cases import read_cases
from benchmarks.quality.labels import Range, read_breaking
from benchmarks.quality.measures import breaking_paths, compare_breaking, unsupported_findings
from benchmarks.quality.runs import Told, of_case

#: Deadlines, tables, removed pages and redirects, code, a table of contents, one edit in many files.
CASES = (
    "autotaker-ja_JP-20241101-misc",
    "autotaker-ja_JP-20250423-openai",
    "oowl-en_US-20250214-misc",
    "oowl-en_US-20250506-misc",
    "oowl-en_US-20250626-openai",
    "oowl-zh_CN-20250203-misc",
    "oowl-zh_CN-20250609-search",
)


@cache
def told(name: str) -> Told:
    return of_case(next(case for case in read_cases() if case.name == name))


@pytest.mark.parametrize("name", CASES)
def test_every_token_has_a_source(name: str) -> None:
    assert list(unsupported_findings(told(name))) == []


@pytest.mark.parametrize("name", CASES)
def test_no_breaking_change_is_wrong(name: str) -> None:
    labels = read_breaking().get(Range(name, "", ""), [])
    assert compare_breaking(labels, breaking_paths(told(name).insight)).wrong == ()
