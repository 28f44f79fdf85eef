"""What templates show of a model's texts: the summary that opens a report, and marks of whose they are."""

from __future__ import annotations

from diff_insight.localization.speaker import Speaker
from diff_insight.markup.escape import line_with_code
from diff_insight.model.insight import FileEntry, Insight

_SPACELESS = frozenset(("ja", "zh"))


class ModelParts:
    """The texts that a model wrote, in one locale.

    Args:
        insight: The document.
        locale: One of its locales.
        voice: Says the mark.
    """

    def __init__(self, insight: Insight, locale: str, voice: Speaker) -> None:
        self._insight = insight
        self._locale = locale
        space = "" if locale.partition("_")[0] in _SPACELESS else " "
        self._mark = f"{space}{voice.say('model.mark')}"

    @property
    def opening(self) -> str:
        """The summary as Markdown; empty when the rules wrote it, whose headline says as much."""
        if not self._wrote("summary"):
            return ""
        return line_with_code(self._insight.summary[self._locale]) + self._mark

    @property
    def insights(self) -> str:
        """The insights, with the mark when a model wrote them."""
        text = self._insight.insights[self._locale]
        return text + self._mark if self._wrote("insights") else text

    def besides(self, said: str) -> str:
        """Return the insights without a last sentence that the report says above, unless it is all of them."""
        text = self.insights.removesuffix(said).rstrip()
        return text or self.insights

    def explanation(self, entry: FileEntry) -> str:
        """Return the explanation of a file, with the mark when a model wrote it."""
        text = entry.explanation[self._locale]
        parts = entry.parts_by_model.get(self._locale, ())
        written = entry.author_in(self._locale) == "model" or "explanation" in parts
        return text + self._mark if written else text

    def _wrote(self, part: str) -> bool:
        return part in self._insight.overview_parts.get(self._locale, ())
