"""How much a report tells where it goes."""

from __future__ import annotations

from enum import IntEnum


class Level(IntEnum):
    """How much a report tells, least first."""

    MINIMAL = 0
    SHORT = 1
    FULL = 2
