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


@cache
def standard_class(name: str) -> type | None:
    """Return the class that people mean by a name such as `Exception` or `enum.Enum`; None for others."""
    last = name.rpartition(".")[2]
    objects = (vars(module).get(last) for module in _MODULES)
    return next((candidate for candidate in objects if isinstance(candidate, type)), None)
