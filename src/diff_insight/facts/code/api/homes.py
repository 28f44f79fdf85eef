"""Types that another namespace or package has now: gone under their full name, there under another one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from diff_insight.facts.code.api.item import ApiChange, Item


def new_homes(
    old: Mapping[str, Item], new: Mapping[str, Item], mark: str = "."
) -> Mapping[str, str]:
    """Return the full name of today by that of before, of types that only their namespace tells apart.

    Args:
        old: Public types of the files before, by full name.
        new: Those of the files after.
        mark: What stands between the parts of a full name.
    """
    came: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, item in new.items():
        space, _, name = key.rpartition(mark)
        if key not in old and item.public and space and space not in new:
            came[name, item.sort].append(key)
    gone = [(key, item) for key, item in old.items() if key not in new and item.public]
    leave: dict[tuple[str, str], int] = defaultdict(int)
    for key, item in gone:
        leave[key.rpartition(mark)[2], item.sort] += 1
    homes = {}
    for key, item in gone:
        space, _, name = key.rpartition(mark)
        homes_now = came.get((name, item.sort), ())
        if len(homes_now) == leave[name, item.sort] == 1 and space and space not in old:
            homes[key] = homes_now[0]
    return homes


def moved_home(name: str, old: Item, new: Item, spaces: tuple[str, str]) -> ApiChange:
    """Return the change that tells of a type which another namespace has now.

    Args:
        name: The type as people write it.
        old: The type before.
        new: The type after.
        spaces: The namespace before and after.
    """
    params = {"name": name, "old": spaces[0], "new": spaces[1]}
    return ApiChange(kind="symbol.changed-home", key=old.key, params=params, base=old, head=new)
