"""Sentences about one and about none: each has words of its own."""

from __future__ import annotations

import pytest

from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.speaker import Speaker
from diff_insight.model.messages import Params
from diff_insight.model.story import Role, StoryItem
from diff_insight.model.threads import FactRef
from diff_insight.wording.sentences import phrase, sentence
from support.catalogs import LOCALES


def item(kind: str, **params: object) -> StoryItem:
    given: Params = params  # type: ignore[assignment]
    return StoryItem(
        kind=kind, role=Role.CHANGE, salience=1, params=given, facts=(FactRef(0, 0),), files=(0,)
    )


def speaker(locale: str) -> Speaker:
    return Speaker(load_catalog(locale), Style.PLAIN)


def replaced(removed: int, added: int, *, questions: bool = False) -> StoryItem:
    return item(
        "outline.replaced", first_removed="A", first_added="B",
        removed_count=removed, added_count=added, questions=questions,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (replaced(1, 1), "The section “A” gave way to “B”."),
        (replaced(1, 3), "The section “A” gave way to 3 sections, beginning with “B”."),
        (replaced(3, 1), "From “A” on, 3 sections gave way to “B”."),
        (
            replaced(3, 2),
            "From “A” on, 3 sections gave way to 2 sections, beginning with “B”.",
        ),
        (
            replaced(3, 2, questions=True),
            "From “A” on, 3 sections titled as questions gave way to 2 sections, beginning with “B”.",
        ),
        (replaced(1, 1, questions=True), "The section “A” gave way to “B”."),
    ],
)
def test_one_section_is_named_and_not_counted(told: StoryItem, expected: str) -> None:
    assert sentence(told, speaker("en_US"), "a.md") == expected


@pytest.mark.parametrize("locale", LOCALES)
def test_one_section_is_not_among_others_in_any_language(locale: str) -> None:
    words = ("など", "等", " 등 ", "beginning", "beginnend", "commencer", "a partir de")
    for wording in (phrase, sentence):
        text = wording(replaced(1, 1), speaker(locale), "a.md")
        assert "1" not in text
        assert not any(word in text for word in words)


@pytest.mark.parametrize("locale", LOCALES)
def test_what_counts_nothing_is_not_told(locale: str) -> None:
    names = {"items": ("alpha",), "total": 18}
    for kind, params in (
        ("lock.moved", {"moved": 18, "added": 0, "removed": 0, "names": names}),
        ("text.lines", {"additions": 3, "deletions": 0}),
    ):
        assert "0" not in sentence(item(kind, **params), speaker(locale), "uv.lock")


def test_a_lock_file_tells_its_steps_as_a_list() -> None:
    moved = item("lock.moved", moved=18, added=2, removed=1, names=("alpha",))
    steps = "18 packages updated, 2 packages added, and 1 package removed"
    assert phrase(moved, speaker("en_US"), "uv.lock") == steps
    assert (
        sentence(moved, speaker("en_US"), "uv.lock")
        == f"Changes in the lock file: {steps} (alpha)."
    )
    assert phrase(moved, speaker("zh_CN"), "uv.lock") == "更新18个包、新增2个包和移除1个包"


def test_changed_lines_are_not_said_to_be_more_lines() -> None:
    """A file with as many lines as before has none more; the phrase may stand alone in the table."""
    changed = item("text.more", lines=2, quote="x")
    said = {
        locale: phrase(changed, speaker(locale), "")
        for locale in ("en_US", "de_DE", "fr_FR", "es_ES", "pt_BR")
    }
    assert said == {
        "en_US": "2 lines changed: x",
        "de_DE": "2 Zeilen geändert: x",
        "fr_FR": "Modification de 2 lignes\u202f: x",
        "es_ES": "Cambio en 2 líneas: x",
        "pt_BR": "Alteração em 2 linhas: x",
    }


def test_german_sentences_agree_with_their_counts() -> None:
    params = {"count": 5, "names": ("a", "b", "c", "d", "e")}
    told = {kind: sentence(item(kind, **params), speaker("de_DE"), "") for kind in (
        "keys.changed", "symbols.changed", "symbols.added",
    )}  # fmt: skip
    assert told == {
        "keys.changed": "5 Einträge haben neue Werte: a, b, c und 2 weitere.",
        "symbols.changed": "5 Symbole ändern sich: a, b, c und 2 weitere.",
        "symbols.added": "5 Namen kommen im Code hinzu: a, b, c und 2 weitere.",
    }


@pytest.mark.parametrize(
    ("locale", "one", "two"),
    [
        ("en_US", "Also changed: 1 line, x.", "Also changed: 2 lines, including x."),
        ("es_ES", "Además cambia 1 línea: x.", "Además cambian 2 líneas, entre ellas x."),
        ("pt_BR", "Além disso, muda 1 linha: x.", "Além disso, mudam 2 linhas, entre elas x."),
    ],
)
def test_one_line_is_not_among_others(locale: str, one: str, two: str) -> None:
    for lines, expected in ((1, one), (2, two)):
        assert sentence(item("text.more", lines=lines, quote="x"), speaker(locale), "a") == expected


@pytest.mark.parametrize("locale", LOCALES)
def test_dependencies_are_not_said_to_be_dependencies(locale: str) -> None:
    def told(what: str) -> str:
        names: object = {"items": ("p", "q"), "total": 2}
        moved = item("dependencies.moved", what=what, count=2, names=names)
        return sentence(moved, speaker(locale), "a")

    plain = speaker(locale).say("term.dependency")
    assert f"({plain})" not in told("dependency")
    assert f"（{plain}）" not in told("dependency")
    assert speaker(locale).say("term.dev-dependency") in told("dev-dependency")


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "fr_FR", "es_ES", "pt_BR"])
def test_the_words_for_parameters_fit_one_and_several(locale: str) -> None:
    """A list of parameters has no number that a message could agree with."""
    for kind in ("required", "added", "removed"):
        told = [
            sentence(
                item(
                    f"symbol.parameter-{kind}",
                    name="f",
                    parameters={"items": ("XX", "YY")[:count], "total": count},
                ),
                speaker(locale),
                "a",
            )
            for count in (1, 2)
        ]
        both = speaker(locale).forms.lists.join(["XX", "YY"])
        assert told[1] == told[0].replace("XX", both), kind


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("new", ["not exported", "unexported", "exported"])
def test_what_is_exported_is_said_in_each_language(locale: str, new: str) -> None:
    visible = item("symbol.visibility", name="run()", old="x", new=new)
    for words in (phrase(visible, speaker(locale), ""), sentence(visible, speaker(locale), "")):
        assert "run()" in words
        assert "not exported" not in words
        assert "unexported" not in words
        assert " x " not in words
