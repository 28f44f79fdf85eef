"""The opening of the article: where a category changes, and what sort of thing."""

from __future__ import annotations

import pytest

from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.speaker import Speaker
from diff_insight.model.story import Role, StoryItem
from diff_insight.wording.areas import areas_of, opening

PATHS = [
    "docs/search/a.md",
    "docs/search/b.md",
    "docs/search/c.md",
    "docs/agents/d.md",
    "docs/agents/e.md",
]


def item(kind: str, *files: int, role: Role = Role.CHANGE) -> StoryItem:
    return StoryItem(kind=kind, role=role, salience=30, params={}, facts=(), files=files)


def test_an_area_is_the_folder_that_parts_files() -> None:
    assert areas_of(PATHS) == ["search", "search", "search", "agents", "agents"]
    assert areas_of(["docs/a.md", "docs/b.md"]) == ["", ""]
    assert areas_of(["docs/one/a.md", "docs/two/b.md", "docs/two/c.md"]) == ["", "two", "two"]
    assert areas_of([]) == []


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en_US", ["5 files change, mostly in `search` (3) and `agents` (2).", "They concern tables and text."]),
        ("ja_JP", ["5ファイルに変更があり、主な変更箇所は `search`（3ファイル）、`agents`（2ファイル）です。", "内容は表、本文です。"]),
        ("zh_CN", ["共5个文件有改动，主要位于 `search`（3个）和 `agents`（2个）。", "内容涉及表格和正文。"]),
    ],
)  # fmt: skip
def test_the_opening_names_areas_and_themes(locale: str, said: list[str]) -> None:
    speaker = Speaker(load_catalog(locale), Style.MARKDOWN)
    items = [
        item("table.cell", 0, 1, 2),
        item("text.added", 3),
        item("front-matter.date", 4, role=Role.HOUSEKEEPING),
    ]
    assert opening(PATHS, items, speaker) == said


def test_few_files_and_scattered_ones_have_no_opening() -> None:
    speaker = Speaker(load_catalog("en_US"), Style.MARKDOWN)
    items = [item("table.cell", 0), item("text.added", 1)]
    assert opening(PATHS[:3], items, speaker) == []
    scattered = [f"docs/area{number}/a.md" for number in range(6)] + ["docs/x/a.md", "docs/x/b.md"]
    assert opening(scattered, items, speaker) == []


def test_one_theme_needs_no_sentence() -> None:
    speaker = Speaker(load_catalog("en_US"), Style.MARKDOWN)
    assert len(opening(PATHS, [item("table.cell", 0)], speaker)) == 1
