"""Says messages in one locale and style: looks a key up and fills its parameters in."""

from __future__ import annotations

import re
from functools import cache

from diff_insight.localization.catalogs import Catalog
from diff_insight.localization.forms import Forms, Style
from diff_insight.model.messages import Params

_PARAMETER = re.compile(r"\{(\w+)(?::(\w+))?\}")
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


class Speaker:
    """Fills messages of one catalog for one style."""

    def __init__(self, catalog: Catalog, style: Style) -> None:
        self.catalog = catalog
        self.style = style
        self.forms = Forms(catalog, style)
        spaced = " " in catalog.text("sentence.join")
        self._unspaced = not spaced

    def say(self, key: str, params: Params | None = None) -> str:
        """Return the message `key` with its parameters filled in and escaped."""
        given = params or {}
        pieces: list[str] = []
        for part in parts_of(self.catalog.text(key)):
            if isinstance(part, str):
                tight = self._unspaced and pieces and not pieces[-1][-1:].isascii()
                # A space alone stays until it is known what follows it.
                pieces.append(part.lstrip(" ") if tight and part.strip() else part)
                continue
            value = self.forms.apply(part[1], given.get(part[0], ""))
            if self._unspaced and pieces and value[:1] and not value[0].isascii():
                # Code is set off by spaces; the script's own words and marks are not.
                pieces[-1] = pieces[-1].rstrip(" ")
            pieces.append(value)
        return "".join(pieces)

    def fill(self, key: str, **ready: str) -> str:
        """Return the message `key` with parameters that are finished text already."""
        return "".join(
            part if isinstance(part, str) else ready[part[0]]
            for part in parts_of(self.catalog.text(key))
        )

    def has(self, key: str) -> bool:
        """Tell whether the catalog has a message."""
        return self.catalog.has(key)
