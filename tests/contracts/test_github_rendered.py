"""GitHub's renderer and sanitizer show the `github` layout whole, and nothing in it acts."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import settings as examples

from diff_insight.markup.escape import visible
from diff_insight.markup.plain import clip
from diff_insight.model.insight import Insight
from diff_insight.render.github import render_github
from diff_insight.render.github_view import LONGEST_TITLE, OPEN_ROWS
from diff_insight.report.levels import Level
from diff_insight.settings.settings import Settings
from support.github_page import check_inert, html_of, page_of, plain, sanitized
from support.hostile import CHANGES, HOSTILE, Change, diff_of, modified, raw
from support.hostile import page_of as hostile_page
from support.insights import LOCALES, insight_of_diff
from support.recorded import Recorded, cases, seeds, unified_diff
from support.rendered import Element, Page

LINE_ENDS = re.compile("\r\n?")
ACTING = (
    "@octocat", "#12", "GH-7", "octo/repo#3", "deadbeefcafe", "https://evil.example/x", "www.evil.example",
    "mail@evil.example", ":tada:", "$x$", "![p](https://evil.example/p.png)", "<img src=x>", "**bold**",
    "[x](https://evil.example)", "「**強調**」です。", "</details>", "</summary></details><h1>x", "`@octocat",
)  # fmt: skip


def unmarked(text: str) -> str:
    """Return a text without marks of code, which are elements on the page, and the space in them."""
    return re.sub(r"[`\s]", "", text)


def patches(insight: Insight) -> list[str]:
    return [entry.patch() for entry in insight.files if entry.patch]


def file_table(page: Page) -> Element:
    (table,) = page.root.all("table")
    return table


def check_whole(insight: Insight, locale: str) -> None:
    """Assert that the full level has every file, row, title and patch, and no other element."""
    markdown = render_github(insight, locale)
    page = page_of(markdown)
    files = len(insight.files)
    folded = files > OPEN_ROWS
    assert len(page.root.all("h3")) == 1
    assert len(page.root.all("details")) == len(page.root.all("summary")) == files + 1 + folded
    rows = [[plain(cell.text) for cell in row.all("td")] for row in file_table(page).all("tr")][1:]
    assert [len(row) for row in rows] == [4] * files
    for row, entry in zip(rows, insight.files, strict=True):
        assert row[0].strip() == visible(entry.name).strip()
        assert unmarked(row[1]) == unmarked(visible(clip(entry.title[locale], LONGEST_TITLE)))
    expected = [LINE_ENDS.sub("\n", text).replace("\0", "\ufffd") for text in patches(insight)]
    # The last resort for patches without a fence keeps carriage returns as they are.
    assert [LINE_ENDS.sub("\n", pre.text) for pre in page.root.all("pre")] == expected
    check_harmless(insight, markdown)


def check_harmless(insight: Insight, markdown: str) -> None:
    commits = insight.range
    check_inert(markdown, links=f"{commits.server}/{commits.repository}/")
    # The sanitizer takes nothing away that a reader would miss.
    before, after = Page(html_of(markdown)), Page(sanitized(markdown))
    assert after.root.text == before.root.text


@pytest.mark.parametrize("recorded", [*seeds(), *cases()], ids=lambda recorded: recorded.name)
def test_recorded_diffs_are_shown_whole(recorded: Recorded) -> None:
    settings = Settings(locales=(recorded.locale,), max_patch_bytes=0)
    insight = insight_of_diff(unified_diff(recorded.files), settings)
    check_whole(insight, recorded.locale)
    for level in Level:
        markdown = render_github(insight, recorded.locale, level)
        outside = re.sub(r"(`{4,})diff\n.*?\n\1", "", markdown, flags=re.DOTALL)
        assert "{#" not in outside
        assert "```json" not in outside
        prose = "".join(
            part.text
            for part in page_of(markdown).root.all("p", "li", "td", "summary", "h3", "h4")
            if not part.all("code")
        )
        assert "**" not in prose


@pytest.mark.parametrize("locale", LOCALES)
def test_hostile_pages_are_shown_whole(locale: str) -> None:
    sections = []
    for number, text in enumerate((*HOSTILE, *ACTING)):
        name = raw(text)[:300].replace(b"\n", b"") or b"none"
        old, new = hostile_page("before").split(b"\n"), hostile_page(text).split(b"\n")
        sections.append(modified(b"docs/%02d/%s.md" % (number, name), old, new))
    insight = insight_of_diff(b"".join(sections))
    check_whole(insight, locale)
    for level in (Level.SHORT, Level.MINIMAL):
        check_harmless(insight, render_github(insight, locale, level))


@examples(deadline=None, max_examples=60)
@given(CHANGES)
@example([(b"@octocat #1 deadbee", b".md", [], [b"@octocat #1 deadbee1 https://evil.example"], [])])
def test_any_diff_is_shown_whole(files: list[Change]) -> None:
    check_whole(insight_of_diff(diff_of(files)), "en_US")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_first_screen_comes_first(locale: str) -> None:
    insight = insight_of_diff(unified_diff(seeds()[1].files))
    page = page_of(render_github(insight, locale))
    order = [
        part.tag for part in page.root.children if part.tag in {"h3", "ul", "table", "details"}
    ]
    assert order[:4] == ["h3", "ul", "details", "table"]
    (headline,) = page.root.all("h3")
    assert unmarked(plain(headline.text)) == unmarked(insight.headline[locale])
