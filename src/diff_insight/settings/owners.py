"""Reads CODEOWNERS as categories: each file belongs to the owner that the last matching line names.

The patterns are those of GitHub: as in .gitignore, without `!` and brackets, and `docs/*` takes what
lies in the folder itself and nothing deeper. Lines that GitHub skips are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from diff_insight.errors import UsageError
from diff_insight.settings.path_expression import path_expression, segment_expression
from diff_insight.settings.settings import CODEOWNERS, CategoryPaths, OwnerRule, Settings

#: Where GitHub looks, in this order; the first file that is there counts.
PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
#: Lines that are read, and wildcards of a pattern; what has more is no file that somebody keeps.
_MOST_LINES = 20_000
_MOST_WILDCARDS = 10
_FIELD = re.compile(r"(?:\\.|[^\s\\])+")
_WILDCARD = re.compile(r"\*+|\?")
_NO_NAME = re.compile(r"[^A-Za-z0-9._-]+")


def with_owners(settings: Settings, read: Callable[[str], bytes | None]) -> Settings:
    """Return the settings with a category for each owner, where owners are the categories.

    Args:
        settings: As the configuration says.
        read: Gives a file of the trusted commit, or of the checkout one stands in.

    Raises:
        UsageError: No file names an owner.
    """
    if settings.categories != CODEOWNERS:
        return settings
    rules = next((_rules(content) for path in PLACES if (content := read(path))), ())
    names = tuple(dict.fromkeys(rule.category for rule in rules if rule.category))
    if not names:
        raise UsageError(
            "categories: codeowners finds no owner",
            cause=f"none of {', '.join(PLACES)} is there and names one",
            cure="write such a file, or give categories as a mapping of names to paths",
        )
    return replace(
        settings, categories=tuple(CategoryPaths(name, ()) for name in names), owners=rules
    )


def owner_of(rules: Sequence[OwnerRule]) -> Callable[[str], str | None]:
    """Return what tells the category of a path: that of the last line that matches, if it has one."""
    compiled = [(_expression(rule.pattern), rule.category) for rule in reversed(rules)]
    return lambda path: (
        next((name for expression, name in compiled if expression.fullmatch(path)), "") or None
    )


def _rules(content: bytes) -> tuple[OwnerRule, ...]:
    lines = content.decode("utf-8-sig", "replace").splitlines()[:_MOST_LINES]
    rules = (_rule(line) for line in lines)
    return tuple(rule for rule in rules if rule is not None)


def _rule(line: str) -> OwnerRule | None:
    """Return what a line says; None for a comment, and for what GitHub skips."""
    fields = _FIELD.findall(line)
    end = next((at for at, each in enumerate(fields) if each.startswith("#")), len(fields))
    fields = fields[:end]
    if not fields or fields[0][0] == "!" or re.search(r"[\[\]]", fields[0]):
        return None
    pattern = fields[0]
    if len(_WILDCARD.findall(pattern)) > _MOST_WILDCARDS or not pattern.strip("/"):
        return None
    owner = _NO_NAME.sub("-", fields[1].lstrip("@")).strip(".-") if len(fields) > 1 else ""
    return OwnerRule(pattern, owner)


def _expression(pattern: str) -> re.Pattern[str]:
    """Return the regular expression of a pattern, for whole paths."""
    is_folder = pattern.endswith("/")
    bare = pattern.strip("/")
    anchored = "/" in pattern.removesuffix("/")
    segments = bare.split("/")
    expressions = [None if each == "**" else _segment(each) for each in segments]
    if not anchored:
        expressions.insert(0, None)
    if expressions[-1] is None:
        expressions[-1] = ".*"
    shallow = segments[-1] == "*" and anchored and not is_folder
    below = "/.*" if is_folder else "" if shallow else "(?:/.*)?"
    return re.compile(path_expression(expressions, below), re.DOTALL)


def _segment(segment: str) -> str:
    """Return the expression of what stands between two slashes."""
    chunks = [""]
    for piece in re.findall(r"\\.|\*+|.", segment, re.DOTALL):
        if piece[0] == "*":
            chunks.append("")
        else:
            chunks[-1] += "[^/]" if piece == "?" else re.escape(piece[-1])
    return segment_expression(chunks)
