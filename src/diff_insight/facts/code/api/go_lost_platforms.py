"""What a package of Go offers on fewer platforms than before."""

from __future__ import annotations

from collections.abc import Iterator

from diff_insight.facts.code.api.go_package import GoPackage
from diff_insight.facts.code.api.go_platforms import Platform
from diff_insight.facts.code.api.item import ApiChange, Item

_LONGEST = 80


def lost_platforms(
    key: str, old: Item, new: Item, base: GoPackage, head: GoPackage
) -> Iterator[ApiChange]:
    """Yield that a name is not there any more on platforms that had it; a member goes with its owner.

    Args:
        key: Its key before.
        old: Its declaration before.
        new: Its declaration after.
        base: The package before.
        head: The package after.
    """
    if not _has_fewer(key, base, new.key, head):
        return
    if old.owner and _has_fewer(old.owner, base, head.real(old.owner), head):
        return
    words = [each.words for each in head.constraints.get(new.key, ())]
    condition = words[0] if len(words) == 1 else " || ".join(f"({part})" for part in words)
    now = _platforms(new.key, head)
    # On a platform the package may not have been built at all.
    yield ApiChange(
        kind="symbol.added-condition", key=key, base=old, head=new, certain=not now,
        params={"name": old.label, "condition": condition[:_LONGEST]},
    )  # fmt: skip


def _has_fewer(key: str, base: GoPackage, now: str, head: GoPackage) -> bool:
    """Tell whether a platform that had a name has it no longer."""
    return bool(_platforms(key, base) - _platforms(now, head)) and now in head.constraints


def _platforms(key: str, package: GoPackage) -> set[Platform]:
    return {platform for each in package.constraints.get(key, ()) for platform in each.platforms}
