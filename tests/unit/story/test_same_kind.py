"""What happened alike to names in many files is one item; what people speak of, and what is few, stays."""

from __future__ import annotations

import pytest

from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.messages import Value
from diff_insight.model.story import Relation, Role, StoryItem
from diff_insight.model.threads import FactRef
from diff_insight.story.same_kind import join_same_kind
from support.analyses import analysis_of

MANY, FEW = 6, 5


def removed(number: int, *, breaking: bool = True, likely: bool = False) -> Fact:
    return Fact(
        "symbol.removed",
        {"name": f"A.m{number}()"},
        breaking=breaking,
        certainty="likely" if likely else "proved",
    )


def item(index: int, fact: Fact, **more: object) -> StoryItem:
    values: dict[str, object] = {"relation": Relation.NONE, "proofs": (), **more}
    return StoryItem(
        kind=fact.kind, role=Role.CHANGE, salience=90 - index, params=fact.params,
        facts=(FactRef(index, 0),), files=(index,), **values,  # type: ignore[arg-type]
    )  # fmt: skip


def files_of(facts: list[Fact]) -> list[FileAnalysis]:
    return [analysis_of(fact, path=f"src/f{at}.py") for at, fact in enumerate(facts)]


def test_many_of_one_kind_are_one_item_at_the_place_of_the_first() -> None:
    facts = [removed(number) for number in range(MANY)]
    (only,) = join_same_kind([item(at, fact) for at, fact in enumerate(facts)], files_of(facts))
    assert (only.kind, only.count, only.salience) == ("symbols.removed", MANY, 90)
    assert only.files == tuple(range(MANY))
    assert only.facts == tuple(FactRef(at, 0) for at in range(MANY))
    names = only.params["names"]
    assert isinstance(names, dict)
    assert names["total"] == MANY
    assert names["items"] == tuple(f"A.m{number}()" for number in range(MANY))


def test_lists_of_files_add_up() -> None:
    facts = [removed(number) for number in range(MANY)]
    listed: dict[str, Value] = {"count": 3, "names": {"items": ("B.x", "B.y"), "total": 3}}
    first = StoryItem(
        kind="symbols.removed", role=Role.CHANGE, salience=95, params=listed,
        facts=(FactRef(0, 0),), files=(0,), count=3,
    )  # fmt: skip
    others = [item(at, fact) for at, fact in enumerate(facts)][1:]
    (only,) = join_same_kind([first, *others], files_of(facts))
    assert only.count == 3 + MANY - 1
    assert only.params["names"]["items"][:3] == ("B.x", "B.y", "A.m1()")  # type: ignore[index, call-overload]


@pytest.mark.parametrize("number", [0, 1, FEW])
def test_a_few_stay_apart(number: int) -> None:
    facts = [removed(at) for at in range(number)]
    items = [item(at, fact) for at, fact in enumerate(facts)]
    assert join_same_kind(items, files_of(facts)) == items


def test_what_is_proved_and_what_is_likely_or_breaks_nobody_are_not_mixed() -> None:
    facts = [removed(at, breaking=at % 3 != 0, likely=at % 3 == 1) for at in range(3 * FEW)]
    items = [item(at, fact) for at, fact in enumerate(facts)]
    assert join_same_kind(items, files_of(facts)) == items


def test_what_people_speak_of_and_other_kinds_stay() -> None:
    facts = [removed(at) for at in range(MANY)]
    shown = (item(0, facts[0]),)
    items = [item(at, fact, proofs=shown) for at, fact in enumerate(facts)]
    assert join_same_kind(items, files_of(facts)) == items
    pages = [Fact("page.removed", {"title": f"P{at}"}, breaking=True) for at in range(MANY)]
    plain = [item(at, fact) for at, fact in enumerate(pages)]
    assert join_same_kind(plain, files_of(pages)) == plain


@pytest.mark.parametrize(("values", "count"), [(("a",), 1), (("a", "b"), 2)])
def test_only_those_with_the_same_parameter_are_one(values: tuple[str, ...], count: int) -> None:
    facts = [
        Fact(
            "symbol.parameter-required", {"name": f"f{at}()", "parameters": (value,)}, breaking=True
        )
        for value in values
        for at in range(MANY)
    ]
    joined = join_same_kind([item(at, fact) for at, fact in enumerate(facts)], files_of(facts))
    assert [(each.kind, each.count) for each in joined] == [
        ("symbols.parameter-required", MANY)
    ] * count
    assert [each.params["parameters"] for each in joined] == [(value,) for value in values]
