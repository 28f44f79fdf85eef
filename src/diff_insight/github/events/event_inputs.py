"""Checks what the workflow asks for itself, before anything is fetched for it."""

from __future__ import annotations

import re

from diff_insight.errors import UsageError
from diff_insight.github.events.fields import is_slug
from diff_insight.model.events import Event, RangeInputs
from diff_insight.model.ranges import Comparison
from diff_insight.ranges.since import parse_since

AUTO = "auto"
#: Words that may stand in `since` besides periods and dates.
LAST_REPORT, LAST_SUCCESS, PREVIOUS_TAG = "last-report", "last-success", "previous-tag"
#: Those whose beginning is not in the repository: it has to be looked up first.
LOOKED_UP = (LAST_REPORT, LAST_SUCCESS)
#: Revisions may say more than names do (`v1~2`), but can be no option and no second argument.
_NO_REVISION = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]|\A-|\.\.")
_LONGEST = 1000


def check_inputs(inputs: RangeInputs) -> None:
    """Raise `UsageError` for what can be told wrong without looking at the repository."""
    for name, value in (("base", inputs.base), ("head", inputs.head)):
        if value and (len(value) > _LONGEST or _NO_REVISION.search(value)):
            raise UsageError(
                f"{name}: {value[:80]!r} names no commit",
                cause="it holds blanks or two dots, starts with '-', or is too long",
                cure=f"give one commit id, branch or tag as {name}",
            )
    if inputs.since:
        if inputs.since not in {*LOOKED_UP, PREVIOUS_TAG}:
            parse_since(inputs.since)
        if inputs.base:
            raise UsageError(
                "base and since are both given",
                cause="each of them says where the range begins",
                cure="give only one of the two inputs",
            )
    known = (AUTO, *(each.value for each in Comparison))
    if inputs.comparison not in known:
        raise UsageError(
            f"comparison: {inputs.comparison[:80]!r} is none of {', '.join(known)}",
            cure=f"write one of {', '.join(known)}",
        )


def compared_repository(event: Event, inputs: RangeInputs) -> str:
    """Return `OWNER/NAME` of the repository to compare, which is on the event's server.

    Raises:
        UsageError: The input names none, or one of another server.
    """
    if not inputs.repository:
        return event.repository
    slug = inputs.repository
    if "://" in slug:
        if not slug.lower().startswith(f"{event.server.lower()}/"):
            raise _no_repository(slug, f"it is not below {event.server}")
        slug = slug[len(event.server) + 1 :].rstrip("/").removesuffix(".git")
    if not is_slug(slug):
        raise _no_repository(inputs.repository, "it is no OWNER/NAME")
    return slug


def _no_repository(value: str, cause: str) -> UsageError:
    return UsageError(
        f"repository: {value[:80]!r} cannot be compared",
        cause=cause,
        cure="give OWNER/NAME of a repository on the workflow's own server",
    )
