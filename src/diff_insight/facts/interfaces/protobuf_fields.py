"""Compares the fields of a message: by number, as they are written, and by name, as code names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from diff_insight.facts.interfaces.protobuf_model import Field, Lines, ProtobufBlock, ProtoFile
from diff_insight.model.changes import Side
from diff_insight.model.facts import Evidence, Fact
from diff_insight.model.messages import Value

_JSON_NAME = "json_name"
#: Options of a field that generated code or JSON depend on.
_OPTIONS = (
    _JSON_NAME,
    "jstype",
    "ctype",
    "default",
    "features.utf8_validation",
    "features.message_encoding",
    "features.(pb.cpp).string_type",
    "features.(pb.java).utf8_validation",
)
_DEPRECATED = "deprecated"
#: What makes the facts of one file.


def make_fact(
    kind: str, named: tuple[str, str, str], lines: tuple[Lines | None, Lines | None], *, breaking: bool = False,
    likely: bool = False, more: Mapping[str, Value] | None = None,
) -> Fact:  # fmt: skip
    """Return a fact about a member.

    Args:
        kind: Its kind without `member.`.
        named: The term, the name, and what holds it.
        lines: Where it stood and stands.
        breaking: Whether it breaks those who exchange messages.
        likely: Whether a part of the proof is missing.
        more: Further parameters.
    """
    what, name, within = named
    evidence = tuple(
        Evidence(side, *at) for side, at in zip(Side, lines, strict=True) if at is not None
    )
    params: dict[str, Value] = {"what": what, "name": name, "within": within, **(more or {})}
    certainty: Literal["proved", "likely"] = "likely" if likely and breaking else "proved"
    return Fact(f"member.{kind}", params, evidence, breaking, certainty=certainty)


def field_facts(
    files: tuple[ProtoFile, ProtoFile], old: ProtobufBlock, new: ProtobufBlock, *, public: bool
) -> Iterator[Fact]:
    """Yield how the fields of one message differ."""
    olds, news = ({field.number: field for field in block.fields} for block in (old, new))
    names = {field.name: field for field in new.fields}
    olds_by_name = {field.name for field in old.fields}
    moved = {
        number
        for number, field in olds.items()
        if field.name in names
        and names[field.name].number != number
        and _differs(field, news.get(number))
    }
    for number, before in olds.items():
        after = news.get(number)
        if after is not None and after.name != before.name and after.name in olds_by_name:
            after = None  # another field took the number over, and is told by its own name
        named = ("proto-field", before.name, new.name)
        if number in moved:
            other = names[before.name]
            values = {"old": str(number), "new": str(other.number)}
            at = ("field-number", before.name, new.name)
            yield make_fact(
                "changed", at, (before.lines, other.lines), breaking=public, more=values
            )
            yield from _field(files, before, other, new.name, public=public)
        elif after is None:
            # Who reserves what goes has thought of those who still send it; code that names it breaks.
            reserved = new.reserves(number)
            yield make_fact(
                "removed", named, (before.lines, None), breaking=public, likely=reserved
            )
        else:
            yield from _field(files, before, after, new.name, public=public)
    came = {names[olds[number].name].number for number in moved}
    for number, after in news.items():
        if number not in olds and number not in came:
            named = ("proto-field", after.name, new.name)
            required = after.label == "required"
            more = {"new": True} if required else None
            kind = "required" if required else "added"
            yield make_fact(
                kind, named, (None, after.lines), breaking=required and public, more=more
            )


def _differs(field: Field, other: Field | None) -> bool:
    return other is None or other.name != field.name


def _field(
    files: tuple[ProtoFile, ProtoFile], old: Field, new: Field, within: str, *, public: bool
) -> Iterator[Fact]:
    """Yield how one field differs."""
    lines = old.lines, new.lines
    types = [
        file.full_type(field.type, within) for file, field in zip(files, (old, new), strict=True)
    ]
    before, after = (
        _field_text(field, type_) for field, type_ in zip((old, new), types, strict=True)
    )
    if old.name != new.name and before != after:
        # The number stands for something else now; who has the old file reads it wrongly.
        values = {"old": f"{before} {old.name}", "new": f"{after} {new.name}"}
        named = ("field-number", str(new.number), within)
        yield make_fact("changed", named, lines, breaking=public, more=values)
        return
    if old.name != new.name:
        named = ("proto-field", old.name, within)
        yield make_fact("renamed", named, lines, breaking=public, more={"new": new.name})
    named = ("proto-field", new.name, within)
    if before != after:
        yield make_fact(
            "changed", named, lines, breaking=public, more={"old": before, "new": after}
        )
    elif "required" in (old.label, new.label) and old.label != new.label:
        if new.label == "required":
            yield make_fact("required", named, lines, breaking=public, more={"new": False})
        else:
            yield make_fact("optional", named, lines, breaking=public)
    elif old.oneof != new.oneof:
        values = {"old": old.oneof, "new": new.oneof}
        yield make_fact("regrouped", named, lines, breaking=public, more=values)
    elif (presence := _presence(files[0], old)) != _presence(files[1], new):
        values = {"old": presence, "new": _presence(files[1], new)}
        yield make_fact(
            "changed", ("presence", new.name, within), lines, breaking=public, more=values
        )
    before_options, after_options = (
        {_JSON_NAME: _json_name(field.name), **field.options}
        if old.name == new.name
        else field.options
        for field in (old, new)
    )
    at = f"{within}.{new.name}"
    yield from option_facts(before_options, after_options, at, lines, public=public)


def _json_name(name: str) -> str:
    """Return what a field is called in JSON when nothing says otherwise."""
    first, *others = name.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in others)


def _field_text(field: Field, type_: str) -> str:
    return f"repeated {type_}" if field.label == "repeated" else type_


def _presence(file: ProtoFile, field: Field) -> str:
    """Return whether one can tell a field that was not set from one that is empty."""
    if field.label == "repeated" or field.oneof or field.type.startswith("map<"):
        return ""
    if file.syntax == "proto3":
        return "explicit" if field.label == "optional" else "implicit"
    own = field.options.get("features.field_presence") or file.options.get(
        "features.field_presence"
    )
    return "implicit" if own == "IMPLICIT" else "explicit"


def option_facts(
    old: Mapping[str, str],
    new: Mapping[str, str],
    within: str,
    lines: tuple[Lines, Lines],
    *,
    public: bool,
) -> Iterator[Fact]:
    """Yield the options that generated code or JSON depend on."""
    for name in _OPTIONS:
        before, after = old.get(name, ""), new.get(name, "")
        if before != after:
            values = {"old": before, "new": after}
            # Another default is other behaviour, not another interface.
            breaking = public and name != "default"
            yield make_fact(
                "changed", ("option", name, within), lines, breaking=breaking, more=values
            )
    if new.get(_DEPRECATED) == "true" and old.get(_DEPRECATED) != "true":
        holder, _, name = within.rpartition(".")
        yield make_fact("deprecated", ("proto-field", name, holder), (None, lines[1]))
