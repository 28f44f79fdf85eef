"""Fits the reports of a run into one text with a limit: what comes first keeps more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape

from babel.core import Locale

from diff_insight.model.insight import Insight
from diff_insight.report.levels import Level

_RULE = "\n\n---\n\n"

#: Renders one locale of a document at a level.
LevelRenderer = Callable[[Insight, str, Level], str]
Measure = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The text of all reports that fit.

    Attributes:
        text: Empty when nothing fits.
        shortened: Reports that are told at a smaller level, or not at all.
        left_out: Reports that are not told.
    """

    text: str
    shortened: int
    left_out: int


@dataclass(slots=True)
class _Part:
    """One report with the level it has now."""

    insight: Insight
    locale: str
    folded: bool
    level: Level = Level.FULL
    text: str = ""
    size: int = 0


class Fitting:
    """Gives reports levels so that together they stay below a limit.

    Args:
        render: Gives a report at a level.
        limit: What the place takes in all.
        measure: Measures a text in the unit of the limit.
    """

    def __init__(self, render: LevelRenderer, limit: int, measure: Measure) -> None:
        self._render = render
        self._limit = limit
        self._measure = measure

    def fit(self, insights: Sequence[Insight]) -> Fitted:
        """Return every category in every locale; the first locale stands open.

        What does not fit even when everything is as short as can be is left out from the end.
        """
        parts = [
            _Part(insight, locale, folded=number > 0)
            for insight in insights
            for number, locale in enumerate(insight.locales)
        ]
        wanted = len(parts)
        for part in parts:
            self._take(part, Level.FULL)
        while self._room(parts) < 0:
            most = max(part.level for part in parts)
            last = next(part for part in reversed(parts) if part.level is most)
            if most is Level.MINIMAL:
                parts.pop()
            else:
                self._take(last, Level(most - 1))
        self._grow(parts)
        left_out = wanted - len(parts)
        short = sum(part.level is not Level.FULL for part in parts) + left_out
        return Fitted(_joined(parts) if parts else "", short, left_out)

    def _take(self, part: _Part, level: Level) -> None:
        part.level = level
        report = self._render(part.insight, part.locale, level)
        part.text = _folded(report, part.locale) if part.folded else report
        part.size = self._measure(part.text) + len(_RULE)

    def _grow(self, parts: Sequence[_Part]) -> None:
        """Use the room that shrinking has left, in the order of the reports."""
        for part in parts:
            while part.level < Level.FULL:
                before = replace(part)
                self._take(part, Level(part.level + 1))
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
