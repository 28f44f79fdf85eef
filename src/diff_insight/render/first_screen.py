"""Renders the first screen of a report as HTML, for feeds and for the pages of a site."""

from __future__ import annotations

from functools import partial

from diff_insight.model.insight import Insight
from diff_insight.render.environment import environment, sections, speaker
from diff_insight.render.markdown_html import inline_html, markdown_html


def ranked_sections(insight: Insight, locale: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the highlight sections: what is to do and what breaks first, what is empty last."""
    parts = sections(insight, locale)
    rank = {"to-do": 0, "breaking-changes": 1}
    return sorted(parts, key=lambda part: (not part[1], rank.get(part[0], 2)))


def first_screen(insight: Insight, locale: str) -> str:
    """Return the highlights and insights of one locale without a page around them."""
    voice = speaker(locale)
    template = environment(html=True).get_template("first_screen.html.j2")
    return template.render(
        cards=[part for part in ranked_sections(insight, locale) if part[1]],
        insights=insight.insights[locale],
        say=voice.say,
        markdown=partial(markdown_html),
        inline=partial(inline_html),
    )
