"""The JSON form of cursors and waiting batches: read strictly, because a wrong one would lose something silently."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct, field
from msgspec.structs import asdict

from diff_insight.continuation.cursors import STATE_PATH, Cursor, Trail
from diff_insight.errors import EnvironmentFailure
from diff_insight.model.model_batches import MOST_ATTEMPTS, ModelBatch, is_batch_id
from diff_insight.model.ranges import Comparison, is_full_id

#: Batches that are kept at once.
MOST_BATCHES = 200
_VERSION = 1
_LONGEST_TEXT = 2_000
_NAMES = ("base_name", "head_name")


class KeptState(Struct, frozen=True, kw_only=True):
    """What is kept beside the reports.

    Attributes:
        cursors: How far each followed repository is reported on, by track.
        batches: Batches of questions that wait at a model's provider, the oldest first.
    """

    cursors: Mapping[str, Cursor] = field(default_factory=dict)
    batches: tuple[ModelBatch, ...] = ()


def read_state(content: bytes | None) -> KeptState:
    """Return what a state file says; nothing for no file.

    Raises:
        EnvironmentFailure: The file is not what this or an earlier version has written.
    """
    if content is None:
        return KeptState()
    try:
        state = json.loads(content)
        if state["schema_version"] != _VERSION:
            raise _state_failure(
                f"its schema_version is {state['schema_version']!r}, not {_VERSION}"
            )
        batches = state.get("batches", [])
        if not isinstance(batches, list) or len(batches) > MOST_BATCHES:
            raise _state_failure("its batches are no list of them")
        return KeptState(
            cursors={str(track): _cursor(entry) for track, entry in state["cursors"].items()},
            batches=tuple(_batch(entry) for entry in batches),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise _state_failure("it is damaged, or not what diff-insight has written") from error


def write_state(state: KeptState) -> bytes:
    """Return the state file, the same bytes for the same state."""
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
        for track, cursor in sorted(state.cursors.items())
    }
    written: dict[str, object] = {"schema_version": _VERSION, "cursors": entries}
    if state.batches:
        written["batches"] = [asdict(batch) for batch in state.batches]
    return (json.dumps(written, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def read_cursors(content: bytes | None) -> dict[str, Cursor]:
    """Return the cursors of a state file by track; none for no file.

    Raises:
        EnvironmentFailure: As for `read_state`.
    """
    return dict(read_state(content).cursors)


def _batch(entry: Mapping[str, object]) -> ModelBatch:
    texts = {}
    for name in (
        "batch",
        "place",
        "track",
        "base",
        "head",
        "comparison",
        "date",
        "submitted",
        *_NAMES,
    ):
        text = entry[name]
        if not isinstance(text, str) or len(text) > _LONGEST_TEXT:
            raise TypeError
        texts[name] = text
    if not is_batch_id(texts["batch"]):
        raise _state_failure("a batch in it has no id")
    if not is_full_id(texts["base"]) or not is_full_id(texts["head"]):
        raise _state_failure("a batch in it is about no commits")
    date.fromisoformat(texts["date"])
    if not _is_moment(texts["submitted"]):
        raise _state_failure("a date in it is no moment")
    attempt = entry["attempt"]
    if attempt not in range(1, MOST_ATTEMPTS + 1) or isinstance(attempt, bool):
        raise _state_failure("a batch in it was handed over too often")
    comparison = Comparison(texts.pop("comparison"))
    return ModelBatch(**texts, comparison=comparison, attempt=int(str(attempt)))


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
