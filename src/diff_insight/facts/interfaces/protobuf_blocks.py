"""Compares messages, enumerations, services and the file that holds them."""

from __future__ import annotations

from collections.abc import Iterator

from diff_insight.facts.interfaces.protobuf_fields import field_facts, make_fact
from diff_insight.facts.interfaces.protobuf_model import (
    Lines,
    Method,
    ProtobufBlock,
    ProtoFile,
    Value,
)
from diff_insight.model.facts import Fact

#: Options of a file by which generated code is found or named, with what stands for none.
_FILE_OPTIONS = {
    **dict.fromkeys(
        "go_package java_package java_outer_classname csharp_namespace objc_class_prefix php_namespace"
        " php_class_prefix php_metadata_namespace ruby_package swift_prefix".split(), "",
    ),
    "java_multiple_files": "false",
    "java_string_check_utf8": "false",
    "php_generic_services": "false",
    "optimize_for": "SPEED",
    "cc_generic_services": "false",
    "java_generic_services": "false",
    "py_generic_services": "false",
    "cc_enable_arenas": "true",
}  # fmt: skip
_BLOCK_OPTIONS = {"message_set_wire_format": "false", "no_standard_descriptor_accessor": "false",
                  "features.json_format": "", "features.enum_type": ""}  # fmt: skip
_METHOD_OPTIONS = {"idempotency_level": "IDEMPOTENCY_UNKNOWN"}
_TERMS = {"message": "message", "enum": "enum", "service": "service", "extend": "extension"}


def file_facts(old: ProtoFile, new: ProtoFile, *, public: bool) -> Iterator[Fact]:
    """Yield how two versions of a file differ."""
    yield from _of_file(old, new, public=public)
    files = old, new
    for name, before in old.blocks.items():
        after = new.blocks.get(name)
        if after is None or after.kind != before.kind:
            if not _holder(name, old, new):
                breaking = public and before.kind != "extend"
                yield make_fact(
                    "removed", _name_key(before), (before.lines, None), breaking=breaking
                )
                if before.kind == "extend":
                    yield from field_facts(
                        files, before, ProtobufBlock("extend", name, (0, 0)), public=public
                    )
            continue
        yield from field_facts(files, before, after, public=public)
        yield from _of_enum(before, after, public=public)
        yield from _of_service(files, before, after, public=public)
        yield from _of_block(before, after, public=public)
    for name, after in new.blocks.items():
        if name not in old.blocks and not _holder(name, new, old):
            yield make_fact("added", _name_key(after), (None, after.lines))


def _holder(name: str, own: ProtoFile, other: ProtoFile) -> bool:
    """Tell whether what holds a block came or went with it."""
    holder = name.rpartition(".")[0]
    while holder:
        if holder in own.blocks and holder not in other.blocks:
            return True
        holder = holder.rpartition(".")[0]
    return False


def _name_key(block: ProtobufBlock) -> tuple[str, str, str]:
    if block.kind == "extend":
        return "extension", block.name.removeprefix("extend "), ""
    holder, _, name = block.name.rpartition(".")
    return _TERMS[block.kind], name, holder


def _of_file(old: ProtoFile, new: ProtoFile, *, public: bool) -> Iterator[Fact]:
    for what, before, after in (
        ("package", old.package, new.package),
        ("syntax", old.syntax, new.syntax),
    ):
        if before != after:
            lines = old.lines.get(what), new.lines.get(what)
            # To an edition nothing changes by itself: what does is told where it is.
            breaking = public and (what == "package" or after.startswith("proto"))
            values = {"old": before, "new": after}
            name = "" if before and after else after or before
            yield make_fact("changed", (what, name, ""), lines, breaking=breaking, more=values)
    for name, default in _FILE_OPTIONS.items():
        before, after = old.options.get(name, default), new.options.get(name, default)
        if before != after:
            lines_of = old.lines.get(name), new.lines.get(name)
            values = {"old": before, "new": after}
            # Where there was none, the generator had one of its own.
            likely = not before
            yield make_fact(
                "changed",
                ("option", name, ""),
                lines_of,
                breaking=public,
                likely=likely,
                more=values,
            )


def _of_block(old: ProtobufBlock, new: ProtobufBlock, *, public: bool) -> Iterator[Fact]:
    for what, before, after in (
        ("reserved", old.reserved, new.reserved),
        ("extension-range", old.extensions, new.extensions),
    ):
        for text, lines in before.items():
            if text not in after and not _is_covered(text, after):
                named = (what, text, new.name)
                likely = what == "reserved"
                yield make_fact("removed", named, (lines, None), breaking=public, likely=likely)
    for name in old.oneofs.keys() - new.oneofs.keys():
        named = ("oneof", name, new.name)
        yield make_fact("removed", named, (old.oneofs[name], None), breaking=public)
    for name in new.oneofs.keys() - old.oneofs.keys():
        yield make_fact("added", ("oneof", name, new.name), (None, new.oneofs[name]))
    yield from _of_options(old, new, public=public)


def _of_options(old: ProtobufBlock, new: ProtobufBlock, *, public: bool) -> Iterator[Fact]:
    for name, default in _BLOCK_OPTIONS.items():
        before, after = old.options.get(name, default), new.options.get(name, default)
        if before != after:
            lines = old.option_lines.get(name), new.option_lines.get(name)
            named, values = ("option", name, new.name), {"old": before, "new": after}
            yield make_fact("changed", named, lines, breaking=public, more=values)
    if new.options.get("deprecated") == "true" and old.options.get("deprecated") != "true":
        lines = (None, new.option_lines.get("deprecated", new.lines))
        yield make_fact("deprecated", _name_key(new), lines)


def _is_covered(text: str, ranges: dict[str, Lines]) -> bool:
    """Tell whether other ranges hold the ends of one."""
    ends = text.split(" to ")
    if not all(end.lstrip("-").isdecimal() for end in ends):
        return any(number_range.startswith(f"{ends[0]} to ") for number_range in ranges)
    holder = ProtobufBlock("", "", (0, 0), reserved=dict(ranges))
    return all(holder.reserves(int(end)) for end in ends)


def _of_enum(old: ProtobufBlock, new: ProtobufBlock, *, public: bool) -> Iterator[Fact]:
    """Compare values by number: several names may stand for one, and a name may get another."""
    names = {value.name: value for value in new.values}
    gone = [value for value in old.values if value.name not in names]
    came = [
        value
        for value in new.values
        if value.name not in {enum_value.name for enum_value in old.values}
    ]
    for value in old.values:
        after = names.get(value.name)
        if after is not None and after.number != value.number:
            values = {"old": str(value.number), "new": str(after.number)}
            named = ("enum-number", value.name, new.name)
            yield make_fact(
                "changed", named, (value.lines, after.lines), breaking=public, more=values
            )
        elif after is not None:
            yield from _deprecated_value(value, after, new.name)
    for value in gone:
        renamed = next(
            (enum_value for enum_value in came if enum_value.number == value.number), None
        )
        named = ("enum-value", value.name, new.name)
        if renamed is not None:
            came.remove(renamed)
            lines = value.lines, renamed.lines
            yield make_fact("renamed", named, lines, breaking=public, more={"new": renamed.name})
        else:
            reserved = new.reserves(value.number)
            yield make_fact("removed", named, (value.lines, None), breaking=public, likely=reserved)
    for value in came:
        yield make_fact("added", ("enum-value", value.name, new.name), (None, value.lines))


def _deprecated_value(old: Value, new: Value, within: str) -> Iterator[Fact]:
    if new.options.get("deprecated") == "true" and old.options.get("deprecated") != "true":
        yield make_fact("deprecated", ("enum-value", new.name, within), (None, new.lines))


def _of_service(
    files: tuple[ProtoFile, ProtoFile], old: ProtobufBlock, new: ProtobufBlock, *, public: bool
) -> Iterator[Fact]:
    names = {method.name: method for method in new.methods}
    for before in old.methods:
        after = names.pop(before.name, None)
        named = ("rpc", before.name, new.name)
        if after is None:
            yield make_fact("removed", named, (before.lines, None), breaking=public)
            continue
        lines = before.lines, after.lines
        signatures = [
            _signature(file, service) for file, service in zip(files, (before, after), strict=True)
        ]
        if signatures[0] != signatures[1]:
            values = {"old": signatures[0], "new": signatures[1]}
            yield make_fact("changed", named, lines, breaking=public, more=values)
        for option, default in _METHOD_OPTIONS.items():
            service, other = before.options.get(option, default), after.options.get(option, default)
            if service != other:
                at = ("option", option, f"{new.name}.{before.name}")
                yield make_fact(
                    "changed", at, lines, breaking=public, more={"old": service, "new": other}
                )
        if after.options.get("deprecated") == "true" and before.options.get("deprecated") != "true":
            yield make_fact("deprecated", named, (None, after.lines))
    for method in names.values():
        yield make_fact("added", ("rpc", method.name, new.name), (None, method.lines))


def _signature(file: ProtoFile, method: Method) -> str:
    """Return what a method takes and gives."""
    return f"({file.full_type(method.takes, '')}) returns ({file.full_type(method.gives, '')})"
