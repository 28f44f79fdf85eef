"""How far a followed repository has been reported on, as kept beside the reports."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

#: Where it is kept on the branch of the reports.
STATE_PATH = ".diff-insight/state.json"


class Trail(Struct, frozen=True, kw_only=True):
    """What became of one category.

    Attributes:
        empty_runs: Runs with changes, one after the other, that brought it no file.
        moved: Folders from which its files were renamed out of it, each with where they went.
    """

    empty_runs: int = 0
    moved: tuple[tuple[str, str], ...] = ()


class Cursor(Struct, frozen=True, kw_only=True):
    """The last commit that was reported on.

    Attributes:
        head: Its id.
        committed: When it was made, in ISO form; empty when that is not known.
        trails: What became of each category.
    """

    head: str
    committed: str = ""
    trails: Mapping[str, Trail] = field(default_factory=dict)


class CursorMove(Struct, frozen=True, kw_only=True):
    """A cursor's step with the reports that lead up to it.

    Attributes:
        track: Which cursor it is: the followed repository with its ref.
        before: The cursor that the reports begin at; None when there was none.
        after: The cursor when they are published.
    """

    track: str
    before: Cursor | None
    after: Cursor
