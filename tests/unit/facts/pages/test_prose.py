"""Text that no other family tells: terms replaced, sentences that came, went, moved, changed."""

from __future__ import annotations

import pytest

from diff_insight.facts.pages import prose
from diff_insight.facts.pages.passages import opens
from diff_insight.model.changes import Side, Status
from support.views import Told, extraction_of, told_by, view_of

PAGE = """# Title

Intro line.

## Quotas

{}

Last line.
"""


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("The limit is ten requests for each key.", "The limit is twenty requests for each key.",
         [("text.replaced", {"section": "Quotas", "old": "ten", "new": "twenty",
           "within": "The limit is twenty requests for each key."}, "-7 +7")]),
        ("Ask for more.", "Ask for much more.",
         [("text.words-added",
           {"section": "Quotas", "quote": "much", "within": "Ask for much more."}, "-7 +7")]),
        ("Get one or two of these.", "Get one, three, or two of these.",
         [("text.words-added",
           {"section": "Quotas", "quote": "three", "within": "Get one, three, or two of these."}, "-7 +7")]),
        ("Ask for much more.", "Ask for more.",
         [("text.words-removed",
           {"section": "Quotas", "quote": "much", "within": "Ask for much more."}, "-7 +7")]),
        ("Alpha beta keys one delta omega gamma servers two users here three.",
         "Alpha beta keys 1 delta sigma gamma servers 2 users here 3 or 4.",
         [("text.reworded",
           {"section": "Quotas",
            "quote": "Alpha beta keys 1 delta sigma gamma servers 2 users here 3 or 4.",
            "old": "Alpha beta keys one delta omega gamma servers two users here three."}, "-7 +7")]),
        # What is gone at one place stands at another: nothing took its place.
        ("account Number of the account The owner of the keys.", "account (default: The owner of the keys.) Number of the account",
         [("text.reworded",
           {"section": "Quotas",
            "quote": "account (default: The owner of the keys.) Number of the account",
            "old": "account Number of the account The owner of the keys."}, "-7 +7")]),
        ("Use **it** well.", "Use `it` well.", [("text.markup", {"section": "Quotas"}, "-7 +7")]),
        ("- an item of the list", "* an item of the list",
         [("text.markup", {"section": "Quotas"}, "-7 +7")]),
        ("A sentence, with a comma.", "A sentence with a comma.",
         [("text.markup", {"section": "Quotas"}, "-7 +7")]),
        ("It works.", "It works.\nIt costs nothing. It is free.",
         [("text.added",
           {"section": "Quotas", "quote": "It costs nothing.", "lines": 1}, "+8")]),
        ("It works.\nIt costs nothing.", "It works.",
         [("text.removed",
           {"section": "Quotas", "quote": "It costs nothing.", "lines": 1}, "-8")]),
        ("Retires no earlier than June 11, 2025.", "Retires no earlier than September 1, 2025.",
         [("deadline.moved",
           {"subject": "Quotas", "what": "retirement", "days": 82, "direction": "later",
            "old": {"date": "2025-06-11", "qualifier": "not-before"},
            "new": {"date": "2025-09-01", "qualifier": "not-before"}}, "-7 +7")]),
        ("Install foo 1.2.0 first.", "Install foo 1.3.0 first.",
         [("version.moved",
           {"subject": "foo", "old": "1.2.0", "new": "1.3.0", "step": "minor"}, "-7 +7")]),
        ("Indented   text here.", "Indented text here.", []),
        ("<br/>", "<hr/>", [("text.markup", {"section": "Quotas"}, "-7 +7")]),
    ],
)  # fmt: skip
def test_one_place(whole: bool, old: str, new: str, expected: list[Told]) -> None:  # noqa: FBT001
    view = view_of(PAGE.format(old), PAGE.format(new), whole=whole)
    assert told_by(prose, view) == expected


def test_words_put_in_front_are_added_though_a_capital_is_lost() -> None:
    old, new = (
        "A custom analyzer gives you control.",
        "In class search, a custom analyzer gives you control.",
    )
    (added,) = told_by(prose, view_of(f"# T\n\n{old}\n", f"# T\n\n{new}\n"))
    within = {"section": "T", "quote": "In class search,", "within": new}
    assert added[:2] == ("text.words-added", within)
    (removed,) = told_by(prose, view_of(f"# T\n\n{new}\n", f"# T\n\n{old}\n"))
    assert removed[:2] == ("text.words-removed", within)


def test_moved_text_is_not_removed_and_added() -> None:
    moved = "This sentence goes somewhere else.\n\n"
    rest = "".join(f"Sentence number {number} stays.\n\n" for number in range(8))
    assert told_by(prose, view_of(moved + rest, rest + moved)) == [
        ("text.moved", {"lines": 1}, "+17 -1")
    ]


def test_the_same_words_in_one_block_did_not_move() -> None:
    old = "Use **one** of these here.\nUse **two** of these here.\n"
    new = "Use `one` of these here.\nUse `two` of these here.\n"
    kinds = [kind for kind, _, _ in told_by(prose, view_of(old, new))]
    assert kinds == ["text.markup", "text.markup"]


def test_versions_of_a_line_are_paired_whatever_their_order() -> None:
    old = "Alpha serves the small requests.\nBeta serves the large requests.\n"
    new = "Beta serves the huge requests.\nAlpha serves the tiny requests.\n"
    assert [(p["old"], p["new"]) for _, p, _ in told_by(prose, view_of(old, new))] == [
        ("small", "tiny"),
        ("large", "huge"),
    ]


def test_a_section_out_of_sight_has_no_name() -> None:
    body = "".join(f"Sentence number {number} stays.\n\n" for number in range(8))
    view = view_of(f"## Quotas\n\n{body}", f"## Quotas\n\n{body}More.\n", whole=False)
    assert [params["section"] for _, params, _ in told_by(prose, view)] == [""]


def test_neighbouring_lines_are_one_fact() -> None:
    view = view_of(PAGE.format("x"), PAGE.format("x\n\nFirst new line.\nSecond.\n\nThird."))
    assert told_by(prose, view) == [
        ("text.added", {"section": "Quotas", "quote": "First new line.", "lines": 3}, "+9-12")
    ]


def test_long_lines_are_not_compared_word_by_word() -> None:
    text = "word " * 500
    view = view_of(text + "a\n", text + "b\n")
    ((kind, params, _),) = told_by(prose, view)
    assert kind == "text.reworded"
    assert len(params["quote"]) <= prose.LONGEST_QUOTE + 1
    assert params["quote"].startswith("…")
    assert (params["old"].split()[-1], params["quote"].split()[-1]) == ("a", "b")


def test_what_is_beyond_the_most_is_counted() -> None:
    lines = [f"Line {number} of the text is here" for number in range(100)]
    old = "\n\n".join(lines) + "\n"
    new = "\n\n".join(f"{line} now" for line in lines) + "\n"
    found = told_by(prose, view_of(old, new))
    assert len(found) == prose.MOST
    rest = extraction_of(old, new).facts[-1]
    assert (rest.kind, rest.params["lines"]) == ("text.more", 120)


def test_told_lines_and_code_are_left_alone() -> None:
    text = "Word {0} here.\n\n```\ncode {0}\n```\n"
    view = view_of(text.format("one"), text.format("two"))
    view.claimed.update({(Side.BASE, 1), (Side.HEAD, 1)})
    assert told_by(prose, view) == []


def test_a_line_whose_link_is_told_is_not_called_markup() -> None:
    view = view_of("See [a](x.md).\n", "See [a](y.md).\n")
    view.linked.add((Side.HEAD, 1))
    assert told_by(prose, view) == []


@pytest.mark.parametrize(
    ("path", "yes"),
    [("a.md", True), ("a.mdx", True), ("a.rst", True), ("a.txt", True), ("a.adoc", True),
     ("a.py", False), ("Makefile", False)],
)  # fmt: skip
def test_files_it_reads(path: str, yes: bool) -> None:  # noqa: FBT001
    assert prose.applies(view_of("a\n", "b\n", path=path)) is yes
    assert not prose.applies(view_of("a\n", "b\n", path=path, status=Status.ADDED))


def test_text_without_sections() -> None:
    view = view_of("= T\n\nOne word.\n", "= T\n\nTwo word.\n", path="a.txt")
    assert [params["section"] for _, params, _ in told_by(prose, view)] == [""]


WRAPPED = """The quick brown fox jumps over the lazy dog and then it goes on to the
river where it drinks some water. It rests for a while under the old tree
until the sun goes down behind the hills.
"""
REWRAPPED = """The quick brown fox jumps over the lazy dog
and then it goes on to the {} where it
drinks some water. It rests for a while
under the old tree until the sun goes down
behind the hills.{}
"""


def test_a_paragraph_may_be_wrapped_anew_while_it_changes() -> None:
    lake = told_by(prose, view_of(WRAPPED, REWRAPPED.format("lake", "")))
    ((kind, params, lines),) = lake
    assert (kind, params["old"], params["new"], lines) == (
        "text.replaced", "river", "lake", "-1-3 +1-5",
    )  # fmt: skip
    assert str(params["within"]).endswith("goes on to the lake where it drinks some water.")
    more = told_by(prose, view_of(WRAPPED, REWRAPPED.format("river", " It wakes\nup at dawn.")))
    assert more == [
        (
            "text.sentence-added",
            {"section": "", "quote": "It wakes up at dawn.", "count": 1},
            "-1-3 +1-6",
        )
    ]


def test_changes_on_both_sides_of_a_line_of_the_same_paragraph_are_one() -> None:
    old = "One first thing is red\nand a line that stays as it is\nbefore the last one.\n"
    new = "One first thing is blue\nand a line that stays as it is\nbefore the final one.\n"
    assert [(p["old"], p["new"]) for _, p, _ in told_by(prose, view_of(old, new))] == [
        ("red", "blue"), ("last", "final"),
    ]  # fmt: skip


@pytest.mark.parametrize("mark", ["- ", "1. ", "> ", "| ", "* "])
def test_items_of_a_list_are_not_one_paragraph(mark: str) -> None:
    old = f"{mark}the first one is here\n{mark}the second one is here\n"
    new = f"{mark}the first one is here\n{mark}the second one is gone\n{mark}a third\n"
    told = told_by(prose, view_of(old, new))
    replaced = [(params["old"], params["new"], lines) for kind, params, lines in told
                if kind == "text.replaced"]  # fmt: skip
    assert replaced == [("here", "gone", "-2 +2")]


def test_lines_of_plain_text_may_be_a_list() -> None:
    view = view_of("alpha one\nbeta two\n", "alpha one\nbeta three\ngamma\n", path="list.txt")
    assert [kind for kind, _, _ in told_by(prose, view)] == ["text.replaced", "text.added"]


def test_the_sentence_that_changed_is_quoted() -> None:
    same = "This sentence stays as it is. "
    old = same + "Alpha beta keys one delta omega gamma servers two users here three."
    new = same + "Alpha beta keys 1 delta sigma gamma servers 2 users here 3 or 4."
    ((kind, params, _),) = told_by(prose, view_of(old, new))
    assert (kind, params["quote"][:15]) == ("text.reworded", "Alpha beta keys")


@pytest.mark.parametrize(
    ("old", "new", "quote"),
    [
        ("Content of other types\nis taken in `beforeFilter()`, so that you can use the switch\nof the handler if there is one.",
         "Content of other types\nis taken in `beforeFilter()`, so that all views\nare switched.",
         "Content of other types is taken in beforeFilter(), so that all views are switched."),
        ("- The list is made\n  by hand at each release.", "- The list is made\n  of all pages, so nobody keeps it.",
         "The list is made of all pages, so nobody keeps it."),
        ("First. The list is made\nby hand at each release.", "First. The list is made\nof all pages, so nobody keeps it.",
         "The list is made of all pages, so nobody keeps it."),
        ("The first line is one of those that are long\nby hand at each release.", "The first line is one of those that are long\nof all pages, so nobody keeps it.",
         "… of all pages, so nobody keeps it."),
        ("A list:\nby hand at each release.", "A list:\nof all pages, so nobody keeps it.", "of all pages, so nobody keeps it."),
    ],
)  # fmt: skip
def test_a_sentence_is_quoted_from_its_beginning_on_a_line_above(
    old: str, new: str, quote: str
) -> None:
    *_, fact = told_by(prose, view_of(PAGE.format(old), PAGE.format(new)))
    assert fact[1]["quote"] == quote


def test_a_new_sentence_that_begins_on_a_line_that_stays() -> None:
    old = "It is one. Written by\nthe tool."
    (fact,) = told_by(
        prose, view_of(PAGE.format(old), PAGE.format(old + "\nThen it is kept\nfor a week."))
    )
    assert fact[1]["quote"] == "Then it is kept for a week."


def test_a_sentence_behind_a_line_that_is_told_already_begins_there() -> None:
    """The link is told by its own family; what is told of the text begins before it."""
    new = "- It is an index.\n  It is made of [a list](b.md) that\n  export walks, so it is never kept by hand."
    view = view_of(PAGE.format("Words."), PAGE.format("Words.\n\n]\n" + new))
    view.claimed.add((Side.HEAD, 11))
    *_, fact = told_by(prose, view)
    assert str(fact[1]["quote"]).endswith("that export walks, so it is never kept by hand.")


@pytest.mark.parametrize(
    ("line", "statement"),
    [
        ("export walks, so nobody keeps it", False),
        ("import of each list is slow", False),
        ("export const a = 1", True),
        ("export default Page", True),
        ("export { a } from './a'", True),
        ("import A from './a'", True),
        ("import { a } from './a'", True),
        ("import A, { b } from './a'", True),
        ("import './a.css'", True),
        ("import * as a from './a'", True),
    ],
)
def test_statements_of_pages_with_components_begin_something(line: str, *, statement: bool) -> None:
    assert opens(line) is statement


def test_a_line_that_begins_with_code_goes_on() -> None:
    new = "A page.\n\nYou must set these variables before the\n`Selection` task.\n"
    view = view_of("A page.\n", new, path="a.md")
    assert [params["quote"] for _, params, _ in told_by(prose, view)] == [
        "You must set these variables before the Selection task."
    ]
