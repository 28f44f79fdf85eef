"""Checks requests and answers against GitHub's published OpenAPI description."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
from graphql import GraphQLSchema, OperationDefinitionNode, build_schema, parse, validate
from graphql.execution.values import get_variable_values

_DATA = Path(__file__).parents[2] / "data"
_DESCRIPTIONS = ("github-openapi.json", "github-openapi-publishing.json")
#: Errors that any operation may answer with; GitHub describes them on other pages.
_EVERYWHERE = {"401", "403", "404", "406", "429", "500", "502", "503"}
_ERROR = {"type": "object", "properties": {"message": {"type": "string"}}, "required": ["message"]}


class ContractError(AssertionError):
    """A request or an answer is not what GitHub describes."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the description."""

    template: str
    parameters: Mapping[tuple[str, str], Mapping[str, Any]]
    responses: Mapping[str, Any]
    body: Mapping[str, Any] | None


@cache
def _document() -> dict[str, Any]:
    document: dict[str, Any] = {"paths": {}, "components": {}}
    for name in _DESCRIPTIONS:
        part = _without_nullable(json.loads((_DATA / name).read_text("utf-8")))
        for path, item in part["paths"].items():
            document["paths"].setdefault(path, {}).update(item)
        for kind, named in part["components"].items():
            document["components"].setdefault(kind, {}).update(named)
    return document


@cache
def _graphql() -> GraphQLSchema:
    return build_schema((_DATA / "github-schema.graphql").read_text("utf-8"))


def check_graphql(body: Any) -> Mapping[str, Any]:
    """Check a GraphQL request against GitHub's schema and return its input.

    Raises:
        ContractError: GitHub would not take it.
    """
    document = parse(body["query"])
    errors = [str(error) for error in validate(_graphql(), document)]
    operation = next(
        each for each in document.definitions if isinstance(each, OperationDefinitionNode)
    )
    values = get_variable_values(
        _graphql(), operation.variable_definitions or (), body["variables"]
    )
    if isinstance(values, list):
        errors += [str(error) for error in values]
    if errors:
        raise ContractError("; ".join(errors))
    given: Mapping[str, Any] = body["variables"]["input"]
    return given


def _without_nullable(node: Any) -> Any:
    """Turn OpenAPI 3.0's `nullable` into JSON Schema."""
    if isinstance(node, list):
        return [_without_nullable(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: _without_nullable(value) for key, value in node.items() if key != "nullable"}
    if node.get("nullable") is True:
        return {"anyOf": [made, {"type": "null"}]}
    return made


def resolved(node: Any) -> Any:
    """Return what a reference stands for."""
    while isinstance(node, dict) and "$ref" in node:
        found: Any = _document()
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        node = found
    return node


@cache
def _operations() -> list[tuple[str, re.Pattern[str], Operation]]:
    found = []
    for template, item in _document()["paths"].items():
        for method, described in item.items():
            if method not in {"get", "put", "post", "patch", "delete"}:
                continue
            parameters = [resolved(each) for each in described.get("parameters", [])]
            whole = {each["name"] for each in parameters if each.get("x-multi-segment")}
            pattern = "".join(
                f"(?P<{part[1:-1]}>{'.+' if part[1:-1] in whole else '[^/]+'})"
                if part.startswith("{")
                else re.escape(part)
                for part in re.split(r"(\{[^}]+\})", template)
            )
            named = {(each["in"], each["name"]): each for each in parameters}
            sent = resolved(described.get("requestBody", {})).get("content", {})
            schema = sent.get("application/json", {}).get("schema")
            operation = Operation(template, named, described["responses"], schema)
            found.append((method.upper(), re.compile(pattern), operation))
    return found


@cache
def _validator(schema: str) -> Any:
    whole = json.loads(schema) | {"components": _document()["components"]}
    return jsonschema_rs.Draft7Validator(whole)


def _validate(schema: Any, value: Any, what: str) -> None:
    try:
        _validator(json.dumps(schema, sort_keys=True)).validate(value)
    except jsonschema_rs.ValidationError as error:
        raise ContractError(f"{what}: {str(error)[:600]}") from None


def operation_of(method: str, path: str) -> Operation:
    """Return the operation of a request.

    Raises:
        ContractError: The description has none.
    """
    for wanted, pattern, operation in _operations():
        if wanted == method and pattern.fullmatch(path):
            return operation
    raise ContractError(f"GitHub describes no operation {method} {path}")


def check_request(
    method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes = b""
) -> Operation:
    """Check what a client sends: operation, parameters and their types, required headers, body."""
    operation = operation_of(method, path)
    for name, value in query.items():
        parameter = operation.parameters.get(("query", name))
        if parameter is None:
            raise ContractError(f"{operation.template} has no parameter {name!r}")
        schema = resolved(parameter.get("schema", {}))
        number = schema.get("type") == "integer" and value.isdigit()
        _validate(schema, int(value) if number else value, f"{operation.template} {name}")
    if not headers.get("x-github-api-version"):
        raise ContractError("X-GitHub-Api-Version is missing")
    if not headers.get("user-agent"):
        raise ContractError("User-Agent is missing")
    if operation.body is not None:
        _validate(operation.body, json.loads(body or b"null"), f"body of {operation.template}")
    return operation


def check_answer(operation: Operation, status: int, body: Any) -> None:
    """Check what the fake answers."""
    described = resolved(operation.responses.get(str(status)))
    if described is None:
        if str(status) not in _EVERYWHERE:
            raise ContractError(f"{operation.template} never answers {status}")
        _validate(_ERROR, body, f"{operation.template} {status}")
        return
    schema = described.get("content", {}).get("application/json", {}).get("schema")
    if schema is not None:
        _validate(schema, body, f"{operation.template} {status}")
