"""Each event gives its documented range, and inputs beat the event."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from msgspec.structs import replace

from diff_insight.errors import EnvironmentFailure, UsageError
from diff_insight.github.events.wanted import wanted_range
from diff_insight.model.events import Event, RangeInputs
from diff_insight.model.ranges import Comparison, RangeRequest
from support.events import FILES, SHA, event, event_name

A, B, C = "a1" * 20, "b2" * 20, "c3" * 20
A64, B64 = "a1" * 32, "b2" * 32
PULL_BASE = "f95f852bd8fca8fcc58a9a2d6c842781e32a215e"
PULL_HEAD = "ec26c3e57ca3a959ca5aad62de7213c562f8c821"
TAGGED = "6113728f27ae82c7b1a177c8d03f9e96e0adf246"
QUEUE_BASE = "380387fbc80638b734a49e1be1c4dfec1c01b33c"
QUEUE_HEAD = "2ffea6db159f6b6c47a24e778fb9ef40cf6b1c7d"
RUN_HEAD = "3484a3fb816e0859fd6e1cea078d76385ff50625"
DIRECT = Comparison.DIRECT
NONE = RangeInputs()


@dataclass(frozen=True, kw_only=True)
class Row:
    """One event file and the range that it has to give."""

    file: str
    request: RangeRequest
    event: str = ""
    fallback: RangeRequest | None = None
    notices: tuple[str, ...] = ()
    fallback_notice: str = ""
    skip: str = ""
    trusted: str = SHA
    own_head: bool = True


def standing(head: str, default: str) -> RangeRequest:
    return RangeRequest(head=head, default_branch=default)


PULL = RangeRequest(base=PULL_BASE, head=PULL_HEAD)
COMMITS = RangeRequest(base=A, head=B, comparison=DIRECT)
TABLE = (
    Row(file="pull_request-labeled", request=PULL, trusted=PULL_BASE),
    Row(file="pull_request-synchronize", request=PULL, trusted=PULL_BASE),
    Row(
        file="pull_request-labeled",
        event="pull_request_target",
        request=PULL,
        trusted=PULL_BASE,
        own_head=False,
    ),
    Row(file="pull_request_review-submitted", request=PULL, trusted=PULL_BASE),
    Row(file="pull_request-fork", request=RangeRequest(base=A, head=B), trusted=A),
    Row(file="pull_request-deleted-fork", request=RangeRequest(base=A, head=B), trusted=A),
    Row(
        file="push-commits",
        request=COMMITS,
        fallback=standing(B, "trunk"),
        fallback_notice="before-unreachable",
    ),
    Row(
        file="push-forced",
        request=COMMITS,
        fallback=standing(B, "trunk"),
        fallback_notice="before-unreachable",
        notices=("forced-push",),
    ),
    Row(
        file="push-sha256",
        request=RangeRequest(base=A64, head=B64, comparison=DIRECT),
        fallback=standing(B64, "trunk"),
        fallback_notice="before-unreachable",
    ),
    Row(
        file="push-new-branch",
        request=RangeRequest(base="refs/heads/trunk", head=B),
        notices=("new-branch",),
    ),
    Row(
        file="push-sha256-new-branch",
        request=RangeRequest(base="refs/heads/trunk", head=B64),
        notices=("new-branch",),
    ),
    Row(
        file="push-new-default-branch",
        request=standing(TAGGED, "master"),
        notices=("new-branch",),
    ),
    Row(file="push-deleted-branch", request=RangeRequest(), skip="ref-deleted", own_head=False),
    Row(file="push-deleted-tag", request=RangeRequest(), skip="ref-deleted", own_head=False),
    Row(
        file="push-new-tag",
        request=RangeRequest(previous_tag=True, head=TAGGED),
        fallback=RangeRequest(parent=True, head=TAGGED),
        fallback_notice="no-previous-tag",
    ),
    # The payload's `after` is the tag object; reports name the commit.
    Row(
        file="push-annotated-tag",
        request=RangeRequest(previous_tag=True, head=B),
        fallback=RangeRequest(parent=True, head=B),
        fallback_notice="no-previous-tag",
    ),
    Row(
        file="merge_group",
        request=RangeRequest(base=QUEUE_BASE, head=QUEUE_HEAD),
        trusted=QUEUE_BASE,
        own_head=False,
    ),
    Row(
        file="release-published",
        request=RangeRequest(previous_tag=True, head="refs/tags/0.0.1"),
        fallback=RangeRequest(parent=True, head="refs/tags/0.0.1"),
        fallback_notice="no-previous-tag",
    ),
    Row(
        file="schedule",
        request=RangeRequest(since="24h", head=SHA),
        notices=("scheduled-range",),
    ),
    Row(
        file="schedule-bare",
        request=RangeRequest(since="24h", head=SHA),
        notices=("scheduled-range",),
    ),
    Row(file="workflow_dispatch", request=standing(SHA, "main")),
    Row(file="repository_dispatch", request=standing(SHA, "master")),
    Row(
        file="repository_dispatch-range",
        request=RangeRequest(base="v1.0.0", head=B),
        own_head=False,
    ),
    Row(
        file="workflow_run-completed",
        request=standing(RUN_HEAD, "master"),
        trusted=SHA,
        own_head=False,
    ),
    Row(
        file="workflow_run-fork",
        request=standing(B, "trunk"),
        trusted=SHA,
        own_head=False,
    ),
)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.file}-{row.event}".strip("-"))
def test_an_event_gives_its_range(row: Row) -> None:
    found = wanted_range(event(row.file, row.event), NONE)
    assert found.request == row.request
    assert found.fallback == row.fallback
    assert (found.fallback_notice.key if found.fallback_notice else "") == row.fallback_notice
    assert tuple(notice.key for notice in found.notices) == row.notices
    assert (found.skip.key if found.skip else "") == row.skip
    assert found.trusted == row.trusted
    assert found.proposed is row.file.startswith(("pull_request", "merge", "workflow_run"))
    assert found.own_head is row.own_head
    assert not found.foreign
    assert found.repository == "octo-org/manual"


def test_the_table_has_every_event_file() -> None:
    assert {row.file for row in TABLE} == set(FILES)


def test_a_ref_that_is_gone_is_named() -> None:
    skip = wanted_range(event("push-deleted-branch"), NONE).skip
    assert skip is not None
    assert skip.params == {"ref": "feature/tables"}


@pytest.mark.parametrize("file", FILES)
def test_base_and_head_beat_every_event(file: str) -> None:
    found = wanted_range(event(file), RangeInputs(base="v1", head="v2"))
    assert (found.request.base, found.request.head) == ("v1", "v2")
    assert found.request.since is None
    assert not found.request.previous_tag
    assert (found.fallback, found.fallback_notice, found.notices, found.skip) == (
        None,
        None,
        (),
        None,
    )
    assert not found.own_head
    # Where configuration is read from is no choice of the inputs.
    assert found.trusted == wanted_range(event(file), NONE).trusted


@pytest.mark.parametrize("file", [name for name in FILES if "deleted-" not in name])
def test_a_base_alone_keeps_the_head_of_the_event(file: str) -> None:
    from_event = wanted_range(event(file), NONE)
    found = wanted_range(event(file), RangeInputs(base="v1"))
    assert (found.request.base, found.request.head) == ("v1", from_event.request.head)
    assert found.own_head is from_event.own_head


@pytest.mark.parametrize("file", [name for name in FILES if name != "push-deleted-branch"])
def test_a_span_of_time_beats_the_base_of_the_event(file: str) -> None:
    found = wanted_range(event(file), RangeInputs(since="7d", head="v2"))
    assert (found.request.base, found.request.since, found.request.head) == (None, "7d", "v2")


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("pull_request-fork", RangeRequest(base=A, head="v2")),
        ("push-commits", standing("v2", "trunk")),
        ("push-forced", standing("v2", "trunk")),
        ("push-deleted-branch", standing("v2", "trunk")),
        ("push-new-tag", RangeRequest(previous_tag=True, head="v2")),
        ("release-published", RangeRequest(previous_tag=True, head="v2")),
        ("schedule", RangeRequest(since="24h", head="v2")),
        ("workflow_dispatch", standing("v2", "main")),
        ("repository_dispatch-range", RangeRequest(base="v1.0.0", head="v2")),
        ("workflow_run-fork", standing("v2", "trunk")),
    ],
)
def test_a_head_alone_keeps_the_rule_of_the_event(file: str, expected: RangeRequest) -> None:
    found = wanted_range(event(file), RangeInputs(head="v2"))
    assert found.request == expected
    assert found.skip is None
    assert found.fallback is None or found.fallback.head == "v2"


def test_the_head_of_the_event_given_as_an_input_is_still_its_own() -> None:
    assert wanted_range(event("pull_request-fork"), RangeInputs(head=B)).own_head


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("pull_request-fork", Comparison.MERGE_BASE),
        ("release-published", Comparison.MERGE_BASE),
        ("push-new-tag", Comparison.MERGE_BASE),
        ("push-commits", DIRECT),
        ("schedule", DIRECT),
        ("workflow_dispatch", Comparison.MERGE_BASE),
    ],
)
def test_auto_compares_as_the_event_does(file: str, expected: Comparison) -> None:
    assert wanted_range(event(file), RangeInputs(base="v1")).request.comparison is expected


@pytest.mark.parametrize("comparison", list(Comparison))
@pytest.mark.parametrize("file", FILES)
def test_the_comparison_can_be_chosen(file: str, comparison: Comparison) -> None:
    found = wanted_range(event(file), RangeInputs(comparison=comparison.value))
    assert found.request.comparison is comparison
    assert found.fallback is None or found.fallback.comparison is comparison


@pytest.mark.parametrize("file", FILES)
def test_another_repository_needs_a_range(file: str) -> None:
    other = RangeInputs(repository="octo-org/other")
    with pytest.raises(UsageError, match="no range of 'octo-org/other'") as caught:
        wanted_range(event(file), other)
    assert "base and head" in caught.value.cure
    assert "since" in caught.value.cure
    found = wanted_range(event(file), replace(other, since="24h"))
    # Nothing of the event is about the other repository: not its commits, not its branches.
    assert found.request.head is None
    assert found.request.default_branch == ""
    assert found.foreign
    assert not found.own_head
    assert found.repository == "octo-org/other"


@pytest.mark.parametrize(
    "named",
    [
        "Octo-Org/Manual",
        "https://github.com/octo-org/manual",
        "https://github.com/octo-org/manual.git",
    ],
)
def test_the_own_repository_may_be_named(named: str) -> None:
    found = wanted_range(event("schedule"), RangeInputs(repository=named))
    assert not found.foreign
    assert found.request.since == "24h"


@pytest.mark.parametrize(
    "named",
    [
        "https://elsewhere.example/a/b",
        "https://github.com.elsewhere.example/a/b",
        "https://token@github.com/a/b",
        "a",
        "a/b/c",
        "a/..",
        "../b",
        "-a/b",
        "a/b\n",
        "a b/c",
        "a/b?x",
    ],
)
def test_a_repository_elsewhere_is_refused(named: str) -> None:
    with pytest.raises(UsageError, match="repository:"):
        wanted_range(event("schedule"), RangeInputs(repository=named, since="24h"))


@pytest.mark.parametrize(
    ("inputs", "says"),
    [
        (RangeInputs(base="--upload-pack=x"), "base:"),
        (RangeInputs(head="-x"), "head:"),
        (RangeInputs(head="a b"), "head:"),
        (RangeInputs(base="a\nb"), "base:"),
        (RangeInputs(base="a\x1bb"), "base:"),
        (RangeInputs(base="v1..v2"), "base:"),
        (RangeInputs(base="x" * 1001), "base:"),
        (RangeInputs(since="yesterday"), "since:"),
        (RangeInputs(since="24h", base="v1"), "base and since"),
        (RangeInputs(comparison="three-dot"), "comparison:"),
    ],
)
def test_wrong_inputs_are_named(inputs: RangeInputs, says: str) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        wanted_range(event("workflow_dispatch"), inputs)
    assert caught.value.cure
    assert all(line.isprintable() for line in caught.value.lines())


def test_an_event_without_a_range_says_what_to_set() -> None:
    comment = Event(name="issue_comment", repository="octo-org/manual", sha=SHA)
    with pytest.raises(UsageError, match="event issue_comment names no range") as caught:
        wanted_range(comment, NONE)
    assert "base and head" in caught.value.cure
    # With a range it works; who caused the event is unknown, so the checkout is not trusted.
    found = wanted_range(comment, RangeInputs(base="v1", head="v2"))
    assert found.trusted == SHA
    for inputs in (RangeInputs(base="v1"), RangeInputs(since="7d")):
        assert wanted_range(comment, inputs).request.head == SHA


@pytest.mark.parametrize("name", ["workflow_run", "issue_comment"])
def test_no_configuration_is_read_when_no_commit_can_be_trusted(name: str) -> None:
    unknown = Event(name=name, repository="octo-org/manual", head=B)
    with pytest.raises(EnvironmentFailure, match="GITHUB_SHA"):
        wanted_range(unknown, RangeInputs(base="v1", head="v2"))


@pytest.mark.parametrize("name", ["push", "release"])
def test_what_the_event_file_lacks_can_be_given_as_inputs(name: str) -> None:
    bare = Event(name=name, repository="octo-org/manual")
    with pytest.raises(EnvironmentFailure, match="gives no usable"):
        wanted_range(bare, NONE)
    known = Event(name=name, repository="octo-org/manual", sha=SHA)
    assert wanted_range(known, RangeInputs(base="v1", head="v2")).request.base == "v1"


@pytest.mark.parametrize("file", FILES)
def test_events_are_named_after_their_files(file: str) -> None:
    assert event(file).name == event_name(file)
