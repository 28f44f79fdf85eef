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

_DESCRIPTION = Path(__file__).parents[2] / "data" / "github-openapi.json"
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
    body: Any = None


@cache
def _document() -> dict[str, Any]:
    document: dict[str, Any] = _without_nullable(json.loads(_DESCRIPTION.read_text("utf-8")))
    return document


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


def _resolved(node: Any) -> Any:
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
            parameters = [_resolved(each) for each in described.get("parameters", [])]
            whole = {each["name"] for each in parameters if each.get("x-multi-segment")}
            pattern = "".join(
                f"(?P<{part[1:-1]}>{'.+' if part[1:-1] in whole else '[^/]+'})"
                if part.startswith("{")
                else re.escape(part)
                for part in re.split(r"(\{[^}]+\})", template)
            )
            named = {(each["in"], each["name"]): each for each in parameters}
            content = _resolved(described.get("requestBody", {})).get("content", {})
            body = content.get("application/json", {}).get("schema")
            operation = Operation(template, named, described["responses"], body)
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
    method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str]
) -> Operation:
    """Check what a client sends: operation, parameters and their types, required headers."""
    operation = operation_of(method, path)
    for name, value in query.items():
        parameter = operation.parameters.get(("query", name))
        if parameter is None:
            raise ContractError(f"{operation.template} has no parameter {name!r}")
        schema = _resolved(parameter.get("schema", {}))
        number = schema.get("type") == "integer" and value.isdigit()
        _validate(schema, int(value) if number else value, f"{operation.template} {name}")
    if not headers.get("x-github-api-version"):
        raise ContractError("X-GitHub-Api-Version is missing")
    if not headers.get("user-agent"):
        raise ContractError("User-Agent is missing")
    return operation


def check_body(operation: Operation, body: bytes) -> Any:
    """Check the JSON that a client sends and return it."""
    if operation.body is None:
        if body:
            raise ContractError(f"{operation.template} takes no body")
        return None
    sent = json.loads(body)
    _validate(operation.body, sent, f"{operation.template} body")
    unknown = set(sent) - set(_resolved(operation.body).get("properties", sent))
    if unknown:
        raise ContractError(f"{operation.template} has no property {unknown}")
    return sent


def check_answer(operation: Operation, status: int, body: Any) -> None:
    """Check what the fake answers."""
    described = _resolved(operation.responses.get(str(status)))
    if described is None:
        if str(status) not in _EVERYWHERE:
            raise ContractError(f"{operation.template} never answers {status}")
        _validate(_ERROR, body, f"{operation.template} {status}")
        return
    schema = described.get("content", {}).get("application/json", {}).get("schema")
    if schema is not None:
        _validate(schema, body, f"{operation.template} {status}")
