"""Publishes reports as the summary of a workflow step: one write, below the limit, as much as fits.

A summary above 1 MiB is dropped whole by the runner, so the budget stays clear of that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape

from babel.core import Locale

from diff_insight.errors import DiffInsightError
from diff_insight.model.insight import Insight
from diff_insight.model.messages import Notice
from diff_insight.model.receipts import PublishStatus, Receipt
from diff_insight.report.levels import Level, utf8_size

NAME = "summary"
#: Bytes; the runner's own limit is 1,048,576.
BUDGET = 1_000_000
_RULE = "\n\n---\n\n"

#: Renders one locale of a document at a level.
LevelRenderer = Callable[[Insight, str, Level], str]


@dataclass(slots=True)
class _Part:
    """One report of the summary with the level it has now."""

    insight: Insight
    locale: str
    folded: bool
    level: Level = Level.FULL
    text: str = ""
    size: int = 0

    def render(self, render: LevelRenderer, level: Level) -> None:
        """Take the text of a level."""
        self.level = level
        report = render(self.insight, self.locale, level)
        self.text = _folded(report, self.locale) if self.folded else report
        self.size = utf8_size(self.text) + len(_RULE)


class SummaryPublisher:
    """Appends the reports of a run to the step's summary.

    Args:
        append: Writes a text to the summary, whole or not at all.
        render: Gives a report at a level.
        limit: Bytes of the summary in all.
        dry_run: Only say what would be published.
    """

    def __init__(
        self,
        append: Callable[[str], None],
        render: LevelRenderer,
        *,
        limit: int = BUDGET,
        dry_run: bool = False,
    ) -> None:
        self._append = append
        self._render = render
        self._limit = limit
        self._dry_run = dry_run

    def publish(self, insights: Sequence[Insight]) -> Receipt:
        """Publish every category in every locale; the first locale stands open."""
        if not insights:
            return _receipt(PublishStatus.SKIPPED, Notice("nothing-to-publish"))
        parts = self._fitting(insights)
        if not parts:
            return _receipt(PublishStatus.FAILED, Notice("summary-too-large"))
        if self._dry_run:
            return _receipt(PublishStatus.DRY_RUN, None)
        try:
            self._append(_joined(parts))
        except (DiffInsightError, OSError) as error:
            said = error.what if isinstance(error, DiffInsightError) else str(error)
            return _receipt(PublishStatus.FAILED, Notice("summary-not-written", {"why": said}))
        wanted = sum(len(insight.locales) for insight in insights)
        short = sum(part.level is not Level.FULL for part in parts) + wanted - len(parts)
        reason = Notice("summary-shortened", {"count": short}) if short else None
        return _receipt(PublishStatus.PUBLISHED, reason)

    def _fitting(self, insights: Sequence[Insight]) -> list[_Part]:
        """Return the parts at the largest levels that fit together; what comes first keeps more.

        What does not fit even when everything is as short as can be is left out from the end.
        """
        parts = [
            _Part(insight, locale, folded=number > 0)
            for insight in insights
            for number, locale in enumerate(insight.locales)
        ]
        for part in parts:
            part.render(self._render, Level.FULL)
        while self._room(parts) < 0:
            most = max(part.level for part in parts)
            last = next(part for part in reversed(parts) if part.level is most)
            if most is Level.MINIMAL:
                parts.pop()
            else:
                last.render(self._render, Level(most - 1))
        self._grow(parts)
        return parts

    def _grow(self, parts: Sequence[_Part]) -> None:
        """Use the room that shrinking has left, in the order of the reports."""
        for part in parts:
            while part.level < Level.FULL:
                before = replace(part)
                part.render(self._render, Level(part.level + 1))
                if self._room(parts) < 0:
                    part.level, part.text, part.size = before.level, before.text, before.size
                    break

    def _room(self, parts: Sequence[_Part]) -> int:
        return self._limit - sum(part.size for part in parts)


def _joined(parts: Sequence[_Part]) -> str:
    return _RULE.join(part.text.rstrip("\n") for part in parts) + "\n"


def _folded(report: str, locale: str) -> str:
    """Fold a report under the name of its language, in that language."""
    name = Locale.parse(locale).get_language_name(locale) or locale
    return f"<details><summary>{escape(name)}</summary>\n\n{report}\n\n</details>\n"


def _receipt(status: PublishStatus, reason: Notice | None) -> Receipt:
    return Receipt(publisher=NAME, status=status, reason=reason)
