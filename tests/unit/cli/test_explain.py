"""The lists that explain the rules: `diff-insight rules` and `--why`."""

from __future__ import annotations

import pytest

from diff_insight.cli.explain import kind_lines
from diff_insight.cli.main import main
from diff_insight.kinds.catalogue import ROWS
from diff_insight.kinds.kind import Trait


def test_rules_lists_every_kind_of_fact_once() -> None:
    names = [line.split()[0] for line in kind_lines()][1:]
    assert names == [row.name for row in ROWS if not row.has(Trait.ITEM)]


def test_a_row_says_what_proves_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    lines = {line.split()[0]: line.split() for line in capsys.readouterr().out.splitlines()}
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
