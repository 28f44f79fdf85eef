"""Tells a category in one locale: every text that its report shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.speaker import Speaker
from diff_insight.model.insight import Highlights
from diff_insight.model.story import Story
from diff_insight.wording.file_text import explanation, file_title
from diff_insight.wording.places import Places
from diff_insight.wording.range_text import RangeFacts, headline, highlights, insights, summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """All texts of one locale; titles, headline and summary are plain, the rest is Markdown."""

    headline: str
    highlights: Highlights
    insights: str
    summary: str
    titles: tuple[str, ...]
    explanations: tuple[str, ...]


def tell(name: str, story: Story, facts: RangeFacts, places: Places) -> Telling:
    """Word a story with the catalog `name`."""
    catalog = load_catalog(name)
    markdown, plain = Speaker(catalog, Style.MARKDOWN), Speaker(catalog, Style.PLAIN)
    paths: Sequence[str] = [analysis.change.path for analysis in facts.files]
    by_file = list(zip(story.by_file, paths, strict=True))
    return Telling(
        headline=headline(facts, plain),
        highlights=highlights(facts, markdown, places),
        insights=insights(facts, markdown, places),
        summary=summary(facts, plain),
        titles=tuple(file_title(items, plain, PurePosixPath(path).name) for items, path in by_file),
        explanations=tuple(explanation(items, markdown, places, path) for items, path in by_file),
    )
