"""Links and pictures that came, went, or lead elsewhere."""

from __future__ import annotations

import pytest

from diff_insight.facts.pages import links
from diff_insight.model.changes import Side
from support.views import Told, extraction_of, told_by, view_of


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("See [the guide](a.md).", "See [the guide](b.md).",
         [("link.retargeted", {"text": "the guide", "old": "a.md", "new": "b.md"}, "-1 +1")]),
        ('<LinkCard title="Qwik" href="/fr/a/" />', '<LinkCard title="Qwik" href="/a/" />',
         [("link.retargeted", {"text": "Qwik", "old": "/fr/a/", "new": "/a/"}, "-1 +1")]),
        ("See here.", "See [here](a.md#x).",
         [("link.added", {"text": "here", "target": "a.md#x"}, "+1")]),
        ("See [here](<a.md>).", "See here.",
         [("link.removed", {"text": "here", "target": "a.md"}, "-1")]),
        ("[one](a.md)", "[two](a.md)", []),
        ("[one](a.md)", "[two](b.md)",
         [("link.removed", {"text": "one", "target": "a.md"}, "-1"),
          ("link.added", {"text": "two", "target": "b.md"}, "+1")]),
        ("![alt](a.png)", "![alt](b.png)",
         [("picture.retargeted", {"text": "alt", "old": "a.png", "new": "b.png"}, "-1 +1")]),
        ("![](a.png)", "![](b.png)",
         [("picture.removed", {"text": "", "target": "a.png"}, "-1"),
          ("picture.added", {"text": "", "target": "b.png"}, "+1")]),
        ("[x](a.png)", "![x](a.png)",
         [("link.removed", {"text": "x", "target": "a.png"}, "-1"),
          ("picture.added", {"text": "x", "target": "a.png"}, "+1")]),
        (':::image type="content" source="a.png" alt-text="t":::', "text",
         [("picture.removed", {"text": "", "target": "a.png"}, "-1")]),
        ("[ref]: https://example.com/a", "[ref]: https://example.com/b",
         [("link.retargeted",
           {"text": "ref", "old": "https://example.com/a", "new": "https://example.com/b"},
           "-1 +1")]),
        ("[^1]: a note", "[^1]: another note", []),
        ("[a](x_(y).md 'title')", "none",
         [("link.removed", {"text": "a", "target": "x_(y).md"}, "-1")]),
        ("[**bold** `code`](a.md)", "[**bold** `code`](b.md)",
         [("link.retargeted", {"text": "bold code", "old": "a.md", "new": "b.md"}, "-1 +1")]),
        ("no [link] (a.md) or [x]()", "no [link] (b.md) or [y]()", []),
        (r"\[not](a.md)", r"\[not](b.md)", []),
        ("`[code](a.md)`", "`[code](b.md)`", []),
        ("[![alt](a.png)](a.md)", "[![alt](a.png)](b.md)",
         [("link.retargeted", {"text": "alt", "old": "a.md", "new": "b.md"}, "-1 +1")]),
        ("<https://example.com/a>", "<https://example.com/b>",
         [("link.removed", {"text": "", "target": "https://example.com/a"}, "-1"),
          ("link.added", {"text": "", "target": "https://example.com/b"}, "+1")]),
    ],
)  # fmt: skip
def test_one_line(whole: bool, old: str, new: str, expected: list[Told]) -> None:  # noqa: FBT001
    assert told_by(links, view_of(old + "\n", new + "\n", whole=whole)) == expected


def test_links_in_code_are_no_links() -> None:
    text = "```md\n[a]({})\n```\n"
    assert told_by(links, view_of(text.format("x"), text.format("y"))) == []


def test_a_link_that_moved_to_another_line_stays() -> None:
    body = "one\n\ntwo\n\nthree\n\nfour\n\nfive\n"
    link = "[a](a.md)\n"
    assert told_by(links, view_of(link + body, body + link)) == []


def test_links_of_one_text_are_paired_in_order() -> None:
    old = "[here](a.md) and [here](b.md)\n"
    new = "[here](c.md) and [here](d.md)\n"
    assert [(p["old"], p["new"]) for _, p, _ in told_by(links, view_of(old, new))] == [
        ("a.md", "c.md"),
        ("b.md", "d.md"),
    ]


def test_lines_whose_links_are_told_are_noted() -> None:
    view = view_of("[a](a.md)\n\n[b](b.md)\n", "[a](c.md)\n\n[b **b**](b.md)\n")
    told_by(links, view)
    assert view.linked == {(Side.BASE, 1), (Side.HEAD, 1)}
    assert not view.claimed


def test_only_pages_with_two_versions() -> None:
    assert not links.applies(view_of(None, "[a](b)\n"))
    assert not links.applies(view_of("[a](b)\n", "[a](c)\n", path="x.txt"))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[x]: http://a", "[x]: http://b", ["link.retargeted"]),
        ("[x]: <http://a>", "[x]: <http://b>", ["link.retargeted"]),
        ("[x]: a.md 'T'", "[x]: b.md 'T'", ["link.retargeted"]),
        ("   [x]: a.md", "   [x]: b.md", ["link.retargeted"]),
        ("[x]: a.md", "[x]: a.md\n[y]: c.md", ["link.added"]),
        ("[x]: a.md\n[y]: c.md", "[x]: a.md", ["link.removed"]),
        # What only looks like one is text.
        ("[Note]: see the guide", "[Note]: read the guide", ["text.replaced"]),
        ("[^x]: http://a", "[^x]: http://b", ["text.replaced"]),
    ],
)
def test_definitions_are_no_text(old: str, new: str, expected: list[str]) -> None:
    found = extraction_of(f"See [x].\n\n{old}\n", f"See [x].\n\n{new}\n").facts
    assert [fact.kind for fact in found] == expected
