"""What became of each category over several runs: how long it is empty, and where its files went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diff_insight.continuation.cursors import Trail
from diff_insight.model.changes import FileChange, Status
from diff_insight.model.messages import Notice, Value
from diff_insight.selection.select import Selection, category_of
from diff_insight.settings.settings import Settings

#: Runs without a file after which a category may have lost sight of its files.
EMPTY_RUNS = 5
#: Percent of changed files in no category from which on the categories may be outdated.
UNMATCHED = 50
_MOST_MOVES = 5


def next_trails(
    before: Mapping[str, Trail], selection: Selection, settings: Settings
) -> dict[str, Trail]:
    """Return the trails after one more run that had changes."""
    moved: dict[str, list[tuple[str, str]]] = {}
    for name, pair in _moves(selection, settings):
        moved.setdefault(name, []).append(pair)
    trails = {}
    match = category_of(settings)
    for name, files in selection.categories.items():
        # A file that left its place is told there once more; the place is empty all the same.
        stays = any(match(change.path) == name for change in files)
        old = before.get(name, Trail())
        moves = dict.fromkeys((*old.moved, *moved.get(name, ())))
        trails[name] = Trail(
            empty_runs=0 if stays else old.empty_runs + 1,
            moved=tuple(moves)[-_MOST_MOVES:],
        )
    return trails


def alarms(trails: Mapping[str, Trail], selection: Selection) -> tuple[Notice, ...]:
    """Return what looks as if the categories no longer match the repository."""
    notices = []
    for name, trail in trails.items():
        if trail.empty_runs < EMPTY_RUNS:
            continue
        params: dict[str, Value] = {"category": name, "count": trail.empty_runs}
        if trail.moved:
            pairs = ", ".join(f"{old} \N{RIGHTWARDS ARROW} {new}" for old, new in trail.moved)
            notices.append(Notice("category-moved", {**params, "moved": pairs}))
        else:
            notices.append(Notice("category-empty", params))
    lost = len(selection.unmatched)
    if selection.changed and 100 * lost >= UNMATCHED * selection.changed:
        percent = 100 * lost // selection.changed
        notices.append(Notice("mostly-unmatched", {"percent": percent, "count": lost}))
    return tuple(notices)


def _moves(selection: Selection, settings: Settings) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the categories that files were renamed out of, with the folders from and to."""
    match = category_of(settings)
    for change in _renames(selection):
        old = (change.previous_path_bytes or b"").decode("utf-8", "replace")
        name = match(old)
        if name is not None and match(change.path) != name:
            yield name, _folders(old, change.path)


def _renames(selection: Selection) -> Iterator[FileChange]:
    groups = (*selection.categories.values(), selection.unmatched)
    for files in groups:
        for change in files:
            if change.status is Status.RENAMED:
                yield change


def _folders(old: str, new: str) -> tuple[str, str]:
    """Return the folders of two paths without the end that they share."""
    before, after = old.split("/")[:-1], new.split("/")[:-1]
    while before and after and before[-1] == after[-1]:
        before.pop()
        after.pop()
    return "/".join(before) or "/", "/".join(after) or "/"
