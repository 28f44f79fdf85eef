"""Pairs of structured files, at least one for each kind of fact that their families make."""

from __future__ import annotations

from typing import Any

_Example = tuple[str | None, str | None, dict[str, Any]]

PYPROJECT = """[build-system]
requires = ["hatchling"]

[project]
name = "thing"
requires-python = ">=3.10"
dependencies = [
  "alpha>=1.2",
  "beta>=1.0,<2",
  "gamma",
]

[project.optional-dependencies]
extra = ["delta"]
"""
PYPROJECT_NEW = """[build-system]
requires = ["hatchling"]

[project]
name = "thing"
requires-python = ">=3.11"
dependencies = [
  "alpha>=2.0",
  "beta>=1.0,<3",
  "epsilon>=1",
]
"""
OPENAPI = """openapi: 3.1.0
paths:
  /users:
    get:
      parameters:
        - {name: page, in: query, required: true, schema: {type: string}}
      responses:
        '200':
          content:
            application/json:
              schema: {$ref: '#/components/schemas/User'}
    delete:
      responses: {'204': {}}
components:
  schemas:
    User:
      type: object
      properties:
        id: {type: integer}
        email: {type: string}
"""
OPENAPI_NEW = """openapi: 3.1.0
paths:
  /users:
    get:
      parameters:
        - {name: page, in: query, schema: {type: string}}
        - {name: team, in: query, required: true, schema: {type: string}}
      responses:
        '200':
          content:
            application/json:
              schema: {$ref: '#/components/schemas/User'}
    post:
      responses: {'201': {}}
components:
  schemas:
    User:
      type: object
      properties:
        id: {type: string}
"""
SCHEMAS = """openapi: 3.1.0
security: []
paths:
  /a:
    post:
      parameters:
        - {name: key, in: query, schema: {type: string}}
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Sent'}}}}
      responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Got'}}}}}
components:
  schemas:
    Sent:
      properties:
        a: {type: [string, 'null']}
        b: {enum: [x, y]}
        c: {type: string}
        d: {type: string}
        e: {type: integer, maximum: 9}
        f: {type: object}
        g: {oneOf: [{title: A, required: [a]}, {title: B, required: [b]}, {title: C, required: [c]}]}
        h: {oneOf: [{required: [p], properties: {p: {}}}, {required: [q], properties: {q: {}}}]}
        i: {properties: {p: {}, q: {}}}
        j: {type: object, additionalProperties: false}
    Got:
      required: [m]
      properties:
        m: {type: string}
        n: {type: string}
        o: {enum: [x]}
        p: {enum: [x]}
        q: {type: string, maxLength: 9}
        r: {oneOf: [{title: S, properties: {a: {}}}, {title: I, properties: {b: {}}}]}
        s: {properties: {p: {}, q: {}}, required: [p, q]}
        t: {type: object, dependentRequired: {a: [b]}}
"""
SCHEMAS_NEW = """openapi: 3.1.0
security: [{token: []}]
paths:
  /a:
    post:
      deprecated: true
      parameters:
        - {name: key, in: header, schema: {type: string}}
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Sent'}}}}
      responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Got'}}}}}
components:
  schemas:
    Sent:
      properties:
        a: {type: string}
        b: {enum: [x]}
        c: {enum: [x]}
        d: {type: string, pattern: ^x}
        e: {type: integer, maximum: 5}
        f: {type: object, additionalProperties: false}
        g: {oneOf: [{title: A, required: [a]}, {title: B, required: [b]}]}
        h: {required: [p], properties: {p: {}}}
        i: {properties: {p: {}, q: {}}, dependentRequired: {p: [q]}}
        j: {type: object}
    S: {type: string}
    Got:
      properties:
        m: {type: string}
        n: {type: [string, 'null']}
        o: {enum: [x, y]}
        p: {type: string}
        q: {type: string}
        r: {oneOf: [{title: S, properties: {a: {}}}, {title: I, properties: {b: {}}}, {title: L, properties: {c: {}}}]}
        s: {oneOf: [{properties: {p: {}}}, {properties: {q: {}}}]}
        t: {type: object, additionalProperties: true}
"""
WORKFLOW = """on: [push]
permissions:
  contents: read
  issues: write
jobs:
  build:
    runs-on: ubuntu-22.04
    steps:
      - uses: actions/checkout@v4
      - uses: actions/cache@v4
      - uses: actions/setup-python@0123456789012345678901234567890123456789 # v5.0.0
      - run: make
  old:
    runs-on: ubuntu-latest
"""
WORKFLOW_NEW = """on: [push, pull_request]
permissions:
  contents: write
  issues: read
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v5
      - uses: actions/cache@9999999999999999999999999999999999999999
      - uses: actions/setup-python@v5
      - run: make
        env: {TOKEN: "${{ secrets.DEPLOY }}"}
"""
LOCK = '[[package]]\nname = "a"\nversion = "1"\n'


def structured_examples() -> tuple[_Example, ...]:
    """Return (old, new, how the change differs from a modified page)."""
    return (
        (PYPROJECT, PYPROJECT_NEW, {"path": "pyproject.toml"}),
        (PYPROJECT, PYPROJECT.replace(">=3.10", "<4"), {"path": "pyproject.toml"}),
        (PYPROJECT, PYPROJECT.replace('  "gamma",\n', ""), {"path": "pyproject.toml"}),
        (
            '{"name": "x", "main": "x", "peerDependencies": {\n"a": "1"\n},\n"dependencies": {\n"b": "1"\n}}\n',
            '{"name": "x", "main": "x", "peerDependencies": {\n"a": "1",\n"c": "1"\n},\n"dependencies": {\n"d": "1"\n}}\n',
            {"path": "package.json"},
        ),
        (
            '{"name": "x", "main": "x", "peerDependencies": {\n"a": "1"\n}}\n',
            '{"name": "x", "main": "x", "peerDependencies": {\n"b": "1"\n}}\n',
            {"path": "package.json"},
        ),
        (OPENAPI, OPENAPI_NEW, {"path": "openapi.yaml"}),
        (SCHEMAS, SCHEMAS_NEW, {"path": "openapi.yaml"}),
        (
            "message A {\n  string a = 1;\n  oneof b {\n    string c = 2;\n  }\n}\n",
            "message A {\n  string c = 2;\n  oneof b {\n    string a = 1;\n  }\n}\n",
            {"path": "a.proto"},
        ),
        ("type A { b: Int }\n", "type A { b: String }\n", {"path": "a.graphql"}),
        (
            "type A { b: Int c: Int }\n",
            'type A { b: Int @deprecated(reason: "Use `c`.") c: Int @deprecated(reason: "It is slow.") }\n',
            {"path": "a.graphql"},
        ),
        (WORKFLOW, WORKFLOW_NEW, {"path": ".github/workflows/ci.yml"}),
        (LOCK, LOCK.replace('"1"', '"2"'), {"path": "uv.lock", "generated": "lock"}),
        (None, "ALTER TABLE a RENAME COLUMN b TO c;\n", {"path": "migrations/2.sql"}),
        (
            '{"a": 1, "b": 1, "l": ["x"]}\n',
            '{"a": 2, "c": 1, "l": ["y"]}\n',
            {"path": "a.json"},
        ),
        ("# c\na: 1\nb: 2\n", "b: 2\na: 1\n", {"path": "a.yaml"}),
        ("- 1\n- 2\n", "- 2\n- 1\n", {"path": "a.yaml"}),
    )
