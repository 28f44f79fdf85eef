"""What many files put in the place of one thing."""

from __future__ import annotations

import pytest

from diff_insight.analysis.people.substitutions import common_substitutions
from diff_insight.model.changes import Block, Hunk


def hunks(old: str, new: str) -> list[Hunk]:
    block = Block(1, (old,), 1, (new,))
    return [Hunk(1, 1, "", (old,), (new,), (block,))]


@pytest.mark.parametrize(
    ("lines", "pair"),
    [
        ([("a.BoundingPolygon", "a.Polygon"), ("b.getBoundingPolygon()", "b.getPolygon()"), ("c.BoundingPolygon", "c.Polygon")], ("BoundingPolygon", "Polygon")),
        ([("use Acme.Connectors.A;", "use Community.Data.A;"), ("use Acme.Connectors.B;", "use Community.Data.B;"), ("use Acme.Connectors.C;", "use Community.Data.C;")], ("Acme.Connectors", "Community.Data")),
    ],
)  # fmt: skip
def test_one_name_for_another_in_three_files(
    lines: list[tuple[str, str]], pair: tuple[str, str]
) -> None:
    pairs = {
        (each.old, each.new) for each in common_substitutions([hunks(*line) for line in lines])
    }
    assert pair in pairs
