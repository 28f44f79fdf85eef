"""List items whose date moved, whatever else of them changed."""

from __future__ import annotations

import pytest

from diff_insight.facts.pages import dated_items
from diff_insight.model.changes import Side, Status
from support.views import told_by, view_of

PAGE = "# Ubuntu\n\n{lead}\n\n{items}\n\nMore words.\n"
OLD = "- Ubuntu 24.04 - 2029-05-31\n- Ubuntu 22.04 - 2027-04-01"
NEW = (
    "- Ubuntu 26.04 (Raccoon) - 2031-04-30\n- Ubuntu 24.04 (Numbat) - 2029-05-31\n"
    "- Ubuntu 22.04 (Jellyfish) - 2024-09-30"
)


def page(items: str, lead: str = "Support for these versions ends on these dates:") -> str:
    return PAGE.format(lead=lead, items=items)


def test_a_support_end_beside_other_changes() -> None:
    view = view_of(page(OLD), page(NEW))
    ((kind, params, lines),) = told_by(dated_items, view)
    assert (kind, lines) == ("deadline.moved", "-6 +7")
    assert params == {
        "subject": "Ubuntu 22.04", "what": "end-of-support", "days": 913, "direction": "earlier",
        "old": {"date": "2027-04-01", "qualifier": ""},
        "new": {"date": "2024-09-30", "qualifier": ""},
    }  # fmt: skip
    assert view.claimed == {(Side.BASE, 6), (Side.HEAD, 7)}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("- 3.13.15: Tuesday 2026-08-04", "- 3.13.15: Wednesday 2026-08-05", ["date.moved"]),
        ("- A: no earlier than 2026-08-04", "- A: 2026-08-04", ["date.moved"]),
        ("1. A - 2026-08-04", "1. B - 2026-08-05", []),
        ("- A: 2026-08-04", "- A: 2026-08-04, maybe", []),
        ("- A: 2026-08-04 to 2026-08-06", "- A: 2026-08-04 to 2026-08-07", []),
        ("- A: 2026-08-04\n- A: 2026-08-05", "- A: 2026-08-06\n- A: 2026-08-07", []),
        ("A: 2026-08-04", "A: 2026-08-05", []),
        ("```\n- A: 2026-08-04\n```", "```\n- A: 2026-08-05\n```", []),
    ],
)
def test_other_items(old: str, new: str, expected: list[str]) -> None:
    view = view_of(page(old, "The releases:"), page(new, "The releases:"))
    assert [kind for kind, _, _ in told_by(dated_items, view)] == expected


def test_a_qualifier_stays() -> None:
    view = view_of(page("- A: not before May 2026"), page("- A: not before June 2026"))
    ((_, params, _),) = told_by(dated_items, view)
    assert params["new"] == {"date": "2026-06", "qualifier": "not-before"}


def test_files_it_reads() -> None:
    assert dated_items.applies(view_of("a\n", "b\n", path="a.rst"))
    assert not dated_items.applies(view_of("a\n", "b\n", path="a.py"))
    assert not dated_items.applies(view_of("", "b\n", path="a.md", status=Status.ADDED))
