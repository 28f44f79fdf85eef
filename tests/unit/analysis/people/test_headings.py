"""Headings of changelogs in the forms of real projects."""

from __future__ import annotations

import pytest

from diff_insight.analysis.people.headings import HeadingReader
from diff_insight.model.threads import ThreadKind


@pytest.mark.parametrize(
    ("line", "level", "version", "kind", "label"),
    [
        ("## 0.28.0 (28th November, 2024)", 2, "0.28.0", None, False),
        ("## v1.65.0/v0.159.0", 2, "v1.65.0/v0.159.0", None, False),
        ("## python-1.0.0rc6", 2, "1.0.0rc6", None, False),
        ("### 🛑 Breaking changes 🛑", 3, "", ThreadKind.BREAKING, True),
        ("**Bug fixes**:", 7, "", ThreadKind.FIX, True),
        ("💥 **Breaking changes**", 7, "", ThreadKind.BREAKING, True),
        (":bug: **Bug fixes**", 7, "", ThreadKind.FIX, True),
        ("## Unreleased", 2, "", None, True),
        ("## February 2026", 2, "", None, True),
        ("## 2025年6月", 2, "", None, True),
        ("## .NET 11 Preview 6", 2, "11 Preview 6", None, False),
        ("## Platform Plus Release 34 (R34)", 2, "34", None, False),
        ("### ABC.37.0.4", 3, "37.0.4", None, False),
        ('<Update label="v1.53" description="2026-08-10">', 1, "1.53", None, False),
        ("### 1.4.0 {{ toc: false }}", 3, "1.4.0", None, False),
        ("## 2026-lts-r1", 2, "2026-lts-r1", None, False),
        ("## Update 2 of things", 2, "", None, False),
        ("## Data of February", 2, "", None, False),
    ],
)
def test_headings_of_one_line(
    line: str, level: int, version: str, kind: ThreadKind | None, *, label: bool
) -> None:
    heading, taken = HeadingReader([line]).at(0)
    assert heading is not None
    assert (heading.level, heading.version, heading.kind, heading.label, taken) == (
        level, version, kind, label, 1,
    )  # fmt: skip


def test_the_mark_that_underlines_first_stands_highest() -> None:
    reader = HeadingReader(["Changes", "=======", "", "1.2.0", "-----", "Text"])
    levels = [(heading.level, taken) for heading, taken in map(reader.at, (0, 3)) if heading]
    assert levels == [(1, 2), (2, 2)]
    assert reader.at(5) == (None, 0)
