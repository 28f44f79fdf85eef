"""Says messages in one locale and style: looks a key up and fills its parameters in."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from diff_insight.localization.catalogs import Catalog
from diff_insight.localization.forms import LITERAL, Forms, Style
from diff_insight.localization.spacing import Frame
from diff_insight.markup.escape import with_gaps
from diff_insight.model.messages import Params, Value

_PARAMETER = re.compile(r"\{(\w+)(?::(\w+))?\}")
#: Languages that write no capital behind a colon.
_SMALL_BEHIND_COLON = frozenset(("fr", "es", "pt"))
#: A word that begins a sentence: articles of one letter and elided ones too; other capitals alone may be a name.
_CAPITAL = re.compile("[A-ZÀ-Þ][a-zß-ÿ]|[AOÀÉ] |[CDLNS]’")
#: A message cut into literal pieces (str) and (parameter, form) pairs.
Parts = tuple[str | tuple[str, str], ...]


@cache
def parts_of(message: str) -> Parts:
    """Cut a message into its literal pieces and its parameters."""
    parts: list[str | tuple[str, str]] = []
    end = 0
    for match in _PARAMETER.finditer(message):
        parts += [message[end : match.start()], (match[1], match[2] or "")]
        end = match.end()
    return (*parts, message[end:])


class _Slot(NamedTuple):
    """Where a parameter goes: its name, its form, and whether that shows something literal."""

    name: str
    form: Callable[[Value], str]
    literal: bool


class _CatalogMessage(NamedTuple):
    """A message made ready to be filled: its words with `%s` for each parameter.

    In scripts without spaces a frame sets the values, which has nothing to do where all of them
    stand `close` to the words.
    """

    words: str
    slots: tuple[_Slot, ...]
    frame: Frame | None = None
    close: bool = False


def _told_apart(values: Params) -> Params:
    """Return parameters with the gaps of both versions shown where nothing else differs."""
    old, new = values["old"], values["new"]
    if not isinstance(old, str) or not isinstance(new, str) or old == new:
        return values
    if old.split() != new.split():
        return values
    return {**values, "old": with_gaps(old), "new": with_gaps(new)}


class Speaker:
    """Fills messages of one catalog for one style; each is read once."""

    def __init__(self, catalog: Catalog, style: Style) -> None:
        self.catalog = catalog
        self.style = style
        self.forms = Forms(catalog, style)
        self._unspaced = catalog.is_unspaced
        self._messages: dict[str, _CatalogMessage] = {}
        self._named: dict[str, str] = {}

    def say(self, key: str, params: Params | None = None) -> str:
        """Return the message `key` with its parameters filled in and escaped."""
        message = self._messages.get(key) or self._read(key)
        values = params or {}
        if "old" in values and "new" in values:
            values = _told_apart(values)
        shown = [form(values.get(name, "")) for name, form, _ in message.slots]
        if message.frame is None or (message.close and all(shown)):
            return message.words % tuple(shown)
        # A number is close to its unit, whatever its form.
        code = [
            literal and not isinstance(values.get(name), int) for name, _, literal in message.slots
        ]
        return message.frame.fill(shown, code)

    def _read(self, key: str) -> _CatalogMessage:
        parts = parts_of(self.catalog.text(key))
        words = [part for part in parts if isinstance(part, str)]
        slots = tuple(
            _Slot(part[0], self.forms.formatter(part[1]), part[1] in LITERAL)
            for part in parts
            if not isinstance(part, str)
        )
        if self._unspaced:
            frame = Frame(words, [slot.literal for slot in slots])
            message = _CatalogMessage(frame.words, slots, frame, frame.close)
        else:
            message = _CatalogMessage("%s".join(word.replace("%", "%%") for word in words), slots)
        self._messages[key] = message
        return message

    def fill(self, key: str, **ready: str) -> str:
        """Return the message `key` with parameters that are finished text already."""
        words = self._named.get(key)
        if words is None:
            parts = parts_of(self.catalog.text(key))
            self._named[key] = words = "".join(
                part.replace("%", "%%") if isinstance(part, str) else f"%({part[0]})s"
                for part in parts
            )
        return words % ready

    def behind_colon(self, text: str) -> str:
        """Return a text as it is written behind a colon: with a small letter in some languages."""
        small = self.catalog.locale.language in _SMALL_BEHIND_COLON
        return text[0].lower() + text[1:] if small and _CAPITAL.match(text) else text

    def has(self, key: str) -> bool:
        """Tell whether the catalog has a message."""
        return self.catalog.has(key)
