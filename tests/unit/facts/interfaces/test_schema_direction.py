"""Keywords of schemas in both directions: a request may not accept less, an answer may not bring more.

The verdicts follow from what JSON Schema 2020-12 and OpenAPI 3.1 say of each keyword: with a change, is there a
value that was valid and is no longer (breaks who sends), or one that is valid now and was not (breaks who reads)?
"""

from __future__ import annotations

import json

import pytest

from diff_insight.facts.interfaces import json_schema, openapi
from support.views import view_of

TEXT = {"type": "string"}
#: Old schema, new schema, whether senders break, whether readers do.
CHANGES: list[tuple[object, object, bool, bool]] = [
    ({"type": "string"}, {"type": "integer"}, True, True),
    ({"type": "integer"}, {"type": "number"}, False, True),
    ({"type": "number"}, {"type": "integer"}, True, False),
    ({"type": ["string", "null"]}, {"type": "string"}, True, False),
    ({"type": "string"}, {"type": ["string", "null"]}, False, True),
    ({"type": "string", "enum": ["a", "b"]}, {"type": "string", "enum": ["a"]}, True, False),
    ({"type": "string"}, {"type": "string", "enum": ["a"]}, True, False),
    ({"type": "string", "maxLength": 9}, {"type": "string", "maxLength": 5}, True, False),
    ({"type": "string", "maxLength": 5}, {"type": "string", "maxLength": 9}, False, True),
    ({"type": "string", "minLength": 1}, {"type": "string", "minLength": 3}, True, False),
    ({"type": "integer", "maximum": 100}, {"type": "integer", "maximum": 10}, True, False),
    ({"type": "integer"}, {"type": "integer", "minimum": 1}, True, False),
    ({"type": "array", "items": {"type": "string"}},
     {"type": "array", "items": {"type": "integer"}}, True, True),
    ({"type": "array", "items": {"type": "string"}, "maxItems": 9},
     {"type": "array", "items": {"type": "string"}, "maxItems": 3}, True, False),
    ({"type": "array", "items": {"type": "string"}},
     {"type": "array", "items": {"type": "string"}, "uniqueItems": True}, True, False),
    ({"oneOf": [{"type": "string"}, {"type": "integer"}]}, {"oneOf": [{"type": "string"}]}, True, False),
    ({"anyOf": [{"type": "string"}]}, {"anyOf": [{"type": "string"}, {"type": "integer"}]}, False, True),
    ({"type": "object", "properties": {"a": {"type": "string"}}},
     {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}, True, False),
    ({"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]},
     {"type": "object", "properties": {"a": {"type": "string"}}}, False, True),
    ({"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": True},
     {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": False},
     True, False),
    ({"type": "object", "properties": {"a": {"type": "string", "readOnly": True}}},
     {"type": "object", "properties": {"a": {"type": "string", "readOnly": True}}, "required": ["a"]},
     False, False),
    ({"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
      "dependentRequired": {}},
     {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
      "dependentRequired": {"a": ["b"]}}, True, False),
    ({"type": "string"}, {"allOf": [{"type": "string"}]}, False, False),
    ({"type": "string", "const": "a"}, {"type": "string", "const": "b"}, True, True),
    ({"$ref": "#/components/schemas/Note"}, {"type": "string"}, False, False),
    ({"type": "string"}, {"type": "string", "description": "A note."}, False, False),
    ({"type": "string"}, {"type": "string", "not": {"enum": ["x"]}}, True, False),
    ({"not": {"type": "string"}}, {"not": {"type": ["string", "integer"]}}, True, False),
    ({"type": "array", "contains": TEXT}, {"type": "array"}, False, True),
    ({"type": "array"}, {"type": "array", "contains": TEXT}, True, False),
    ({"type": "object", "patternProperties": {"^x": TEXT}},
     {"type": "object", "patternProperties": {"^x": {"type": "integer"}}}, True, True),
    ({"type": "object"}, {"type": "object", "propertyNames": {"maxLength": 3}}, True, False),
    ({"type": "object", "propertyNames": {"maxLength": 3}},
     {"type": "object", "propertyNames": {"maxLength": 9}}, False, True),
    ({"type": "array", "prefixItems": [TEXT]},
     {"type": "array", "prefixItems": [{"type": "integer"}]}, True, True),
    ({"type": "object"}, {"type": "object", "dependentSchemas": {"a": {"required": ["b"]}}}, True, False),
    ({"type": "object", "minProperties": 1}, {"type": "object", "minProperties": 2}, True, False),
]  # fmt: skip


def _api(schema: object, *, answer: bool) -> str:
    content = {"content": {"application/json": {"schema": schema}}}
    operation: dict[str, object] = {"responses": {"200": {"description": "Done"}}}
    if answer:
        operation["responses"] = {"200": {"description": "Done", **content}}
    else:
        operation["requestBody"] = content
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Notes", "version": "1"},
        "paths": {"/notes": {"post": operation}},
        "components": {"schemas": {"Note": {"type": "string"}}},
    }
    return json.dumps(document, indent=1) + "\n"


def _breaks(old: str, new: str) -> bool:
    view = view_of(old, new, path="openapi.json")
    assert openapi.applies(view)
    return any(fact.breaking for fact in openapi.facts(view))


@pytest.mark.parametrize("nested", [False, True], ids=["body", "property"])
@pytest.mark.parametrize(("old", "new", "senders", "readers"), CHANGES)
def test_direction_decides(
    *, old: object, new: object, senders: bool, readers: bool, nested: bool
) -> None:
    if nested:
        old, new = ({"type": "object", "properties": {"in": each}} for each in (old, new))
    assert _breaks(_api(old, answer=False), _api(new, answer=False)) is senders
    assert _breaks(_api(old, answer=True), _api(new, answer=True)) is readers


@pytest.mark.parametrize(
    ("old", "new"),
    [(old, new) for old, new, senders, _ in CHANGES if senders and "$ref" not in str(old)],
)
def test_a_schema_of_its_own_breaks_who_writes_by_it(old: object, new: object) -> None:
    name = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    texts = [
        json.dumps({**name, "type": "object", "properties": {"in": each}}, indent=1) + "\n"
        for each in (old, new)
    ]
    view = view_of(*texts, path="note.schema.json")
    assert json_schema.applies(view)
    assert any(fact.breaking for fact in json_schema.facts(view))
