"""Which names of a changed JavaScript module may mean something else now."""

from __future__ import annotations

from collections.abc import Iterator

from diff_insight.facts.code.api.project import Changed
from diff_insight.facts.code.api.script_modules import ScriptModules, ScriptPlace
from diff_insight.facts.code.api.script_rules import differences


def touched_places(
    changed: Changed, base: ScriptModules, head: ScriptModules
) -> Iterator[ScriptPlace]:
    """Yield the names at the top of a changed module that may mean something else now."""
    old = base.file(changed.base)
    if old is None:
        return
    new = head.file(changed.head) if changed.head == changed.base else None
    names: set[str] = set()
    keys = set(old.items) | set(new.items if new is not None else ())
    for key in keys:
        olds, news = old.items.get(key, []), new.items.get(key, []) if new is not None else []
        if (
            not olds
            or not news
            or len(olds) != len(news)
            or any(a.bases != b.bases or a.type != b.type for a, b in zip(olds, news, strict=True))
            or next(differences(olds, news, key), None) is not None
        ):
            names.add(key.partition(".")[0])
    yield from (ScriptPlace(changed.base, name) for name in names)
    if (
        new is None
        or old.exports != new.exports
        or old.stars != new.stars
        or old.imports != new.imports
    ):
        yield ScriptPlace(changed.base)
