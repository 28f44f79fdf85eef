"""Publishes reports as a block in the notes of a release, kept up to date, all else left alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from msgspec import Struct

from diff_insight.errors import DiffInsightError
from diff_insight.github.api.client import ApiFailure
from diff_insight.github.api.release_pages import ReleasePage
from diff_insight.markup.text_size import utf16_units
from diff_insight.model.insight import Insight
from diff_insight.model.messages import Notice
from diff_insight.model.receipts import PublishStatus, Receipt, receipt
from diff_insight.publishers.fitting import Fitting, LevelRenderer
from diff_insight.publishers.own_block import BrokenMarksError, block_span, with_block

NAME = "release"
#: GitHub takes 125,000 characters for the notes of a release; these are UTF-16 units.
LIMIT = 124_000
#: Notes are read whole: the block takes no more than this, whatever room there is.
BLOCK = 60_000
#: Kept free for both marks and the line that tells what is left out.
_RESERVE = 700
PERMISSION = "contents: write"
_REFUSED = frozenset({403, 404})


class ReleaseNotes(Protocol):
    """The releases of the workflow's own repository."""

    def find(self, tag: str) -> ReleasePage | None:
        """Return the release of a tag."""
        ...

    def read(self, release: int) -> ReleasePage:
        """Return a release as it is now."""
        ...

    def write(self, release: int, notes: str) -> ReleasePage:
        """Replace the notes of a release."""
        ...


class ReleaseWish(Struct, frozen=True, kw_only=True):
    """Which release gets the block, and how it is worded.

    Attributes:
        tag: The tag of the release; empty when the run names none.
        key: Hex digits that tell the block of this step from those of others.
        render: Gives a report at a level.
        nothing: Gives what is said when there is nothing to report any more.
        left_out: Gives what is said of a number of reports that do not fit.
        dry_run: Only say what would be published.
    """

    tag: str
    key: str
    render: LevelRenderer
    nothing: Callable[[], str]
    left_out: Callable[[int], str]
    dry_run: bool = False


class ReleasePublisher:
    """Writes the reports of a run into the notes of its release.

    Args:
        releases: Reads and writes them.
        wish: Which release, and how the block is worded.
    """

    def __init__(self, releases: ReleaseNotes, wish: ReleaseWish) -> None:
        self._releases = releases
        self._wish = wish

    def publish(self, insights: Sequence[Insight]) -> Receipt:
        """Bring the block up to date, or add it behind the notes."""
        wish = self._wish
        if not wish.tag:
            return receipt(NAME, PublishStatus.SKIPPED, Notice("release-no-tag"))
        if wish.dry_run:
            return receipt(NAME, PublishStatus.DRY_RUN)
        try:
            return self._publish(insights)
        except BrokenMarksError:
            broken = Notice("release-marks-broken", {"tag": wish.tag})
            return receipt(NAME, PublishStatus.FAILED, broken)
        except ApiFailure as error:
            return _refusal(error)
        except DiffInsightError as error:
            return _not_written(error)

    def _publish(self, insights: Sequence[Insight]) -> Receipt:
        wish = self._wish
        release = self._releases.find(wish.tag)
        if release is None:
            missing = Notice("release-missing", {"tag": wish.tag})
            return receipt(NAME, PublishStatus.SKIPPED, missing)
        span = block_span(release.notes, wish.key)
        if not insights and span is None:
            return receipt(NAME, PublishStatus.SKIPPED, Notice("nothing-to-publish"))
        theirs = utf16_units(
            release.notes[: span[0]] + release.notes[span[1] :] if span else release.notes
        )
        content, short = self._content(insights, min(BLOCK, LIMIT - theirs) - _RESERVE)
        if not content:
            full = Notice("release-no-room", {"tag": wish.tag})
            return receipt(NAME, PublishStatus.FAILED, full)
        # Reports take their time: what somebody wrote meanwhile is kept.
        release = self._releases.read(release.id)
        notes = with_block(release.notes, wish.key, content)
        if notes != release.notes:
            release = self._releases.write(release.id, notes)
        reason = Notice("release-shortened", {"count": short}) if short else None
        return Receipt(
            publisher=NAME,
            status=PublishStatus.PUBLISHED,
            place=release.url,
            reason=reason,
            outputs={"release-url": release.url},
        )

    def _content(self, insights: Sequence[Insight], limit: int) -> tuple[str, int]:
        """Return the text, and how many reports it tells in a shorter form or not at all."""
        if not insights:
            return self._wish.nothing(), 0
        fitted = Fitting(self._wish.render, limit, utf16_units).fit(insights)
        rest = f"\n{self._wish.left_out(fitted.left_out)}\n" if fitted.left_out else ""
        return fitted.text and fitted.text + rest, fitted.shortened


def _refusal(error: ApiFailure) -> Receipt:
    """Return what it means that GitHub did not do what it was asked."""
    if error.status not in _REFUSED or error.limited:
        return _not_written(error)
    sentence = error.with_cause
    forbidden = Notice("release-forbidden", {"permission": PERMISSION, "why": sentence})
    return receipt(NAME, PublishStatus.FAILED, forbidden)


def _not_written(error: DiffInsightError) -> Receipt:
    return receipt(
        NAME, PublishStatus.FAILED, Notice("release-not-written", {"why": error.in_one_line})
    )
