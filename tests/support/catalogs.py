"""The messages of every catalog, as tests look at them."""

from __future__ import annotations

from functools import cache

from diff_insight.localization.catalogs import load_catalog
from diff_insight.localization.locales import available

LOCALES = available()


def language(locale: str) -> str:
    return locale.partition("_")[0]


@cache
def entries(locale: str) -> dict[str, tuple[str, ...]]:
    """Return every message with all its plural forms."""
    messages = load_catalog(locale).messages
    return {key: (text,) if isinstance(text, str) else text for key, text in messages.items()}
