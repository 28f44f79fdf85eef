"""Makes the block of a patch once for all locales of a report, as far as memory allows."""

from __future__ import annotations

import sys
from collections.abc import Callable

from diff_insight.markup.code_block import code_block
from diff_insight.model.insight import Insight, PatchReader

#: Bytes of memory for blocks that another locale may ask for: most reports that hold as many
#: patches as the settings allow by default fit in.
ROOM = 16_000_000


class PatchBlocks:
    """Keeps the first blocks of the report that is rendered now.

    Args:
        room: Bytes of memory for them; what is beyond is made again for every locale.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._most = room
        self._room = 0
        self._insight: Insight | None = None
        self._kept: dict[PatchReader, str] = {}

    def of(self, insight: Insight) -> Callable[[PatchReader], str]:
        """Return what makes the blocks of a report; those of another one are dropped."""
        if insight is not self._insight:
            self._insight, self._kept = insight, {}
            self._room = self._most if len(insight.locales) > 1 else 0
        return self._block

    def _block(self, patch: PatchReader) -> str:
        block = self._kept.get(patch)
        if block is None:
            block = code_block(patch(), "diff")
            size = sys.getsizeof(block)
            if size <= self._room:
                self._room -= size
                self._kept[patch] = block
        return block
