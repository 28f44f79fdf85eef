"""What tells that a range of a plan is done: a small record beside the reports, written last."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath

import msgspec
from msgspec import Struct

from diff_insight.errors import EnvironmentFailure
from diff_insight.model.model_batches import HandedOver
from diff_insight.plan.planned_range import PlannedRange
from diff_insight.runtime.inside import LinkError, open_inside, read_inside, write_inside

#: Folder of the records. It is not hidden: what uploads artifacts leaves hidden files out.
FOLDER = PurePath("diff-insight-ranges")
#: Longest record that is read, in bytes.
_LONGEST = 4_000_000
#: Largest document of a range that is read back, in bytes.
_LARGEST_DOCUMENT = 1_000_000_000


class FinishedRange(Struct, frozen=True, kw_only=True):
    """A range whose reports are written.

    Attributes:
        base: As planned.
        head: As planned.
        repository: As planned.
        committed: When the head was made, in ISO form; empty when that is not known.
        documents: Paths of its insight documents; none when no file of it is in a category.
        waits: The batch that its questions to a model wait in; None when nothing waits.
    """

    base: str
    head: str
    repository: str = ""
    committed: str = ""
    documents: tuple[str, ...] = ()
    waits: HandedOver | None = None


def record_of(planned: PlannedRange) -> PurePath:
    """Return where the record of a range is."""
    owner = planned.repository.replace("/", "-")
    name = "-".join(part for part in (owner, planned.base[:12], planned.head[:12]) if part)
    return FOLDER / f"{name}.json"


def documents_of(planned: PlannedRange) -> str:
    """Return the output template of the documents of a range, in a folder of its own."""
    return f"{record_of(planned).with_suffix('')}/{{category}}.json"


def write_finished(
    root: Path,
    planned: PlannedRange,
    committed: str,
    documents: Sequence[str],
    waits: HandedOver | None = None,
) -> None:
    """Record that the reports of a range are written below a folder.

    Raises:
        OSError: The record cannot be written.
    """
    done = FinishedRange(
        base=planned.base, head=planned.head, repository=planned.repository,
        committed=committed, documents=tuple(documents), waits=waits,
    )  # fmt: skip
    write_inside(root, record_of(planned), [msgspec.json.encode(done)])


def read_finished(root: Path, planned: PlannedRange) -> FinishedRange | None:
    """Return the record of a range below a folder.

    None when there is none, when it is about another range, when a document of it is not there, or
    when it names a batch that no provider has.
    """
    try:
        content = read_inside(root, record_of(planned), limit=_LONGEST)
        done = msgspec.json.decode(content, type=FinishedRange) if content else None
    except (LinkError, OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if done is None or (done.repository, done.base, done.head) != (
        planned.repository, planned.base, planned.head,
    ):  # fmt: skip
        return None
    if done.waits is not None and not done.waits.is_sound:
        return None
    return done if all(_is_there(root, name) for name in done.documents) else None


def read_travelled(root: Path, planned: PlannedRange) -> FinishedRange | None:
    """Return the record of a range whose documents are all in the range's own folder.

    It came as an artifact, and may name what its author likes.
    """
    done = read_finished(root, planned)
    own = record_of(planned).with_suffix("")
    return done if done and all(PurePath(name).parent == own for name in done.documents) else None


def read_document(root: Path, name: str) -> str:
    """Return the text of a document of a range that is done.

    Raises:
        EnvironmentFailure: It is not there any more, or cannot be read.
    """
    try:
        content = read_inside(root, PurePath(name), limit=_LARGEST_DOCUMENT)
        if content is not None:
            return content.decode("utf-8")
        reason = "it is gone"
    except (OSError, UnicodeDecodeError) as error:
        reason = str(error)
    raise EnvironmentFailure(
        f"the document {name!r} of a range that is done cannot be read: {reason}",
        cure="run the job of that range again",
    )


def _is_there(root: Path, name: str) -> bool:
    """Tell whether a document is a file below a folder, and not behind a link."""
    path = PurePath(name)
    try:
        with open_inside(root, path):
            return not path.is_absolute()
    except OSError:
        return False
