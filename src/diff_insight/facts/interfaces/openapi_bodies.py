"""Compares what an operation takes and gives: parameters, bodies by media type, responses, headers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal

from diff_insight.facts.data.data_trees import at
from diff_insight.facts.interfaces.openapi_model import ApiParameter, Body, Operation, Response
from diff_insight.facts.interfaces.openapi_promises import promise_facts
from diff_insight.facts.interfaces.schema_change import SchemaUse
from diff_insight.facts.interfaces.schema_compare import SchemaComparison
from diff_insight.facts.interfaces.schema_facts import body_subject, parameter_subject, schema_facts
from diff_insight.facts.trees.node import NOTHING, Node
from diff_insight.model.facts import Fact
from diff_insight.model.messages import Value

_SUCCESS = "2"
#: How parameters of each location are written unless they say otherwise.
_STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}

#: The term of a member, its name, and what holds it.
_Named = tuple[str, str, str]
_NO_MORE: Mapping[str, Value] = MappingProxyType({})
_REPEATED = "form, explode: true"
#: What OpenAPI 2 calls ways to write a list, besides the one for lists with commas.
_FORMATS = {
    "multi": _REPEATED,
    "ssv": "spaceDelimited, explode: false",
    "pipes": "pipeDelimited, explode: false",
    "tsv": "tabDelimited",
}


def _member(
    kind: str, named: _Named, nodes: tuple[Node, Node], *, breaking: bool = False,
    certain: bool = True, more: Mapping[str, Value] = _NO_MORE,
) -> Fact:  # fmt: skip
    what, name, within = named
    old, new = nodes
    evidence = at(old if old.start else None, new if new.start else None)
    params: dict[str, Value] = {"what": what, "name": name, "within": within, **more}
    certainty: Literal["proved", "likely"] = "proved" if certain else "likely"
    return Fact(f"member.{kind}", params, evidence, breaking, certainty=certainty)


def parameter_facts(
    schemas: SchemaComparison,
    old: Operation,
    new: Operation,
    use: SchemaUse,
    *,
    public: bool,
    form: bool,
) -> Iterator[Fact]:
    """Yield how parameters differ; `form` tells that fields of a form are a body now."""
    lost = {
        key: parameter for key, parameter in old.parameters.items() if key not in new.parameters
    }
    lost = {
        key: parameter
        for key, parameter in lost.items()
        if not (form and parameter.where == "formData")
    }
    for key, after in new.parameters.items():
        before = old.parameters.get(key)
        if before is not None:
            yield from _parameter(schemas, before, after, new.name, use, public=public)
            continue
        moved = next(
            (parameter for parameter in lost.values() if parameter.name == after.name), None
        )
        named = ("parameter", after.name, new.name)
        if moved is not None:
            lost = {at_: parameter for at_, parameter in lost.items() if parameter is not moved}
            params = {"what": "parameter", "name": after.name, "within": new.name,
                      "old": moved.where, "new": after.where}  # fmt: skip
            yield Fact("operation.parameter-moved", params, at(moved.node, after.node), public)
        elif after.required:
            yield _member(
                "required", named, (NOTHING, after.node), breaking=public, more={"new": True}
            )
        else:
            yield _member("added", named, (NOTHING, after.node))
    for before in lost.values():
        # Whether a service refuses what it does not know is not written anywhere.
        named = ("parameter", before.name, new.name)
        # Who deprecates a parameter has said that it goes; from when on is not known here.
        sunset = bool(before.node.at("x-sunset").text())
        breaking = public and (sunset or before.node.at("deprecated").text() != "true")
        yield _member("removed", named, (before.node, NOTHING), breaking=breaking, certain=False)


def _parameter(
    schemas: SchemaComparison,
    old: ApiParameter,
    new: ApiParameter,
    name: str,
    use: SchemaUse,
    *,
    public: bool,
) -> Iterator[Fact]:
    named = ("parameter", new.name, name)
    yield from _requirement(named, old, new, breaking=public)
    if old.name != new.name and new.where == "path":
        yield _member(
            "renamed", ("parameter", old.name, name), (old.node, new.node), more={"new": new.name}
        )
    yield from promise_facts(old.node, new.node, named, public=public)
    if _style(old) != _style(new) and any(_is_written_by_style(schemas, old, new)):
        params = {"what": "parameter", "name": new.name, "within": name, **_style_params(old, new),
                  "keyword": "style", "effect": "senders" * public}  # fmt: skip
        yield Fact("schema.keyword-changed", params, at(old.node, new.node), public)
    subject = parameter_subject("parameter", new.name, name)
    use |= SchemaUse.AS_TEXT
    if _style(new) == _REPEATED:
        use |= SchemaUse.AS_LIST
    yield from schema_facts(schemas.inline(old.schema, new.schema, use), subject, public=public)


def _requirement(
    named: tuple[str, str, str], old: ApiParameter, new: ApiParameter, *, breaking: bool
) -> Iterator[Fact]:
    if old.required is new.required:
        return
    before, after = (
        side.node.at("required") if side.node.at("required").start else side.node
        for side in (old, new)
    )
    nodes = before, after
    if new.required:
        yield _member("required", named, nodes, breaking=breaking, more={"new": False})
    else:
        yield _member("optional", named, nodes)


def _style(parameter: ApiParameter) -> str:
    """Return how lists and objects are written in a parameter."""
    node = parameter.node
    if node.at("schema").start:
        style = node.at("style").text() or _STYLES.get(parameter.where, "")
        explode = node.at("explode").text() or str(style == "form").lower()
        return f"{style}, explode: {explode}"
    # OpenAPI 2 has names of its own for the same.
    default = _STYLES.get(parameter.where, "form")
    return _FORMATS.get(node.at("collectionFormat").text() or "csv", f"{default}, explode: false")


def _style_params(old: ApiParameter, new: ApiParameter) -> dict[str, Value]:
    """Return both styles in the words of the description; those of OpenAPI 3 where the versions differ."""
    formats = [side.node.at("collectionFormat").text() or "csv" for side in (old, new)]
    own = not any(side.node.at("schema").start for side in (old, new))
    before, after = formats if own else [_style(old), _style(new)]
    return {"old": before, "new": after}


def _is_written_by_style(
    schemas: SchemaComparison, old: ApiParameter, new: ApiParameter
) -> Iterator[bool]:
    """Yield whether a style says how a value is written: that of lists and objects, and what stands before any value."""
    for side, parameter in ((schemas.old, old), (schemas.new, new)):
        types = side.of(parameter.schema).effective_types if parameter.schema.start else None
        yield types is None or not types.isdisjoint(("array", "object"))
    words = {_style(parameter).partition(",")[0] for parameter in (old, new)}
    yield len(words) > 1 and not words.isdisjoint(("label", "matrix"))


def body_facts(
    schemas: SchemaComparison,
    old: Body | None,
    new: Body | None,
    name: str,
    use: SchemaUse,
    *,
    public: bool,
) -> Iterator[Fact]:
    """Yield how the bodies of requests differ."""
    sent = bool(use & SchemaUse.SENT)
    named = ("request-body", name, "")
    if old is None or new is None:
        if new is not None:
            required = new.required and public and sent
            kind, more = ("required", {"new": True}) if new.required else ("added", _NO_MORE)
            yield _member(kind, named, (NOTHING, new.node), breaking=required, more=more)
        elif old is not None:
            breaking = public and sent
            yield _member("removed", named, (old.node, NOTHING), breaking=breaking, certain=False)
        return
    if new.required and not old.required:
        node = new.node.at("required")
        yield _member(
            "required", named, (NOTHING, node), breaking=public and sent, more={"new": False}
        )
    elif old.required and not new.required:
        yield _member("optional", named, (old.node.at("required"), NOTHING))
    yield from _media_facts(old, new, name, "request-media-type", public=public and sent)
    yield from _bodies(schemas, old, new, name, use, public=public)


def _media_facts(old: Body, new: Body, name: str, way: str, *, public: bool) -> Iterator[Fact]:
    for media, schema in old.media.items():
        if not _has(new.media, media):
            node = schema if schema.start else old.node
            named = (way, media, name)
            yield _member("removed", named, (node, NOTHING), breaking=public)
    for media, schema in new.media.items():
        if not _has(old.media, media):
            node = schema if schema.start else new.node
            yield _member("added", (way, media, name), (NOTHING, node))


def _has(known: Iterable[str], media: str) -> bool:
    return any(parameter in (media, "*/*", f"{media.partition('/')[0]}/*") for parameter in known)


def _bodies(
    schemas: SchemaComparison, old: Body, new: Body, name: str, use: SchemaUse, *, public: bool
) -> Iterator[Fact]:
    """Yield how the schemas of the media types differ that both versions have."""
    for media, schema in old.media.items():
        after = new.media.get(media)
        if after is not None:
            subject = body_subject(use, media, name)
            written = use if "json" in media or "*" in media else use | SchemaUse.AS_TEXT
            yield from schema_facts(schemas.inline(schema, after, written), subject, public=public)


def response_facts(
    schemas: SchemaComparison, old: Operation, new: Operation, use: SchemaUse, *, public: bool
) -> Iterator[Fact]:
    """Yield how responses differ."""
    for code, before in old.responses.items():
        after = new.responses.get(code)
        if after is not None:
            yield from _response(schemas, before, after, new.name, use, public=public)
            continue
        success = code.startswith(_SUCCESS)
        covered = any(
            fallback in new.responses for fallback in (f"{code[:1]}XX", f"{code[:1]}xx", "default")
        )
        breaking = public and success and not covered and not new.hook
        what = "response" if success else "error-response"
        yield _member("removed", (what, code, new.name), (before.node, NOTHING), breaking=breaking)
    for code, after in new.responses.items():
        if code not in old.responses:
            what = "response" if code.startswith(_SUCCESS) else "error-response"
            yield _member("added", (what, code, new.name), (NOTHING, after.node))


def _response(
    schemas: SchemaComparison,
    old: Response,
    new: Response,
    name: str,
    use: SchemaUse,
    *,
    public: bool,
) -> Iterator[Fact]:
    received = public and use is SchemaUse.RECEIVED
    yield from _media_facts(old.body, new.body, name, "response-media-type", public=received)
    yield from _bodies(schemas, old.body, new.body, name, use, public=public)
    yield from _headers(schemas, old.headers, new.headers, name, use, public=public)


def _headers(
    schemas: SchemaComparison, old: Mapping[str, ApiParameter], new: Mapping[str, ApiParameter],
    name: str, use: SchemaUse, *, public: bool,
) -> Iterator[Fact]:  # fmt: skip
    for key, before in old.items():
        after = new.get(key)
        named = ("response-header", before.name, name)
        if after is None:
            certain = before.required
            yield _member(
                "removed", named, (before.node, NOTHING), breaking=public, certain=certain
            )
            continue
        if before.required and not after.required:
            nodes = before.node.at("required"), after.node
            yield _member("optional", named, nodes, breaking=public)
        subject = parameter_subject("response-header", after.name, name)
        yield from schema_facts(
            schemas.inline(before.schema, after.schema, use), subject, public=public
        )
    for key, after in new.items():
        if key not in old:
            yield _member("added", ("response-header", after.name, name), (NOTHING, after.node))
