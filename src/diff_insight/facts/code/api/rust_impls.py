"""What of the implementations of a public Rust type went or is called otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from diff_insight.facts.code.api.item import ApiChange, Item
from diff_insight.facts.code.api.rust_attributes import needs_unstable
from diff_insight.facts.code.api.rust_crate import ResolvedItem
from diff_insight.facts.code.api.rust_module import TYPES, Impl, Path
from diff_insight.facts.code.api.rust_rules import item_changes
from diff_insight.facts.code.api.rust_step import RustStep, removal
from diff_insight.facts.code.api.rust_versions import Versions
from diff_insight.model.messages import Value

_BUILT = ("struct", "enum", "union")
#: Traits that everybody has at hand, and that no other trait brings.
_STANDARD = frozenset("Clone Copy Debug Default Display Eq PartialEq Ord PartialOrd Hash Send Sync Unpin Iterator IntoIterator "
                      "DoubleEndedIterator ExactSizeIterator From Into TryFrom TryInto FromStr FromIterator Extend AsRef AsMut "
                      "Borrow BorrowMut Deref DerefMut Index IndexMut Add Sub Mul Div Rem Neg Not BitAnd BitOr BitXor Shl Shr "
                      "Fn FnMut FnOnce Future Error Read Write Seek BufRead ToString ToOwned Any UnwindSafe RefUnwindSafe".split())  # fmt: skip
#: Aliases of aliases that are followed.
_MOST_ALIASES = 5
#: Traits that nobody asks for.
_UNSEEN = ("Drop", "StructuralPartialEq")


def member_changes(versions: Versions, path: Path, impl: Impl) -> Iterator[ApiChange]:
    """Yield what differs of the members of a block, for those who reach its type."""
    type_before, after = _public_types(versions, path, impl.type)
    if impl.trait or type_before is None or after is None or type_before.items[0].sort not in TYPES:
        return
    if "macro" in after.items[0].marks:
        return  # what makes the type may make its members too
    name = _type_behind(versions, after)
    if not name:
        return  # another crate's type, whose members are not known here
    # A block may be written for either name.
    here = [
        block
        for each in dict.fromkeys((name, after.name))
        for block in versions.implementations(each)
    ]
    for old in impl.members:
        if old.public and "hidden" not in old.marks:
            yield from _member(versions, old, impl, here)


def _type_behind(versions: Versions, public: ResolvedItem) -> str:
    """Return the name of the type that others reach: behind an alias the other one; empty where it is not known."""
    item = public.items[0]
    for _ in range(_MOST_ALIASES):
        if item.sort != "type":
            return item.name
        written = item.shown.partition("<")[0].split("::")
        target = versions.head.resolve(public.module, [part.strip() for part in written])
        if target is None or not target.items:
            return ""
        public, item = target, target.items[0]
    return ""


def lost_traits(versions: Versions) -> Iterator[ApiChange]:
    """Yield the traits that public types no longer implement."""
    for path, module in versions.places.items():
        traits: dict[str, dict[str, tuple[str, ...]]] = {
            item.name: {base: (base,) for base in item.bases}
            for item in module.items if item.sort in _BUILT and "macro" not in item.marks
        }  # fmt: skip
        for impl in module.impls:
            if impl.trait and not impl.generic:
                traits.setdefault(impl.type, {})[impl.trait] = impl.trait_path
        for name, implemented in traits.items():
            yield from _trait_losses(versions, path, name, implemented)


def _public_types(
    versions: Versions, path: Path, type_: str
) -> tuple[ResolvedItem | None, ResolvedItem | None]:
    """Return a type as a module knows it, and what others reach in its place now."""
    type_before = versions.base.lookup(path, type_)
    if type_before is None or type_before.external or not type_before.items:
        return None, None
    item = type_before.items[0]
    shown = versions.exports.paths_of(type_before.module, type_before.name)
    if not shown or "hidden" in item.marks or not item.public:
        return None, None
    after = versions.now_under(shown[0], type_before.module)
    return type_before, after if after is not None and not after.external and after.items else None


def _member(versions: Versions, old: Item, impl: Impl, here: list[Impl]) -> Iterator[ApiChange]:
    news = [
        item
        for candidate in here
        if not candidate.trait
        for item in candidate.members
        if item.name == old.name
    ]
    public = [item for item in news if item.public]
    if len(public) == 1 and _is_single(versions, old, impl):
        yield from item_changes(RustStep(old, public[0], defaults=versions.defaults))
    if public or versions.head.mentions_in_macros(old.name) or _is_given(versions, old.name, here):
        return
    if news:
        params = {"name": old.label, "old": "pub", "new": "private"}
        yield ApiChange(
            kind="symbol.visibility", key=old.key, params=params, base=old, head=news[0]
        )
    elif not needs_unstable(old.conditions):
        yield replace(removal(old), certain=not old.conditions)


def _is_single(versions: Versions, old: Item, impl: Impl) -> bool:
    """Tell whether a type has one member of a name: others are for other arguments or platforms."""
    return sum(
        item.name == old.name
        for module in versions.places.values() for other_impl in module.impls
        if other_impl.type == impl.type and not other_impl.trait for item in other_impl.members
    ) == 1  # fmt: skip


def _is_given(versions: Versions, name: str, here: list[Impl]) -> bool:
    """Tell whether a trait that a type implements gives a name."""
    if any(
        candidate.trait and any(item.name == name for item in candidate.members)
        for candidate in here
    ):
        return True
    traits = {candidate.trait.partition("<")[0] for candidate in here if candidate.trait}
    return any(
        item.name == name
        for module in versions.heads() for trait in traits for item in module.members.get(trait, ())
    )  # fmt: skip


def _trait_losses(
    versions: Versions, path: Path, name: str, implemented: Mapping[str, tuple[str, ...]]
) -> Iterator[ApiChange]:
    type_before, after = _public_types(versions, path, name)
    if type_before is None or after is None or after.items[0].sort not in _BUILT:
        return
    if versions.head.mentions_in_macros(name):
        return
    blocks = list(versions.named_implementations())
    has = {
        impl.trait.partition("<")[0]
        for impl, type_ in blocks
        if type_ == after.name or impl.generic
    }
    has |= {trait.partition("<")[0] for trait in after.items[0].bases}
    # Who can be made from a type is what the type can be made into.
    has |= {"Into" for impl, _ in blocks if impl.trait == f"From<{after.name}>"}
    has |= {"TryInto" for impl, _ in blocks if impl.trait == f"TryFrom<{after.name}>"}
    lost = tuple(
        trait for trait, written in implemented.items()
        if trait.partition("<")[0] not in has and _is_usable(versions, path, written)
    )  # fmt: skip
    # What came in the place of a trait of another crate may bring it to whoever implements it.
    came = bool(has - {trait.partition("<")[0] for trait in implemented})
    doubtful = tuple(
        trait for trait in lost if came and _is_foreign(versions, path, implemented[trait])
    )
    for traits, certain in (
        (tuple(trait for trait in lost if trait not in doubtful), True),
        (doubtful, False),
    ):
        if traits:
            params: dict[str, Value] = {"name": type_before.items[0].key, "bases": traits}
            yield ApiChange(
                kind="symbol.changed-bases", key=type_before.items[0].key, params=params, base=type_before.items[0],
                head=after.items[0], certain=certain,
            )  # fmt: skip


def _is_foreign(versions: Versions, path: Path, written: tuple[str, ...]) -> bool:
    """Tell whether a trait is neither of the crate nor of the standard library."""
    target = versions.base.resolve(path, written)
    own = target is not None and bool(target.items)
    return (
        not own
        and written[-1].partition("<")[0] not in _STANDARD
        and written[0] not in ("std", "core", "alloc")
    )


def _is_usable(versions: Versions, path: Path, written: tuple[str, ...]) -> bool:
    """Tell whether others can use a trait: of the crate only what it gives to others."""
    target = versions.base.resolve(path, written)
    if target is None or not target.items:
        here = written[0] in ("crate", "self", "super")  # it is of this crate, and not found
        return not here and written[-1] not in _UNSEEN
    shown = versions.exports.paths_of(target.module, target.name)
    return bool(shown) and "hidden" not in target.items[0].marks
