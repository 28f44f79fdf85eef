"""Counts what a repository holds for readers, pages or code, by the names of its files."""

from __future__ import annotations

import re
from collections.abc import Iterable

from diff_insight.file_types import extension, is_page, is_sample, is_test

#: What is installed from a repository, whatever pages stand beside it.
_PACKAGE = re.compile(
    r"(?i)pyproject\.toml|setup\.(?:py|cfg)|cargo\.toml|go\.mod|pom\.xml|build\.gradle(?:\.kts)?|composer\.json"
    r"|[^/]+\.(?:gemspec|csproj|sln|podspec)|mix\.exs|cmakelists\.txt"
)
_SOURCES = frozenset(
    "py rs go java kt php rb cs c cc cpp h hpp swift scala ex ts tsx js jsx mjs".split()
)
#: Code that a book prints.
_LISTINGS = re.compile(r"(?:^|/)(?:listings?|snippets)/")
#: Pages that stand beside code.
_SOURCE_DOCS = re.compile(
    r"(?i)(?:^|/)(?:readme|changelog|changes|history|news)[^/]*$|(?:^|/)(?:newsfragments|\.changeset)/"
)


def is_mixed(paths: Iterable[str]) -> bool:
    """Tell whether changed paths alone do not say whether their repository is a site."""
    pages, code = pages_and_code(paths)
    return bool(pages) == bool(code)


def is_package(path: str) -> bool:
    """Tell whether a path says that something is installed from its repository."""
    return _PACKAGE.fullmatch(path) is not None


def pages_and_code(paths: Iterable[str]) -> tuple[int, int]:
    """Return how many paths are pages of their own, and how many are code that is no test or sample."""
    pages = code = 0
    for path in paths:
        if is_page(path):
            pages += not _SOURCE_DOCS.search(path)
        elif extension(path) in _SOURCES:
            code += not (is_test(path) or is_sample(path) or _LISTINGS.search(path))
    return pages, code
