"""The ordered rules: the first that holds gives the type."""

from __future__ import annotations

from typing import Any

import pytest

from diff_insight.analysis.file_types_by_rule import RULES, decide_type
from diff_insight.model.changes import FileChange, Status
from diff_insight.model.facts import Fact, ModificationType

BREAKING = Fact("page.removed", {}, breaking=True)
OTHER = Fact("text.added", {})


@pytest.mark.parametrize(
    ("path", "change", "facts", "type_", "rule"),
    [
        ("a.md", {}, [OTHER], "minor update", "otherwise"),
        ("a.md", {}, [], "minor update", "otherwise"),
        ("a.md", {"status": Status.ADDED}, [OTHER], "new feature", "added-file"),
        ("a.md", {"status": Status.REMOVED}, [OTHER, BREAKING], "breaking change", "breaking-fact"),
        ("a.md", {"status": Status.REMOVED}, [OTHER], "minor update", "otherwise"),
        ("a.png", {"status": Status.ADDED}, [], "minor update", "supporting-file"),
        ("tests/a.py", {"status": Status.ADDED}, [], "minor update", "supporting-file"),
        ("a.lock", {"status": Status.ADDED, "generated": "lock"}, [], "minor update",
         "supporting-file"),
        ("tests/a.py", {}, [BREAKING], "breaking change", "breaking-fact"),
        ("a.md", {"status": Status.ADDED, "unreadable": "object-missing"}, [BREAKING],
         "minor update", "unreadable"),
    ],
)  # fmt: skip
def test_rules(path: str, change: dict[str, Any], facts: list[Fact], type_: str, rule: str) -> None:
    values = {"status": Status.MODIFIED} | change
    assert decide_type(FileChange(path_bytes=path.encode(), **values), facts) == (
        ModificationType(type_),
        rule,
    )


def test_every_rule_has_its_own_name_and_the_last_one_always_holds() -> None:
    names = [name for name, _, _ in RULES]
    assert len(set(names)) == len(names)
    assert RULES[-1][1](FileChange(path_bytes=b"a", status=Status.REMOVED), [])
