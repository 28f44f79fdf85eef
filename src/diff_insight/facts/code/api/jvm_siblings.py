"""Finds a type of Java in a file of another language that callers of Java use in the same way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename

from diff_insight.facts.code.api.project import Files

_SUFFIXES = (".kt", ".scala", ".groovy")
_MOST_FILES = 60


def declares_elsewhere(files: Files, package: str, key: str) -> bool:
    """Tell whether a file of Kotlin, Scala or Groovy declares a type of a package.

    Args:
        files: All files of one side.
        package: The full name of the package.
        key: The name of the type within the package, with the types that hold it.
    """
    outer, _, _ = key.partition(".")
    name = key.rpartition(".")[2]
    declared = re.compile(
        rf"\b(?:class|interface|object|trait|enum|typealias)\s++`?{re.escape(name)}\b"
    )
    belongs = re.compile(rf"(?m)^[ \t]*+package[ \t]++{re.escape(package)}[ \t]*+(?:;|$)")
    for path in _candidates(files, package, outer):
        text = files.text(path) or ""
        if belongs.search(text) and declared.search(text):
            return True
    return False


def _candidates(files: Files, package: str, outer: str) -> Iterator[str]:
    """Yield the files that are named like a type, then those in a folder of its package."""
    folder = f"/{package.replace('.', '/')}/"
    listed = [path for path in files.paths if path.endswith(_SUFFIXES)]
    named = [path for path in listed if basename(path).rpartition(".")[0] == outer]
    near = [path for path in listed if folder in f"/{path}" and path not in named]
    yield from [*sorted(named), *sorted(near)][:_MOST_FILES]
