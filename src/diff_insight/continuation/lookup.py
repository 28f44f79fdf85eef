"""Looks up where a followed range begins: the cursor beside the reports, or the last success."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.continuation.cursors import STATE_PATH, Cursor
from diff_insight.continuation.due_ranges import is_rewritten
from diff_insight.continuation.state_file import read_cursors
from diff_insight.errors import UsageError
from diff_insight.github.api.client import ApiFailure, GitHubClient
from diff_insight.github.api.workflow_runs import last_success
from diff_insight.github.events.event_inputs import LAST_REPORT, LOOKED_UP
from diff_insight.github.runner.step_inputs import StepInputs
from diff_insight.model.events import Beginning, Event, WantedRange
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import CommitRange, RangeRequest
from diff_insight.ports import DiffSource, ReportBranch

#: Runs of a schedule are not further apart.
OLD = timedelta(days=8)


class Followed(Struct, frozen=True, kw_only=True):
    """What a run goes on from.

    Attributes:
        track: Which cursor is moved; empty when none is.
        cursor: Where it stands; None on a first run.
        beginning: Where the range begins.
    """

    track: str = ""
    cursor: Cursor | None = None
    beginning: Beginning


def track_of(repository: str, head: str, config: str) -> str:
    """Return the name of a cursor: what is followed, and with which configuration if one is named."""
    return f"{repository}@{head or 'HEAD'}{f' ({config})' if config else ''}"


class Lookup(Struct, frozen=True, kw_only=True):
    """Where beginnings are looked up.

    Attributes:
        client: Speaks to the API for the workflow's own repository.
        branch: The branch of the cursor; None when nothing is published to one.
        workflow_ref: The runner's GITHUB_WORKFLOW_REF.
        tell: Told of what could not be looked up.
    """

    client: GitHubClient
    branch: ReportBranch | None
    workflow_ref: str
    tell: Callable[[Notice], None]

    def find_beginning(
        self, event: Event, wanted: WantedRange, inputs: StepInputs
    ) -> Followed | None:
        """Return where to go on from; None when the inputs name the beginning themselves.

        Raises:
            UsageError: There is no branch that could hold the cursor.
            EnvironmentFailure: It cannot be told where the last run ended.
        """
        word = inputs.since
        if word not in LOOKED_UP:
            return None
        if word != LAST_REPORT:
            return Followed(beginning=self._success(event, wanted))
        if self.branch is None:
            raise UsageError(
                f"since: {LAST_REPORT} needs a branch with reports",
                cause="what was reported last is kept beside the reports",
                cure="add commit or pull-request to publish, or write since: last-success",
            )
        track = track_of(wanted.repository, inputs.head, inputs.config)
        cursor = read_cursors(self.branch.content(self.branch.read(), STATE_PATH)).get(track)
        if cursor is not None:
            beginning = Beginning(commit=cursor.head, moment=cursor.committed)
            return Followed(track=track, cursor=cursor, beginning=beginning)
        try:
            beginning = self._success(event, wanted)
        except ApiFailure as error:
            self.tell(Notice("last-success-unknown", {"why": error.what, "cure": error.cure}))
            beginning = Beginning()
        return Followed(track=track, beginning=replace(beginning, first=True))

    def _success(self, event: Event, wanted: WantedRange) -> Beginning:
        success = last_success(self.client, event.repository, self.workflow_ref)
        if success is None:
            return Beginning(first=True)
        # The commit that a workflow ran for says nothing about another repository.
        return Beginning(commit="" if wanted.foreign else success.commit, moment=success.started)


def age_alarm(
    source: DiffSource, followed: Followed, due: Sequence[CommitRange], now: datetime
) -> tuple[Notice, ...]:
    """Return an alarm when a commit has waited for its report longer than runs should be apart.

    A repository in which nothing happens misses no run, however old its last report is.
    """
    if followed.cursor is None or not due or is_rewritten(due[0]):
        return ()
    start = due[0].start
    reported = source.commit_time(start)
    if reported is None or now - reported < OLD:
        return ()
    since = (now - OLD).isoformat(timespec="seconds")
    waiting = source.resolve(RangeRequest(since=since, head=due[-1].head)).start
    made = source.commit_time(waiting)
    # A commit from before the last report was reported with it.
    if waiting == start or made is None or made <= reported:
        return ()
    return (Notice("cursor-old", {"track": followed.track, "days": (now - made).days}),)
