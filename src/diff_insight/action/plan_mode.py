"""`mode: plan`: cuts the histories of followed repositories into ranges, and gives the matrix of jobs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from diff_insight.action.planned_analysts import room_for_plan
from diff_insight.action.planned_place import range_wish, repositories_to_plan
from diff_insight.bootstrap.action import workspace
from diff_insight.bootstrap.planning import HistoryPlace, PlanWish, plan_ranges
from diff_insight.bootstrap.range_result import PublishContext
from diff_insight.continuation.boundaries import WEEK
from diff_insight.continuation.cursors import STATE_PATH, Cursor
from diff_insight.continuation.lookup import track_of
from diff_insight.continuation.state_file import KeptState, read_state
from diff_insight.errors import DiffInsightError
from diff_insight.git.network import Network
from diff_insight.github.events.event_inputs import LAST_REPORT
from diff_insight.model.messages import Notice
from diff_insight.notices import tell_notice
from diff_insight.plan.history_plan import (
    PLAN_PATH,
    HistoryPlan,
    PlannedCursor,
    matrix_of,
    write_plan,
)
from diff_insight.plan.jobs import share_out
from diff_insight.plan.periods import CUTS, WHOLE, DayWindow
from diff_insight.plan.work import estimate
from diff_insight.ports import Progress
from diff_insight.publishers.report_files import write_whole
from diff_insight.settings import values
from diff_insight.settings.settings import FollowedRepository

#: Jobs that ranges are shared out over; a matrix may run fewer of them at once.
_JOBS = 64


def plan_step(delivery: PublishContext, progress: Progress) -> Mapping[str, str | int | bool]:
    """Write the plan into the workspace and return the step's outputs.

    Where a cursor stands, ranges begin there; `since` says where they begin without one. With `base`
    they begin there instead, and no cursor moves.

    Raises:
        UsageError: An input is wrong.
        EnvironmentFailure: A history or the branch cannot be read.
    """
    wish = _wish(delivery)
    known = _state(delivery)
    ranges, cursors = [], []
    entries = repositories_to_plan(delivery)
    several = len(entries) > 1
    # A repository that only the configuration names is known to jobs by what stands in the plan.
    named = entries is delivery.settings.follow
    for entry in entries:
        track = track_of(entry.repository, entry.head, delivery.inputs.config)
        cursor = known.cursors.get(track)
        history = _place(delivery, entry, cursor, named=named)
        try:
            ranges += plan_ranges(history, wish, delivery.environ)
        except DiffInsightError as error:
            # One repository that cannot be read holds up no other.
            if not several:
                raise
            failure = {"repository": entry.repository, "why": error.in_one_line}
            delivery.host.annotate("warning", tell_notice(Notice("not-planned", failure)))
            continue
        if delivery.branch is not None and not delivery.inputs.base:
            head = cursor.head if cursor else ""
            cursors.append(PlannedCursor(track=track, repository=history.name, head=head))
    shared = share_out(ranges, _JOBS, most_files=delivery.settings.files_per_job)
    plan = HistoryPlan(
        ranges=tuple(shared), by=wish.by, cursors=tuple(cursors),
        queued=room_for_plan(len(known.batches)) if delivery.branch is not None else 0,
    )  # fmt: skip
    path = Path(delivery.inputs.plan or PLAN_PATH)
    values.inside("plan", str(path))
    write_whole(path, [write_plan(plan)])
    delivery.host.give_to_workspace_owner([path])
    takes = estimate(plan.ranges, len(delivery.settings.locales))
    progress.say(f"{len(plan.ranges)} ranges in {plan.jobs} jobs, in {path}")
    return {
        "plan": str(path),
        "matrix": matrix_of(plan),
        "ranges": len(plan.ranges),
        "estimated-minutes": round(takes.seconds / 60 + 0.5),
        "estimated-tokens": takes.input_tokens + takes.output_tokens,
    }


def _wish(delivery: PublishContext) -> PlanWish:
    inputs, name = delivery.inputs, delivery.settings.timezone
    zone: tzinfo = UTC if name == "UTC" else ZoneInfo(name)
    chosen = inputs.split or (WHOLE if inputs.base else WEEK)
    since = "" if inputs.since == LAST_REPORT else inputs.since
    first = date.fromisoformat(values.day("since", since)) if since else None
    return PlanWish(
        by=values.one_of("split", chosen, CUTS),
        window=DayWindow(first=first, zone=zone),
        comparison=delivery.wanted.request.comparison,
        tags=delivery.settings.release_tags,
    )


def _state(delivery: PublishContext) -> KeptState:
    if delivery.branch is None:
        return KeptState()
    return read_state(delivery.branch.content(delivery.branch.read(), STATE_PATH))


def _place(
    delivery: PublishContext, entry: FollowedRepository, cursor: Cursor | None, *, named: bool
) -> HistoryPlace:
    wanted = range_wish(delivery, entry.repository)
    after = delivery.inputs.base or (cursor.head if cursor else "")
    name = entry.repository if named else ""
    if not wanted.foreign and (workspace(delivery.environ) / ".git").exists():
        path = workspace(delivery.environ)
        return HistoryPlace(name=name, path=path, head=entry.head, after=after)
    url = f"{delivery.event.server}/{wanted.repository}.git"
    network = Network(url, delivery.inputs.source_token_for(foreign=wanted.foreign))
    return HistoryPlace(name=name, network=network, head=entry.head, after=after)
