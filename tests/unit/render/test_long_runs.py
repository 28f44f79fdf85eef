"""Patches that no fence can hold are still shown whole."""

from __future__ import annotations

import pytest

from support.classic import parse_classic
from support.insights import LOCALES, classic, insight_of_diff, modified


@pytest.mark.parametrize("marks", [[b"`"], [b"~"], [b"`", b"~"]])
def test_runs_that_close_every_fence(marks: list[bytes]) -> None:
    lines = [mark * 300 for mark in marks] + [b"# Highlights", b"<b>&amp;</b>"]
    section = modified(b"a.md", [b"x"], lines)
    changed = len(lines)
    # As context lines they start with a single space, so that a renderer takes them for fences.
    start = section.index(b"@@")
    hunk = b"\n".join([b"@@ -1,%d +1,%d @@" % (changed, changed + 1), *(b" " + line for line in lines), b"+x"])  # fmt: skip
    insight = insight_of_diff(section[:start] + hunk + b"\n")
    for locale in LOCALES:
        report = parse_classic(classic(insight, locale))
        assert report.files[0].patch == hunk.decode().split("\n")
        assert report.sections(1) == [
            "Highlights",
            "Insights",
            "Summary Table",
            "Modified Contents",
        ]
