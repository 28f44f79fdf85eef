"""A commit is built anew while others are faster, and not for ever."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from diff_insight.continuation.cursors import STATE_PATH, Cursor, CursorMove
from diff_insight.continuation.state_file import KeptState, read_cursors, write_state
from diff_insight.errors import EnvironmentFailure
from diff_insight.model.branches import BranchMovedError, BranchState
from diff_insight.publishers.branch_content import BranchContent, CursorMovedError
from diff_insight.publishers.commit_with_retry import MOST_TRIES, commit_on, not_published

A, B, C = "a" * 40, "b" * 40, "c" * 40


class Branch:
    """A branch in memory, which somebody else moves a number of times."""

    name = "reports"

    def __init__(self, moves: int = 0, files: Mapping[str, bytes] | None = None) -> None:
        self.files = dict(files or {})
        self.moves = moves

    def read(self) -> BranchState:
        return BranchState(head=A, files=dict.fromkeys(self.files, "0" * 40))

    def content(self, state: BranchState, path: str) -> bytes | None:
        return self.files.get(path)

    def commit(self, state: BranchState, files: Mapping[str, bytes], message: str) -> str:
        if self.moves:
            self.moves -= 1
            raise BranchMovedError("moved")
        self.files |= files
        return B


def content(before: str, after: str, more: Mapping[str, bytes] | None = None) -> BranchContent:
    move = CursorMove(
        track="x", before=Cursor(head=before) if before else None, after=Cursor(head=after)
    )
    given = None if more is None else lambda placed, read: more
    return BranchContent(reports=(), written=(), message="m", move=move, more=given)


def state(head: str) -> dict[str, bytes]:
    return {
        STATE_PATH: write_state(
            KeptState(cursors={"x": Cursor(head=head), "other": Cursor(head=C)})
        )
    }


@pytest.mark.parametrize("moves", range(MOST_TRIES))
def test_it_lands_after_some_tries(moves: int) -> None:
    branch, waits = Branch(moves, state(A)), list[float]()
    assert commit_on(branch, content(A, B), waits.append) == (B, True)
    assert len(waits) == moves
    cursors = read_cursors(branch.files[STATE_PATH])
    assert {track: cursor.head for track, cursor in cursors.items()} == {"x": B, "other": C}


def test_it_gives_up_in_the_end() -> None:
    waits: list[float] = []
    with pytest.raises(EnvironmentFailure) as caught:
        commit_on(Branch(99), content("", B), waits.append)
    assert len(waits) == MOST_TRIES
    assert "max-parallel" in not_published("commit", caught.value).reason.params["why"]  # type: ignore[union-attr,operator]


@pytest.mark.parametrize("found", [B, C])
def test_a_cursor_that_another_run_has_moved_ends_it(found: str) -> None:
    branch = Branch(0, state(found))
    with pytest.raises(CursorMovedError):
        commit_on(branch, content(A, B, {"report.md": b"x"}), lambda seconds: None)
    assert set(branch.files) == {STATE_PATH}


def test_what_has_landed_already_is_no_second_commit() -> None:
    assert commit_on(Branch(0, state(B)), content(A, B), lambda seconds: None) == (A, False)


def test_unexpected_errors_are_told_too() -> None:
    receipt = not_published("commit", OSError("disk"))
    assert receipt.status == "failed"
    assert receipt.reason is not None
    assert receipt.reason.params == {"publisher": "commit", "why": "disk"}
