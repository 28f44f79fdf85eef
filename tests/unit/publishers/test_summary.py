"""The summary is written once, whole, below the limit, with as much of each report as fits."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from diff_insight.errors import EnvironmentFailure
from diff_insight.model.insight import Insight
from diff_insight.model.messages import Notice
from diff_insight.model.receipts import PublishStatus
from diff_insight.publishers.summary import BUDGET, SummaryPublisher
from diff_insight.render.github import render_github
from diff_insight.report.levels import Level
from support.github_page import page_of
from support.large import large_insight


def sized(sizes: dict[Level, int]) -> Callable[[Insight, str, Level], str]:
    """Return what renders reports of these sizes; a level without one adds nothing to the one below."""

    def render(insight: Insight, locale: str, level: Level) -> str:
        known = max(each for each in sizes if each <= level)
        return f"{insight.category}{known.name}".ljust(sizes[known], ".")

    return render


def categories(*names: str, locales: tuple[str, ...] = ("en_US",)) -> list[Insight]:
    small = replace(large_insight(10), locales=locales)
    return [replace(small, category=name) for name in names]


def test_one_report_is_written_as_it_is() -> None:
    written: list[str] = []
    (insight,) = categories("all")
    receipt = SummaryPublisher(written.append, render_github).publish([insight])
    assert (receipt.publisher, receipt.status, receipt.reason) == ("summary", "published", None)
    assert written == [render_github(insight, "en_US").rstrip("\n") + "\n"]


def test_other_locales_are_folded_under_their_names() -> None:
    written: list[str] = []
    SummaryPublisher(written.append, render_github).publish([large_insight(10)])
    (text,) = written
    outer = [part for part in page_of(text).root.children if part.tag == "details"]
    folded = [part.all("summary")[0].text for part in outer if part.all("h3")]
    assert folded == ["日本語", "中文"]
    assert len(page_of(text).root.all("h3")) == 3


@pytest.mark.parametrize("files", [1_000, pytest.param(3_000, marks=pytest.mark.slow)])
@pytest.mark.no_cover
def test_a_large_range_in_three_locales_stays_below_the_limit(files: int) -> None:
    written: list[str] = []
    insight = large_insight(files)
    receipt = SummaryPublisher(written.append, render_github).publish([insight])
    (text,) = written
    assert len(text.encode()) <= BUDGET
    assert receipt.status is PublishStatus.PUBLISHED
    assert receipt.reason == Notice("summary-shortened", {"count": 3})
    assert text.count("github.com/example/docs/compare/") >= 3
    # The locale that stands open keeps the most.
    assert text.startswith(render_github(insight, "en_US", Level.SHORT).rstrip("\n"))


def test_the_first_report_shrinks_last_and_room_is_used() -> None:
    levels = {Level.FULL: 100, Level.SHORT: 60, Level.MINIMAL: 10}
    written: list[str] = []
    publisher = SummaryPublisher(written.append, sized(levels), limit=200)
    receipt = publisher.publish(categories("a", "b"))
    assert receipt.reason == Notice("summary-shortened", {"count": 1})
    assert sorted(part.strip("-. \n") for part in written[0].split("\n---\n")) == [
        "aFULL",
        "bSHORT",
    ]


def test_a_small_report_grows_back_behind_a_large_one() -> None:
    small = {Level.FULL: 50, Level.SHORT: 40, Level.MINIMAL: 30}
    large = {Level.FULL: 5_000, Level.SHORT: 500, Level.MINIMAL: 60}

    def render(insight: Insight, locale: str, level: Level) -> str:
        return sized(small if insight.category == "small" else large)(insight, locale, level)

    written: list[str] = []
    SummaryPublisher(written.append, render, limit=600).publish(categories("large", "small"))
    assert [part.strip("-. \n") for part in written[0].split("\n---\n")] == [
        "largeSHORT",
        "smallFULL",
    ]


def test_what_never_fits_is_left_out_and_counted() -> None:
    levels = {Level.FULL: 300, Level.SHORT: 200, Level.MINIMAL: 80}
    written: list[str] = []
    receipt = SummaryPublisher(written.append, sized(levels), limit=100).publish(
        categories("a", "b")
    )
    assert receipt.reason == Notice("summary-shortened", {"count": 2})
    assert written[0].rstrip(".\n") == "aMINIMAL"


def test_nothing_is_written_when_nothing_fits() -> None:
    levels = dict.fromkeys(Level, 300)
    written: list[str] = []
    receipt = SummaryPublisher(written.append, sized(levels), limit=100).publish(categories("a"))
    assert (receipt.status, receipt.reason) == (PublishStatus.FAILED, Notice("summary-too-large"))
    assert not written


def test_nothing_to_publish_is_skipped() -> None:
    written: list[str] = []
    receipt = SummaryPublisher(written.append, render_github).publish([])
    assert (receipt.status, receipt.reason) == (PublishStatus.SKIPPED, Notice("nothing-to-publish"))
    assert not written


def test_a_dry_run_writes_nothing() -> None:
    written: list[str] = []
    publisher = SummaryPublisher(written.append, render_github, dry_run=True)
    assert publisher.publish(categories("a")).status is PublishStatus.DRY_RUN
    assert not written


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (EnvironmentFailure("the disk is full"), "the disk is full"),
        (OSError(28, "No space"), "No space"),
    ],
)
def test_a_summary_that_cannot_be_written_is_a_failed_receipt(error: Exception, why: str) -> None:
    def fail(text: str) -> None:
        raise error

    receipt = SummaryPublisher(fail, render_github).publish(categories("a"))
    assert receipt.status is PublishStatus.FAILED
    assert receipt.reason is not None
    assert receipt.reason.key == "summary-not-written"
    assert why in str(receipt.reason.params["why"])


@settings(deadline=None, max_examples=60)
@given(
    sizes=st.lists(st.integers(20, 500), min_size=3, max_size=3).map(sorted),
    count=st.integers(1, 6),
    limit=st.integers(10, 1_500),
)
def test_the_limit_always_holds(sizes: list[int], count: int, limit: int) -> None:
    levels = dict(zip((Level.MINIMAL, Level.SHORT, Level.FULL), sizes, strict=True))
    written: list[str] = []
    insights = categories(*"abcdef"[:count], locales=("en_US", "ja_JP"))
    receipt = SummaryPublisher(written.append, sized(levels), limit=limit).publish(insights)
    assert len(written) == (receipt.status is PublishStatus.PUBLISHED)
    assert all(len(text.encode()) <= limit for text in written)


def test_a_report_whose_short_form_is_as_long_as_its_shortest_still_grows() -> None:
    small = {Level.FULL: 60, Level.SHORT: 50, Level.MINIMAL: 50}
    large = {Level.FULL: 900, Level.SHORT: 800, Level.MINIMAL: 60}

    def render(insight: Insight, locale: str, level: Level) -> str:
        return sized(small if insight.category == "small" else large)(insight, locale, level)

    written: list[str] = []
    SummaryPublisher(written.append, render, limit=300).publish(categories("large", "small"))
    assert [part.strip("-. \n") for part in written[0].split("\n---\n")] == [
        "largeMINIMAL",
        "smallFULL",
    ]
