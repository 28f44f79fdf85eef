"""Reads single fields of an event file; a wrong one is an error that names it, never a traceback.

What the fields hold was written by strangers: texts stay data, and refs can be no options.
"""

from __future__ import annotations

import re
import reprlib
from collections.abc import Mapping

from diff_insight.errors import EnvironmentFailure
from diff_insight.model.ranges import is_full_id

_SLUG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}/(?!\.{1,2}\Z)[A-Za-z0-9_.-]{1,100}")
#: What git allows in no ref, and what it reads as more than a name at a command's start.
_NO_REF = re.compile(r"[\x00-\x20\x7f-\x9f~^:?*\[\\\u2028\u2029\ud800-\udfff]|\.\.|@\{|\A-|\A/|/\Z")
_LONGEST_REF = 1000
_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 60
_SHORT.maxlevel = 1


def is_zero(sha: str) -> bool:
    """Tell whether a commit id is the one that stands for "none"."""
    return bool(sha) and not sha.strip("0")


def is_slug(text: str) -> bool:
    """Tell whether a text is `OWNER/NAME`."""
    return _SLUG.fullmatch(text) is not None


def is_ref(text: str) -> bool:
    """Tell whether a text can be the name of a branch, a tag or a commit."""
    return 0 < len(text) <= _LONGEST_REF and _NO_REF.search(text) is None


class Fields:
    """A part of the event file, with its place for messages."""

    def __init__(self, values: Mapping[str, object], path: str = "") -> None:
        self._values = values
        self._place = path

    def inner(self, name: str) -> Fields | None:
        """Return a part of this part; None when it is absent or null."""
        value = self._values.get(name)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            raise self._wrong(name, "an object")
        return Fields(value, f"{self._place}{name}.")

    def part(self, name: str) -> Fields:
        """Return a part of this part that has to be there."""
        part = self.inner(name)
        if part is None:
            raise self._wrong(name, "an object")
        return part

    def parts(self, name: str) -> list[Fields]:
        """Return a list of parts; none when it is absent or null."""
        values = self._values.get(name)
        if values is None:
            return []
        if not isinstance(values, list) or not all(isinstance(each, Mapping) for each in values):
            raise self._wrong(name, "a list of objects")
        return [Fields(each, f"{self._place}{name}[{i}].") for i, each in enumerate(values)]

    def text(self, name: str) -> str:
        """Return a text; an empty one when it is absent or null."""
        value = self._values.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self._wrong(name, "a text")
        # Half a surrogate pair is valid JSON, and can be written to no file.
        return value.encode("utf-8", "replace").decode()

    def flag(self, name: str) -> bool:
        """Return true or false; false when it is absent or null."""
        value = self._values.get(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        raise self._wrong(name, "true or false")

    def number(self, name: str) -> int:
        """Return a whole number above 0 that has to be there."""
        value = self._values.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise self._wrong(name, "a whole number above 0")
        return value

    def whole(self, name: str) -> int:
        """Return a whole number above 0; 0 when it is absent or null."""
        return self.number(name) if self._values.get(name) is not None else 0

    def sha(self, name: str) -> str:
        """Return a commit id; an empty text when it is absent or null."""
        value = self.text(name)
        if value and not is_full_id(value):
            raise self._wrong(name, "a commit id of 40 or 64 hexadecimal digits")
        return value.lower()

    def commit(self, name: str) -> str:
        """Return the id of a commit that has to be there."""
        value = self.sha(name)
        if not value or is_zero(value):
            raise self._wrong(name, "a commit id of 40 or 64 hexadecimal digits")
        return value

    def ref(self, name: str) -> str:
        """Return the name of a branch or tag; an empty text when it is absent or null."""
        value = self.text(name)
        if value and not is_ref(value):
            raise self._wrong(name, "a name that git allows for a branch or tag")
        return value

    def slug(self, name: str) -> str:
        """Return `OWNER/NAME`; an empty text when it is absent or null."""
        value = self.text(name)
        if value and not is_slug(value):
            raise self._wrong(name, "OWNER/NAME")
        return value

    def _wrong(self, name: str, expected: str) -> EnvironmentFailure:
        path = f"{self._place}{name}"
        if self._values.get(name) is None:
            cause = f"it has no {path}"
        else:
            cause = f"{path} is {_SHORT.repr(self._values[name])}, not {expected}"
        return EnvironmentFailure(
            f"the event file gives no usable {path}",
            cause=cause,
            cure="hand over the event file as the runner wrote it (GITHUB_EVENT_PATH)",
        )
