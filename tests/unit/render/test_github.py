"""The `github` layout at its levels: what each keeps, says and weighs, whatever the size."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from diff_insight.localization.catalogs import load_catalog
from diff_insight.markup.text_size import utf8_size, utf16_units
from diff_insight.model.insight import Coverage, Highlights, Insight
from diff_insight.publishers.fitting import Fitting
from diff_insight.render.github import render_github
from diff_insight.render.github_view import FEW_DETAILS, MINIMAL_BREAKING, SHORT_DETAILS
from diff_insight.report.file_order import files_by_salience
from diff_insight.report.levels import Level
from diff_insight.settings.settings import Settings
from support.github_page import page_of, plain
from support.insights import LOCALES, insight_of_diff
from support.large import large_insight
from support.recorded import seeds, unified_diff

#: The runner drops a larger summary whole; a comment takes so many characters.
SUMMARY_BYTES = 1_048_576
COMMENT_CHARACTERS = 60_000


def seed(locale: str = "en_US") -> Insight:
    return insight_of_diff(unified_diff(seeds()[1].files), Settings(locales=(locale,)))


def said(key: str, locale: str) -> str:
    return load_catalog(locale).text(key)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("files", [10, 1_000, pytest.param(3_500, marks=pytest.mark.slow)])
@pytest.mark.no_cover
def test_every_size_has_a_level_for_a_summary(files: int, locale: str) -> None:
    insight = large_insight(files)
    level = Level.FULL if files == 10 else Level.SHORT
    markdown = render_github(insight, locale, level)
    assert utf8_size(markdown) < SUMMARY_BYTES
    told = {Level.FULL: "", Level.SHORT: "github.short", Level.MINIMAL: "github.minimal"}[level]
    assert not told or f"> {said(told, locale)}" in markdown
    assert len(page_of(markdown).root.all("tr")) == files + 1


@pytest.mark.parametrize("files", [1_000, pytest.param(5_000, marks=pytest.mark.slow)])
@pytest.mark.no_cover
def test_the_shortest_form_fits_a_comment(files: int) -> None:
    markdown = render_github(large_insight(files), "ja_JP", Level.MINIMAL)
    assert len(markdown) < COMMENT_CHARACTERS
    assert said("github.minimal", "ja_JP") in markdown
    rows = [[cell.text for cell in row.all("td")] for row in page_of(markdown).root.all("tr")][1:]
    assert [row[1] for row in rows] == [f"{files:,}"]


def test_the_shortest_form_fits_a_comment_whatever_is_breaking() -> None:
    insight = seed()
    many = tuple(f"`page-{number}.md` removed " + "x" * (number % 1_500) for number in range(5_000))
    long = Highlights(breaking_changes=many, new_features=many, other_updates=many)
    insight = replace(insight, highlights={"en_US": long}, headline={"en_US": "word " * 9_000})
    markdown = render_github(insight, "en_US", Level.MINIMAL)
    assert len(markdown) < COMMENT_CHARACTERS
    assert f"{5_000 - MINIMAL_BREAKING:,} more in the full report" in markdown
    assert "Breaking changes (5,000)" in markdown
    full = render_github(insight, "en_US", Level.FULL)
    assert all(f"- `page-{number}.md` removed" in full for number in (0, 2_500, 4_999))


def test_levels_lose_patches_first_and_files_then() -> None:
    insight = large_insight(1_000)
    pages = {level: page_of(render_github(insight, "en_US", level)) for level in Level}
    assert len(pages[Level.FULL].root.all("pre")) == 1_000
    assert not pages[Level.SHORT].root.all("pre")
    details = {level: len(page.root.all("details")) for level, page in pages.items()}
    # The table and the story are folded too.
    assert details == {
        Level.FULL: 1_002,
        Level.SHORT: SHORT_DETAILS + 2,
        Level.FEW_DETAILS: FEW_DETAILS + 2,
        Level.ROWS: 1,
        Level.FEW_ROWS: 1,
        Level.MINIMAL: 0,
    }


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("https://example.com/run/1", "[all files with their patches](https://example.com/run/1)"),
        ("reports/a.md", "Full report: `reports/a.md`"),
        ("", "The whole diff: [the comparison on GitHub](https://github.com/example/docs/compare/"),
    ],
)
def test_a_shorter_form_says_where_the_rest_is(place: str, shown: str) -> None:
    insight = seed()
    for level in (Level.SHORT, Level.MINIMAL):
        assert shown in render_github(insight, "en_US", level, full_report=place)
    assert shown not in render_github(insight, "en_US", full_report=place)


@pytest.mark.parametrize(
    ("locale", "line"),
    [
        ("en_US", "2 of 2 files read · +36 −59 lines · no model used"),
        ("ja_JP", "2ファイル中2ファイルを読み取り · +36 −59行 · モデル不使用"),
        ("zh_CN", "共2个文件，已读取2个 · +36 −59行 · 未使用模型"),
    ],
)
def test_the_coverage_line(locale: str, line: str) -> None:
    (shown,) = (
        part.text
        for part in page_of(render_github(seed(locale), locale)).root.all("p")
        if " · " in part.text
    )
    assert plain(shown) == f"1111111…2222222 · {line}"


def test_the_coverage_line_names_category_and_model() -> None:
    insight = replace(
        seed(),
        category="openai",
        analyst="model",
        model="gpt-x",
        overview_author={"en_US": "model"},
        coverage=Coverage(changed=350, reported=350, in_category=2),
    )
    markdown = render_github(insight, "en_US")
    assert "category `openai` · 2 of 350 files read" in markdown
    texts = sum(insight.texts_by_model[1:])
    assert f"1 of {texts} texts by `gpt-x`, checked against the diff" in markdown


def test_no_form_promises_what_is_not_below() -> None:
    insight = large_insight(1_000)
    for level in Level:
        first, _, _ = render_github(insight, "en_US", level).partition("<details>")
        assert "Also changed: 990 files" in first
        assert "below" not in first


def test_without_a_repository_nothing_is_linked() -> None:
    insight = insight_of_diff(unified_diff(seeds()[1].files), repository="")
    for level in Level:
        assert not page_of(render_github(insight, "en_US", level)).root.all("a")


def test_the_notice_of_the_configuration_is_printed_as_it_is() -> None:
    insight = replace(
        seed(), notice={"en_US": "Content **© Example**, [licence](https://e.example)."}
    )
    assert "\nContent **© Example**, [licence](https://e.example).\n" in render_github(
        insight, "en_US"
    )


def test_sizes_are_those_of_what_is_written() -> None:
    assert utf8_size("あ\udcff") == 4


def test_files_that_matter_most_have_a_row_where_not_all_have_one() -> None:
    insight = large_insight(1_000)
    text = render_github(insight, "en_US", Level.FEW_ROWS)
    rows = [[cell.text for cell in row.all("td")] for row in page_of(text).root.all("tr")][1:]
    assert rows[-1][0] == "975 more in the full report"
    names = [row[0] for row in rows[:-1]]
    assert sorted(names) == sorted(
        insight.files[index].name for index in files_by_salience(insight)[:25]
    )
    assert said("github.rows", "en_US") in text


def lines_of_files(text: str) -> int:
    """Return how many files a text lists, with words of its own for each."""
    return max((len(table.all("tr")) - 1 for table in page_of(text).root.all("table")), default=0)


@pytest.mark.parametrize(
    "files", [20, 58, 66, 90, 120, 300, 1_000, pytest.param(3_500, marks=pytest.mark.slow)]
)
@pytest.mark.no_cover
def test_no_size_leaves_a_comment_without_a_list_of_files(files: int) -> None:
    insight = large_insight(files)
    fitted = Fitting(render_github, 65_000, utf16_units).fit([insight])
    assert utf16_units(fitted.text) <= 65_000
    assert fitted.left_out == 0
    assert lines_of_files(fitted.text) >= min(files, 25)
    first = fitted.text.partition("<details><summary>日本語")[0]
    others = fitted.text.removeprefix(first)
    # Other languages never have more than the first.
    assert lines_of_files(first) >= lines_of_files(others)
    assert first.count("<details>") >= others.count("<details>") // 2 - 2
