"""Which range an event asks for: one small function per event, and inputs over all of them."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from diff_insight.errors import EnvironmentFailure, UsageError
from diff_insight.github.events.event_inputs import (
    AUTO,
    LOOKED_UP,
    PREVIOUS_TAG,
    check_inputs,
    compared_repository,
)
from diff_insight.github.events.fields import is_zero
from diff_insight.github.events.trust import is_proposed, trusted_commit
from diff_insight.model.events import Event, PullRequest, RangeInputs, WantedRange
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import SHORT, Comparison, RangeRequest

#: What a schedule reports on when nothing else is asked for.
SCHEDULED_SINCE = "24h"
_BRANCH, _TAG = "refs/heads/", "refs/tags/"


def wanted_range(event: Event, inputs: RangeInputs) -> WantedRange:
    """Return the range to report on.

    Raises:
        UsageError: An input is wrong, or event and inputs name no range.
        EnvironmentFailure: The event file lacks what this event's range is made of.
    """
    check_inputs(inputs)
    repository = compared_repository(event, inputs)
    foreign = repository.lower() != event.repository.lower()
    if foreign or inputs.base or inputs.since:
        wanted = _requested_range(event, inputs, foreign=foreign)
    elif inputs.head:
        wanted = _with_head(event, inputs.head)
    else:
        wanted = _of_event(event)
    return replace(
        wanted,
        repository=repository,
        request=_with_comparison(wanted.request, inputs.comparison),
        fallback=wanted.fallback and _with_comparison(wanted.fallback, inputs.comparison),
        trusted=trusted_commit(event),
        proposed=is_proposed(event),
        foreign=foreign,
        own_head=not foreign and _is_own(wanted.request.head, event),
    )


def _is_own(head: str | None, event: Event) -> bool:
    """Tell whether a head is the commit that this run belongs to."""
    pull = event.pull_request
    if pull is not None:
        # pull_request_target runs belong to the default branch, whatever the head is.
        return head == pull.head_sha and event.name != "pull_request_target"
    if event.name == "release":
        return head in (event.sha, f"{_TAG}{event.tag}")
    return head in (event.sha, event.after or event.sha)


def _requested_range(event: Event, inputs: RangeInputs, *, foreign: bool) -> WantedRange:
    """The workflow says where the range begins, or which other repository it is in."""
    if foreign and not (inputs.base or inputs.head or inputs.since):
        raise UsageError(
            f"no range of {inputs.repository!r} is named",
            cause=f"a {event.name} event tells nothing about another repository",
            cure="set the inputs base and head (commits), or since (such as 24h or last-report)",
        )
    head: str | None = inputs.head or None
    if head is None and not foreign and not _has_range(event):
        head = event.sha or None
    elif head is None and not foreign:
        wanted = _of_event(event)
        if wanted.skip is not None:
            return wanted
        head = wanted.request.head
    if inputs.since == PREVIOUS_TAG:
        return _tag(head, head or "HEAD")
    # What has to be looked up is not known yet: `following` puts it in its place.
    since = SCHEDULED_SINCE if inputs.since in LOOKED_UP else inputs.since
    request = RangeRequest(
        base=inputs.base or None,
        since=since or None,
        head=head,
        comparison=_auto(event),
        default_branch="" if foreign else event.default_branch,
    )
    return WantedRange(repository="", request=request)


def _with_head(event: Event, head: str) -> WantedRange:
    """The workflow names the head alone: what the event says of the base still counts."""
    if event.name == "push":
        # Where another ref was before this push is no base for this head.
        if event.ref.startswith(_TAG):
            return WantedRange(repository="", request=RangeRequest(previous_tag=True, head=head))
        return WantedRange(repository="", request=_standing(event, head))
    wanted = _of_event(event)
    fallback = wanted.fallback and replace(wanted.fallback, head=head)
    return replace(wanted, request=replace(wanted.request, head=head), fallback=fallback)


def _of_event(event: Event) -> WantedRange:
    """Return what the event alone asks for."""
    if event.pull_request is not None:
        return _pull_request(event.pull_request)
    if not _has_range(event):
        raise UsageError(
            f"the event {event.name} names no range",
            cause="it is not about two commits",
            cure="set the inputs base and head, or since",
        )
    return _EVENTS[event.name](event)


def names_a_range(event: str) -> bool:
    """Tell whether events of a name are about commits, or may be: a called workflow has its caller's event."""
    return event in _EVENTS or event.startswith("pull_request") or event == "workflow_call"


def _has_range(event: Event) -> bool:
    """Tell whether an event is about commits."""
    return event.pull_request is not None or event.name in _EVENTS


def _pull_request(pull: PullRequest) -> WantedRange:
    # GITHUB_SHA and GITHUB_REF are a test merge or the default branch: neither is the head. The
    # base is the tip of its branch, so the range starts at the merge base.
    return WantedRange(repository="", request=RangeRequest(base=pull.base_sha, head=pull.head_sha))


def _push(event: Event) -> WantedRange:
    after = _value_or_default(event.after, event.sha, "after")
    short = event.ref.removeprefix(_BRANCH).removeprefix(_TAG)
    if is_zero(after):
        gone = Notice("ref-deleted", {"ref": short})
        return WantedRange(repository="", request=RangeRequest(), skip=gone)
    if event.ref.startswith(_TAG):
        return _tag(after, short)
    if not event.before or is_zero(event.before):
        return _new_branch(event, after, short)
    unreachable = Notice("before-unreachable", {"before": event.before[:SHORT]})
    return WantedRange(
        repository="",
        request=RangeRequest(base=event.before, head=after, comparison=Comparison.DIRECT),
        fallback=_standing(event, after),
        fallback_notice=unreachable,
        notices=(Notice("forced-push"),) if event.forced else (),
    )


def _new_branch(event: Event, after: str, name: str) -> WantedRange:
    """A branch that was not there: what it adds to the default branch."""
    if not event.default_branch or name == event.default_branch:
        request = _standing(event, after)
    else:
        # Named, so that a branch which adds nothing gives an empty range and not its last commit.
        request = RangeRequest(base=f"{_BRANCH}{event.default_branch}", head=after)
    new = Notice("new-branch", {"branch": name})
    return WantedRange(repository="", request=request, notices=(new,))


def _merge_group(event: Event) -> WantedRange:
    return WantedRange(repository="", request=RangeRequest(base=event.base, head=event.head))


def _release(event: Event) -> WantedRange:
    # `target_commitish` may be a branch that has moved on; the tag is what was released.
    return _tag(_TAG + _value_or_default(event.tag, "", "release.tag_name"), event.tag)


def _tag(head: str | None, name: str) -> WantedRange:
    """What is new since the tag before; the last commit when it is the first tag."""
    return WantedRange(
        repository="",
        request=RangeRequest(previous_tag=True, head=head),
        fallback=RangeRequest(parent=True, head=head),
        fallback_notice=Notice("no-previous-tag", {"tag": name}),
    )


def _schedule(event: Event) -> WantedRange:
    return WantedRange(
        repository="",
        request=RangeRequest(since=SCHEDULED_SINCE, head=event.sha or None),
        notices=(Notice("scheduled-range"),),
    )


def _workflow_dispatch(event: Event) -> WantedRange:
    return WantedRange(repository="", request=_standing(event, event.sha))


def _repository_dispatch(event: Event) -> WantedRange:
    head = event.head or event.sha
    if event.base:
        return WantedRange(repository="", request=RangeRequest(base=event.base, head=head or None))
    return WantedRange(repository="", request=_standing(event, head))


def _workflow_run(event: Event) -> WantedRange:
    # The payload names no pull request of a fork; the commit itself is always in reach.
    if event.base:
        return WantedRange(repository="", request=RangeRequest(base=event.base, head=event.head))
    return WantedRange(repository="", request=_standing(event, event.head))


def _standing(event: Event, head: str) -> RangeRequest:
    """What a head adds to the default branch; on that branch, its last commit."""
    return RangeRequest(head=head or None, default_branch=event.default_branch)


def _value_or_default(value: str, instead: str, label: str) -> str:
    result = value or instead
    if not result:
        raise EnvironmentFailure(
            f"the event file gives no usable {label}",
            cause=f"it has no {label}",
            cure="set the inputs base and head, or hand over the runner's own event file",
        )
    return result


def _auto(event: Event) -> Comparison:
    """Return how two commits are compared when the inputs name them and do not say how."""
    moving = event.name == "schedule" or (event.name == "push" and event.ref.startswith(_BRANCH))
    return Comparison.DIRECT if moving else Comparison.MERGE_BASE


def _with_comparison(request: RangeRequest, comparison: str) -> RangeRequest:
    """Return a request with the comparison that was asked for."""
    if comparison == AUTO:
        return request
    return replace(request, comparison=Comparison(comparison))


_EVENTS: dict[str, Callable[[Event], WantedRange]] = {
    "push": _push,
    "merge_group": _merge_group,
    "release": _release,
    "schedule": _schedule,
    "workflow_dispatch": _workflow_dispatch,
    "repository_dispatch": _repository_dispatch,
    "workflow_run": _workflow_run,
}
