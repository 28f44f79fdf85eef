"""The second best range is taken when the first cannot be had, and only then."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diff_insight.errors import DiffInsightError, EnvironmentFailure, UsageError
from diff_insight.model.ranges import CommitRange, Comparison, RangeRequest
from diff_insight.ranges.fallback import resolve_either

FIRST = RangeRequest(base="gone", head="h")
SECOND = RangeRequest(head="h")
COMMITS = CommitRange(base="b", head="h", merge_base="b", comparison=Comparison.MERGE_BASE)


def answers(
    *answered: CommitRange | DiffInsightError,
) -> tuple[Callable[[RangeRequest], CommitRange], list[RangeRequest]]:
    """Return a resolver that gives these answers in turn, and the requests that it was asked."""
    asked: list[RangeRequest] = []

    def resolve(request: RangeRequest) -> CommitRange:
        answer = answered[len(asked)]
        asked.append(request)
        if isinstance(answer, DiffInsightError):
            raise answer
        return answer

    return resolve, asked


def test_the_request_is_enough_when_it_works() -> None:
    resolve, asked = answers(COMMITS)
    assert resolve_either(FIRST, SECOND, resolve) == (COMMITS, False)
    assert asked == [FIRST]


@pytest.mark.parametrize("error", [EnvironmentFailure("gone"), UsageError("gone")])
def test_the_fallback_is_taken_and_told(error: DiffInsightError) -> None:
    resolve, asked = answers(error, COMMITS)
    assert resolve_either(FIRST, SECOND, resolve) == (COMMITS, True)
    assert asked == [FIRST, SECOND]


def test_without_a_fallback_the_error_stands() -> None:
    resolve, _ = answers(EnvironmentFailure("gone"))
    with pytest.raises(EnvironmentFailure, match="gone"):
        resolve_either(FIRST, None, resolve)


def test_the_first_error_is_told_when_both_fail() -> None:
    resolve, _ = answers(EnvironmentFailure("no network"), UsageError("no branch"))
    with pytest.raises(EnvironmentFailure, match="no network"):
        resolve_either(FIRST, SECOND, resolve)


def test_an_unknown_tag_is_not_taken_for_a_first_tag() -> None:
    tag, parent = RangeRequest(previous_tag=True), RangeRequest(parent=True)
    resolve, asked = answers(EnvironmentFailure("cut off"), COMMITS)
    with pytest.raises(EnvironmentFailure, match="cut off"):
        resolve_either(tag, parent, resolve)
    assert asked == [tag]
    resolve, _ = answers(UsageError("there is no tag before"), COMMITS)
    assert resolve_either(tag, parent, resolve) == (COMMITS, True)
