"""Fits the reports of a run into one text with a limit: what comes first keeps more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from babel.core import Locale
from msgspec import Struct, field

from diff_insight.model.insight import Insight
from diff_insight.report.levels import Level

_RULE = "\n\n---\n\n"

#: Renders one locale of a document at a level.
LevelRenderer = Callable[[Insight, str, Level], str]
Measure = Callable[[str], int]


class Fitted(Struct, frozen=True):
    """The text of all reports that fit.

    Attributes:
        text: Empty when nothing fits.
        shortened: Reports that are told at a smaller level, or not at all.
        left_out: Reports that are not told.
    """

    text: str
    shortened: int
    left_out: int


class _FittedPart(Struct):
    """One report with the level it has now, and the texts of the levels that were looked at."""

    insight: Insight
    locale: str
    folded: bool
    level: Level = Level.MINIMAL
    texts: dict[Level, tuple[str, int]] = field(default_factory=dict)


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
            _FittedPart(insight, locale, folded=number > 0)
            for insight in insights
            for number, locale in enumerate(insight.locales)
        ]
        wanted = len(parts)
        # Mostly everything fits; a large report shows at its first text that it does not.
        if not self._raise_all(parts):
            while parts and self._room(parts) < 0:
                parts.pop()
            # The files of the first language come before their details, other languages after both.
            for first in (True, False):
                for level in (Level.FEW_ROWS, Level.ROWS, Level.FEW_DETAILS, Level.SHORT):
                    for part in parts:
                        if part.folded is not first:
                            self._raise(part, level, parts)
            for part in parts:
                self._raise(part, Level.FULL, parts)
        left_out = wanted - len(parts)
        short = sum(part.level is not Level.FULL for part in parts) + left_out
        text = _RULE.join(self._text(part)[0].rstrip("\n") for part in parts)
        return Fitted(f"{text}\n" if parts else "", short, left_out)

    def _raise_all(self, parts: Sequence[_FittedPart]) -> bool:
        """Give every part its whole text, unless they do not fit."""
        room = self._limit
        for part in parts:
            room -= self._text(part, Level.FULL)[1]
            if room < 0:
                return False
        for part in parts:
            part.level = Level.FULL
        return True

    def _raise(self, part: _FittedPart, level: Level, parts: Sequence[_FittedPart]) -> None:
        """Give a part the next level if there is room."""
        if part.level == level - 1:
            more = self._text(part, level)[1] - self._text(part)[1]
            part.level = level if more <= self._room(parts) else part.level

    def _text(self, part: _FittedPart, level: Level | None = None) -> tuple[str, int]:
        """Return the text of a part at a level, its own by default, with its size."""
        wanted = part.level if level is None else level
        if wanted not in part.texts:
            report = self._render(part.insight, part.locale, wanted)
            text = _fold(report, part.locale) if part.folded else report
            part.texts[wanted] = text, self._measure(text) + len(_RULE)
        return part.texts[wanted]

    def _room(self, parts: Sequence[_FittedPart]) -> int:
        return self._limit - sum(self._text(part)[1] for part in parts)


def _fold(report: str, locale: str) -> str:
    """Fold a report under the name of its language, in that language."""
    name = Locale.parse(locale).get_language_name(locale) or locale
    return f"<details><summary>{escape(name)}</summary>\n\n{report}\n\n</details>\n"
