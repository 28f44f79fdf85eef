"""Whatever facts hold, what our catalogs say about them has its sources; what is planted has none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.llm.grounding.check import unsupported_tokens
from diff_insight.llm.grounding.collect import sources_of
from diff_insight.llm.grounding.concrete_tokens import TokenKind
from diff_insight.localization.locales import available
from diff_insight.model.changes import Side
from diff_insight.model.facts import Evidence, Fact, FileAnalysis
from diff_insight.model.ranges import CommitRange, Comparison
from diff_insight.model.story import Relation, Role, StoryItem
from diff_insight.story.build import build_story
from diff_insight.wording.places import Places
from diff_insight.wording.tell import tell_files
from support.analyses import analysis_of, deadline

COMMITS = CommitRange(
    base="1111111", head="2222222", merge_base="", comparison=Comparison.DIRECT, repository="o/r"
)
NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_.-]{0,12}[A-Za-z0-9]", fullmatch=True)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=40)
DAYS = st.dates(date(1990, 1, 1), date(2060, 1, 1)).map(date.isoformat)


def deadline_of(subject: str, old: str, new: str) -> Fact:
    days = abs((date.fromisoformat(new) - date.fromisoformat(old)).days)
    direction = "later" if new > old else "earlier" if new < old else "same"
    return deadline(
        subject,
        old={"date": old, "qualifier": "not-before"},
        new={"date": new, "qualifier": ""},
        days=days,
        direction=direction,
    )


def lines_of(make: Any) -> Any:
    proofs = st.integers(1, 5000).map(lambda line: (Evidence(Side.HEAD, line, line + 3),))
    return st.builds(lambda fact, proof: Fact(fact.kind, fact.params, proof), make, proofs)


FACTS = st.lists(
    lines_of(
        st.one_of(
            st.builds(deadline_of, NAMES, DAYS, DAYS),
            st.builds(
                lambda section, old, new: Fact(
                    "text.replaced", {"section": section, "old": old, "new": new}
                ),
                WORDS, WORDS, WORDS,
            ),
            st.builds(
                lambda row, column, old, new: Fact(
                    "table.cell",
                    {"row": row, "column": column, "only_row": True, "old": old, "new": new},
                ),
                NAMES, WORDS, WORDS, WORDS,
            ),
            st.builds(
                lambda old, new: Fact(
                    "version.moved", {"subject": "tool", "old": old, "new": new, "step": "major"}
                ),
                st.from_regex(r"[0-9]{1,2}\.[0-9]{1,3}\.[0-9]{1,2}", fullmatch=True),
                st.from_regex(r"[0-9]{1,2}\.[0-9]{1,3}\.[0-9]{1,2}", fullmatch=True),
            ),
            st.builds(lambda name: Fact("outline.section-added", {"heading": name, "level": 2}),
                      WORDS),
            st.builds(lambda name: Fact("table.row-added", {"row": name, "column": ""}), NAMES),
            st.builds(lambda target: Fact("link.removed", {"text": target, "target": target}),
                      NAMES),
        )
    ),
    min_size=1,
    max_size=14,
)  # fmt: skip


def told(facts: list[Fact]) -> tuple[FileAnalysis, dict[str, list[str]], Any]:
    analysis = analysis_of(*facts, path="docs/how-to/page_2.md", changes=40)
    items = build_story([analysis], ()).by_file[0]
    places = Places(COMMITS, [analysis], ["page_2.md"])
    (telling,) = tell_files(available(), [(analysis.change.path, items)], places)
    texts = {locale: [telling.title[locale], telling.explanation[locale]] for locale in available()}
    return analysis, texts, sources_of([analysis], items, commits=COMMITS)


@given(FACTS)
@settings(deadline=None, max_examples=60)
def test_what_the_catalogs_say_has_its_sources(facts: list[Fact]) -> None:
    _, texts, sources = told(facts)
    for locale, (title, explanation) in texts.items():
        assert unsupported_tokens(title, sources, locale, markdown=False) == ()
        assert unsupported_tokens(explanation, sources, locale) == ()


def test_backticks_of_a_plain_title_are_what_it_quotes() -> None:
    changed = Fact("table.cell", {"row": "a", "column": "`", "only_row": True, "old": "0", "new": "`"},
                   (Evidence(Side.HEAD, 1, 1),))  # fmt: skip
    _, texts, sources = told([changed, changed])
    assert "`" in texts["de_DE"][0]
    assert unsupported_tokens(texts["en_US"][0], sources, "en_US", markdown=False) == ()


def test_what_people_wrote_is_not_counted_among_the_edits_that_are_left() -> None:
    left = [
        StoryItem(
            kind=kind,
            role=Role.CHANGE,
            salience=1,
            params={},
            facts=(),
            files=(0,),
            count=count,
            relation=relation,
        )
        for kind, count, relation in (
            ("links.added", 5, Relation.NONE),
            ("relation.commit", 1, Relation.QUOTE),
            ("text.rewritten", 10, Relation.NONE),
        )
    ]
    sources = sources_of([analysis_of(path="a.md")], left)
    assert unsupported_tokens("Not listed: 15 edits.", sources, "en_US") == ()
    assert unsupported_tokens("Not listed: 16 edits.", sources, "en_US")


@pytest.mark.parametrize("locale", available())
@pytest.mark.parametrize(
    ("kind", "token"),
    [
        (TokenKind.DATE, "1987-03-04"),
        (TokenKind.NUMBER, "98765"),
        (TokenKind.PATH, "docs/other_page.md"),
        (TokenKind.URL, "https://example.org/planted"),
        (TokenKind.CODE, "`planted.name`"),
    ],
)
def test_a_planted_token_among_our_words_is_found(locale: str, kind: TokenKind, token: str) -> None:
    _, texts, sources = told([deadline_of("alpha", "2025-06-11", "2025-09-01")])
    (found,) = unsupported_tokens(f"{texts[locale][1]} {token}", sources, locale)
    assert found.kind is kind
