"""Marks sentences that may be the model's own reading of what it saw, in the words of the locale."""

from __future__ import annotations

from collections.abc import Collection

from diff_insight.llm.prompting.answer_markdown import inline
from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.forms import Style
from diff_insight.localization.speaker import Speaker


def with_readings(markdown: str, readings: Collection[str], locale: str) -> str:
    """Return a text in which the mark stands behind each of some sentences.

    Args:
        markdown: The text as it is shown.
        readings: The sentences, as the model wrote them.
        locale: Whose words the mark has.
    """
    if not readings:
        return markdown
    mark = Speaker(load_catalog(locale), Style.MARKDOWN).say("model.reading")
    space = "" if locale.partition("_")[0] in {"ja", "zh"} else " "
    for sentence in readings:
        shown = inline(sentence)
        for form in (shown, sentence):
            if form in markdown:
                markdown = markdown.replace(form, f"{form}{space}{mark}", 1)
                break
    return markdown
