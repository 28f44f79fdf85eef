"""The range of a run that goes on where the last one ended."""

from __future__ import annotations

from msgspec.structs import replace

from diff_insight.github.events.wanted import SCHEDULED_SINCE
from diff_insight.model.events import Beginning, WantedRange
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import SHORT, Comparison, RangeRequest


def following(wanted: WantedRange, beginning: Beginning) -> WantedRange:
    """Return a wanted range with the beginning that was looked up for it.

    From a known commit the range is direct, whatever became of history since. When that commit is
    gone, the moment at which it was made still says which commits came later.
    """
    if wanted.skip is not None:
        return wanted
    since = beginning.moment or SCHEDULED_SINCE
    later = RangeRequest(since=since, head=wanted.request.head, comparison=Comparison.DIRECT)
    notices = (Notice("first-run", {"since": since}),) if beginning.first else ()
    wanted = replace(wanted, notices=(*wanted.notices, *notices), widen=beginning.first)
    if not beginning.commit:
        return replace(wanted, request=later, fallback=None)
    gone = Notice("cursor-gone", {"commit": beginning.commit[:SHORT], "since": since})
    return replace(
        wanted,
        request=replace(later, since=None, base=beginning.commit),
        fallback=later,
        fallback_notice=gone,
    )
