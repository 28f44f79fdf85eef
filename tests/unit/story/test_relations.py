"""What facts say together: one day in two places, the only row, links lost, what is larger."""

from __future__ import annotations

from typing import Any

import pytest

from diff_insight.model.facts import Fact
from diff_insight.model.story import Relation, Role
from diff_insight.story.file_story import file_story
from diff_insight.story.relations import contrast, with_relations
from support.analyses import analysis_of, deadline


def stamp(old: str, new: str) -> Fact:
    return Fact("front-matter.date", {"key": "ms.date", "old": old, "new": new})


def told(*facts: Fact, by_file: bool = False) -> list[tuple[str, Relation]]:
    files = [analysis_of(*facts)]
    items = with_relations(file_story(0, files[0], []), files, by_file=by_file)
    return [(item.kind, item.relation) for item in items]


@pytest.mark.parametrize(
    ("new", "relation"),
    [
        ("2025-09-01", ("relation.same-day-new", Relation.SAME_DAY)),
        ("2025-06-11", ("relation.same-day-old", Relation.SAME_DAY)),
        ("2025-06-12", None),
    ],
)
def test_a_deadline_and_a_stamp_of_one_day(new: str, relation: tuple[str, Relation] | None) -> None:
    found = told(deadline(), stamp("2025-01-01", new))
    assert found[0] == ("deadline.later", Relation.NONE)
    assert (found[1] == relation) is (relation is not None)
    assert found[-1] == ("front-matter.date", Relation.NONE)


@pytest.mark.parametrize(
    ("params", "kind"),
    [
        ({"only_row": True, "empty_columns": ("Replacement",)}, "relation.only-row-empty"),
        ({"only_row": True, "empty_columns": ()}, "relation.only-row"),
        ({"only_row": False, "empty_columns": ("Replacement",)}, None),
        ({}, None),
    ],
)
def test_the_only_row_that_changed(params: dict[str, Any], kind: str | None) -> None:
    found = told(deadline(**params))
    assert [entry[0] for entry in found[1:]] == ([kind] if kind else [])
    assert all(relation is Relation.BOUND for _, relation in found[1:])


@pytest.mark.parametrize(("removed", "added", "lost"), [(3, 0, True), (2, 0, False), (3, 1, False)])
def test_links_that_went_while_none_came(removed: int, added: int, lost: bool) -> None:  # noqa: FBT001
    gone = [Fact("link.removed", {"text": f"t{n}", "target": "x"}) for n in range(removed)]
    come = [Fact("link.added", {"text": f"t{n}", "target": "y"}) for n in range(added)]
    assert (("relation.no-new-link", Relation.BOUND) in told(*gone, *come)) is lost


def test_details_only_where_there_is_room() -> None:
    facts = [Fact(f"outline.section-{kind}", {"heading": name, "level": 2})
             for kind, name in (("removed", "A"), ("removed", "A2"), ("added", "B"),
                                ("added", "C"))]  # fmt: skip
    assert told(*facts) == [("outline.replaced", Relation.NONE)]
    assert told(*facts[1:], by_file=True)[1:] == [("relation.sections-new", Relation.DETAIL)]
    assert told(*facts, by_file=True)[1:] == [
        ("relation.sections-gone", Relation.DETAIL),
        ("relation.sections-new", Relation.DETAIL),
    ]
    page = Fact("page.added", {"title": "T", "description": "What it is."})
    assert told(page, by_file=True)[1:] == [("relation.description", Relation.DETAIL)]


def test_the_largest_change_without_a_deadline() -> None:
    small = analysis_of(deadline(), changes=2)
    large = analysis_of(Fact("text.added", {}), changes=50)
    items = file_story(0, small, [])
    item = contrast(items, [small, large])
    assert item is not None
    assert (item.kind, item.relation, item.files) == ("relation.larger", Relation.CONTRAST, (1,))


@pytest.mark.parametrize(
    ("facts", "changes"),
    [((Fact("text.added", {}),), 4), ((), 50), ((deadline("beta"),), 50)],
)
def test_no_contrast(facts: tuple[Fact, ...], changes: int) -> None:
    files = [analysis_of(deadline(), changes=2), analysis_of(*facts, changes=changes)]
    items = [item for index, file in enumerate(files) for item in file_story(index, file, [])]
    assert contrast(items, files) is None
    assert contrast([], files) is None
    plain = [analysis_of(Fact("link.added", {"text": "a", "target": "b"}))]
    assert contrast(file_story(0, plain[0], []), plain) is None


def test_a_deadline_leads() -> None:
    (item,) = file_story(0, analysis_of(deadline()), [])
    assert item.role is Role.DEADLINE
