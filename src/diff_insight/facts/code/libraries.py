"""Loads the libraries that read code, when the first file needs them."""

from __future__ import annotations

import importlib
from types import ModuleType

from diff_insight.errors import EnvironmentFailure


def load_library(name: str) -> ModuleType:
    """Return a library that `pip install` brings along: a parser or its grammar.

    Raises:
        EnvironmentFailure: It cannot be loaded. A report that left out what changed in code, without
            a word, would be wrong.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise EnvironmentFailure(
            f"the library {name} cannot be loaded; code is read with it",
            cause=f"it is not installed whole ({error})",
            cure="install diff-insight again, with all its dependencies",
        ) from error
