"""Links by name and footnotes are the words that a page shows."""

from __future__ import annotations

import pytest

from diff_insight.facts.pages.named_links import names_defined, without_names
from support.views import extraction_of, told

PAGE = "[the guide]: https://example.org/guide\n  [ZAP  7]: ../zap.md\n[^1]: Of the year.\n"


def test_names_of_a_page() -> None:
    assert names_defined(PAGE) == {"the guide", "zap 7"}
    assert names_defined("No names.\n[a] and [b]\n") == frozenset()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("See [The Guide] and [zap 7].", "See The Guide and zap 7."),
        ("See [the guide](a.md) and [the guide][x].", "See [the guide](a.md) and [the guide][x]."),
        ("`[the guide]` and [another]", "`[the guide]` and [another]"),
        (r"\[the guide] and ![the guide]", r"\[the guide] and ![the guide]"),
        ("- [x] done", "- [x] done"),
        ("[^2]:", ""),
        ("[^2]: Of the year.", "Of the year."),
        ("[the guide]: https://example.org", "[the guide]: https://example.org"),
    ],
)
def test_a_line(line: str, words: str) -> None:
    assert without_names(line, names_defined(PAGE)) == words


def test_a_sentence_is_quoted_as_it_is_shown() -> None:
    facts = told(
        extraction_of("One.\n", "One.\n\nSee [the guide] on it.\n\n[the guide]: b.md\n").facts
    )
    quotes = [fact[1].get("quote") for fact in facts]
    assert "See the guide on it." in quotes


def test_the_text_of_a_footnote_is_told_and_its_mark_is_not() -> None:
    facts = told(extraction_of("One.\n", "One.\n\n[^2]:\n\n    Of the year.\n").facts)
    assert [fact[1].get("quote") for fact in facts if fact[0] == "text.added"] == ["Of the year."]
