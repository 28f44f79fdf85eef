"""The lists that explain the rules: `diff-insight rules` and `--why`."""

from __future__ import annotations

import pytest

from diff_insight.cli.explain import MISSED, kind_lines
from diff_insight.cli.main import main
from diff_insight.kinds.catalogue import ROWS
from diff_insight.kinds.kind import Trait


def test_rules_lists_every_kind_of_fact_once() -> None:
    names = [line.split()[0] for line in kind_lines() if not line.startswith(MISSED)][1:]
    assert names == [row.name for row in ROWS if not row.has(Trait.ITEM)]


def test_a_row_says_what_proves_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    printed = capsys.readouterr().out.splitlines()
    lines = {line.split()[0]: line.split() for line in printed if not line.startswith(MISSED)}
    assert lines["page.removed"] == [
        "page.removed",
        "breaking",
        lines["page.removed"][2],
        "may",
        "gone,",
        "whole",
        "reading",
    ]
    assert lines["text.added"][1:4] == ["change", "27", "never"]


def test_below_a_row_stands_what_it_misses(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    printed = capsys.readouterr().out.splitlines()
    at = next(
        number for number, line in enumerate(printed) if line.startswith("permission.widened")
    )
    assert printed[at + 1].startswith(f"{MISSED}a `permissions` key that came or went")
    at = next(number for number, line in enumerate(printed) if line.startswith("file.renamed"))
    assert printed[at + 1] == f"{MISSED}none known"
