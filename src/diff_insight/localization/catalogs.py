"""Loads one gettext catalog and gives messages by key, plural forms by the locale's rule."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from gettext import c2py
from pathlib import Path

from babel.core import Locale
from msgspec import Struct

from diff_insight.localization.po_file import Text, read_messages

#: A folder for each catalog. The package is always unpacked: its templates are files too.
LOCALES = Path(__file__).parents[1] / "locales"


class Catalog(Struct, frozen=True):
    """The messages of one locale.

    Attributes:
        name: Catalog name such as `ja_JP`, used in paths, titles and keys.
        locale: The CLDR locale for dates, numbers and lists.
    """

    name: str
    locale: Locale
    messages: dict[str, Text]
    plural_form: Callable[[int], int]

    def text(self, key: str) -> str:
        """Return a message; the key is a programming error when missing, and a test finds it."""
        message = self.messages[key]
        return message if isinstance(message, str) else message[0]

    def has(self, key: str) -> bool:
        """Tell whether there is a message of that key."""
        return key in self.messages

    @property
    def is_unspaced(self) -> bool:
        """Tell whether the script sets no spaces between words: then sentences stand close too."""
        return " " not in self.text("sentence.join")

    def plural(self, key: str, number: int) -> str:
        """Return the form of a message for a number."""
        message = self.messages[key]
        if isinstance(message, str):
            return message
        return message[min(self.plural_form(number), len(message) - 1)]


@cache
def load_catalog(name: str) -> Catalog:
    """Return the catalog of a locale; parsed once per process."""
    messages, plural = read_messages(catalog_path(name).read_text("utf-8"))
    return Catalog(name, Locale.parse(name), messages, c2py(plural))


def catalog_path(name: str) -> Path:
    """Return where the catalog of a locale is, or would be."""
    return LOCALES / name / "LC_MESSAGES" / "diff_insight.po"
