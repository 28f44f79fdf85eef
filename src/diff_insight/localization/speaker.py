"""Says messages in one locale and style: looks a key up and fills its parameters in."""

from __future__ import annotations

import re
from functools import cache

from diff_insight.localization.catalogs import Catalog
from diff_insight.localization.forms import LITERAL, Forms, Style
from diff_insight.localization.spacing import Piece, set_together
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
        self._unspaced = catalog.unspaced

    def say(self, key: str, params: Params | None = None) -> str:
        """Return the message `key` with its parameters filled in and escaped."""
        given = params or {}
        parts = parts_of(self.catalog.text(key))
        if self._unspaced:
            return set_together(
                Piece(part) if isinstance(part, str) else self._filled(part, given)
                for part in parts
            )
        return "".join(
            part if isinstance(part, str) else self.forms.apply(part[1], given.get(part[0], ""))
            for part in parts
        )

    def _filled(self, part: tuple[str, str], given: Params) -> Piece:
        name, form = part
        value = given.get(name, "")
        # A number is close to its unit, whatever its form.
        code = form in LITERAL and not isinstance(value, int)
        return Piece(self.forms.apply(form, value), value=True, code=code)

    def fill(self, key: str, **ready: str) -> str:
        """Return the message `key` with parameters that are finished text already."""
        return "".join(
            part if isinstance(part, str) else ready[part[0]]
            for part in parts_of(self.catalog.text(key))
        )

    def has(self, key: str) -> bool:
        """Tell whether the catalog has a message."""
        return self.catalog.has(key)
