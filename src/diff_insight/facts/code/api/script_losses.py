"""What a module passed on that is declared elsewhere: names of other packages, whole modules, whole packages."""

from __future__ import annotations

from collections.abc import Iterator

from diff_insight.facts.code.api.script_modules import EXTERNAL, UNKNOWN, ScriptModules, ScriptPlace
from diff_insight.facts.code.api.script_reader import Passed, ScriptFile


def lost_passages(
    base: ScriptModules, head: ScriptModules, path: str, now: str
) -> Iterator[tuple[str, int, bool]]:
    """Yield names that a module may pass on no more, with their lines, and whether that is certain.

    Where it is not, the caller looks whether the name leads anywhere.

    Args:
        base: The modules before.
        head: The modules after.
        path: The module before.
        now: The module after; empty where it cannot be told which one it is.
    """
    file = base.file(path)
    if file is None:
        return
    for name, passed in file.exports.items():
        target = base.resolve_export(path, name)
        whole = isinstance(target, ScriptPlace) and not target.key
        if whole or (not isinstance(passed, str) and target in (EXTERNAL, UNKNOWN)):
            line = passed.line if isinstance(passed, Passed) else file.lines.get(name, 1)
            yield name, line, False
    after = head.file(now) if now else None
    if after is not None and not after.open_exports and not after.damaged:
        yield from _packages(file, after)


def _packages(file: ScriptFile, after: ScriptFile) -> Iterator[tuple[str, int, bool]]:
    """Yield other packages all of whose names a module passed on, where it exports nothing instead."""
    before, sources = ({star.source for star in side.stars} for side in (file, after))
    if after.exports.keys() - file.exports.keys() or sources - before:
        return  # what was passed on may be among these
    for star in file.stars:
        if star.source not in sources and not star.source.startswith("."):
            yield star.source, star.line, True
