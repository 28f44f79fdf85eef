"""A batch of questions that waits at a model's provider, as it is kept beside the reports."""

from __future__ import annotations

import re

from msgspec import Struct

from diff_insight.model.ranges import Comparison

#: How often the questions of one range are handed over.
MOST_ATTEMPTS = 2
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,199}")
_PLACE = re.compile(r"[0-9a-f]{16}")


class ModelBatch(Struct, frozen=True, kw_only=True):
    """The handle of a batch: which report its answers are for, and where they are.

    Attributes:
        batch: The provider's id of it.
        place: The endpoint's address as shown.
        track: Which runs collect it: the followed repository with its ref, as for a cursor.
        base: Commit id of the base of the report's range.
        head: Commit id of its head.
        comparison: How the two are compared.
        date: ISO date of the report, part of the path at which it is replaced.
        submitted: When it was handed over, in ISO form.
        attempt: How often these questions have been handed over, from 1.
        base_name: What the report calls the base; empty when only by its id.
        head_name: What it calls the head.
    """

    batch: str
    place: str
    track: str
    base: str
    head: str
    comparison: Comparison
    date: str
    submitted: str
    attempt: int = 1
    base_name: str = ""
    head_name: str = ""


class BatchMove(Struct, frozen=True, kw_only=True):
    """What reports of one commit change about the batches that are kept.

    Attributes:
        collected: The one whose answers are in the report; None when there is none.
        submitted: Those that questions wait in now, one for each range.
    """

    collected: ModelBatch | None = None
    submitted: tuple[ModelBatch, ...] = ()


class HandedOver(Struct, frozen=True, kw_only=True):
    """A batch as the job of a plan records it, which keeps no handle on a branch.

    Attributes:
        batch: The provider's id of it.
        place: The endpoint's address as a handle names it.
    """

    batch: str
    place: str

    @property
    def is_sound(self) -> bool:
        """Whether both are what a job writes: records travel as artifacts."""
        return is_batch_id(self.batch) and _PLACE.fullmatch(self.place) is not None


def is_batch_id(text: str) -> bool:
    """Tell whether a text may be a provider's id: it becomes part of an address."""
    return _ID.fullmatch(text) is not None and ".." not in text
