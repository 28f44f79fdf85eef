"""Tells a category in its locales: the texts about the range as a whole, and those of each file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.speaker import Speaker
from diff_insight.model.facts import Fact
from diff_insight.model.insight import ByLocale, Highlights
from diff_insight.model.story import Role, StoryItem
from diff_insight.runtime.kept_rows import RowFile, keep_mappings
from diff_insight.wording.article import insights
from diff_insight.wording.file_text import explanation, file_title, outline_file
from diff_insight.wording.places import Places
from diff_insight.wording.range_facts import RangeFacts
from diff_insight.wording.range_text import headline, highlights, summary
from diff_insight.wording.sentences import phrase


class RangeTelling(Struct, frozen=True):
    """The texts about a range in one locale; headline and summary are plain, with marks of code in a headline, the rest Markdown."""

    headline: str
    highlights: Highlights
    insights: str
    summary: str


class FileTelling(Struct, frozen=True):
    """The texts of one file by locale: the title is plain but for marks of code, the explanation Markdown."""

    title: ByLocale
    explanation: ByLocale


def tell_range(locale: str, facts: RangeFacts, places: Places) -> RangeTelling:
    """Word what a category is about with the catalog of a locale."""
    markdown, line = _voices(locale)
    return RangeTelling(
        headline=headline(facts, line),
        highlights=highlights(facts, markdown, places),
        insights=insights(facts, markdown, places),
        summary=summary(facts, Speaker(line.catalog, Style.PLAIN)),
    )


def tell_files(
    locales: Sequence[str],
    files: Sequence[tuple[str, Sequence[StoryItem]]],
    places: Places,
    rows: RowFile | None = None,
) -> list[FileTelling]:
    """Word each file, given as path and items, in every locale; `rows` is where texts are kept.

    The locales of one file are told one after the other: they escape the same words.
    """
    voices = [(locale, *_voices(locale)) for locale in locales]
    tellings = []
    for path, items in files:
        outline = outline_file(items, places, path)
        titles = {name: file_title(outline, plain) for name, _, plain in voices}
        texts = {name: explanation(outline, markdown) for name, markdown, _ in voices}
        tellings.append(FileTelling(*keep_mappings(rows, titles, texts)))
    return tellings


def fact_line(locale: str, fact: Fact, path: str) -> str:
    """Return what one fact says by itself, in plain text but for marks of code.

    Args:
        locale: Whose words.
        fact: The fact.
        path: The file that it is about.
    """
    item = StoryItem(
        kind=fact.kind, role=Role.CHANGE, salience=0, params=fact.params, facts=(), files=(0,)
    )
    return phrase(item, _voices(locale)[1], path)


@cache
def _voices(locale: str) -> tuple[Speaker, Speaker]:
    """Return who speaks Markdown and who speaks lines; they have read each message once."""
    catalog = load_catalog(locale)
    return Speaker(catalog, Style.MARKDOWN), Speaker(catalog, Style.LINE)
