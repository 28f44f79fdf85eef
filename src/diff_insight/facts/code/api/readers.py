"""The table of languages whose public API is compared: which files, and what compares them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import cast

from diff_insight.facts.code.api.item import ApiChange
from diff_insight.facts.code.api.project import Sides

Reader = Callable[[Sides], Iterator[ApiChange]]
_TABLE = (
    (("go",), "go", "go_changes"),
    (("java",), "java", "java_changes"),
    (("rs",), "rust", "rust_changes"),
    (("py", "pyi"), "python", "python_changes"),
    (("ts", "tsx", "mts", "cts", "js", "mjs", "cjs", "jsx"), "script", "script_changes"),
)  # fmt: skip
_BY_EXTENSION: Mapping[str, tuple[str, str]] = {
    extension: (module, function)
    for extensions, module, function in _TABLE
    for extension in extensions
}


def language_of(extension: str) -> str:
    """Return the language that reads files of an extension; empty for none."""
    return _BY_EXTENSION.get(extension, ("", ""))[0]


@cache
def reader_of(language: str) -> Reader:
    """Return what compares the API of a language; its modules are loaded with the first file of it."""
    function = next(function for _, module, function in _TABLE if module == language)
    module = import_module(f"diff_insight.facts.code.api.{language}")
    return cast("Reader", getattr(module, function))
