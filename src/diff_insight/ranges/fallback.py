"""Takes the second best range when the first names a commit that cannot be had."""

from __future__ import annotations

from collections.abc import Callable

from diff_insight.errors import DiffInsightError, UsageError
from diff_insight.model.ranges import CommitRange, RangeRequest


def resolve_either(
    request: RangeRequest,
    fallback: RangeRequest | None,
    resolve: Callable[[RangeRequest], CommitRange],
) -> tuple[CommitRange, bool]:
    """Return the commits of a request, or of its fallback and True.

    When the fallback fails too, as without a network, the first error is the one that is raised.
    A tag before head that could not be looked for is a failure; that there is none is an answer.
    """
    try:
        return resolve(request), False
    except DiffInsightError as first:
        unknown = request.previous_tag and not isinstance(first, UsageError)
        if fallback is None or unknown:
            raise
        try:
            return resolve(fallback), True
        except DiffInsightError:
            raise first from None
