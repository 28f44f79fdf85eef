"""How much a report tells where it goes."""

from __future__ import annotations

from enum import IntEnum


class Level(IntEnum):
    """How much a report tells, least first: each adds something, so that no size has nothing."""

    #: The most important bullets, and counts in place of files.
    MINIMAL = 0
    #: The files that matter most, a row each.
    FEW_ROWS = 1
    #: More of them.
    ROWS = 2
    #: Those that matter most of all told one by one as well.
    FEW_DETAILS = 3
    #: Every file has a row, and those with something to tell are told.
    SHORT = 4
    #: Everything, with patches.
    FULL = 5
