"""Categories that stay empty are told, with where their files went."""

from __future__ import annotations

import pytest

from diff_insight.continuation.category_history import EMPTY_RUNS, alarms, next_trails
from diff_insight.continuation.cursors import Trail
from diff_insight.model.changes import ChangeSet, FileChange, Status
from diff_insight.model.messages import Notice
from diff_insight.notices import tell_notice
from diff_insight.selection.select import Selection, select
from diff_insight.settings.settings import CategoryPaths, Settings

SETTINGS = Settings(
    categories=(CategoryPaths("ai", ("docs/ai",)), CategoryPaths("search", ("docs/search",))),
)


class NoPatches:
    """Patches that nobody reads."""

    def read(self, offset: int, length: int) -> bytes:
        raise AssertionError(offset, length)


def changed(path: str, previous: str = "") -> FileChange:
    return FileChange(
        path_bytes=path.encode(),
        previous_path_bytes=previous.encode() or None,
        status=Status.RENAMED if previous else Status.MODIFIED,
    )


def selected(*files: FileChange, settings: Settings = SETTINGS) -> Selection:
    return select(ChangeSet(files=files, patches=NoPatches(), source="test"), settings)


def test_empty_runs_are_counted_until_a_file_comes() -> None:
    trails: dict[str, Trail] = {}
    told: tuple[Notice, ...] = ()
    for runs in range(1, EMPTY_RUNS + 1):
        trails = next_trails(trails, selected(changed("docs/search/a.md")), SETTINGS)
        assert (trails["ai"].empty_runs, trails["search"].empty_runs) == (runs, 0)
        told = alarms(trails, selected(changed("docs/search/a.md")))
        assert bool(told) == (runs == EMPTY_RUNS)
    assert told[0].key == "category-empty"
    assert told[0].params == {"category": "ai", "count": EMPTY_RUNS}
    trails = next_trails(trails, selected(changed("docs/ai/a.md")), SETTINGS)
    assert trails["ai"].empty_runs == 0


def test_renames_out_of_a_category_are_remembered() -> None:
    moved = (
        changed("docs/foundry/how/a.md", "docs/ai/how/a.md"),
        changed("docs/foundry/how/b.md", "docs/ai/how/b.md"),
        changed("docs/search/c.md", "docs/ai/c.md"),
        changed("docs/ai/kept.md", "docs/ai/old.md"),
        changed("readme.md", "docs/ai/d.md"),
        changed("docs/ai/new.md", "other/new.md"),
    )
    trails = next_trails({}, selected(*moved), SETTINGS)
    assert set(trails["ai"].moved) == {
        ("docs/ai", "docs/foundry"), ("docs/ai", "docs/search"), ("docs/ai", "/"),
    }  # fmt: skip
    for _ in range(EMPTY_RUNS):
        trails = next_trails(trails, selected(changed("docs/search/a.md")), SETTINGS)
    (told,) = alarms(trails, selected(changed("docs/search/a.md")))
    assert told.key == "category-moved"
    assert "docs/foundry" in str(told.params["moved"])


def test_files_of_no_category_are_told_from_half_on() -> None:
    few = selected(changed("x"), changed("docs/ai/a"), changed("docs/ai/b"))
    half = selected(changed("x"), changed("docs/ai/a"))
    assert alarms({}, few) == ()
    assert alarms({}, half)[0].params == {"percent": 50, "count": 1}
    assert alarms({}, selected()) == ()


@pytest.mark.parametrize(
    ("alarm", "cure"),
    [
        (Notice("category-empty", {"category": "ai", "count": 5}), "check its paths"),
        (Notice("category-moved", {"category": "ai", "count": 5, "moved": "a"}), "add the new"),
        (Notice("mostly-unmatched", {"count": 1, "percent": 50}), "add their paths"),
        (Notice("cursor-old", {"track": "o/r@HEAD", "days": 9}), "look whether GitHub"),
    ],
)
def test_every_alarm_says_what_to_do(alarm: Notice, cure: str) -> None:
    assert cure in tell_notice(alarm)
