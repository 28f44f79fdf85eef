"""Reads what GraphQL schemas declare: types with their parts, unions, interfaces, directives."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from diff_insight.facts.interfaces.members import Member

#: Characters of definitions that are parsed; what both versions have alike is left out before.
LARGEST = 400_000
LARGEST_TEXT = 5_000_000
#: Where a definition, or the description before it, begins at the start of a line.
_DEFINITION = re.compile(
    r'^(?:"|(?:extend[ \t]+)?(?:type|interface|union|enum|input|scalar|directive|schema)\b)',
    re.MULTILINE,
)
_IMPLEMENTS = re.compile(r"\b(implements[ \t]+)([\w, \t]{3,400}?)([ \t]*[{@\n])")
_BETWEEN = re.compile(r"[ \t]*,[ \t]*|[ \t]+")
_KINDS = {
    "object_type": "type",
    "interface_type": "interface",
    "union_type": "union",
    "enum_type": "enum",
    "input_object_type": "input",
    "scalar_type": "scalar",
}


def read_schemas(texts: Sequence[str]) -> list[list[Member]] | None:
    """Return what each version of a schema declares, without what all of them have alike.

    None when a version is no GraphQL, or too large.
    """
    if max(map(len, texts)) > LARGEST_TEXT:
        return None
    for versions in (_without_shared(texts), texts) if len(texts) > 1 else (texts,):
        if max(len(text.replace("\n", "")) for text in versions) > LARGEST:
            continue
        read = [_parse(text) for text in versions]
        if all(document is not None for document in read):
            return [list(_members(document)) for document in read]
    return None


def _without_shared(texts: Sequence[str]) -> list[str]:
    """Return texts with empty lines for the definitions that all of them have alike."""
    cut = [_definitions(text) for text in texts]
    alike = Counter(cut[0])
    for definitions in cut[1:]:
        alike &= Counter(definitions)
    reduced = []
    for definitions in cut:
        left = Counter(alike)
        kept = []
        for definition in definitions:
            known = left[definition] > 0
            left[definition] -= known
            kept.append("\n" * definition.count("\n") if known else definition)
        reduced.append("".join(kept))
    return reduced


def _definitions(text: str) -> list[str]:
    """Cut a text where definitions begin; a description goes with what it describes."""
    starts = [0]
    described = False
    for match in _DEFINITION.finditer(text):
        if not described:
            starts.append(match.start())
        described = match[0] == '"'
    ends = [*starts[1:], len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def _parse(text: str) -> Any:  # noqa: ANN401 - the library's tree
    """Return a document, or None when the text is none."""
    # The library takes longer to load than most reports take.
    from graphql.error import GraphQLSyntaxError  # noqa: PLC0415
    from graphql.language import parse  # noqa: PLC0415

    if not text.strip():
        return ()
    # Once, interfaces stood behind each other with commas or blanks.
    for form in (text, _IMPLEMENTS.sub(_with_signs, text)):
        try:
            return parse(form, max_tokens=LARGEST).definitions
        except (GraphQLSyntaxError, RecursionError):
            continue
    return None


def _with_signs(clause: re.Match[str]) -> str:
    """Return what a type implements in the form of today, on the same lines."""
    return f"{clause[1]}{_BETWEEN.sub(' & ', clause[2])}{clause[3]}"


def _members(definitions: Any) -> Iterator[Member]:  # noqa: ANN401 - the library's tree
    for node in definitions:
        kind = node.kind.removesuffix("_definition").removesuffix("_extension")
        if kind == "directive":
            yield from _directive(node)
        elif kind in _KINDS:
            extends = node.kind.endswith("_extension")
            yield from _type(node, _KINDS[kind], extends=extends)


def _type(node: Any, kind: str, *, extends: bool) -> Iterator[Member]:  # noqa: ANN401
    name = node.name.value
    # What extends a type that stands elsewhere does not declare it.
    what = "type-extension" if extends else "type"
    yield Member(what, name, "", node.loc.start_token.line, node.loc.end_token.line, kind)
    for interface in getattr(node, "interfaces", None) or ():
        yield _named_member("interface", interface, name)
    if kind == "union":
        yield from (
            _named_member("union-member", interface, name) for interface in node.types or ()
        )
    elif kind == "enum":
        yield from (_at("enum-value", interface, name) for interface in node.values or ())
    elif kind == "input":
        yield from (
            _typed_member("input-field", interface, name) for interface in node.fields or ()
        )
    elif kind != "scalar":
        for field in node.fields or ():
            yield _typed_member("field", field, name)
            for argument in field.arguments or ():
                yield _typed_member("argument", argument, f"{name}.{field.name.value}")


def _directive(node: Any) -> Iterator[Member]:  # noqa: ANN401
    name = f"@{node.name.value}"
    line = node.loc.start_token.line
    yield Member("directive", name, "", line, node.loc.end_token.line)
    for argument in node.arguments or ():
        yield _typed_member("directive-argument", argument, name)
    for location in node.locations:
        yield Member(
            "directive-location",
            location.value,
            name,
            location.loc.start_token.line,
            location.loc.end_token.line,
        )
    if node.repeatable:
        yield Member("modifier", "repeatable", name, line, node.loc.end_token.line)


def _named_member(what: str, node: Any, within: str) -> Member:  # noqa: ANN401
    return Member(what, node.name.value, within, node.loc.start_token.line, node.loc.end_token.line)


def _at(what: str, node: Any, within: str) -> Member:  # noqa: ANN401
    start, end = node.name.loc.start_token.line, node.loc.end_token.line
    return Member(
        what,
        node.name.value,
        within,
        start,
        end,
        deprecated=_is_deprecated(node),
        reason=_reason(node),
    )


def _typed_member(what: str, node: Any, within: str) -> Member:  # noqa: ANN401
    """Return a field or argument; its default is no part of its type."""
    shape = _type_text(node.type)
    default = getattr(node, "default_value", None)
    required = what != "field" and shape.endswith("!") and default is None
    start = node.name.loc.start_token.line
    end = start if getattr(node, "arguments", None) else node.loc.end_token.line
    shown = "" if default is None else _source(default)
    return Member(
        what, node.name.value, within, start, end, shape, required, default=shown,
        deprecated=_is_deprecated(node), reason=_reason(node),
    )  # fmt: skip


def _is_deprecated(node: Any) -> bool:  # noqa: ANN401
    return any(directive.name.value == "deprecated" for directive in node.directives or ())


def _reason(node: Any) -> str:  # noqa: ANN401
    """Return what `@deprecated(reason: …)` says."""
    reasons = [
        argument.value.value
        for directive in node.directives or ()
        if directive.name.value == "deprecated"
        for argument in directive.arguments or ()
        if argument.name.value == "reason" and argument.value.kind == "string_value"
    ]
    return " ".join(reasons[0].split()) if reasons else ""


def _type_text(node: Any) -> str:  # noqa: ANN401
    if node.kind == "non_null_type":
        return f"{_type_text(node.type)}!"
    if node.kind == "list_type":
        return f"[{_type_text(node.type)}]"
    return str(node.name.value)


def _source(node: Any) -> str:  # noqa: ANN401
    return " ".join(node.loc.source.body[node.loc.start : node.loc.end].split())[:60]
