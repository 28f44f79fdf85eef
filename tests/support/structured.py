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
        (OPENAPI, OPENAPI_NEW, {"path": "openapi.yaml"}),
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
