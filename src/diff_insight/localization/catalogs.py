"""Loads one gettext catalog and gives messages by key, plural forms by the locale's rule."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from gettext import c2py
from importlib.resources import files

from babel.core import Locale
from babel.messages.catalog import Catalog as GettextCatalog
from babel.messages.pofile import read_po
from msgspec import Struct

DOMAIN = "diff_insight"


class Catalog(Struct, frozen=True):
    """The messages of one locale.

    Attributes:
        name: Catalog name such as `ja_JP`, used in paths, titles and keys.
        locale: The CLDR locale for dates, numbers and lists.
    """

    name: str
    locale: Locale
    messages: dict[str, str | tuple[str, ...]]
    plural_form: Callable[[int], int]

    def text(self, key: str) -> str:
        """Return a message; the key is a programming error when missing, and a test finds it."""
        message = self.messages[key]
        return message if isinstance(message, str) else message[0]

    def has(self, key: str) -> bool:
        """Tell whether there is a message of that key."""
        return key in self.messages

    @property
    def unspaced(self) -> bool:
        """Tell whether the script sets no spaces between words: then sentences stand close too."""
        return " " not in self.text("sentence.join")

    def plural(self, key: str, number: int) -> str:
        """Return the form of a message for a number."""
        message = self.messages[key]
        if isinstance(message, str):
            return message
        return message[min(self.plural_form(number), len(message) - 1)]


def read_catalog(name: str) -> GettextCatalog:
    """Parse the `.po` file of a locale with Babel."""
    path = files("diff_insight") / "locales" / name / "LC_MESSAGES" / f"{DOMAIN}.po"
    with path.open("rb") as file:
        return read_po(file, locale=Locale.parse(name))


@cache
def load_catalog(name: str) -> Catalog:
    """Return the catalog of a locale; parsed once per process."""
    messages: dict[str, str | tuple[str, ...]] = {}
    parsed = read_catalog(name)
    for message in parsed:
        if not message.id:
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        messages[key] = (
            message.string if isinstance(message.string, str) else tuple(message.string or ())
        )
    return Catalog(name, Locale.parse(name), messages, c2py(parsed.plural_expr))
