"""docs/salience.md says what the rows and the rules do: every kind, every rule, every number."""

from __future__ import annotations

import ast
import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from diff_insight.kinds.catalogue import KINDS, ROWS
from diff_insight.kinds.kind import Trait
from diff_insight.story import salience
from support.source_trees import modules

PAGE = (Path(__file__).parents[2] / "docs" / "salience.md").read_text("utf-8")
BANDS = re.findall(
    r"^\| [^|`]+ \| ((?:`[^`|]+` ?)+) \| (\d+)(?: to (\d+))? \|$", PAGE, re.MULTILINE
)
RULES = dict(re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", PAGE, re.MULTILINE))


def matched(patterns: str) -> list[str]:
    return [
        name
        for name in KINDS
        if any(fnmatchcase(name, pattern) for pattern in re.findall(r"`([^`]+)`", patterns))
    ]


@pytest.mark.parametrize(("patterns", "least", "most"), BANDS)
def test_kinds_weigh_what_the_page_says(patterns: str, least: str, most: str) -> None:
    saliences = [KINDS[name].salience for name in matched(patterns)]
    assert (min(saliences), max(saliences)) == (int(least), int(most or least))


def test_every_kind_of_fact_is_on_the_page() -> None:
    told = {name for patterns, _, _ in BANDS for name in matched(patterns)}
    assert {row.name for row in ROWS if not row.has(Trait.ITEM | Trait.QUOTED)} <= told


def test_nothing_but_the_rules_changes_salience() -> None:
    """Items are made without salience; a document that is read back has the one that was written."""
    free = (
        "story/salience.py",
        "model/story.py",
        "render/json_reader.py",
        "story/threads/thread_salience.py",
    )
    calls = [
        node
        for module, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and not module.startswith(free)
    ]
    values = [each.value for node in calls for each in node.keywords if each.arg == "salience"]
    assert {ast.unparse(value) for value in values} == {"0"}
    assert not [node for node in calls if ast.unparse(node.func).endswith(".with_salience")]


def test_every_rule_is_on_the_page_in_its_order() -> None:
    assert list(RULES) == list(dict.fromkeys(name for name, _, _ in salience.RULES))


@pytest.mark.parametrize(
    ("rule", "number"),
    [
        ("version-step", salience.VERSION_STEPS["major"]),
        ("version-step", -salience.VERSION_STEPS["patch"]),
        ("many-files", salience.MOST_FOR_MANY),
        ("breaking", salience.BREAKING),
        ("breaking", salience.LIKELY),
        ("sweeping", salience.SWEEPING),
        ("declared-entry", salience.BREAKING - 1),
        ("internal", salience.INTERNAL),
        ("internal", salience.LEAST_INTERNAL),
        ("many-moves", KINDS["files.renamed"].sweeping),
        ("size", salience.MOST_FOR_SIZE),
        ("availability", salience.AVAILABILITY),
        ("watch", salience.WATCHED),
        ("mentioned", salience.MENTIONED),
        ("mentioned", salience.LEAST_MENTIONED),
    ],
)
def test_numbers_of_rules(rule: str, number: int) -> None:
    assert str(number) in re.findall(r"\d+", RULES[rule])


def test_a_dependency_that_nobody_installs_weighs_what_the_page_says() -> None:
    assert f"weighs {-salience.AROUND} less" in RULES["version-step"]
