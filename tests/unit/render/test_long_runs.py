"""Patches that no fence can hold are still shown whole."""

from __future__ import annotations

import pytest

from support.classic import parse_classic
from support.hostile import modified
from support.insights import LOCALES, classic, insight_of_diff


@pytest.mark.parametrize("marks", [[b"`"], [b"~"], [b"`", b"~"]])
def test_runs_that_close_every_fence(marks: list[bytes]) -> None:
    lines = [mark * 300 for mark in marks] + [b"# Highlights", b"<b>&amp;</b>"]
    # Kept lines start with a single space, so that a renderer could take them for fences.
    insight = insight_of_diff(modified(b"a.md", [], [b"x"], kept=lines))
    for locale in LOCALES:
        report = parse_classic(classic(insight, locale))
        assert report.files[0].patch == [
            f"@@ -1,{len(lines)} +1,{len(lines) + 1} @@",
            *(f" {line.decode()}" for line in lines),
            "+x",
        ]
        assert report.sections(1) == [
            "Highlights",
            "Insights",
            "Summary Table",
            "Modified Contents",
        ]
