"""Renders the `github` layout: for summaries, comments and files that are read on GitHub.

GitHub's Markdown and the elements that its sanitizer keeps, nothing else; the first screen comes
first. Texts of the document are Markdown already; here they only lose what GitHub would act on.
"""

from __future__ import annotations

from diff_insight.model.insight import Insight
from diff_insight.render.environment import environment, speaker
from diff_insight.render.github_parts import ReportPart
from diff_insight.render.github_view import GithubView
from diff_insight.report.levels import Level

TEMPLATE = "github.md.j2"


def render_github(
    insight: Insight, locale: str, level: Level = Level.FULL, *, full_report: str = ""
) -> str:
    """Return the report of one locale.

    Args:
        insight: The document.
        locale: One of its locales.
        level: How much to tell.
        full_report: Where everything is to be read when this is less: an address, or a path.
    """
    context = github_context(insight, locale, level, full_report)
    return environment(html=False).get_template(TEMPLATE).render(context)


def github_context(
    insight: Insight, locale: str, level: Level = Level.FULL, full_report: str = ""
) -> dict[str, object]:
    """Return what the template, and those that extend it, are rendered with."""
    voice = speaker(locale)
    return {
        "insight": insight,
        "locale": locale,
        "say": voice.say,
        "fill": voice.fill,
        "view": GithubView(insight, locale, level, full_report),
        "bullets": lambda part: bullets(part, locale),
    }


def bullets(part: ReportPart, locale: str) -> str:
    """Return a list, with the number of what it does not show at its end."""
    lines = [f"- {bullet}" for bullet in part.shown]
    if part.left:
        lines.append(f"- {speaker(locale).say('github.more', {'count': part.left})}")
    return "\n".join(lines) + "\n"
