"""What of an operation breaks those who call it: verdicts from what HTTP and OpenAPI 3.1 say of each part."""

from __future__ import annotations

import json
from typing import Any

import pytest

from diff_insight.facts.interfaces import openapi
from support.views import view_of

TEXT = {"type": "string"}
OK: dict[str, Any] = {"200": {"description": "Done"}}


def body(schema: object, *, media: str = "application/json", **more: object) -> dict[str, object]:
    return {"content": {media: {"schema": schema}}, **more}


def answer(schema: object, **more: object) -> dict[str, object]:
    return {"description": "Done", **body(schema), **more}


def query(name: str, schema: object = TEXT, **more: object) -> dict[str, object]:
    return {"name": name, "in": "query", "schema": schema, **more}


CHANGES: list[tuple[str, dict[str, Any], dict[str, Any], bool]] = [
    ("a body is newly required", {"requestBody": body(TEXT)},
     {"requestBody": body(TEXT, required=True)}, True),
    ("a body is optional now", {"requestBody": body(TEXT, required=True)},
     {"requestBody": body(TEXT)}, False),
    ("a new body is required", {}, {"requestBody": body(TEXT, required=True)}, True),
    ("a new body is optional", {}, {"requestBody": body(TEXT)}, False),
    ("a media type of a request is replaced", {"requestBody": body(TEXT)},
     {"requestBody": body(TEXT, media="application/xml")}, True),
    ("a media type of an answer is replaced", {"responses": {"200": answer(TEXT)}},
     {"responses": {"200": {"description": "Done", **body(TEXT, media="application/xml")}}}, True),
    ("a parameter is newly required", {"parameters": [query("page")]},
     {"parameters": [query("page", required=True)]}, True),
    ("an optional parameter comes", {}, {"parameters": [query("page")]}, False),
    ("a required parameter comes", {}, {"parameters": [query("page", required=True)]}, True),
    ("a parameter takes another type", {"parameters": [query("page")]},
     {"parameters": [query("page", {"type": "integer"})]}, True),
    ("a parameter takes fewer values", {"parameters": [query("by", {"type": "string", "enum": ["a", "b"]})]},
     {"parameters": [query("by", {"type": "string", "enum": ["a"]})]}, True),
    ("a parameter takes more values", {"parameters": [query("by", {"type": "string", "enum": ["a"]})]},
     {"parameters": [query("by", {"type": "string", "enum": ["a", "b"]})]}, False),
    ("a parameter moves into the header", {"parameters": [query("page")]},
     {"parameters": [{"name": "page", "in": "header", "required": True, "schema": TEXT}]}, True),
    ("an answer goes", {"responses": {**OK, "201": answer(TEXT)}}, {"responses": OK}, True),
    ("an answer comes", {"responses": OK}, {"responses": {**OK, "404": {"description": "None"}}}, False),
    ("a header of an answer goes",
     {"responses": {"200": answer(TEXT, headers={"X-Total": {"schema": TEXT, "required": True}})}},
     {"responses": {"200": answer(TEXT)}}, True),
    ("a header of an answer comes", {"responses": {"200": answer(TEXT)}},
     {"responses": {"200": answer(TEXT, headers={"X-Total": {"schema": TEXT}})}}, False),
    ("a style of what is no list", {"parameters": [query("page", style="form")]},
     {"parameters": [query("page", style="spaceDelimited")]}, False),
    ("a style that puts a mark before any value",
     {"parameters": [{"name": "id", "in": "path", "required": True, "schema": TEXT, "style": "simple"}]},
     {"parameters": [{"name": "id", "in": "path", "required": True, "schema": TEXT, "style": "label"}]}, True),
    ("a style of a list", {"parameters": [query("ids", {"type": "array", "items": TEXT})]},
     {"parameters": [query("ids", {"type": "array", "items": TEXT}, style="spaceDelimited")]}, True),
    ("a required property has to be sent now",
     {"requestBody": body({"type": "object", "required": ["id"], "properties": {"id": {**TEXT, "readOnly": True}}})},
     {"requestBody": body({"type": "object", "required": ["id"], "properties": {"id": TEXT}})}, True),
    ("an optional property may be sent now",
     {"requestBody": body({"type": "object", "properties": {"id": {**TEXT, "readOnly": True}}})},
     {"requestBody": body({"type": "object", "properties": {"id": TEXT}})}, False),
    ("only words change", {"summary": "List"}, {"summary": "List all"}, False),
    ("a tag comes", {}, {"tags": ["notes"]}, False),
]  # fmt: skip


def _api(operation: dict[str, Any], path: str = "/notes", method: str = "post") -> str:
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Notes", "version": "1"},
        "paths": {path: {method: {"responses": OK, **operation}}},
    }
    return json.dumps(document, indent=1) + "\n"


def _breaks(old: str, new: str) -> bool:
    view = view_of(old, new, path="openapi.json")
    assert openapi.applies(view)
    return any(fact.breaking for fact in openapi.facts(view))


@pytest.mark.parametrize(
    ("old", "new", "breaks"), [each[1:] for each in CHANGES], ids=[each[0] for each in CHANGES]
)
def test_what_breaks_callers(*, old: dict[str, Any], new: dict[str, Any], breaks: bool) -> None:
    assert _breaks(_api(old), _api(new)) is breaks


def test_the_name_of_a_path_parameter_is_no_address() -> None:
    one = {"parameters": [{"name": "id", "in": "path", "required": True, "schema": TEXT}]}
    other = {"parameters": [{"name": "note", "in": "path", "required": True, "schema": TEXT}]}
    assert not _breaks(_api(one, "/notes/{id}"), _api(other, "/notes/{note}"))
    assert _breaks(_api(one, "/notes/{id}"), _api(one, "/pages/{id}"))
    assert _breaks(_api({}, method="get"), _api({}, method="put"))


SCHEMES: list[tuple[str, dict[str, Any], dict[str, Any], bool]] = [
    ("a key in another place", {"type": "apiKey", "in": "header", "name": "X-Key"},
     {"type": "apiKey", "in": "query", "name": "X-Key"}, True),
    ("a key of another name", {"type": "apiKey", "in": "query", "name": "key"},
     {"type": "apiKey", "in": "query", "name": "token"}, True),
    ("a header in other letters", {"type": "apiKey", "in": "header", "name": "X-Key"},
     {"type": "apiKey", "in": "header", "name": "x-key"}, False),
    ("a token for a password", {"type": "http", "scheme": "basic"}, {"type": "http", "scheme": "bearer"}, True),
    ("a way that was not said", {"type": "http"}, {"type": "http", "scheme": "bearer"}, False),
    ("another form of a token", {"type": "http", "scheme": "bearer"},
     {"type": "http", "scheme": "Bearer", "bearerFormat": "JWT"}, False),
    ("a flow goes", {"type": "oauth2", "flows": {"implicit": {}, "password": {}}},
     {"type": "oauth2", "flows": {"password": {}}}, True),
    ("a flow comes", {"type": "oauth2", "flows": {"password": {}}},
     {"type": "oauth2", "flows": {"implicit": {}, "password": {}}}, False),
    ("only words change", {"type": "http", "scheme": "basic", "description": "a"},
     {"type": "http", "scheme": "basic", "description": "b"}, False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "breaks"), [each[1:] for each in SCHEMES], ids=[each[0] for each in SCHEMES]
)
def test_what_a_security_scheme_takes(
    *, old: dict[str, Any], new: dict[str, Any], breaks: bool
) -> None:
    texts = []
    for scheme in (old, new):
        document = json.loads(_api({"security": [{"key": []}]}))
        document["components"] = {"securitySchemes": {"key": scheme}}
        texts.append(json.dumps(document, indent=1) + "\n")
    assert _breaks(*texts) is breaks


@pytest.mark.parametrize(
    ("format_", "style", "breaks"),
    [("csv", {"explode": False}, False), ("multi", {}, False), ("csv", {}, True),
     ("pipes", {"style": "pipeDelimited", "explode": False}, False)],
)  # fmt: skip
def test_lists_of_openapi_2_and_3_are_written_alike(
    format_: str, style: dict[str, Any], *, breaks: bool
) -> None:
    items = {"type": "array", "items": TEXT}
    two = {
        "swagger": "2.0",
        "info": {"title": "Notes", "version": "1"},
        "paths": {"/notes": {"get": {"responses": OK, "parameters": [
            {"name": "ids", "in": "query", "collectionFormat": format_, **items}
        ]}}},
    }  # fmt: skip
    three = _api({"parameters": [query("ids", items, **style)]}, method="get")
    assert _breaks(json.dumps(two, indent=1) + "\n", three) is breaks
