"""What one place of a file lost and another gained has moved; nothing else has."""

from __future__ import annotations

import pytest

from diff_insight.facts.pages.moves_in_file import with_moved
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.model.facts import Fact
from support.views import extraction_of

MIDDLE = "".join(f"Line {number} stays.\n\n" for number in range(9))
WARNING = "> [!WARNING]\n> Do not do it.\n\n"


def callout(kind: str, line: int, quote: str = "Do not.", what: str = "warning") -> Fact:
    place = base_line(line) if kind == "removed" else head_line(line)
    return Fact(f"admonition.{kind}", {"what": what, "section": "S", "quote": quote}, (place,))


def words(kind: str, quote: str, line: int) -> Fact:
    both = (base_line(line), head_line(line))
    return Fact(f"text.words-{kind}", {"section": f"S{line}", "quote": quote}, both)


def kinds(*facts: Fact) -> list[str]:
    return [fact.kind for fact in with_moved(facts)]


def test_a_callout_that_went_and_came_moved() -> None:
    (fact,) = extraction_of(WARNING + MIDDLE, MIDDLE + WARNING).facts
    assert (fact.kind, fact.params) == (
        "admonition.moved", {"what": "warning", "quote": "Do not do it."},
    )  # fmt: skip
    assert {line.side for line in fact.evidence} == {"base", "head"}


def test_each_callout_moves_once() -> None:
    facts = [callout("added", 1), callout("removed", 5), callout("added", 9)]
    assert kinds(*facts) == ["admonition.moved", "admonition.added"]
    assert kinds(callout("removed", 1), callout("added", 2, what="note")) == [
        "admonition.removed", "admonition.added",
    ]  # fmt: skip
    assert kinds(callout("removed", 1), callout("added", 2, quote="Do.")) == [
        "admonition.removed", "admonition.added",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("quote", "other", "moved"),
    [("(uint16_t)", 1, True), ("(uint16_t)", 7, True), ("the", 1, True), ("the", 7, False)],
)
def test_short_words_move_within_a_passage(quote: str, other: int, moved: bool) -> None:  # noqa: FBT001
    told = kinds(words("removed", quote, 1), words("added", quote, other))
    assert (told == ["text.words-moved"]) is moved


def test_without_pairs_the_facts_stay_as_they_are() -> None:
    facts = (callout("removed", 1), words("added", "anything", 2))
    assert with_moved(facts) is facts
