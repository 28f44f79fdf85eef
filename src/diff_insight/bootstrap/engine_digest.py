"""Tells programs apart that may read a file differently: by their code, and by what parses for them."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

import diff_insight
from diff_insight.settings.settings import Settings

#: Packages whose name begins so parse code.
_PARSERS = "tree-sitter"


@cache
def engine_digest() -> str:
    """Return a digest of this program's modules, of Python's version and of the parsers' versions."""
    digest = hashlib.blake2b(digest_size=16)
    folder = Path(diff_insight.__file__).parent
    for path in sorted(folder.rglob("*.py")):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    parsers = sorted(
        f"{each.name} {each.version}"
        for each in distributions()
        if (each.name or "").lower().replace("_", "-").startswith(_PARSERS)
    )
    digest.update(
        "\0".join((diff_insight.__version__, platform.python_version(), *parsers)).encode()
    )
    return digest.hexdigest()


def selection_digest(settings: Settings) -> str:
    """Return a digest of the settings that say which files of a range are read."""
    chosen = (
        settings.include, settings.exclude, settings.unmatched, settings.max_files,
        [(category.name, category.paths) for category in settings.categories],
        [(rule.pattern, rule.category) for rule in settings.owners],
    )  # fmt: skip
    return hashlib.blake2b(repr(chosen).encode("utf-8", "replace"), digest_size=16).hexdigest()
