"""The table of languages whose public API is compared: which files, and what compares them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import PurePosixPath
from typing import cast

from diff_insight.facts.code.api.item import ApiChange
from diff_insight.facts.code.api.project import Sides
from diff_insight.file_types import extension

Reader = Callable[[Sides], Iterator[ApiChange]]
_TABLE = (
    (("go",), "go", "go_changes"),
    (("java",), "java", "java_changes"),
    (("rs",), "rust", "rust_changes"),
    (("cs",), "csharp", "csharp_changes"),
    (("api",), "kotlin", "kotlin_changes"),
    (("php",), "php", "php_changes"),
    (("swift",), "swift", "swift_changes"),
    (("h", "hh", "hpp", "hxx"), "cpp", "cpp_changes"),
    (("rb",), "ruby", "ruby_changes"),
    (("py", "pyi"), "python", "python_changes"),
    (("ts", "tsx", "mts", "cts", "js", "mjs", "cjs", "jsx"), "script", "script_changes"),
)  # fmt: skip
_BY_EXTENSION: Mapping[str, tuple[str, str]] = {
    suffix: (module, function) for extensions, module, function in _TABLE for suffix in extensions
}


#: Manifests that a reader has to see when they change.
_BY_NAME: Mapping[str, str] = {"Cargo.toml": "rust"}


def language_of(path: str) -> str:
    """Return the language whose reader has to see a file; empty for none."""
    named = _BY_NAME.get(PurePosixPath(path).name)
    return named or _BY_EXTENSION.get(extension(path), ("", ""))[0]


@cache
def reader_of(language: str) -> Reader:
    """Return what compares the API of a language; its modules are loaded with the first file of it."""
    function = next(function for _, module, function in _TABLE if module == language)
    module = import_module(f"diff_insight.facts.code.api.{language}")
    return cast("Reader", getattr(module, function))
