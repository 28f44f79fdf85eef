"""The JSON form of cursors: read strictly, because a wrong beginning would lose reports silently."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from diff_insight.continuation.cursors import STATE_PATH, Cursor, Trail
from diff_insight.errors import EnvironmentFailure
from diff_insight.model.ranges import is_full_id

_VERSION = 1


def read_cursors(content: bytes | None) -> dict[str, Cursor]:
    """Return the cursors of a state file by track; none for no file.

    Raises:
        EnvironmentFailure: The file is not what this or an earlier version has written.
    """
    if content is None:
        return {}
    try:
        state = json.loads(content)
        if state["schema_version"] != _VERSION:
            raise _state_failure(
                f"its schema_version is {state['schema_version']!r}, not {_VERSION}"
            )
        return {str(track): _cursor(entry) for track, entry in state["cursors"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise _state_failure(f"it cannot be read ({type(error).__name__})") from error


def write_cursors(cursors: Mapping[str, Cursor]) -> bytes:
    """Return the state file of cursors, the same bytes for the same cursors."""
    entries = {
        track: {
            "head": cursor.head,
            "committed": cursor.committed,
            "categories": {
                name: {
                    "empty_runs": trail.empty_runs,
                    "moved": [list(pair) for pair in trail.moved],
                }
                for name, trail in sorted(cursor.trails.items())
            },
        }
        for track, cursor in sorted(cursors.items())
    }
    state = {"schema_version": _VERSION, "cursors": entries}
    return (json.dumps(state, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _cursor(entry: Mapping[str, object]) -> Cursor:
    head, committed = entry["head"], entry["committed"]
    if not isinstance(head, str) or not is_full_id(head):
        raise _state_failure("a head in it is no commit id")
    if committed and (not isinstance(committed, str) or not _is_moment(committed)):
        raise _state_failure("a date in it is no moment")
    categories = entry["categories"]
    if not isinstance(committed, str) or not isinstance(categories, dict):
        raise TypeError
    return Cursor(
        head=head,
        committed=committed,
        trails={
            str(name): Trail(
                empty_runs=int(trail["empty_runs"]),
                moved=tuple((str(old), str(new)) for old, new in trail["moved"]),
            )
            for name, trail in categories.items()
        },
    )


def _is_moment(text: str) -> bool:
    """Tell whether a text is a date with a time and a zone: ages are counted from it."""
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _state_failure(cause: str) -> EnvironmentFailure:
    return EnvironmentFailure(
        f"{STATE_PATH} on the branch of the reports says nothing usable",
        cause=cause,
        cure="restore an earlier version of the file; deleting it begins again, as on a first run",
    )
