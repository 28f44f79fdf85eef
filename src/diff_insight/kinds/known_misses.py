"""What the rule of each kind is known not to see, read from `known_misses.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files

from msgspec import Struct, convert


class Miss(Struct, frozen=True):
    """One thing that rules do not see: of which kinds, and its words."""

    of: tuple[str, ...]
    text: str


class Section(Struct, frozen=True):
    """The known misses of one section of docs/facts.md, and kinds of which none are known."""

    misses: tuple[Miss, ...]
    none: tuple[str, ...] = ()


@cache
def sections() -> Mapping[str, Section]:
    """Return the known misses by the heading of their section."""
    text = files("diff_insight.kinds").joinpath("known_misses.toml").read_text("utf-8")
    return convert(tomllib.loads(text), dict[str, Section])


def misses_of(kind: str) -> tuple[str, ...] | None:
    """Return what is known to be missed of a kind: nothing where none is known, None where nobody has said."""
    texts = tuple(
        miss.text
        for section in sections().values()
        for miss in section.misses
        if _concerns(kind, miss.of)
    )
    said = any(_concerns(kind, section.none) for section in sections().values())
    return texts if texts or said else None


def paragraphs() -> Iterator[tuple[str, str]]:
    """Yield the heading of each section with its paragraph, as the pages have it."""
    for heading, section in sections().items():
        yield heading, f"*Known misses*: {'; '.join(miss.text for miss in section.misses)}."


def _concerns(kind: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(kind, pattern) for pattern in patterns)
