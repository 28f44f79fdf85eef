"""Committed files stay below what GitHub shows as a page, and say where the rest is."""

from __future__ import annotations

from msgspec.structs import replace

from diff_insight.localization.catalogs import load_catalog
from diff_insight.markup.text_size import utf8_size
from diff_insight.model.insight import Insight
from diff_insight.render.environment import speaker
from diff_insight.render.first_screen import first_screen
from diff_insight.render.github import render_github, render_github_file
from diff_insight.report.file_order import files_by_salience
from diff_insight.report.levels import Level
from diff_insight.settings.settings import Settings
from support.github_page import page_of, plain
from support.hostile import modified
from support.insights import insight_of_diff
from support.large import large_insight
from support.rendered import Page


def dated(insight: Insight, locale: str) -> str:
    """Return what stands above the headline in a file."""
    return f"{speaker(locale).forms.date(insight.date)} · {insight.range.repository}"


def test_a_file_that_fits_is_the_whole_report_below_a_line_that_says_what_it_is_about() -> None:
    insight = large_insight(10)
    head, _, rest = render_github_file(insight, "ja_JP").partition("\n\n")
    assert rest == render_github(insight, "ja_JP")
    assert head == dated(insight, "ja_JP")
    origin = replace(insight.origin, commits=3)
    first = page_of(render_github_file(replace(insight, origin=origin), "ja_JP")).root.all("p")[0]
    assert plain(first.text) == f"{dated(insight, 'ja_JP')} · コミット3件"


def test_patches_become_links_what_matters_least_first() -> None:
    lines = [b"Sentence %d of a page that is long enough." % number for number in range(40)]
    diff = b"".join(modified(b"docs/%02d.md" % number, [b"One."], lines) for number in range(60))
    insight = insight_of_diff(diff, Settings(locales=("ja_JP",)))
    limit = utf8_size(render_github(insight, "ja_JP")) - 40_000
    text = render_github_file(insight, "ja_JP", limit)
    assert utf8_size(text) <= limit
    shown = len(page_of(text).root.all("pre"))
    assert 0 < shown < 60
    words = load_catalog("ja_JP").text("file.patch-linked").partition("{")[0]
    assert text.count(words) == 60 - shown
    first = insight.files[files_by_salience(insight)[0]].analysis.change.path
    (kept,) = [part for part in page_of(text).root.all("details") if part.text.startswith(first)]
    assert len(kept.all("pre")) == 1


def test_what_no_link_makes_fit_falls_to_a_lower_level() -> None:
    insight = large_insight(400)
    line = dated(insight, "en_US")
    expected = render_github(insight, "en_US", Level.SHORT, dateline=line)
    short = utf8_size(expected)
    assert render_github_file(insight, "en_US", short) == expected
    minimal = render_github_file(insight, "en_US", short - 1)
    assert minimal == render_github(insight, "en_US", Level.MINIMAL, dateline=line)


def test_no_anchor_no_attribute_list_and_no_json_stand_in_a_file() -> None:
    text = render_github_file(large_insight(20), "en_US")
    assert "{#" not in text
    assert "{target" not in text
    assert "```json" not in text
    assert "](#" not in text


def test_the_first_screen_is_harmless_html_with_what_breaks_first() -> None:
    insight = insight_of_diff(modified(b"a.md", [b"one"], [b"two"]))
    highlights = replace(
        insight.highlights["en_US"], new_features=("New `<b>`.",), breaking_changes=("Gone.",)
    )
    screen = first_screen(
        replace(
            insight, highlights={"en_US": highlights}, insights={"en_US": "<script>x</script>"}
        ),
        "en_US",
    )
    page = Page(f"<body>{screen}</body>")
    page.check_harmless()
    headings = [part.text for part in page.root.all("h2")]
    assert headings[:2] == ["Breaking changes", "New features"]
    assert page.root.all("code")[0].text == "<b>"
    assert "<script>x</script>" in page.root.text
