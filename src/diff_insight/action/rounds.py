"""Reports on each range that is due, and publishes it before the next one is begun."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.action.batch_collection import BatchRound
from diff_insight.action.outcomes import join_outcomes
from diff_insight.action.publishing import publish_all
from diff_insight.bootstrap import branch_publishers
from diff_insight.bootstrap.range_result import PublishContext, RangeResult
from diff_insight.continuation.category_history import alarms, next_trails
from diff_insight.continuation.cursors import Cursor, CursorMove
from diff_insight.continuation.due_ranges import Cut, due_ranges, is_rewritten
from diff_insight.continuation.lookup import Followed, age_alarm
from diff_insight.model.events import Event, WantedRange
from diff_insight.model.history import PullRequestText
from diff_insight.model.messages import Notice
from diff_insight.model.model_batches import BatchMove
from diff_insight.model.ranges import SHORT, CommitRange, RangeRequest
from diff_insight.model.receipts import PublishStatus, Receipt
from diff_insight.pipeline import Outcome, Ports, run
from diff_insight.ports import DiffSource
from diff_insight.selection.select import Selection
from diff_insight.settings.settings import Settings
from diff_insight.sources.chosen import ChosenSource

if TYPE_CHECKING:
    from diff_insight.llm.client.batch_analyst import BatchAnalyst


class Rounds(Struct, frozen=True, kw_only=True):
    """What was done for all ranges together.

    Attributes:
        outcome: The reports, as if they were of one range; None when nothing is new.
        receipts: What the publishers said, range by range.
        alarms: What a reader of the schedule should look after.
        collected: Reports that were published before, with the texts that came since.
    """

    outcome: Outcome | None
    receipts: tuple[Receipt, ...] = ()
    alarms: tuple[Notice, ...] = ()
    collected: tuple[Outcome, ...] = ()


class Work(Struct, frozen=True, kw_only=True):
    """What every round works with.

    Attributes:
        batches: What texts come by that are not waited for; None when a model is asked at once.
        batching: The analyst that hands questions over then.
    """

    delivery: PublishContext
    targets: Sequence[str]
    ports: Ports
    followed: Followed | None
    split: str
    batches: BatchRound | None = None
    batching: BatchAnalyst | None = None


def all_rounds(work: Work) -> Rounds:
    """Report on what is due and publish it; then put texts into earlier reports that waited for them."""
    waiting = work.batches.waiting() if work.batches is not None else ()
    done = _due_rounds(work)
    if work.batches is None or work.delivery.settings.dry_run:
        return done
    texts = work.batches.collect(waiting, work.ports.clock)
    return replace(done, receipts=(*done.receipts, *texts.receipts), collected=texts.outcomes)


def _due_rounds(work: Work) -> Rounds:
    wanted, settings = work.delivery.wanted, work.delivery.settings
    if work.followed is None:
        outcome = run(wanted.request, settings, work.ports, _proposal(work.delivery.event, wanted))
        parcel = RangeResult(outcome=outcome, batches=_batches(work, outcome))
        return Rounds(outcome=outcome, receipts=tuple(_publish_range(work, parcel)))
    now = work.ports.clock.now()
    cut = Cut(work.split, ZoneInfo(settings.timezone), now)
    due = due_ranges(work.ports.source, wanted, cut)
    if not due:
        return Rounds(outcome=None)
    alarm = age_alarm(work.ports.source, work.followed, due, now)
    if is_rewritten(due[0]):
        rewritten = Notice("history-rewritten", {"commit": due[0].base[:SHORT]})
        work.ports.progress.notice(rewritten)
    return _each(work, work.followed, due, alarm)


def _proposal(event: Event, wanted: WantedRange) -> PullRequestText | None:
    """Return what the pull request says, when it is what is compared."""
    pull = event.pull_request
    if pull is None or wanted.foreign or not wanted.own_head:
        return None
    return PullRequestText(title=pull.title, body=pull.body, labels=pull.labels)


def _each(
    work: Work, followed: Followed, due: Sequence[CommitRange], notices: tuple[Notice, ...]
) -> Rounds:
    outcomes: list[Outcome] = []
    receipts: list[Receipt] = []
    cursor = followed.cursor
    raised = notices
    for commits in due:
        source: DiffSource = ChosenSource(work.ports.source, commits)
        ports = replace(work.ports, source=source)
        wanted = work.delivery.wanted
        proposal = _proposal(work.delivery.event, wanted)
        watch = _watch(work.delivery.settings, cursor, () if outcomes else notices)
        request = _names(wanted.request, commits, due)
        outcome = run(request, _settings(work, cursor, commits), ports, proposal, watch)
        after = _cursor(work, cursor, outcome)
        raised = (*notices, *(alarm for alarm in outcome.alarms if alarm not in notices))
        move = CursorMove(track=followed.track, before=cursor, after=after)
        parcel = RangeResult(
            outcome=outcome,
            move=move if followed.track else None,
            batches=_batches(work, outcome),
        )
        made = _publish_range(work, parcel)
        outcomes.append(outcome)
        receipts += made
        # What comes later must not be on the branch without what comes before it.
        if any(_stops(receipt) for receipt in made):
            break
        if not any(_waits(receipt) for receipt in made):
            cursor = after
    return Rounds(outcome=join_outcomes(outcomes), receipts=tuple(receipts), alarms=raised)


def _batches(work: Work, outcome: Outcome) -> BatchMove | None:
    """Return the handle of the batch that a report waits for; None when it waits for none."""
    if work.batching is None or work.batches is None:
        return None
    why = work.batching.take_refusal()
    if why:
        work.ports.progress.notice(Notice("model-batch-refused", {"why": why}))
    batch = work.batching.take_submitted()
    if not batch:
        return None
    handle = work.batches.handle(batch, outcome, work.ports.clock.now())
    return BatchMove(submitted=(handle,))


def _watch(
    settings: Settings, cursor: Cursor | None, notices: tuple[Notice, ...]
) -> Callable[[Selection], tuple[Notice, ...]]:
    """Return what finds the alarms of a range; those that are told already stand first."""

    def watch(selection: Selection) -> tuple[Notice, ...]:
        trails = next_trails(cursor.trails if cursor else {}, selection, settings)
        return (*notices, *alarms(trails, selection))

    return watch


def _publish_range(work: Work, parcel: RangeResult) -> list[Receipt]:
    return publish_all(work.targets, work.delivery, parcel)


def _stops(receipt: Receipt) -> bool:
    """Tell whether a publisher that keeps the cursor did not get this far."""
    if receipt.publisher not in branch_publishers.KEEPERS:
        return False
    moved = receipt.reason is not None and receipt.reason.key == "cursor-moved"
    return receipt.status is PublishStatus.FAILED or moved


def _waits(receipt: Receipt) -> bool:
    """Tell whether the cursor stays where it is until there is a report to go with it."""
    kept = receipt.publisher in branch_publishers.KEEPERS and receipt.reason is not None
    return kept and receipt.reason == Notice("nothing-to-publish")


def _names(request: RangeRequest, commits: CommitRange, due: Sequence[CommitRange]) -> RangeRequest:
    """Return what the sides of a range are called: names of the whole are those of its two ends."""
    return replace(
        request,
        base=request.base if commits is due[0] else commits.base,
        head=request.head if commits is due[-1] else commits.head,
    )


def _settings(work: Work, cursor: Cursor | None, commits: CommitRange) -> Settings:
    """Return the settings of a range: reports that follow each other are not dated back by a wrong clock."""
    settings = work.delivery.settings
    head = work.ports.source.commit_time(commits.head)
    if settings.date is not None or head is None or cursor is None or not cursor.committed:
        return settings
    before = datetime.fromisoformat(cursor.committed)
    if head >= before:
        return settings
    return replace(settings, date=before.astimezone(ZoneInfo(settings.timezone)).date().isoformat())


def _cursor(work: Work, before: Cursor | None, outcome: Outcome) -> Cursor:
    head = outcome.commits.head
    moment = work.ports.source.commit_time(head)
    committed = moment.isoformat() if moment else ""
    if moment and before and before.committed:
        # Else the next run would count from a wrong clock, should the commit be gone then.
        committed = max(moment, datetime.fromisoformat(before.committed)).isoformat()
    trails = before.trails if before else {}
    return Cursor(
        head=head,
        committed=committed,
        trails=next_trails(trails, outcome.selection, work.delivery.settings),
    )
