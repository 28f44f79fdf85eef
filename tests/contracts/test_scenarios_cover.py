"""Every family of facts is seen in a whole report: some scenario has files that it tells of."""

from __future__ import annotations

from pathlib import Path

import pytest

from diff_insight.facts.protocol import FactFamily
from diff_insight.facts.registry import all_families, families_of
from support.views import view_of

SCENARIOS = Path(__file__).parents[1] / "scenarios"


def name_of(family: FactFamily) -> str:
    return str(vars(family)["__name__"]).removeprefix("diff_insight.facts.")


def text_of(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8", "replace") if path.is_file() else None


def telling() -> dict[str, set[str]]:
    """Return the scenarios in which each family tells something."""
    found: dict[str, set[str]] = {}
    for scenario in sorted(path.parent for path in SCENARIOS.glob("*/head")):
        sides = [scenario / "base", scenario / "head"]
        paths = {
            path.relative_to(side) for side in sides for path in side.rglob("*") if path.is_file()
        }
        for path in sorted(paths):
            old, new = (text_of(side / path) for side in sides)
            if old == new:
                continue
            view = view_of(old, new, path=path.as_posix())
            for family in families_of(view):
                if family.applies(view) and list(family.facts(view)):
                    found.setdefault(name_of(family), set()).add(scenario.name)
    return found


TELLING = telling()


@pytest.mark.parametrize("family", [name_of(family) for family in all_families()])
def test_a_scenario_shows_what_a_family_tells(family: str) -> None:
    assert TELLING.get(family), f"no scenario has a file of which {family} tells something"
