"""What a page declares under headings about breaking changes is quoted first, with its heading."""

from __future__ import annotations

import pytest

from diff_insight.model.facts import Fact
from diff_insight.model.story import Role, Story
from diff_insight.story.build import build_story
from support.analyses import analysis_of

NEW = Fact("outline.section-added", {"heading": "Example 5", "level": 2})


def entry(section: str, quote: str = "It is so now.", kind: str = "text.added") -> Fact:
    return Fact(kind, {"section": section, "quote": quote, "lines": 1})


def story(*facts: Fact, path: str = "docs/What-s-New-in-Shell-77.md") -> Story:
    files = [analysis_of(NEW, path="docs/page.md"), analysis_of(*facts, path=path)]
    return build_story(files, (), commits_read=True)


@pytest.mark.parametrize(
    ("heading", "path", "role"),
    [
        ("Breaking Changes", "docs/What-s-New-in-Shell-77.md", Role.BREAKING),
        ("Breaking changes", "CHANGELOG.md", Role.BREAKING),
        ("破壊的変更", "docs/releases.md", Role.BREAKING),
        ("Removed", "CHANGELOG.md", Role.CHANGE),
        ("Deprecated features", "docs/whats-new.md", Role.CHANGE),
        ("Removing a user", "CHANGELOG.md", None),
        ("Added", "CHANGELOG.md", None),
        ("Breaking changes", "docs/exchange.md", None),
    ],
)
def test_the_page_declares(heading: str, path: str, role: Role | None) -> None:
    for kind in ("text.added", "text.sentence-added", "admonition.added"):
        told = story(entry(heading, kind=kind), path=path)
        first = told.items[0]
        if role is None:
            assert first.kind == "outline.section-added"
            assert told.by_file[1][0].kind == kind
            continue
        assert (first.kind, first.role, first.salience >= 80) == ("entry.declared", role, True)
        assert first.params == {"heading": heading, "quote": "It is so now."}


def test_nobody_is_said_not_to_have_declared_it() -> None:
    kinds = [item.kind for item in story(entry("Breaking changes")).items]
    assert kinds == ["entry.declared", "outline.section-added"]


def test_what_the_rules_found_comes_before() -> None:
    gone = Fact("symbol.removed", {"name": "a()"}, breaking=True)
    kinds = [item.kind for item in story(entry("Breaking changes"), gone).items]
    assert kinds[:3] == ["symbol.removed", "relation.undeclared", "entry.declared"]


def test_many_entries_of_a_heading_are_one_item() -> None:
    entries = [entry("Removed", f"Quote {number}.") for number in range(4)]
    assert [item.kind for item in story(*entries[:3]).items[:3]] == ["entry.declared"] * 3
    first = story(*entries, entry("Added")).items[0]
    assert (first.kind, first.count, first.params["count"]) == ("entries.declared", 4, 4)
    assert first.params["names"] == {
        "items": tuple(f"Quote {number}." for number in range(4)),
        "total": 4,
    }
