"""Front matter keys: added, removed, changed; titles and date stamps; whole pages and hunks only."""

from __future__ import annotations

import pytest

from diff_insight.facts.pages import front_matter
from diff_insight.model.changes import Side, Status
from support.views import Told, extraction_of, told_by, view_of

PAGE = "---\n{keys}---\n\n# Page\n\nText.\n"
LONG = "".join(f"key{number}: value\n" for number in range(12))


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: A\n", "title: B\n", ("front-matter.title", {"old": "A", "new": "B"}, "-2 +2")),
        ("title: 'A: x'\n", 'title: "B # y"\n',
         ("front-matter.title", {"old": "A: x", "new": "B # y"}, "-2 +2")),
        ("ms.date: 06/11/2025\n", "ms.date: 09/01/2025\n",
         ("front-matter.date",
          {"key": "ms.date", "old": "2025-06-11", "new": "2025-09-01", "days": 82}, "-2 +2")),
        ("lastmod: 2025-06-11\n", "lastmod: 2025-06-10\n",
         ("front-matter.date",
          {"key": "lastmod", "old": "2025-06-11", "new": "2025-06-10", "days": -1}, "-2 +2")),
        ("date: 06/11/2025\n", "date: 09/01/2025\n",
         ("front-matter.key-changed",
          {"key": "date", "old": "06/11/2025", "new": "09/01/2025"}, "-2 +2")),
        ("a: 1\n", "a: 1\nb: two words\n",
         ("front-matter.key-added", {"key": "b", "value": "two words"}, "+3")),
        ("a: 1\nb:\n", "a: 1\n", ("front-matter.key-removed", {"key": "b", "value": ""}, "-3")),
        ("ms.topic: how-to\n", "ms.topic: concept\n",
         ("front-matter.key-changed",
          {"key": "ms.topic", "old": "how-to", "new": "concept"}, "-2 +2")),
    ],
)  # fmt: skip
def test_one_key(whole: bool, old: str, new: str, expected: Told) -> None:  # noqa: FBT001
    view = view_of(PAGE.format(keys=old), PAGE.format(keys=new), whole=whole)
    assert told_by(front_matter, view) == [expected]


def test_keys_in_the_order_of_the_head_then_what_went() -> None:
    view = view_of(PAGE.format(keys="a: 1\nb: 1\nc: 1\n"), PAGE.format(keys="d: 2\nb: 2\n"))
    assert [(kind, params["key"]) for kind, params, _ in told_by(front_matter, view)] == [
        ("front-matter.key-added", "d"),
        ("front-matter.key-changed", "b"),
        ("front-matter.key-removed", "a"),
        ("front-matter.key-removed", "c"),
    ]


def test_text_below_is_no_key() -> None:
    old = PAGE.format(keys="a: 1\n") + "b: 1\n" * 9 + "c: 1\n"
    view = view_of(old, old.replace("a: 1", "a: 2").replace("c: 1", "c: 2"))
    assert [params["key"] for _, params, _ in told_by(front_matter, view)] == ["a"]


def test_crlf_and_byte_order_mark() -> None:
    old, new = (f"\ufeff---\r\ntitle: {x}\r\nempty:\r\n---\r\n# Page\r\n" for x in "AB")
    expected: Told = ("front-matter.title", {"old": "A", "new": "B"}, "-2 +2")
    assert told_by(front_matter, view_of(old, new)) == [expected]


def test_nested_values_and_lists_are_those_of_their_key() -> None:
    view = view_of(
        PAGE.format(keys="hero:\n  title: A\ntags:\n  - one\n"),
        PAGE.format(keys="hero:\n  title: B\ntags:\n  - two\n"),
    )
    assert told_by(front_matter, view) == [
        (
            "front-matter.key-changed",
            {"key": "hero", "old": "title: A", "new": "title: B"},
            "-3 +3",
        ),
        ("front-matter.key-changed", {"key": "tags", "old": "one", "new": "two"}, "-5 +5"),
    ]
    assert view.claimed == {(side, line) for side in Side for line in (3, 5)}


def test_nested_values_of_pages_known_in_part_are_no_keys_but_no_text_either() -> None:
    view = view_of(
        PAGE.format(keys=LONG + "hero:\n  title: A\n"),
        PAGE.format(keys=LONG + "hero:\n  title: B\n"),
        whole=False,
    )
    assert told_by(front_matter, view) == []


def test_hunks_only_without_the_opening_line() -> None:
    page = PAGE.format(keys=LONG)
    view = view_of(page, page.replace("key8: value", "key8: other"), whole=False)
    assert [hunk.new_start for hunk in view.hunks] == [7]
    assert told_by(front_matter, view) == [
        ("front-matter.key-changed", {"key": "key8", "old": "value", "new": "other"}, "-10 +10")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# Page\n\nname: {}\n\nmore text\n",
        "---\nname: {}\nnever closed\n",
        "-----\nname: {}\n-----\n",
        "text\n---\nname: {}\n---\n",
        "- list\nname: {}\nother: y\n" + "text\n" * 3,
    ],
)
@pytest.mark.parametrize("whole", [True, False])
def test_what_is_no_front_matter(text: str, whole: bool) -> None:  # noqa: FBT001
    view = view_of(text.format("a"), text.format("b"), whole=whole)
    assert told_by(front_matter, view) == []


@pytest.mark.parametrize(
    ("path", "status"),
    [("page.md", Status.ADDED), ("page.md", Status.REMOVED), ("page.yml", Status.MODIFIED)],
)
def test_only_pages_with_two_versions(path: str, status: Status) -> None:
    view = view_of(PAGE.format(keys="a: 1\n"), PAGE.format(keys="a: 2\n"), path=path, status=status)
    assert not front_matter.applies(view)


def facts_of(old: str, new: str, path: str = "docs/a.md") -> list[tuple[str, bool, object]]:
    found = extraction_of(
        f"---\ntitle: A\n{old}---\n\ntext\n", f"---\ntitle: A\n{new}---\n\ntext\n", path=path
    )
    return [(fact.kind, fact.breaking, fact.params.get("new")) for fact in found.facts]


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("", "draft: true\n", "page.unpublished"),
        ("draft: false\n", "draft: true\n", "page.unpublished"),
        ("published: true\n", "published: false\n", "page.unpublished"),
        ("draft: true\n", "", "page.published"),
        ("draft: true\n", "draft: false\n", "page.published"),
        ("", "draft: false\n", "front-matter.key-added"),
    ],
)
def test_drafts_are_not_on_the_site(old: str, new: str, kind: str) -> None:
    ((told, breaking, _),) = facts_of(old, new)
    assert (told, breaking) == (kind, kind == "page.unpublished")


@pytest.mark.parametrize(
    ("old", "new", "address"),
    [
        ("permalink: /a/\n", "permalink: /b/\n", "/b/"),
        ("slug: a\n", "slug: b\n", "b"),
        ("", "permalink: /b/\n", "/b/"),
        ("permalink: /b/\n", "", "docs/a.md"),
    ],
)
def test_an_address_of_its_own_moves_a_page(old: str, new: str, address: str) -> None:
    assert facts_of(old, new) == [("page.moved", True, address)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("permalink: /a/\n", "permalink: /a\n"),
        ("slug: a\n", 'slug: "a"\n'),
        ("", "permalink: /docs/a/\n"),
        ("", "slug: a\n"),
    ],
)
def test_the_same_address_in_other_words(old: str, new: str) -> None:
    assert "page.moved" not in [kind for kind, _, _ in facts_of(old, new)]


def test_line_ends_are_no_other_value() -> None:
    old = "---\ntitle: A\nstatus: beta\n---\n\n# A\n\ntext\n"
    new = old.replace("\n", "\r\n").replace("text", "other text")
    kinds = {fact.kind for fact in extraction_of(old, new).facts}
    assert kinds.isdisjoint({"front-matter.status", "front-matter.title", "outline.title"})
