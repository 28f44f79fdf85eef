"""Renders one self-contained HTML page; everything untrusted is escaped by the template engine."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markupsafe import Markup

from diff_insight.model.insight import Insight
from diff_insight.render.environment import environment, speaker
from diff_insight.report.identity import provenance_of


def render_html(insight: Insight, locale: str) -> Iterator[str]:
    """Yield the page of one locale in pieces."""
    voice = speaker(locale)
    template = environment(html=True).get_template("report.html.j2")
    yield from template.generate(
        insight=insight,
        locale=locale,
        say=voice.say,
        markdown=_markdown,
        inline=_inline,
        language=locale.replace("_", "-"),
        provenance=Markup("<!-- ") + provenance_of(insight).replace("--", "-") + Markup(" -->"),
        diff_lines=_diff_lines,
    )


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def _markdown(text: str) -> Markup:
    """Render Markdown; raw HTML in it stays text."""
    return Markup(_parser().render(text))  # noqa: S704 - the parser escapes, HTML is off


def _inline(text: str) -> Markup:
    return Markup(_parser().renderInline(text))  # noqa: S704 - as above


def _diff_lines(patch: str) -> Iterator[tuple[str, str]]:
    """Yield (class, line) for each line of a patch."""
    names = {"+": "add", "-": "del", "@": "hunk"}
    for line in patch.removesuffix("\n").split("\n"):
        yield names.get(line[:1], "ctx"), line
