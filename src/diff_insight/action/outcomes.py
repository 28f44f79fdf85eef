"""Puts the outcomes of ranges that follow each other together, for outputs and the log."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from msgspec.structs import replace

from diff_insight.pipeline import Outcome
from diff_insight.selection.select import Selection


def join_outcomes(outcomes: Sequence[Outcome]) -> Outcome:
    """Return the outcomes of ranges that follow each other as one."""
    first, last = outcomes[0], outcomes[-1]
    if first is last:
        return first
    selections = [outcome.selection for outcome in outcomes]
    return Outcome(
        commits=replace(first.commits, head=last.commits.head),
        insights=tuple(insight for outcome in outcomes for insight in outcome.insights),
        paths=tuple(path for outcome in outcomes for path in outcome.paths),
        selection=Selection(
            categories={},
            excluded=tuple(chain.from_iterable(each.excluded for each in selections)),
            unmatched=tuple(chain.from_iterable(each.unmatched for each in selections)),
            unreadable=tuple(chain.from_iterable(each.unreadable for each in selections)),
            changed=sum(each.changed for each in selections),
        ),
    )
