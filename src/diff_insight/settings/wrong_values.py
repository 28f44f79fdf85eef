"""The errors for values and keys that no setting takes."""

from __future__ import annotations

import reprlib
from collections.abc import Mapping, Sequence

from diff_insight.errors import UsageError
from diff_insight.nearest import nearest

#: Values are quoted in messages; a quotation has an end, whatever a file holds.
_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 80
_SHORT.maxlevel = 2
#: How a list of YAML begins, which is no list where a text is read.
_BRACKET = "["


def wrong(name: str, value: object, expected: str, *, cause: str = "") -> UsageError:
    """Return the error for a value of the wrong kind."""
    kinds = (
        (bool, "true or false"),
        (list, "a list"),
        (Mapping, "a mapping"),
        (int | float, "a number"),
    )
    sort = next((word for kind, word in kinds if isinstance(value, kind)), "")
    if not cause:
        cause = f"it is {sort}" if sort else "" if value else "nothing is in it"
    return UsageError(
        f"{name}: {_SHORT.repr(value)} does not fit",
        cause=cause,
        cure=f"give {expected}",
    )


def unknown_key(where: str, key: object, known: Sequence[str]) -> UsageError:
    """Return the error for an unknown key, with the nearest known one."""
    near = nearest(str(key), known)
    return UsageError(
        f"{where}: unknown key {str(key)!r}",
        cause="no setting has that name",
        cure=f"perhaps you meant {near!r}" if near else f"known keys: {', '.join(known)}",
    )


def none_of(name: str, value: object, choices: Sequence[str]) -> UsageError:
    """Return the error for a value that is none of several words, with the nearest of them."""
    if isinstance(value, str) and value.startswith(_BRACKET):
        return wrong(
            name,
            value,
            "words with commas between them, or one a line",
            cause="an input is a text, and no list with brackets",
        )
    near = nearest(value, choices) if isinstance(value, str) else None
    return UsageError(
        f"{name}: {_SHORT.repr(value)} does not fit",
        cause=f"it is none of {', '.join(choices)}",
        cure=f"perhaps you meant {near}" if near else f"give one of {', '.join(choices)}",
    )
