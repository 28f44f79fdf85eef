"""Classes of Python itself that others extend, by their names: what they have, and what they extend."""

from __future__ import annotations

import abc
import argparse
import builtins
import collections
import collections.abc
import contextlib
import enum
import io
import logging
import threading
import typing
from functools import cache

#: Modules whose classes are looked at; none of them does anything when it is loaded.
_MODULES = (
    builtins,
    abc,
    enum,
    io,
    collections,
    collections.abc,
    contextlib,
    typing,
    logging,
    threading,
    argparse,
)

#: Base classes that say nothing about what an object is good for.
_MEANINGLESS = frozenset("object ABC Generic Protocol Struct NamedTuple TypedDict".split())


@cache
def standard_class(name: str) -> type | None:
    """Return the class that people mean by a name such as `Exception` or `enum.Enum`; None for others."""
    last = name.rpartition(".")[2]
    objects = (vars(module).get(last) for module in _MODULES)
    return next((candidate for candidate in objects if isinstance(candidate, type)), None)


def is_lost_outside(base: str, now: frozenset[str]) -> bool:
    """Tell whether a class has lost a base of another package: not where one that it has may extend it."""
    if base == "?" or base.rpartition(".")[2] in _MEANINGLESS:
        return False
    lost, others = standard_class(base), [standard_class(base_now) for base_now in now]
    if None in others or any(
        base_now.rpartition(".")[2] == base.rpartition(".")[2] for base_now in now
    ):
        return False
    return lost is None or not any(
        base_now is not None and issubclass(base_now, lost) for base_now in others
    )
