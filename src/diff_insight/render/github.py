"""Renders the `github` layout: for summaries, comments and files that are read on GitHub.

GitHub's Markdown and the elements that its sanitizer keeps, nothing else; the first screen comes
first. Texts of the document are Markdown already; here they only lose what GitHub would act on.
"""

from __future__ import annotations

from diff_insight.markup.inert import text as github_text
from diff_insight.markup.text_size import utf8_size
from diff_insight.model.insight import Insight
from diff_insight.render.environment import environment, speaker
from diff_insight.render.github_parts import ReportPart
from diff_insight.render.github_view import GithubView
from diff_insight.render.page.sides import commit_count
from diff_insight.report.file_order import files_by_salience
from diff_insight.report.levels import Level

TEMPLATE = "github.md.j2"
#: GitHub shows no page of a Markdown file much larger than this.
PREVIEW_BYTES = 1_000_000
#: About what a link takes in place of a patch.
_LINK_BYTES = 250


def render_github(
    insight: Insight,
    locale: str,
    level: Level = Level.FULL,
    *,
    full_report: str = "",
    dateline: str = "",
) -> str:
    """Return the report of one locale.

    Args:
        insight: The document.
        locale: One of its locales.
        level: How much to tell.
        full_report: Where everything is to be read when this is less: an address, or a path.
        dateline: What stands above it as Markdown, where nothing around it tells what it is about.
    """
    context = github_context(insight, locale, level, full_report) | {"dateline": dateline}
    return environment(html=False).get_template(TEMPLATE).render(context)


def render_github_file(insight: Insight, locale: str, limit: int = PREVIEW_BYTES) -> str:
    """Return the report of one locale as a file that GitHub shows as a page.

    What does not fit is told less: patches become links, what matters least first, and then the
    level falls.

    Args:
        insight: The document.
        locale: One of its locales.
        limit: Bytes of the file.
    """
    above = _dateline(insight, locale)
    whole = render_github(insight, locale, dateline=above)
    over = utf8_size(whole) - limit
    if over <= 0:
        return whole
    context = github_context(insight, locale, linked=_linked_patches(insight, over))
    context["dateline"] = above
    text = environment(html=False).get_template(TEMPLATE).render(context)
    for level in (Level.SHORT, Level.MINIMAL):
        if utf8_size(text) > limit:
            text = render_github(insight, locale, level, dateline=above)
    return text


def _dateline(insight: Insight, locale: str) -> str:
    """Return day, repository and commits: a file on a branch has nothing else above its headline."""
    voice = speaker(locale)
    repository = github_text(insight.range.repository) if insight.range.repository else ""
    commits = commit_count(insight, voice)
    return " · ".join(filter(None, (voice.forms.date(insight.date), repository, commits)))


def _linked_patches(insight: Insight, over: int) -> frozenset[int]:
    """Return the files without whose patches a report has so many bytes less."""
    linked = set()
    for index in reversed(files_by_salience(insight)):
        read = insight.files[index].patch
        saving = utf8_size(read()) - _LINK_BYTES if over > 0 and read is not None else 0
        if saving > 0:
            linked.add(index)
            over -= saving
    return frozenset(linked)


def github_context(
    insight: Insight,
    locale: str,
    level: Level = Level.FULL,
    full_report: str = "",
    linked: frozenset[int] = frozenset(),
) -> dict[str, object]:
    """Return what the template, and those that extend it, are rendered with."""
    voice = speaker(locale)
    return {
        "insight": insight,
        "locale": locale,
        "say": voice.say,
        "fill": voice.fill,
        "view": GithubView(insight, locale, level, full_report, linked),
        "bullets": lambda part: bullets(part, locale),
        "dateline": "",
    }


def bullets(part: ReportPart, locale: str) -> str:
    """Return a list, with the number of what it does not show at its end."""
    lines = [f"- {bullet}" for bullet in part.shown]
    if part.left:
        lines.append(f"- {speaker(locale).say('github.more', {'count': part.left})}")
    return "\n".join(lines) + "\n"
