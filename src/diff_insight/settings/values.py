"""Checks and converts single setting values, with the name of the setting in every message."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence

from diff_insight.errors import UsageError
from diff_insight.settings.settings import Category


def text(name: str, value: object) -> str:
    """Return a string value."""
    if not isinstance(value, str):
        raise wrong(name, value, "a text")
    return value


def number(name: str, value: object) -> int:
    """Return a whole number of at least 0."""
    if isinstance(value, str) and value.isdigit():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise wrong(name, value, "a whole number of at least 0")
    return value


def flag(name: str, value: object) -> bool:
    """Return a boolean."""
    if not isinstance(value, bool):
        raise wrong(name, value, "true or false")
    return value


def one_of(name: str, value: object, choices: Sequence[str]) -> str:
    """Return one of several words."""
    if value not in choices:
        raise wrong(name, value, f"one of {', '.join(choices)}")
    return str(value)


def words(name: str, value: object) -> tuple[str, ...]:
    """Return a list of strings; one string may hold several, split at commas and line ends."""
    if isinstance(value, str):
        parts = re.split(r"[,\n]", value)
    elif isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
        parts = [piece for part in value for piece in re.split(r"[,\n]", part)]
    else:
        raise wrong(name, value, "a list of texts")
    return unique(part.strip() for part in parts if part.strip())


def patterns(name: str, value: object) -> tuple[str, ...]:
    """Return gitignore patterns: one a line or list item; commas are part of a pattern."""
    if isinstance(value, str):
        value = value.splitlines()
    if not isinstance(value, list | tuple) or not all(isinstance(part, str) for part in value):
        raise wrong(name, value, "a list of patterns")
    return tuple(part for part in value if part.strip())


def regexes(name: str, value: object) -> tuple[str, ...]:
    """Return regular expressions, checked."""
    found = patterns(name, value)
    for pattern in found:
        try:
            re.compile(pattern)
        except re.error as error:
            raise wrong(name, pattern, f"a regular expression ({error})") from error
    return found


def categories(name: str, value: object) -> tuple[Category, ...]:
    """Return categories from `{NAME: {paths: [...]}}` or `{NAME: [...]}`."""
    if not isinstance(value, Mapping) or not value:
        raise wrong(name, value, "a mapping of names to paths")
    found = []
    for key, entry in value.items():
        paths = entry.get("paths") if isinstance(entry, Mapping) else entry
        if isinstance(entry, Mapping) and set(entry) - {"paths"}:
            raise unknown_key(f"{name}.{key}", next(iter(set(entry) - {"paths"})), ["paths"])
        found.append(Category(str(key), patterns(f"{name}.{key}", paths)))
    return tuple(found)


def notices(name: str, value: object) -> dict[str, str]:
    """Return texts by locale; a single text is for every locale."""
    if isinstance(value, str):
        return {"": value}
    if not isinstance(value, Mapping):
        raise wrong(name, value, "a text, or texts by locale")
    return {str(key): text(f"{name}.{key}", entry) for key, entry in value.items()}


def unique(items: Iterable[str]) -> tuple[str, ...]:
    """Return items without repeats, in order."""
    return tuple(dict.fromkeys(items))


def wrong(name: str, value: object, expected: str) -> UsageError:
    """Return the error for a value of the wrong kind."""
    return UsageError(f"{name}: {value!r} is not {expected}", cure=f"give {expected}")


def unknown_key(where: str, key: object, known: Sequence[str]) -> UsageError:
    """Return the error for an unknown key, with the nearest known one."""
    near = difflib.get_close_matches(str(key), known, n=1)
    hint = f"perhaps you meant {near[0]!r}" if near else f"known keys: {', '.join(known)}"
    return UsageError(f"{where}: unknown key {str(key)!r}", cure=hint)
