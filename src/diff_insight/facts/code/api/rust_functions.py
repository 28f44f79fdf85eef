"""What of a changed Rust function breaks its callers, and those who implement it for a trait."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diff_insight.facts.code.api.item import ApiChange, Item
from diff_insight.facts.code.api.rust_generics import generics_change
from diff_insight.facts.code.value_types import never_fits

_FUTURE = re.compile(r"impl Future\b|(?:Local)?BoxFuture\b|Pin<Box<dyn Future\b")
_HEAD = re.compile(r"^(?:&|mut )+")
#: What a processor with a feature has besides; all that this tool's users build for has the first.
_ALWAYS = frozenset(("sse", "sse2", "fxsr"))
_IMPLIED = {
    "avx512f": "avx2", "avx2": "avx", "fma": "avx", "f16c": "avx", "avx": "sse4.2", "sse4.2": "sse4.1",
    "sse4.1": "ssse3", "ssse3": "sse3", "bmi2": "bmi2", "aes": "sse2", "pclmulqdq": "sse2", "vaes": "avx2",
}  # fmt: skip


def callable_changes(old: Item, new: Item, *, implemented: bool) -> Iterator[ApiChange]:
    """Yield what differs of a function.

    Args:
        old: The function before.
        new: The function after.
        implemented: Whether others may have written one of their own for a trait.
    """
    if old.parameters is None or new.parameters is None:
        return
    yield from _receiver(old, new, implemented=implemented)
    yield from _parameters(old, new, implemented=implemented)
    yield from _words(old, new, implemented=implemented)
    yield from _foreign(old, new)
    change = generics_change(old, new, lifetimes=False)
    if change is not None:
        yield change


def _receiver(old: Item, new: Item, *, implemented: bool) -> Iterator[ApiChange]:
    before, after = (item.marks.get("self", "") for item in (old, new))
    if before == after:
        return
    if before and after and not implemented and _fits(before, after):
        return
    if not implemented and not before and after and (old.parameters or ("",))[0] == _as_type(after):
        return  # whoever names the function passes it as before
    if not before or not after:
        if not before and not implemented and not old.owner:
            return
        params = {"name": old.label, "old": _with_self(old), "new": _with_self(new)}
        yield ApiChange(kind="symbol.signature", key=old.key, params=params, base=old, head=new)
        return
    params = {"name": old.label, "old": before, "new": after}
    yield ApiChange(kind="symbol.changed-receiver", key=old.key, params=params, base=old, head=new)


def _fits(old: str, new: str) -> bool:
    """Tell whether a call with one receiver is one with the other: references are made where needed."""
    before, after = _as_type(old), _as_type(new)
    if before == "Self":
        return after in ("&Self", "&mut Self")
    if before.startswith("&mut "):
        return after == f"&{before.removeprefix('&mut ')}"
    return after in (f"&{before}", f"&mut {before}") and not before.startswith("&")


def _as_type(receiver: str) -> str:
    plain = {"self": "Self", "&self": "&Self", "&mut self": "&mut Self"}
    return plain.get(receiver, receiver.removeprefix("self: "))


def _with_self(item: Item) -> str:
    return item.shown


def _parameters(old: Item, new: Item, *, implemented: bool) -> Iterator[ApiChange]:
    before, after = old.parameters or (), new.parameters or ()
    params = {"name": old.label, "old": old.shown, "new": new.shown}
    called = len(before) != len(after) or any(
        never_fits(a, b, "rust") for a, b in zip(before, after, strict=True)
    )
    written = implemented and _is_other(before, after)
    if called or written:
        yield ApiChange(
            kind="symbol.signature", key=old.key, params=params, base=old, head=new, certain=called
        )
        return
    exported = "no_mangle" in old.marks or "export_name" in old.marks
    if old.type == new.type:
        return
    if not old.type and not (implemented or exported):
        return  # whoever ignored nothing ignores the value
    lost = bool(old.type) and (not new.type or never_fits(new.type, old.type, "rust"))
    future = [_FUTURE.match(type_) is not None for type_ in (old.type, new.type)]
    if all(future):
        return  # whoever awaits it does so as before
    if lost or future[0] != future[1] or (implemented and not old.type) or exported:
        result = {"name": old.label, "old": _result(old), "new": _result(new)}
        yield ApiChange(kind="symbol.result", key=old.key, params=result, base=old, head=new)
    elif implemented and _is_other((old.type,), (new.type,)):
        yield ApiChange(
            kind="symbol.signature", key=old.key, params=params, base=old, head=new, certain=False
        )


def _result(item: Item) -> str:
    return item.shown.rpartition(" -> ")[2] if item.type and " -> " in item.shown else item.type


def _is_other(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Tell whether implementations of before have types that are certainly not those of now."""
    heads = [[_HEAD.sub("", text).partition("<")[0] for text in side] for side in (before, after)]
    return len(before) == len(after) and any(
        first != other
        and first.isidentifier()
        and other.isidentifier()
        and "Self" not in (first, other)
        for first, other in zip(*heads, strict=True)
    )


def _words(old: Item, new: Item, *, implemented: bool) -> Iterator[ApiChange]:
    """`unsafe`, `const` and what a processor has to offer."""
    gained, lost = new.modifiers - old.modifiers, old.modifiers - new.modifiers
    for word, is_said, kind in (
        ("unsafe", "unsafe" in gained, "symbol.changed-now"),
        ("unsafe", "unsafe" in lost and implemented, "symbol.changed-no-longer"),
        ("const", "const" in lost, "symbol.changed-no-longer"),
    ):
        if is_said:
            params = {"name": old.label, "word": word}
            yield ApiChange(kind=kind, key=old.key, params=params, base=old, head=new)
    before, after = (_features(item) for item in (old, new))
    if after - before:
        params = {
            "name": old.label,
            "condition": f'target_feature = "{",".join(sorted(after - before))}"',
        }
        yield ApiChange(
            kind="symbol.added-condition", key=old.key, params=params, base=old, head=new
        )
    elif before - after and implemented:
        params = {"name": old.label, "word": f"target_feature({','.join(sorted(before - after))})"}
        yield ApiChange(
            kind="symbol.changed-no-longer", key=old.key, params=params, base=old, head=new
        )


def _features(item: Item) -> set[str]:
    """Return what a function asks of a processor, with what that implies."""
    features: set[str] = set()
    for name in item.marks.get("target_feature", "").split(","):
        while name and name not in features and name not in _ALWAYS:
            features.add(name)
            name = _IMPLIED.get(name, "")  # noqa: PLW2901 - the chain is walked
    return features


def _foreign(old: Item, new: Item) -> Iterator[ApiChange]:
    """The name and the convention by which code of other languages calls a function."""
    abis = [
        next((word for word in item.modifiers if word.startswith("extern")), "").replace(
            'extern "Rust"', ""
        )
        for item in (old, new)
    ]
    names = [
        item.marks.get("export_name", "") or (item.name if "no_mangle" in item.marks else "")
        for item in (old, new)
    ]
    for (before, after), counts in ((abis, True), (names, bool(names[0]))):
        if before != after and counts:
            params = {"name": old.label, "old": before, "new": after}
            yield ApiChange(
                kind="symbol.changed-layout", key=old.key, params=params, base=old, head=new
            )
