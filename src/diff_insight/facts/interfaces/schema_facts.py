"""Tells the differences of schemas as facts: about what, in which direction, and whom they break."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from diff_insight.facts.data.data_trees import at
from diff_insight.facts.interfaces.schema_change import SchemaChange, SchemaUse
from diff_insight.model.facts import Fact
from diff_insight.model.messages import Value

#: Rules whose facts are those of members of any interface.
_MEMBERS = {
    "property-added": "member.added",
    "property-removed": "member.removed",
    "required": "member.required",
    "optional": "member.optional",
}
#: What a property is called by the way it travels.
_PROPERTIES = {
    SchemaUse.SENT: "request-property",
    SchemaUse.RECEIVED: "response-property",
    SchemaUse.SENT | SchemaUse.RECEIVED: "property",
}


class Subject(Struct, frozen=True):
    """What a schema describes: a term of the catalogs, its name, what holds it.

    `parts` is the term of what stands in it and `holder` what holds these; `prefix` comes before
    their names. `documents` tells that nobody calls anybody: there are only documents.
    """

    what: str
    name: str
    within: str
    parts: str
    holder: str
    prefix: str = ""
    documents: bool = False


def body_subject(use: SchemaUse, media: str, operation: str) -> Subject:
    """Return what the schema of a body describes."""
    what = "request-body" if use is SchemaUse.SENT else "response-body"
    return Subject(what, media, operation, _PROPERTIES[use], operation)


def parameter_subject(what: str, name: str, within: str) -> Subject:
    """Return what the schema of a parameter or header describes."""
    return Subject(what, name, within, what, within, name)


def schema_subject(name: str, use: SchemaUse) -> Subject:
    """Return what a named schema of an API describes."""
    return Subject("schema", name, "", _PROPERTIES.get(use, "property"), name)


def message_subject(name: str, channel: str, use: SchemaUse) -> Subject:
    """Return what the schema of a message describes."""
    within = channel if channel != name else ""
    return Subject("message", name, within, _PROPERTIES.get(use, "property"), channel)


def document_subject(name: str, holder: str) -> Subject:
    """Return what a JSON Schema, or one of its definitions, describes."""
    what = "schema" if holder else "document"
    return Subject(what, name, "", "property", holder, documents=True)


def schema_facts(
    changes: Iterable[SchemaChange], subject: Subject, *, public: bool
) -> Iterator[Fact]:
    """Yield changes as facts."""
    for change in changes:
        breaking = change.breaks_sender or change.breaks_receiver
        kind = _MEMBERS.get(change.rule, f"schema.{change.rule}")
        evidence = at(
            change.old if change.old.start else None, change.new if change.new.start else None
        )
        params = {**_name_params(change.place.path, subject), **change.values}
        if not kind.startswith("member."):
            params["effect"] = _effect(change, subject) if breaking and public else ""
        yield Fact(
            kind, params, evidence, breaking and public,
            certainty="proved" if change.certain else "likely",
        )  # fmt: skip


def _name_params(path: str, subject: Subject) -> dict[str, Value]:
    if not path:
        return {"what": subject.what, "name": subject.name, "within": subject.within}
    joint = "" if path.startswith("[") or not subject.prefix else "."
    name = f"{subject.prefix}{joint}{path}"
    return {"what": subject.parts, "name": name, "within": subject.holder}


def _effect(change: SchemaChange, subject: Subject) -> str:
    """Return who meets the difference, as a term of the catalogs."""
    if subject.documents:
        return "documents"
    if change.breaks_sender and change.breaks_receiver:
        return "both"
    return "senders" if change.breaks_sender else "receivers"


def distinct(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Yield facts, of equal ones about equal lines the first: many may use one schema."""
    seen: set[tuple[object, ...]] = set()
    for fact in facts:
        apart = tuple(str(fact.params.get(name, "")) for name in ("keyword", "value", "first"))
        key = (fact.kind, fact.evidence, apart)
        if not fact.evidence or key not in seen:
            seen.add(key)
            yield fact
