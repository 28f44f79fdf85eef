"""Other people's renderers show a classic report as it was meant: GitHub's cmark-gfm and pandoc."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import settings as examples

from diff_insight.markup.escape import visible
from diff_insight.model.insight import Insight
from diff_insight.settings.settings import Settings
from support.hostile import CHANGES, HOSTILE, Change, diff_of, modified, page_of, raw
from support.insights import LOCALES, classic, insight_of_diff
from support.recorded import Recorded, cases, seeds, unified_diff
from support.rendered import Page, by_github, by_pandoc, without_front_matter

NOT_LINE_FEEDS = re.compile("\r\n?")


def insight_of(recorded: Recorded) -> Insight:
    settings = Settings(locales=(recorded.locale,), max_patch_bytes=0)
    return insight_of_diff(unified_diff(recorded.files), settings)


def hostile_insight() -> Insight:
    """One page for each hostile text, which names the file and stands everywhere in it."""
    sections = []
    for number, text in enumerate(HOSTILE):
        name = raw(text)[:300].replace(b"\n", b"") or b"none"
        old, new = page_of("before").split(b"\n"), page_of(text).split(b"\n")
        sections.append(modified(b"docs/%02d/%s.md" % (number, name), old, new))
    return insight_of_diff(b"".join(sections))


def patches(insight: Insight) -> list[str]:
    return [entry.patch() for entry in insight.files if entry.patch]


def check_shape(page: Page, insight: Insight) -> None:
    page.check_harmless()
    rows = page.table
    assert len(rows) == len(insight.files) + 1
    assert {len(row) for row in rows} == {7}
    assert [row[0].strip() for row in rows[0:1]] == ["Filename"]
    shown = len(patches(insight))
    assert len(page.root.all("details")) == len(page.root.all("summary")) == shown
    assert len(page.root.all("pre")) == shown + len(insight.files)
    assert len(page.root.all("h1")) == 4
    assert len(page.root.all("h2")) == 3 + len(insight.files)
    assert len(page.root.all("h3")) == 2 * len(insight.files)


def check_github(insight: Insight, locale: str) -> None:
    page = by_github(without_front_matter(classic(insight, locale)))
    check_shape(page, insight)
    # The renderer ends lines at carriage returns too, and replaces what HTML cannot hold.
    expected = [
        NOT_LINE_FEEDS.sub("\n", patch).replace("\0", "\ufffd") for patch in patches(insight)
    ]
    assert page.diffs == expected
    for details, patch in zip(page.root.all("details"), expected, strict=True):
        assert patch in details.text


def check_pandoc(insight: Insight, locale: str) -> None:
    page = by_pandoc(classic(insight, locale))
    check_shape(page, insight)
    # pandoc drops carriage returns and the line feed before the end of a block.
    expected = [patch.replace("\r", "").removesuffix("\n") for patch in patches(insight)]
    assert page.diffs == expected
    files = page.root.all("h2")[3:]
    assert [heading.attributes["id"] for heading in files] == [
        entry.anchor for entry in insight.files
    ]
    targets = [link.attributes["href"] for link in page.root.all("table")[0].all("a")]
    assert targets == [f"#{entry.anchor}" for entry in insight.files]


@pytest.mark.parametrize("recorded", [*seeds(), *cases()], ids=lambda recorded: recorded.name)
def test_github_shows_recorded_diffs(recorded: Recorded) -> None:
    check_github(insight_of(recorded), recorded.locale)


@pytest.mark.parametrize("locale", LOCALES)
def test_github_shows_hostile_pages(locale: str) -> None:
    check_github(hostile_insight(), locale)


@pytest.mark.parametrize("recorded", [*seeds(), *cases()], ids=lambda recorded: recorded.name)
def test_pandoc_shows_recorded_diffs(recorded: Recorded) -> None:
    check_pandoc(insight_of(recorded), recorded.locale)


@pytest.mark.parametrize("locale", LOCALES)
def test_pandoc_shows_hostile_pages(locale: str) -> None:
    check_pandoc(hostile_insight(), locale)


@examples(deadline=None, max_examples=100)
@given(CHANGES)
@example(
    [
        (b"```", b"", [], [b"```"], [b"```"]),
        (b"# Highlights`:`", b"", [b"```"], [b"```", b"~~~~ diff"], []),
    ]
)
def test_github_shows_any_diff(files: list[Change]) -> None:
    check_github(insight_of_diff(diff_of(files)), "en_US")


@examples(deadline=None, max_examples=15)
@given(CHANGES)
def test_pandoc_shows_any_diff(files: list[Change]) -> None:
    check_pandoc(insight_of_diff(diff_of(files)), "en_US")


def test_pandoc_reads_every_name() -> None:
    """In headings, where attributes follow, and in the table; without its typographic quotes."""
    names = [text for text in HOSTILE if "\n" not in text and len(text) < 400]
    names += [
        "C#",
        "a##",
        "x @",
        "x@y",
        "end{",
        "(a) x",
        "i. x",
        "tail\\",
        "www.example.com",
        " edge ",
    ]
    paths = [b"%02d/" % number + raw(name) for number, name in enumerate(names)]
    paths += [raw(name) for name in names if name]
    insight = insight_of_diff(b"".join(modified(path, [], [b"x"]) for path in paths))
    page = by_pandoc(classic(insight), "markdown-smart")
    files = page.root.all("h2")[3:]
    assert [heading.attributes["id"] for heading in files] == [
        entry.anchor for entry in insight.files
    ]
    assert [folded(heading.text) for heading in files] == [
        folded(visible(entry.analysis.change.path)) for entry in insight.files
    ]
    assert [folded(row[0]) for row in page.table[1:]] == [
        folded(visible(entry.name)) for entry in insight.files
    ]


def folded(text: str) -> str:
    return " ".join(text.split())
