"""The one line above a report."""

from __future__ import annotations

import pytest

from diff_insight.model.story import Role, StoryItem
from diff_insight.wording.range_text import _with_short_title

LONG = (
    "Fixed the `Attributes` extension filtering everything a node had collected each time, causing long runs to be "
    "resolved in quadratic time, which could be abused - this completes the earlier fix"
)


def item(title: str) -> StoryItem:
    return StoryItem(
        kind="thread.said",
        role=Role.CHANGE,
        salience=1,
        params={"title": title},
        facts=(),
        files=(0,),
    )


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Add a reader", "Add a reader"),
        (LONG, LONG.partition(", which")[0] + "…"),
        ("word " * 60, ("word " * 60)[:159].rstrip() + "…"),
        ("a" * 100 + ", `" + "b, " * 60 + "`", "a" * 100 + "…"),
    ],
)
def test_a_paragraph_leads_with_its_first_clauses(title: str, short: str) -> None:
    assert _with_short_title(item(title)).params["title"] == short
