"""First sentences of pages and sections, lines of examples, words around an edit."""

from __future__ import annotations

import pytest

from diff_insight.facts import whole_file
from diff_insight.facts.news.code_lines import changed_line, shown_line
from diff_insight.facts.news.terms import (
    LONGEST,
    clip_apart,
    counterpart,
    sentence_around,
    stands_alone,
)
from diff_insight.facts.pages import outline
from diff_insight.model.changes import Status
from support.views import told_by, view_of


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("---\ntitle: T\ndescription: A security release. Upgrade today.\n---\n# T\n\nText here is long.\n",
         "A security release."),
        ("# T\n\nThe service is generally available now. More.\n", "The service is generally available now."),
        ("---\ntitle: T\n---\nimport X from 'y';\n\n<X />\n\nAgents run on your host.\n", "Agents run on your host."),
        ("# T\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nFor example:\n\nRows are kept for ten days.\n",
         "Rows are kept for ten days."),
        ("# T\n\n```sh\nrun the thing now\n```\n\nIt prints a line of text.\n", "It prints a line of text."),
    ],
)  # fmt: skip
def test_a_new_page_is_told_by_its_own_words(page: str, quote: str) -> None:
    view = view_of("", page, status=Status.ADDED, path="docs/t.md")
    (params,) = [params for kind, params, _ in told_by(whole_file, view) if kind == "page.added"]
    assert params["quote"] == quote


def test_a_page_without_prose_has_no_words() -> None:
    view = view_of("", "# T\n\n- a\n- b\n", status=Status.ADDED, path="docs/t.md")
    (params,) = [params for kind, params, _ in told_by(whole_file, view) if kind == "page.added"]
    assert "quote" not in params


def test_a_new_section_is_told_by_its_first_sentence_and_not_by_that_of_the_next() -> None:
    old = "# T\n\nWords of the page.\n"
    new = f"{old}\n## Limits\n\n:::note\n\nAt most ten keys are kept. More.\n\n## Empty\n\n## Next\n\nWords of the next one.\n"
    quotes = {
        params["heading"]: params.get("quote")
        for _, params, _ in told_by(outline, view_of(old, new))
    }
    assert quotes == {
        "Limits": "At most ten keys are kept.", "Empty": None, "Next": "Words of the next one.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("new", "old", "shown"),
    [
        (["}", "# a note", "import os", "client.send(x)"], [], "client.send(x)"),
        (["a: 1", "b: 2"], ["a: 1"], "b: 2"),
        (["import os"], [], "import os"),
        (["}", "{"], [], ""),
        (["x" * 500], [], ""),
    ],
)
def test_the_line_that_does_something_is_shown(new: list[str], old: list[str], shown: str) -> None:
    assert shown_line(new, old) == shown


def test_a_line_and_what_it_became() -> None:
    assert changed_line(["a = f(1)", "b"], ["a = f(2)", "c", "d"]) == ("a = f(1)", "a = f(2)")
    assert changed_line(["alpha beta"], ["zzz", "yyy"]) == ("", "")


@pytest.mark.parametrize(
    "term", ["vite.dev", "run_7", "useState()", "Semantic Kernel", "azureAi", "a/b"]
)
def test_code_and_names_stand_alone(term: str) -> None:
    assert stands_alone(term)


@pytest.mark.parametrize(
    "term", ["3", "if", "a parent", "the connector package", "", "Note", "not"]
)
def test_other_words_need_what_is_around_them(term: str) -> None:
    assert not stands_alone(term)


def test_words_around_a_term_are_cut_at_both_ends() -> None:
    text = "Before it. " + "word " * 60 + "target " + "more " * 60 + "end. Behind it."
    around = sentence_around("target", text)
    assert "target" in around
    assert around.startswith("…")
    assert around.endswith("…")
    assert len(around) <= LONGEST + 2
    assert sentence_around("absent", text) == ""


def test_the_sentence_that_another_one_was() -> None:
    gone = ["Costs are low.", "The limit is ten requests for each key."]
    assert counterpart("The limit is twenty requests for each key.", gone) == gone[1]
    assert counterpart("Something else entirely stands here.", gone) == ""
    assert counterpart("每个帐户最多可以创建十个密钥。", ["每个帐户最多可以创建五个密钥。"])


def test_two_long_sentences_are_cut_where_they_differ() -> None:
    begin = "It points to memory that nobody changes while it is alive, " * 4
    first, second = clip_apart(f"{begin}with exceptions.", f"{begin}without any.", 180)
    assert first != second
    assert first.startswith("…")
    assert first.endswith("with exceptions.")
    assert clip_apart("One way.", "Two ways.", 180) == ("One way.", "Two ways.")
