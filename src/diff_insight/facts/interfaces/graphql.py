"""GraphQL schemas: types, fields, arguments, values, unions, interfaces, directives."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from msgspec.structs import replace

from diff_insight.facts.data.data_trees import emit_and_claim, is_published_interface, whole_text
from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.interfaces.graphql_reader import LARGEST, LARGEST_TEXT, read_schemas
from diff_insight.facts.interfaces.members import (
    Key,
    Member,
    MemberRules,
    diff_members,
    index_members,
    parts_of,
)
from diff_insight.facts.protocol import base_line
from diff_insight.file_types import extension
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact

_RULES = MemberRules(
    removed=frozenset(
        "type field argument input-field enum-value union-member interface directive directive-location"
        " directive-argument"
        " modifier".split()
    ),
    changed=frozenset(("type", "field", "argument", "input-field", "directive-argument")),
    required=frozenset(("argument", "input-field", "directive-argument")),
)


def applies(view: FileView) -> bool:
    """Schema files with two versions."""
    return extension(view.change.path) in ("graphql", "graphqls", "gql") and (
        view.change.status in BOTH_SIDES
    )


def facts(view: FileView) -> Iterator[Fact]:
    """Yield what changed for those who query the schema."""
    texts = [whole_text(view, side, limit=LARGEST_TEXT) for side in Side]
    if None in texts:
        return
    schemas = read_schemas([text or "" for text in texts])
    if schemas is None:
        view.skip("syntax-error" if max(len(text or "") for text in texts) <= LARGEST else "limit")
        return
    old, new = (index_members(iter(members)) for members in schemas)
    _leave_out_other_kinds(old, new)
    public = is_published_interface(view.known_path)
    differences = diff_members(
        old, new, _RULES, public=public, is_told_elsewhere=parts_of(old, new), is_safe=is_safe
    )
    yield from emit_and_claim(view, differences)


def members_of(text: str) -> dict[Key, Member]:
    """Return what a schema declares; of a file of queries nothing."""
    schemas = read_schemas([text])
    return index_members(iter(schemas[0])) if schemas else {}


def move_facts(
    old: str, new: str, names: Collection[str], path: str, *, public: bool
) -> Iterator[Fact]:
    """Yield what broke on its way to another file.

    Args:
        old: The text in which they stood.
        new: The text that declares them now.
        names: The types and the parts of types that moved.
        path: The file that declares them now.
        public: Whether others rely on the file.
    """
    before, after = (_part_of(members_of(text), names) for text in (old, new))
    is_told = parts_of(before, after)
    for fact in diff_members(
        before, after, _RULES, public=public, is_told_elsewhere=is_told, is_safe=is_safe
    ):
        if fact.breaking:
            # Lines of the other file are none of this one's.
            lines = tuple(line for line in fact.evidence if line.side is Side.BASE)
            holder = before.get(("type", "", str(fact.params["within"]).partition(".")[0]))
            first = (base_line(holder.start),) if holder is not None else ()
            params = {**fact.params, "declared_in": path}
            yield replace(fact, params=params, evidence=lines or first)


def _part_of(members: Mapping[Key, Member], names: Collection[str]) -> dict[Key, Member]:
    """Return what belongs to some types, and single parts of others."""
    return {
        key: member for key, member in members.items()
        if (key[1].partition(".")[0] or key[2]) in names or f"{key[1]}.{key[2]}" in names
    }  # fmt: skip


def _leave_out_other_kinds(old: dict[Key, Member], new: dict[Key, Member]) -> None:
    """Leave out extensions, and the parts of a type that is of another kind now."""
    changed = set()
    for side, other in ((old, new), (new, old)):
        for key in [key for key in side if key[0] == "type-extension"]:
            declared = ("type", "", key[2])
            if declared not in side:
                other.pop(declared, None)  # what is extended is declared in another file
            del side[key]
    for key, member in old.items():
        if key[0] == "type" and key in new and new[key].shape != member.shape:
            changed.add(member.name)
    for side in (old, new):
        for key in [key for key in side if key[1].partition(".")[0] in changed]:
            del side[key]


def is_safe(old: Member, new: Member) -> bool:
    """Tell whether another type breaks nobody: a field that is never empty, an argument that may be."""
    if new.what == "type":
        return False
    gives, takes = (old.shape, new.shape) if new.what == "field" else (new.shape, old.shape)
    return _is_within(takes, gives)


def _is_within(type_: str, other: str) -> bool:
    """Tell whether every value of a type is one of another: `[A!]!` is within `[A]`."""
    if other.endswith("!"):
        return type_.endswith("!") and _is_within(type_[:-1], other[:-1])
    if type_.endswith("!"):
        return _is_within(type_[:-1], other)
    if type_.startswith("[") and other.startswith("["):
        return _is_within(type_[1:-1], other[1:-1])
    return type_ == other
