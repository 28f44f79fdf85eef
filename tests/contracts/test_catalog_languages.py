"""A report of each catalog passes as text of its locale, and fails as text of the eight others."""

from __future__ import annotations

from functools import cache

import pytest

from diff_insight.llm.prompting.answer_markdown import as_written
from diff_insight.llm.prompting.language import wrong_language
from diff_insight.localization.locales import available
from diff_insight.settings.settings import Settings
from support.insights import insight_of_diff
from support.recorded import cases, unified_diff

CASES = ("oowl-en_US-20250423-openai", "oowl-en_US-20250506-misc", "oowl-en_US-20250626-openai")
LOCALES = available()


@cache
def texts() -> dict[str, tuple[str, ...]]:
    """Return headline, insights, titles and explanations of a few recorded diffs by locale."""
    by_locale: dict[str, list[str]] = {locale: [] for locale in LOCALES}
    for case in cases():
        if case.name not in CASES:
            continue
        insight = insight_of_diff(unified_diff(case.files), Settings(locales=LOCALES))
        for locale in LOCALES:
            by_locale[locale] += [insight.headline[locale], as_written(insight.insights[locale])]
            for entry in insight.files:
                by_locale[locale] += [entry.title[locale], as_written(entry.explanation[locale])]
    return {locale: tuple(each) for locale, each in by_locale.items()}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_of_a_catalog_passes_its_locale(locale: str) -> None:
    assert [text for text in texts()[locale] if wrong_language(text, locale)] == []


@pytest.mark.parametrize("asked", LOCALES)
@pytest.mark.parametrize("locale", LOCALES)
def test_the_report_of_another_catalog_fails(locale: str, asked: str) -> None:
    report = "\n".join(texts()[locale])
    assert bool(wrong_language(report, asked)) is (locale != asked)
