"""The facts of one file become items: equal ones counted, similar ones joined, all of them told."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from diff_insight.kinds.catalogue import KINDS
from diff_insight.kinds.kind import Trait
from diff_insight.model.changes import Side
from diff_insight.model.facts import Evidence, Fact
from diff_insight.model.story import Role, StoryItem
from diff_insight.model.threads import FactRef
from diff_insight.story.file_story import MOST_PASSAGES, file_story
from diff_insight.story.joiners import MOST_NAMES, names_of
from diff_insight.story.salience import AVAILABILITY, WATCHED
from support.analyses import analysis_of, deadline


def items(*facts: Fact, changes: int = 0) -> list[StoryItem]:
    return list(file_story(3, analysis_of(*facts, changes=changes), []))


def section(kind: str, heading: str, level: int = 2, place: int = 0) -> Fact:
    params: dict[str, Any] = {"heading": heading, "level": level, "place": place}
    return Fact(f"outline.section-{kind}", params)


def passage(kind: str, number: int) -> Fact:
    return Fact(f"text.{kind}", {"section": "S", "quote": f"Passage number {number} is here."})


def test_the_most_consequential_item_comes_first() -> None:
    stamp = Fact("front-matter.date", {"key": "ms.date", "old": "2025-06-11", "new": "2025-09-01"})
    link = Fact("link.added", {"text": "a", "target": "b"})
    found = items(stamp, link, deadline())
    assert [item.kind for item in found] == ["deadline.later", "link.added", "front-matter.date"]
    assert found[0].facts == (FactRef(3, 2),)
    assert [item.role for item in found] == [Role.DEADLINE, Role.CHANGE, Role.HOUSEKEEPING]


@pytest.mark.parametrize(
    ("params", "kind"),
    [
        ({}, "deadline.later"),
        ({"direction": "earlier"}, "deadline.earlier"),
        ({"days": None}, "deadline.moved"),
        ({"new": {"date": "2025-09-01", "qualifier": "by"}}, "deadline.moved"),
        ({"days": 0, "direction": "same"}, "deadline.moved"),
    ],
)
def test_a_direction_is_named_where_it_is_all_there_is(params: dict[str, Any], kind: str) -> None:
    assert [item.kind for item in items(deadline(**params))] == [kind]


def test_deadlines_that_move_together_are_one_item() -> None:
    other = deadline("gamma", new={"date": "2026-01-01", "qualifier": "not-before"})
    together, alone = items(deadline("alpha"), deadline("beta"), other)
    assert (together.kind, together.count) == ("deadlines.moved", 2)
    assert together.params["names"] == {"items": ("alpha", "beta"), "total": 2}
    assert alone.kind == "deadline.later"


def test_equal_facts_are_counted_whatever_section_they_stand_in() -> None:
    facts = [
        Fact("text.replaced", {"section": name, "old": "a", "new": "b"}) for name in ("A", "B")
    ]
    other = Fact("text.replaced", {"section": "A", "old": "a", "new": "c"})
    assert [(item.kind, item.count) for item in items(*facts, other)] == [
        ("text.replaced", 2),
        ("text.replaced", 1),
    ]


def test_what_equal_facts_count_is_summed() -> None:
    lines = [("csharp", 1), ("csharp", 1), ("csharp", 3), ("js", 2)]
    facts = [
        Fact("code-block.removed", {"language": name, "lines": count}) for name, count in lines
    ]
    told = {item.params["language"]: (item.params["lines"], item.count) for item in items(*facts)}
    assert told == {"csharp": (5, 3), "js": (2, 1)}


@pytest.mark.parametrize(
    ("kind", "plural", "name"),
    [
        ("link.added", "links.added", "text"),
        ("picture.removed", "pictures.removed", "target"),
        ("table.row-added", "table.rows-added", "row"),
        ("table.column-removed", "table.columns-removed", "column"),
        ("outline.section-renamed", "outline.sections-renamed", "new"),
        ("front-matter.key-added", "front-matter.keys", "key"),
    ],
)
def test_several_of_a_kind_are_listed(kind: str, plural: str, name: str) -> None:
    facts = [Fact(kind, {name: value}) for value in "abc"]
    (item,) = items(*facts)
    assert (item.kind, item.count) == (plural, 3)
    assert item.params["names"] == {"items": ("a", "b", "c"), "total": 3}
    assert [one.kind for one in items(facts[0])] == [kind]


def test_long_lists_keep_some_names_and_count_all() -> None:
    assert names_of([f"n{number}" for number in range(30)] + ["n1", "", None]) == {
        "items": tuple(f"n{number}" for number in range(MOST_NAMES)),
        "total": 31,
    }


def test_cells_are_told_one_by_one_up_to_three() -> None:
    cells = [
        Fact("table.cell", {"row": f"r{n}", "column": "C", "old": "1", "new": "2"})
        for n in range(4)
    ]
    assert [item.kind for item in items(*cells[:3])] == ["table.cell"] * 3
    (item,) = items(*cells)
    assert (item.kind, item.count) == ("table.cells", 4)


def test_of_many_cells_the_one_is_shown_that_changed_like_no_other() -> None:
    sizes = [
        Fact(
            "table.cell",
            {
                "row": f"H{n}",
                "column": "Storage",
                "old": f"{n} parts, 8 GB",
                "new": f"{n} parts, 8 GiB",
            },
        )
        for n in (2, 4, 8)
    ]
    metric = Fact(
        "table.cell",
        {"row": "Size", "column": "Metric", "old": "`storage_bytes`", "new": "`db_bytes`"},
    )
    (item,) = items(*sizes, metric)
    assert (item.params["row"], item.params["new"]) == ("Size", "`db_bytes`")


def test_sections_that_came_and_went_are_one_item() -> None:
    facts = [section("removed", "A?"), section("removed", "A1", 3), section("added", "B"),
             section("added", "C"), section("added", "C1", 3)]  # fmt: skip
    (item,) = items(*facts)
    assert (item.kind, item.count) == ("outline.replaced", 5)
    assert (item.params["removed_count"], item.params["added_count"]) == (1, 2)
    assert (item.params["sub_removed"], item.params["sub_added"]) == (1, 1)
    assert (item.params["first_removed"], item.params["questions"]) == ("A?", True)


def test_sections_elsewhere_replace_nothing() -> None:
    facts = [section("removed", "A"), section("removed", "A1", 3), section("added", "Z", place=5)]
    assert [item.kind for item in items(*facts)] == [
        "outline.section-added", "outline.sections-removed",
    ]  # fmt: skip
    replaced, added = items(*facts, section("added", "B"))
    assert (replaced.kind, replaced.count) == ("outline.replaced", 3)
    assert replaced.params["added"] == {"items": ("B",), "total": 1}
    assert (added.kind, added.params["heading"]) == ("outline.section-added", "Z")


@pytest.mark.parametrize(
    ("facts", "kinds"),
    [
        ([section("removed", "A"), section("added", "B")],
         ["outline.section-added", "outline.section-removed"]),
        ([section("added", "A"), section("added", "B"), section("added", "C")],
         ["outline.sections-added"]),
        ([section("removed", "A", 2), section("added", "B", 3), section("added", "C", 3)],
         ["outline.sections-added", "outline.section-removed"]),
    ],
)  # fmt: skip
def test_other_changes_of_the_outline(facts: list[Fact], kinds: list[str]) -> None:
    assert [item.kind for item in items(*facts)] == kinds


def test_many_passages_are_a_rewriting() -> None:
    few = [passage("added", number) for number in range(MOST_PASSAGES)]
    assert [item.kind for item in items(*few)] == ["text.added"] * MOST_PASSAGES
    many = [
        *few,
        passage("removed", 1),
        passage("reworded", 2),
        Fact("text.more", {"lines": 7, "quote": "x"}),
    ]
    item, rest = items(*many)
    assert (item.kind, item.count) == ("text.rewritten", MOST_PASSAGES + 2)
    assert item.params["count"] == MOST_PASSAGES + 2
    assert rest.kind == "text.more"
    assert item.params["quote"] == "Passage number 0 is here."


def at(fact: Fact, side: Side, start: int, end: int | None = None) -> Fact:
    params = fact.params if end is None else {**fact.params, "end": end}
    return Fact(fact.kind, params, (Evidence(side, start, start),))


def test_what_went_with_its_section_is_not_told_again() -> None:
    gone = at(section("removed", "A"), Side.BASE, 10, 19)
    facts = [at(passage("removed", number), Side.BASE, 10 + number) for number in range(1, 10)]
    facts.append(at(Fact("code-block.removed", {"language": "js", "lines": 2}), Side.BASE, 19))
    assert [item.kind for item in items(gone, *facts)] == ["outline.section-removed"]
    row = at(Fact("table.row-removed", {"row": "r"}), Side.BASE, 12)
    assert [item.kind for item in items(gone, row)] == ["outline.section-removed"]
    breaking = replace(row, breaking=True)
    assert items(gone, breaking)[0].kind == "table.row-removed"
    below = at(passage("removed", 0), Side.BASE, 20)
    reworded = Fact(
        "text.reworded", {"quote": "It."}, (Evidence(Side.BASE, 9, 9), Evidence(Side.HEAD, 9, 9))
    )
    assert {item.kind for item in items(gone, *facts, below, reworded)} == {
        "outline.section-removed", "text.removed", "text.reworded",
    }  # fmt: skip
    unknown = section("removed", "A")
    assert [item.kind for item in items(unknown, *facts[:2])][1:] == ["text.removed"] * 2


def test_new_sections_are_no_rewriting() -> None:
    come = at(section("added", "A"), Side.HEAD, 10, 99)
    inside = [at(passage("added", number), Side.HEAD, 11 + number) for number in range(12)]
    few = inside[:MOST_PASSAGES]
    assert [item.kind for item in items(come, *few)][1:] == ["text.added"] * MOST_PASSAGES
    edit = at(passage("reworded", 1), Side.HEAD, 3)
    assert {item.kind for item in items(come, *inside, edit)} == {
        "outline.section-added", "text.reworded",
    }  # fmt: skip
    above = [at(passage("added", number), Side.HEAD, 1 + number) for number in range(9)]
    rewritten = items(come, *inside, *above)[1]
    assert (rewritten.kind, rewritten.params["count"]) == ("text.rewritten", 9)


def test_changed_code_is_counted_once() -> None:
    line = Fact("code-block.line", {"language": "sh", "old": "a", "new": "b"})
    other = Fact("code-block.line", {"language": "sh", "old": "a", "new": "c"})
    block = Fact("code-block.changed", {"language": "sh", "lines": 2})
    (item,) = items(line, other, block)
    assert (item.kind, item.params["count"]) == ("code-blocks.changed", 3)
    assert [(item.kind, item.count) for item in items(line, line)] == [("code-block.line", 2)]
    assert [item.kind for item in items(line)] == ["code-block.line"]


def test_many_lines_of_code_are_counted_with_blocks() -> None:
    lines = [
        Fact("code-block.line-added", {"language": "js", "quote": str(number)})
        for number in range(4)
    ]
    block = Fact("code-block.added", {"language": "js", "lines": 5})
    (item,) = items(*lines, block)
    assert (item.kind, item.params["lines"], item.count) == ("code-block.added", 9, 5)
    assert {item.kind for item in items(*lines[:3], block)} == {
        "code-block.line-added", "code-block.added",
    }  # fmt: skip
    assert [(item.kind, item.count) for item in items(*lines[:1] * 4)] == [
        ("code-block.line-added", 4),
    ]  # fmt: skip


def test_breaking_facts_weigh_what_they_break() -> None:
    (item,) = items(Fact("table.row-removed", {"row": "a"}, breaking=True))
    assert item.role is Role.BREAKING
    assert item.salience >= 90


def test_size_and_version_steps_weigh() -> None:
    steps = [
        items(Fact("version.moved", {"subject": "x", "old": "1", "new": "2", "step": step}))[0]
        for step in ("major", "minor", "patch")
    ]
    assert [item.salience for item in steps] == sorted(
        (item.salience for item in steps), reverse=True
    )
    link = Fact("link.added", {"text": "a", "target": "b"})
    assert items(link, changes=5000)[0].salience > items(link)[0].salience


def test_what_is_watched_weighs_more() -> None:
    fact = Fact("text.replaced", {"section": "", "old": "Foo", "new": "Bar"})
    plain = items(fact)[0].salience
    for expression, extra in (("Foo", WATCHED), ("docs/page", WATCHED), ("Baz", 0)):
        (item,) = file_story(0, analysis_of(fact), [re.compile(expression)])
        assert item.salience == plain + extra


KIND = st.sampled_from(
    sorted(
        row.name
        for row in KINDS.values()
        if not row.has(Trait.ITEM | Trait.QUOTED) and row.role is not Role.DEADLINE
    )
)
VALUES = st.sampled_from(["", "a", "b", "a b c d"])


@st.composite
def any_fact(draw: st.DrawFn) -> Fact:
    names = (
        "heading", "text", "target", "anchor", "row", "column", "key", "old", "new", "quote", "subject",
    )  # fmt: skip
    params: dict[str, Any] = {name: draw(VALUES) for name in names} | {"places": ()}
    return Fact(draw(KIND), params | {"level": draw(st.integers(1, 6)), "count": 1})


@given(st.lists(any_fact(), max_size=30))
@settings(deadline=None, max_examples=100)
def test_no_fact_is_lost_and_none_is_told_twice(facts: list[Fact]) -> None:
    told = [ref.fact for item in items(*facts) for ref in item.facts]
    rewritten = any(item.kind == "text.rewritten" for item in items(*facts))
    expected = [n for n, fact in enumerate(facts) if not (rewritten and fact.kind == "text.more")]
    assert sorted(told) == expected


@pytest.mark.parametrize(
    ("path", "salience"), [("src/a.py", 58), ("tests/test_a.py", 33), ("examples/a.py", 33)]
)
def test_what_tests_and_samples_declare_matters_less(path: str, salience: int) -> None:
    removed = Fact("symbol.removed", {"name": "run()"})
    (item,) = file_story(0, analysis_of(removed, path=path), [])
    assert item.salience - salience in range(5)
    breaking = Fact("symbol.removed", {"name": "run()"}, breaking=True)
    assert file_story(0, analysis_of(breaking, path=path), [])[0].salience >= 90


@pytest.mark.parametrize(
    ("quote", "heavier"),
    [
        ("The service is generally available (2026-05-01).", True),
        ("It is no longer supported.", True),
        ("v1 will be retired.", True),
        ("このモデルは提供終了です。", True),
        ("该模型已停用。", True),
        ("Select what is available.", False),
        ("Deprecated models stand in a table.", False),
    ],
)
def test_what_can_be_had_weighs_more(quote: str, heavier: bool) -> None:  # noqa: FBT001
    fact, plain = (Fact("text.added", {"section": "", "quote": text, "lines": 1})
                   for text in (quote, "Some words."))  # fmt: skip
    (first,), (second,) = (file_story(0, analysis_of(one), []) for one in (fact, plain))
    assert (first.salience - second.salience == AVAILABILITY) is heavier


def test_equal_facts_are_counted_whatever_their_values_hold() -> None:
    for old, other in (("a", "b"), ({"date": "2025"}, {"date": "2026"}), (("a",), ("b",))):
        alike = Fact("date.moved", {"old": old, "new": "n", "section": "S"})
        elsewhere = Fact("date.moved", {"new": "n", "section": "T", "old": old})
        apart = Fact("date.moved", {"old": other, "new": "n"})
        found = items(alike, apart, elsewhere)
        assert [[ref.fact for ref in item.facts] for item in found] == [[0, 2], [1]]
        assert [item.count for item in found] == [2, 1]
