"""Which tag a run is about, when it is about one."""

from __future__ import annotations

from diff_insight.model.events import Event
from diff_insight.model.ranges import is_full_id

_TAG = "refs/tags/"


def release_tag(event: Event, head: str) -> str:
    """Return the tag that the reported range ends at, without its prefix; empty when none is named.

    Args:
        event: What started the run.
        head: The input of that name, which beats the event.
    """
    if head:
        return "" if is_full_id(head) or head == "HEAD" else head.removeprefix(_TAG)
    if event.tag:
        return event.tag
    return event.ref.removeprefix(_TAG) if event.ref.startswith(_TAG) else ""
