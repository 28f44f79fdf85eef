"""Publishes all report files of a run as one artifact of the workflow run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import PurePath
from typing import Protocol

from msgspec import Struct

from diff_insight.errors import DiffInsightError
from diff_insight.github.api.artifacts import ArtifactFailure, StoredArtifact
from diff_insight.model.insight import Insight
from diff_insight.model.messages import Notice
from diff_insight.model.receipts import PublishStatus, Receipt, receipt
from diff_insight.publishers.zipped import UNFIT, entries, zip_pieces

NAME = "artifact"
DEFAULT_NAME = "diff-insight"
_LONGEST_NAME = 100
#: Names that are tried when steps or jobs of one run use the same.
_MOST_NAMES = 20


class ArtifactStore(Protocol):
    """Where artifacts are kept."""

    def upload(self, name: str, content: Iterable[bytes], expires: str = "") -> StoredArtifact:
        """Store a zip file that comes in pieces."""
        ...


class ArtifactWish(Struct, frozen=True, kw_only=True):
    """What the artifact is to be.

    Attributes:
        name: As the user gives it.
        retention_days: 0 leaves it to the repository.
        most_days: What the repository allows; 0 when that is not known.
        run_url: Web address of the workflow run.
        hosted: GitHub takes artifacts this way; Enterprise Server does not.
        dry_run: Only say what would be published.
    """

    name: str = DEFAULT_NAME
    retention_days: int = 0
    most_days: int = 0
    run_url: str = ""
    hosted: bool = True
    dry_run: bool = False


class ArtifactPublisher:
    """Uploads the files of a run.

    Args:
        files: Paths of the files, as they are to be named.
        store: Opens the store; called when there is something to store.
        now: Tells the time.
        wish: What the artifact is to be.
    """

    def __init__(
        self,
        files: Sequence[PurePath],
        store: Callable[[], ArtifactStore],
        now: Callable[[], datetime],
        wish: ArtifactWish,
    ) -> None:
        self._files = files
        self._store = store
        self._now = now
        self._wish = wish

    def publish(self, insights: Sequence[Insight]) -> Receipt:
        """Upload every file in one zip."""
        if not self._files:
            return receipt(NAME, PublishStatus.SKIPPED, Notice("nothing-to-publish"))
        if not self._wish.hosted:
            return receipt(NAME, PublishStatus.SKIPPED, Notice("artifact-unsupported"))
        if self._wish.dry_run:
            return receipt(NAME, PublishStatus.DRY_RUN)
        try:
            return self._receipt(self._upload())
        except (DiffInsightError, OSError) as error:
            return _failure(error)

    def _receipt(self, stored: StoredArtifact) -> Receipt:
        url = f"{self._wish.run_url}/artifacts/{stored.id}" if stored.id else self._wish.run_url
        return Receipt(
            publisher=NAME,
            status=PublishStatus.PUBLISHED,
            place=url,
            reason=self._retention_notice(),
            outputs={"artifact-id": stored.id, "artifact-url": url},
        )

    def _upload(self) -> StoredArtifact:
        store = self._store()
        files = entries(self._files)
        first = artifact_name(self._wish.name)
        expires = self._expires()
        for number in range(1, _MOST_NAMES):
            name = first if number == 1 else f"{first}-{number}"
            try:
                return store.upload(name, zip_pieces(files), expires)
            except ArtifactFailure as error:
                if not error.conflict:
                    raise
        raise ArtifactFailure(f"the run has artifacts {first!r} to '{first}-{_MOST_NAMES - 1}'")

    def _days(self) -> int:
        asked, most = self._wish.retention_days, self._wish.most_days
        return min(asked, most) if most else asked

    def _expires(self) -> str:
        if not self._wish.retention_days:
            return ""
        moment = self._now().astimezone(UTC) + timedelta(days=self._days())
        return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def _retention_notice(self) -> Notice | None:
        asked = self._wish.retention_days
        if asked <= self._days():
            return None
        return Notice("artifact-retention", {"asked": asked, "most": self._wish.most_days})


def artifact_name(name: str) -> str:
    """Return a name that the service takes."""
    plain = UNFIT.sub("-", name).replace("/", "-")
    return plain[:_LONGEST_NAME].strip(" .") or DEFAULT_NAME


def _failure(error: DiffInsightError | OSError) -> Receipt:
    if isinstance(error, ArtifactFailure) and error.quota:
        return receipt(NAME, PublishStatus.FAILED, Notice("artifact-quota"))
    cause = error.in_one_line if isinstance(error, DiffInsightError) else error.strerror
    why = cause or type(error).__name__
    return receipt(NAME, PublishStatus.FAILED, Notice("artifact-not-stored", {"why": why}))
