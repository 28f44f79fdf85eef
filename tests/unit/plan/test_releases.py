"""Which tags are releases, and which release each of them follows."""

from __future__ import annotations

from datetime import date

import pytest

from diff_insight.model.ranges import Comparison
from diff_insight.plan.periods import DayWindow
from diff_insight.plan.releases import ReleaseTag, ranges_by_release

DAY = 86_400


def tags(*names: str) -> list[ReleaseTag]:
    """Tags in the order in which they were made, a day apart."""
    return [
        ReleaseTag(name, f"commit of {name}", 1_700_000_000 + at * DAY)
        for at, name in enumerate(names)
    ]


def pairs(*names: str, glob: str = "") -> list[tuple[str, str]]:
    matches = (lambda name: name.startswith(glob)) if glob else None
    return [
        (each.base.removeprefix("commit of "), each.label)
        for each in ranges_by_release(tags(*names), DayWindow(), matches)
    ]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["v1.0.0", "v1.1.0", "v2.0.0"], [("v1.0.0", "v1.1.0"), ("v1.1.0", "v2.0.0")]),
        # Versions are numbers, not words.
        (["1.9.0", "1.10.0"], [("1.9.0", "1.10.0")]),
        # An older line goes on beside the newer one.
        (
            ["v1.0.0", "v2.0.0", "v1.0.1", "v2.1.0"],
            [("v1.0.0", "v2.0.0"), ("v1.0.0", "v1.0.1"), ("v2.0.0", "v2.1.0")],
        ),
        # Candidates, betas and nightlies are no releases.
        (
            ["v1.0.0", "v1.1.0-rc.1", "nightly-2025-01-01", "v1.1.0b2", "v1.1.0"],
            [("v1.0.0", "v1.1.0")],
        ),
        # Other packages of the repository are others.
        (["v1.0.0", "cli-v9.0.0", "v1.1.0", "cli-v9.1.0"], [("v1.0.0", "v1.1.0")]),
        (
            ["a@1.0.0", "b@1.0.0", "a@1.1.0", "a@1.2.0"],
            [("a@1.0.0", "a@1.1.0"), ("a@1.1.0", "a@1.2.0")],
        ),
        (["only-words", "v1.0.0"], []),
        ([], []),
    ],
)
def test_the_usual_tags(names: list[str], expected: list[tuple[str, str]]) -> None:
    assert pairs(*names) == expected


def test_the_tags_that_are_asked_for_count_with_their_candidates() -> None:
    assert pairs(
        "v1.0.0", "cli-v9.0.0", "cli-v9.1.0-rc1", "cli-v9.1.0-rc2", "cli-v9.1.0", glob="cli-"
    ) == [
        ("cli-v9.0.0", "cli-v9.1.0-rc1"),
        ("cli-v9.1.0-rc1", "cli-v9.1.0-rc2"),
        ("cli-v9.1.0-rc2", "cli-v9.1.0"),
    ]


def test_a_moving_tag_is_no_release_of_its_own() -> None:
    both = [
        ReleaseTag("v4.2.0", "a", 1_700_000_000),
        ReleaseTag("v4", "b", 1_700_000_000 + DAY),
        ReleaseTag("v4.2.1", "b", 1_700_000_000 + DAY),
    ]
    assert [(each.base, each.label) for each in ranges_by_release(both, DayWindow())] == [
        ("a", "v4.2.1")
    ]


def test_releases_are_compared_from_their_merge_base() -> None:
    (ranges,) = ranges_by_release(tags("v1.0", "v1.1"), DayWindow())
    assert ranges.comparison is Comparison.MERGE_BASE
    assert ranges.date == "2023-11-15"


def test_a_window_chooses_by_the_day_of_the_release() -> None:
    window = DayWindow(first=date(2023, 11, 16), last=date(2023, 11, 16))
    ranges = ranges_by_release(tags("v1.0", "v1.1", "v1.2", "v1.3"), window)
    assert [each.label for each in ranges] == ["v1.2"]
