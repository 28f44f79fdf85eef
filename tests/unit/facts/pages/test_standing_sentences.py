"""A sentence that the other version has as well is neither new nor gone."""

from __future__ import annotations

import pytest

from support.views import extraction_of

SENTENCE = "Specifies the encryption key as an array of bytes."


def kinds(old: str, new: str) -> list[str]:
    return sorted(fact.kind for fact in extraction_of(old, new).facts)


def test_a_sentence_that_moved_into_another_paragraph() -> None:
    old = f"# T\n\n## A\n\nFirst words here. {SENTENCE}\n\n## B\n\nOther words of it.\n"
    new = f"# T\n\n## A\n\nFirst words here.\n\n## B\n\nOther words of it.\n\n{SENTENCE}\n"
    assert set(kinds(old, new)) == {"text.moved"}


def test_a_sentence_in_other_wrapping_and_markup() -> None:
    old = f"# T\n\n{SENTENCE}\n\nEnd of the page.\n"
    new = "# T\n\nEnd of the page.\n\nSpecifies the *encryption key*\nas an array of `bytes`.\n"
    assert set(kinds(old, new)) == {"text.moved"}


def test_a_second_copy_is_new() -> None:
    old = f"# T\n\n## A\n\n{SENTENCE}\n\n## B\n\nb\n"
    new = f"{old}\n{SENTENCE}\n"
    assert kinds(old, new) == ["text.added"]


def test_what_is_new_beside_a_moved_sentence_is_quoted() -> None:
    old = f"# T\n\n{SENTENCE}\n\n## B\n\nb\n"
    new = f"# T\n\n## B\n\nb\n\n{SENTENCE} Since this version it may be empty.\n"
    quotes = [
        fact.params["quote"] for fact in extraction_of(old, new).facts if fact.kind == "text.added"
    ]
    assert quotes == ["Since this version it may be empty."]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "The gateway will be shut down after March 1, 2027.",
            "The gateway was shut down on March 1, 2027.",
        ),
        ("It retires on March 1, 2027.", "It was retired on May 1, 2027."),
        ("The old one retires by May 1, 2027.", "The new one retires after May 1, 2027."),
    ],
)
def test_another_tense_or_subject_is_no_deadline_that_moved(old: str, new: str) -> None:
    assert not [
        kind
        for kind in kinds(f"# T\n\n{old}\n", f"# T\n\n{new}\n")
        if kind.startswith(("deadline", "date."))
    ]


@pytest.mark.parametrize(
    ("old", "new", "qualifiers"),
    [
        (
            "It retires no earlier than May 1, 2027.",
            "It retires no earlier than June 1, 2027.",
            ("not-before", "not-before"),
        ),
        (
            "It retires on May 1, 2027.",
            "It retires no earlier than June 1, 2027.",
            ("", "not-before"),
        ),
        ("It retires by May 1, 2027.", "It retires after May 1, 2027.", ("by", "after")),
    ],
)
def test_a_deadline_keeps_its_qualifier(old: str, new: str, qualifiers: tuple[str, str]) -> None:
    (fact,) = extraction_of(f"# T\n\n{old}\n", f"# T\n\n{new}\n").facts
    assert fact.kind == "deadline.moved"
    assert tuple(fact.params[side]["qualifier"] for side in ("old", "new")) == qualifiers  # type: ignore[index,call-overload]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("See [01] and [02] for it.", "See [02] and [03] for it."),
        (
            "The command stops at once if the name of the file is empty.",
            "The command stops at once and will log an error when the name of the file is empty.",
        ),
        ("There is an error here.", "There is the error here."),
    ],
)
def test_word_edits_without_sense_are_the_sentence(old: str, new: str) -> None:
    facts = extraction_of(f"# T\n\n{old}\n", f"# T\n\n{new}\n").facts
    assert {fact.kind for fact in facts} <= {"text.reworded", "text.markup"}


@pytest.mark.parametrize(
    ("callout", "quote"),
    [
        (":::note Preview\nThe feature may change.\n:::", "The feature may change."),
        (":::note[Preview]\nThe feature may change.\n:::", "The feature may change."),
        ('!!! note "Preview"\n    The feature may change.', "The feature may change."),
        ("> [!NOTE] Preview\n> The feature may change.", "The feature may change."),
        ("> [!NOTE]\n> The feature may change.", "The feature may change."),
        (":::note\nThe feature may change\n:::", "The feature may change"),
    ],
)
def test_the_title_of_a_callout_is_not_its_text(callout: str, quote: str) -> None:
    (fact,) = (
        one
        for one in extraction_of("# T\n\na\n", f"# T\n\na\n\n{callout}\n").facts
        if one.kind == "admonition.added"
    )
    assert fact.params["quote"] == quote


def test_a_sentence_that_moved_within_its_section_and_was_reworded() -> None:
    old = "# T\n\nNote that requests do not get replicated over the cluster.\n\nOther words of it.\n\nThe end of it.\n"
    new = "# T\n\nOther words of it.\n\nThe end of it.\n\nRequests do not get replicated over the cluster.\n"
    (fact,) = extraction_of(old, new).facts
    assert (fact.kind, fact.params["old"]) == (
        "text.reworded",
        "Note that requests do not get replicated over the cluster.",
    )


def test_a_note_that_was_reworded_at_another_place_of_its_section() -> None:
    old = "# T\n\n> [!IMPORTANT]\n> If there are resources left, you need to delete those first.\n\nOne.\n\nTwo words.\n"
    new = "# T\n\nOne.\n\nTwo words.\n\n> [!IMPORTANT]\n> If there are resources left, you must delete those first.\n"
    assert kinds(old, new) == ["text.reworded"]
    other = new.replace("IMPORTANT", "NOTE")
    assert "text.reworded" not in kinds(old, other)
