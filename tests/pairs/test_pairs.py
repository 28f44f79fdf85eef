"""Smallest pairs of versions, a data file for each language or format: what breaks is found, and nothing else.

`<language>.yml` holds the pairs, `<language>.expected.md` what the report says of each in three locales. Set
UPDATE_PAIRS=1 to write what comes out instead; it is read in review.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from support.pairs import Pair, Report, expected_text, pairs_of, report_of, repository

HERE = Path(__file__).parent
LANGUAGES = sorted(path.stem for path in HERE.glob("*.yml"))
#: Breaking pairs of all languages together, below which nobody may fall.
LEAST = 300


@cache
def _pairs(language: str) -> Sequence[Pair]:
    return pairs_of(HERE / f"{language}.yml")


@pytest.mark.parametrize("language", LANGUAGES)
def test_pairs(language: str, tmp_path: Path) -> None:
    pairs = _pairs(language)
    reports = _reports(pairs, tmp_path)
    outcomes = list(zip(pairs, reports, strict=True))
    missed = [pair.what for pair, report in outcomes if pair.breaks and not report.breaking]
    untrue = [pair.what for pair, report in outcomes if not pair.breaks and report.breaking]
    text = expected_text(pairs, reports)
    expected = HERE / f"{language}.expected.md"
    if os.environ.get("UPDATE_PAIRS"):
        expected.write_text(text, "utf-8")
    assert (missed, untrue) == ([], [])
    assert text == expected.read_text("utf-8")


def _reports(pairs: Sequence[Pair], folder: Path) -> list[Report]:
    repo = repository(folder / "repo", pairs)
    return [report_of(repo, number, folder / "out") for number in range(len(pairs))]


def test_there_are_many_pairs_and_each_is_named_once() -> None:
    names = [(language, pair.what) for language in LANGUAGES for pair in _pairs(language)]
    assert len(names) == len(set(names))
    assert sum(pair.breaks for language in LANGUAGES for pair in _pairs(language)) >= LEAST
