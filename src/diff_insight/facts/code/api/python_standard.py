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
from importlib import import_module

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
#: Other classes that people extend, by the module that has them; it is loaded with the first of them.
_ELSEWHERE = {
    name: module
    for module, names in (
        ("ast", "NodeVisitor NodeTransformer"),
        ("concurrent.futures", "Executor Future ThreadPoolExecutor ProcessPoolExecutor"),
        ("configparser", "ConfigParser RawConfigParser"),
        ("csv", "Dialect DictReader DictWriter"),
        ("datetime", "date datetime time timedelta timezone tzinfo"),
        ("decimal", "Decimal"),
        ("email.message", "EmailMessage Message"),
        ("fractions", "Fraction"),
        ("html.parser", "HTMLParser"),
        ("http.server", "BaseHTTPRequestHandler SimpleHTTPRequestHandler HTTPServer"),
        ("json", "JSONDecoder JSONEncoder"),
        ("numbers", "Complex Integral Number Rational Real"),
        ("pathlib", "Path PosixPath PurePath PurePosixPath PureWindowsPath WindowsPath"),
        ("queue", "LifoQueue PriorityQueue Queue"),
        ("random", "Random SystemRandom"),
        ("socketserver", "BaseRequestHandler StreamRequestHandler TCPServer UDPServer"),
        ("string", "Template"),
        ("subprocess", "Popen"),
        ("tarfile", "TarFile TarInfo"),
        ("types", "ModuleType SimpleNamespace"),
        ("unittest", "TestCase TestLoader TestResult TestSuite"),
        ("uuid", "UUID"),
        ("zipfile", "ZipFile ZipInfo"),
        ("zoneinfo", "ZoneInfo"),
    )
    for name in names.split()
}

#: Base classes that say nothing about what an object is good for.
_MEANINGLESS = frozenset("object ABC Generic Protocol Struct NamedTuple TypedDict".split())


@cache
def standard_class(name: str) -> type | None:
    """Return the class that people mean by a name such as `Exception` or `enum.Enum`; None for others."""
    last = name.rpartition(".")[2]
    objects = [vars(module).get(last) for module in _MODULES]
    if last in _ELSEWHERE:
        objects.append(vars(import_module(_ELSEWHERE[last])).get(last))
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
