"""Ruby: compares the classes and modules that a range touches, in what gems load from `lib`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diff_insight.facts.code.api.class_rules import ClassStep, Habits, change_of, unit_changes
from diff_insight.facts.code.api.classes import ApiUnit, ApiUnits, DeclarationFinder
from diff_insight.facts.code.api.item import ApiChange, Item
from diff_insight.facts.code.api.project import Sides
from diff_insight.facts.code.api.python_rules import signature_differences
from diff_insight.facts.code.api.ruby_reader import LOOSE, read_ruby

#: What only the folder of a whole project means stands above `lib`; below it, it is a part of the library.
_PRIVATE = re.compile(
    r"(?i)(?:^|/)(?:tests?|specs?|examples?|samples?|benchmarks?|tasks|generators|templates|dummy|internal)/|(?:^|/)\.|"
    r"^(?:(?!lib/)[^/]+/)*?(?:features|docs?|bin|exe|tools?|db|config|script)/"
)
_DECLARATION = re.compile(
    r"(?m)^[ \t]*+(?:class|module)[ \t]++(?:[A-Z]\w*+::)*([A-Z]\w*+)|^[ \t]*+([A-Z]\w*+)[ \t]*+="
)

#: What every object of Ruby has, and hooks that the language itself calls.
_EVERY_OBJECT_HAS = frozenset(
    "initialize inherited included extended prepended method_missing respond_to? respond_to_missing? "
    "to_s inspect hash == eql? === =~ ! != <=> instance_of? is_a? kind_of? nil? object_id send dup clone "
    "freeze frozen? tap then class method methods display itself initialize_copy initialize_dup "
    "initialize_clone const_missing method_added singleton_method_added".split()
)


def ruby_changes(sides: Sides) -> Iterator[ApiChange]:
    """Yield what breaks users of the classes and modules whose files changed."""
    bases = [entry.base for entry in sides.changed if entry.base.endswith(".rb")]
    heads = [entry.head for entry in sides.changed if entry.head.endswith(".rb")]
    offered = [path for path in bases if "lib" in path.split("/") and not _PRIVATE.search(path)]
    packed = any(path.endswith(".gemspec") for path in sides.base.paths) or not sides.whole
    if not offered or not packed:
        return
    own = set(bases) - set(offered)
    near = DeclarationFinder((".rb",), _DECLARATION, offered[0])
    before, after = (
        ApiUnits(sides.base, read_ruby, bases, near),
        ApiUnits(sides.head, read_ruby, heads, near),
    )
    for unit in list(before.units.values()):
        if unit.item.path not in offered or not unit.item.public:
            continue
        new = (
            after.find(unit.key)
            if unit.key != LOOSE
            else after.units.get(LOOSE) or ApiUnit(unit.item, {})
        )
        if new is not None:
            # Tests open modules of the library again for what they need themselves.
            yield from (
                change for change in unit_changes(ClassStep(unit, new, before, after), RUBY_HABITS)
                if change.base is None or change.base.path not in own
            )  # fmt: skip
        elif not after.may_declare(unit.key) and not _is_named(unit, after):
            yield change_of(RUBY_HABITS, "symbol.removed", unit.item, None)


def _is_named(unit: ApiUnit, after: ApiUnits) -> bool:
    """Tell whether a constant of a module that is read may stand for a class now."""
    owner, _, name = unit.key.rpartition("::")
    holder = after.find(owner) if owner else after.units.get(LOOSE)
    if holder is not None and (name in holder.members or not holder.complete):
        return True
    if any(key.startswith(f"{unit.key}::") for key in after.units):
        return True  # a module is there as long as something in it is
    # A whole module that is gone is told once.
    return bool(owner) and holder is None


def label_of(item: Item) -> str:
    """Return the name as people write it: `Shop::Order#ship`, `Shop::Order.ship` for the class itself."""
    owner, dot, name = item.key.rpartition(".self.")
    if dot:
        return f"{owner}.{name}"
    owner, dot, name = item.key.rpartition(".")
    if item.sort == "constant":
        return f"{owner}::{name}" if owner else name
    return f"{owner}#{name}" if dot else name


def _call_changes(old: Item, new: Item, step: ClassStep) -> Iterator[ApiChange]:
    """A method that takes its arguments otherwise."""
    if old.signature is None or new.signature is None:
        return
    for change in signature_differences(old.signature, new.signature):
        yield change_of(
            RUBY_HABITS,
            change.kind,
            old,
            new,
            breaking=change.breaking,
            certain=change.certain,
            **change.params,
        )


def _value_changes(old: Item, new: Item, step: ClassStep) -> Iterator[ApiChange]:
    """Constants may have any value."""
    return iter(())


def _is_required(item: Item, unit: ApiUnit) -> bool:
    return False


def _is_dispensable(item: Item) -> bool:
    """Tell whether every object has a method; the one that makes objects counts for what it takes."""
    name = item.name
    return name in _EVERY_OBJECT_HAS and not (name == "initialize" and item.signature)


RUBY_HABITS = Habits(
    come={},
    go={},
    called=_call_changes,
    valued=_value_changes,
    label=label_of,
    required=_is_required,
    dispensable=_is_dispensable,
)
