"""Reads OpenAPI 2 and 3 into one model: operations with parameters, bodies, responses and security."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from diff_insight.facts.interfaces.schema_model import Schemas
from diff_insight.facts.trees.node import NOTHING, Node

_METHODS = frozenset("get put post delete options head patch trace query".split())
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_FORM = "application/x-www-form-urlencoded"
#: What stands in a parameter of OpenAPI 2 for its schema.
Key = tuple[str, str]


class ApiParameter(Struct, frozen=True):
    """A parameter of a request, or a header of a response."""

    name: str
    where: str
    node: Node
    required: bool
    schema: Node


class Body(Struct, frozen=True):
    """What a request or a response carries: a schema for each media type."""

    node: Node
    required: bool
    media: Mapping[str, Node]


class Response(Struct, frozen=True):
    """A response; `node` is where the operation lists it."""

    node: Node
    body: Body
    headers: Mapping[str, ApiParameter]


class Operation(Struct, frozen=True):
    """One operation.

    `hook` tells that the service calls and the other side answers; `entry` is that of the path.
    """

    name: str
    node: Node
    parameters: Mapping[Key, ApiParameter]
    body: Body | None
    responses: Mapping[str, Response]
    security: Node
    hook: bool
    entry: Node

    @property
    def is_deprecated(self) -> bool:
        """Whether it is marked as deprecated."""
        return self.node.at("deprecated").text() == "true"


def version_of(tree: Node) -> str:
    """Return the version of OpenAPI that a document says it is written in."""
    return tree.at("openapi").text() or tree.at("swagger").text()


class Description:
    """One version of a description.

    Attributes:
        schemas: What looks up its references.
        operations: By method and the shape of the path.
        named: The named schemas.
        security: What all operations ask for that say nothing themselves.
        schemes: What the names in it stand for.
        unknown: Shapes of paths that stand in another file.
    """

    def __init__(self, tree: Node, version: str) -> None:
        self._tree = tree
        self._old = version.startswith("2")
        self.schemas = Schemas(tree)
        self.unknown: set[str] = set()
        self.named: Mapping[str, Node] = {
            **tree.at("definitions").entries(),
            **tree.at("components", "schemas").entries(),
        }
        self.security = tree.at("security")
        self.schemes: Mapping[str, Node] = {
            **tree.at("securityDefinitions").entries(),
            **tree.at("components", "securitySchemes").entries(),
        }
        self.operations = self._all_operations()

    @property
    def shared_nodes(self) -> list[Node]:
        """What operations share besides schemas: a change there is one of all of them."""
        parts = "parameters responses requestBodies headers pathItems".split()
        tops = ["parameters", "responses", "consumes", "produces"]
        return [self._tree.at("components", part) for part in parts] + [
            self._tree.at(part) for part in (*tops, "swagger", "openapi", "security")
        ]

    @property
    def base_node(self) -> Node:
        """What says the path before all paths, where there is one server."""
        servers = self._tree.at("servers").items()
        path = self._tree.at("basePath")
        return servers[0].at("url") if len(servers) == 1 and not path.text() else path

    @property
    def base(self) -> str:
        """The path before all paths, where there is one server."""
        return re.sub(r"^(?:https?:)?//[^/]*", "", self.base_node.text()).rstrip("/")

    def _all_operations(self) -> dict[Key, Operation]:
        operations: dict[Key, Operation] = {}
        for holder, hook in (("paths", False), ("webhooks", True), ("x-webhooks", True)):
            for path, listed in self._tree.at(holder).entries().items():
                shape = f"{'hook ' * hook}{_PLACEHOLDER.sub('{}', path.rstrip('/') or '/')}"
                entry = self._resolve(listed)
                if entry is None:
                    self.unknown.add(shape)
                    continue
                for method, node in self._methods(entry):
                    exact = (method, f"{'hook ' * hook}{path}")
                    key = (method, shape) if (method, shape) not in operations else exact
                    operations[key] = self._operation(method, path, entry, node, hook=hook)
        return operations

    def _methods(self, entry: Node) -> Iterator[tuple[str, Node]]:
        for method, node in entry.entries().items():
            if method in _METHODS and node.entries():
                yield method.upper(), node
        for method, node in entry.at("additionalOperations").entries().items():
            yield method.upper(), node

    def _operation(
        self, method: str, path: str, entry: Node, node: Node, *, hook: bool
    ) -> Operation:
        listed = [*entry.at("parameters").items(), *node.at("parameters").items()]
        resolved = [parameter for parameter in map(self._resolve, listed) if parameter is not None]
        places = {name[1:-1]: str(at) for at, name in enumerate(_PLACEHOLDER.findall(path))}
        parameters: dict[Key, ApiParameter] = {}
        for parameter in resolved:
            where, name = parameter.at("in").text(), parameter.at("name").text()
            if not name or where == "body":
                continue
            same = places.get(name, name) if where == "path" else name
            key = where, same.lower() if where == "header" else same
            parameters[key] = self._parameter(name, where, parameter)
        responses = {
            code: self._response(node, listed_response)
            for code, listed_response in node.at("responses").entries().items()
            if not code.startswith("x-")
        }
        body = self._old_body(node, resolved) if self._old else self._body(node.at("requestBody"))
        name = f"{method} {path}"
        security = node.at("security")
        return Operation(name, node, parameters, body, responses, security, hook, entry)

    def _parameter(self, name: str, where: str, node: Node) -> ApiParameter:
        schema = node.at("schema")
        if not schema.start:
            media = list(node.at("content").entries().values())
            schema = media[0].at("schema") if media else node if self._old else NOTHING
        required = where == "path" or node.at("required").text() == "true"
        return ApiParameter(name, where, node, required, schema)

    def _body(self, listed: Node) -> Body | None:
        node = self._resolve(listed) if listed.start else None
        if node is None:
            return None
        required = node.at("required").text() == "true"
        return Body(node, required, self._media(node.at("content")))

    def _media(self, content: Node) -> dict[str, Node]:
        media = {}
        for name, listed in content.entries().items():
            node = self._resolve(listed)
            if node is not None:
                schema = node.at("schema")
                media[name.split(";")[0].strip().lower()] = (
                    schema if schema.start else node.at("itemSchema")
                )
        return media

    def _old_body(self, operation: Node, parameters: list[Node]) -> Body | None:
        """Return the body of an operation of OpenAPI 2, which is one of its parameters."""
        node = next(
            (parameter for parameter in parameters if parameter.at("in").text() == "body"), None
        )
        if node is None:
            return None
        media = self._media_types(operation, "consumes")
        required = node.at("required").text() == "true"
        return Body(node, required, dict.fromkeys(media, node.at("schema")))

    def _media_types(self, operation: Node, key: str) -> list[str]:
        node = operation.at(key) if operation.at(key).start else self._tree.at(key)
        return [name.text().split(";")[0].strip().lower() for name in node.items()] or ["*/*"]

    def _response(self, operation: Node, listed: Node) -> Response:
        node = self._resolve(listed) or NOTHING
        if self._old:
            schema = node.at("schema")
            types = self._media_types(operation, "produces") if schema.start else ()
            media = dict.fromkeys(types, schema)
        else:
            media = self._media(node.at("content"))
        headers = {}
        for name, header_node in node.at("headers").entries().items():
            header = self._resolve(header_node)
            if header is not None:
                headers[name.lower()] = self._parameter(name, "header", header)
        return Response(listed, Body(node, required=False, media=media), headers)

    def _resolve(self, node: Node) -> Node | None:
        """Return what a node refers to, or itself; None when that stands in another file."""
        target = self.schemas.target(node)
        return None if target is None else target[0]


def has_form(operation: Operation) -> bool:
    """Tell whether a body is a form, whose fields are parameters in OpenAPI 2."""
    media = operation.body.media if operation.body else ()
    return any(name == _FORM or name.startswith("multipart/") for name in media)
