"""The table of languages in which a use is proved: by the ends of the files that findings are about."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import cast

from diff_insight.facts.code.api.readers import language_of
from diff_insight.impact.reference import LanguageUses

#: Language of the reader of public APIs -> module and class that follow its imports.
_TABLE = {
    "python": ("python_uses", "PythonUses"),
    "script": ("script_uses", "ScriptUses"),
    "go": ("go_uses", "GoUses"),
    "java": ("java_uses", "JavaUses"),
}


@cache
def uses_of(path: str) -> type[LanguageUses] | None:
    """Return what follows the imports of a file's language; None where nothing does."""
    matches = _TABLE.get(language_of(path))
    if matches is None:
        return None
    module = import_module(f"diff_insight.impact.{matches[0]}")
    return cast("type[LanguageUses]", getattr(module, matches[1]))
