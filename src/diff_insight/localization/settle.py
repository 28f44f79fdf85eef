"""Turns the locale tags of the settings into the names of catalogs."""

from __future__ import annotations

from msgspec.structs import replace

from diff_insight.localization.locales import available, negotiate
from diff_insight.model.messages import Notice
from diff_insight.settings.settings import Settings
from diff_insight.settings.values import unique


def settle_locales(settings: Settings) -> tuple[Settings, tuple[Notice, ...]]:
    """Return the settings with catalogs instead of tags as typed, and what there is to say of it.

    Raises:
        UsageError: A tag has no catalog.
    """
    names = available()
    names_of_catalogs = [negotiate(tag, names) for tag in settings.locales]
    texts = {tag and negotiate(tag, names)[0]: text for tag, text in settings.notice.items()}
    settled = replace(settings, locales=unique(name for name, _ in names_of_catalogs), notice=texts)
    return settled, tuple(notice for _, notice in names_of_catalogs if notice is not None)
