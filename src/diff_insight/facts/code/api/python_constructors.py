"""Python: classes that get a constructor of their own, which asks for what nobody had to give so far."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from diff_insight.facts.code.api.item import ApiChange, Argument, Item, Passing
from diff_insight.facts.code.api.python_package import ModulePlace, PythonPackage
from diff_insight.facts.code.api.python_rules import differences
from diff_insight.facts.code.api.python_standard import standard_class

_MAKERS = ("__init__", "__new__")
_NEEDED = (Passing.POSITION, Passing.EITHER, Passing.NAME)


def constructor_changes(
    name: str, sides: tuple[PythonPackage, PythonPackage], places: tuple[ModulePlace, ModulePlace]
) -> Iterator[ApiChange]:
    """Yield what a first constructor asks for, where it is known that none was there.

    Args:
        name: How the class is called in a report.
        sides: The packages before and after.
        places: Where the class stands in each.
    """
    base, head = sides
    old, new = places
    if any(isinstance(base.member(old, maker), ModulePlace) for maker in _MAKERS):
        return
    parents = [standard_class(parent) for parent in base.order(old)[1]]
    raised = bool(parents) and all(
        parent is not None and issubclass(parent, BaseException) for parent in parents
    )
    if (parents and not raised) or not all(map(_is_plain, base.items(old))):
        return
    target = head.member(new, "__init__")
    items = head.items(target) if isinstance(target, ModulePlace) else []
    item = items[0] if len(items) == 1 else None
    if item is None or not item.signature:
        return
    needed = [each for each in item.signature if each.passing in _NEEDED and not each.optional]
    # An exception takes any values by their place: a text alone still fits.
    by_place = all(each.passing is not Passing.NAME for each in needed)
    if not needed or (raised and by_place and len(needed) == 1):
        return
    yield from differences(_without(item, needed), item, f"{name}.__init__")


def _without(item: Item, needed: list[Argument]) -> Item:
    kept = tuple(each for each in item.signature or () if each not in needed)
    return replace(item, signature=kept)


def _is_plain(item: Item) -> bool:
    """Tell whether nothing but its own body says how a class is made."""
    return not item.marks and "metaclass" not in item.modifiers
