"""The messages of every catalog, as tests look at them."""

from __future__ import annotations

from functools import cache

from babel.core import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from diff_insight.localization.catalogs import catalog_path, load_catalog
from diff_insight.localization.locales import available

LOCALES = available()


def language(locale: str) -> str:
    return locale.partition("_")[0]


@cache
def entries(locale: str) -> dict[str, tuple[str, ...]]:
    """Return every message with all its plural forms."""
    messages = load_catalog(locale).messages
    return {key: (text,) if isinstance(text, str) else text for key, text in messages.items()}


def read_with_babel(locale: str) -> Catalog:
    """Return a catalog as Babel reads it."""
    with catalog_path(locale).open("rb") as file:
        return read_po(file, locale=Locale.parse(locale))
