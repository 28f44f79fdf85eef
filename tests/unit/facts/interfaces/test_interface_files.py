"""Files that describe an interface as a whole: removed, renamed, or taken over by others."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.facts.data.data_trees import is_published_interface
from diff_insight.facts.interfaces.interface_files import (
    TERMS,
    interface_of,
    published_interface,
    with_moves,
    with_successors,
)
from diff_insight.model.changes import Status
from diff_insight.model.facts import Fact
from support.catalogs import entries
from support.structured import OPENAPI
from support.views import extraction_of, where

PROTO = 'syntax = "proto3";\npackage shop.v1;\nmessage Order { string id = 1; }\n'
GRAPHQL = "type User {\n  id: ID!\n}\n"
SCHEMA = json.dumps({"$schema": "https://json-schema.org/draft-07/schema", "$id": "x"}) + "\n"
ACTION = "name: Deploy\nruns: {using: composite}\n"


def told(facts: tuple[Fact, ...]) -> list[str]:
    return [
        f"{fact.kind} {fact.params.get('what', '')} {fact.params.get('name', '')}".strip()
        + " !" * fact.breaking
        for fact in facts
    ]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("api/openapi.yaml", OPENAPI, "member.removed openapi-description api/openapi.yaml !"),
        ("api.json", '{"swagger": "2.0"}\n', "member.removed openapi-description api.json !"),
        ("docs/openapi.yaml", OPENAPI, "member.removed openapi-description docs/openapi.yaml !"),
        ("order.proto", PROTO, "member.removed proto-file order.proto !"),
        ("schema.graphqls", GRAPHQL, "member.removed graphql-schema schema.graphqls !"),
        ("query.graphql", "query { user { id } }\n", "file.removed"),
        ("schema.json", SCHEMA, "member.removed json-schema schema.json !"),
        ("data.json", '{"note": "see json-schema.org, openapi: 3"}\n', "file.removed"),
        ("broken.yaml", "openapi: 3.0.0\n\t- [\n", "file.removed"),
        ("action.yml", ACTION, "member.removed action action.yml !"),
        (".github/actions/a/action.yml", ACTION, "member.removed action .github/actions/a/action.yml"),
        ("test/action.yml", ACTION, "member.removed action test/action.yml"),
        ("a.lua", "openapi: 3.0.0\n", "file.removed"),
    ],
)  # fmt: skip
def test_removed(path: str, text: str, expected: str) -> None:
    assert told(extraction_of(text, None, path=path).facts) == [expected]


def test_all_lines_prove_a_removal() -> None:
    (fact,) = extraction_of(PROTO, None, path="a.proto").facts
    assert where(fact) == "-1-3"


@pytest.mark.parametrize(
    ("old", "new", "text", "expected"),
    [
        ("action.yml", "sub/action.yml", ACTION, "member.renamed action action.yml !"),
        ("a/action.yml", "a/action.yaml", ACTION, "file.renamed"),
        (".github/a/action.yml", "a/action.yml", ACTION, "member.renamed action .github/a/action.yml"),
        ("shop/v1/a.proto", "shop/v1/b.proto", PROTO, "member.renamed proto-file shop/v1/a.proto !"),
        ("shop/v1/a.proto", "shop/v2/a.proto", PROTO, "member.renamed proto-file shop/v1/a.proto !"),
        ("shop/v1/a.proto", "api/shop/v1/a.proto", PROTO, "file.renamed"),
        ("proto/a.proto", "api/a.proto", PROTO, "file.renamed"),
        ("a/a.proto", "b/a.proto", 'syntax = "proto3";\n', "file.renamed"),
        ("openapi.yaml", "api/openapi.yaml", OPENAPI, "file.renamed"),
        ("schema.graphql", "api/schema.graphql", GRAPHQL, "file.renamed"),
    ],
)  # fmt: skip
def test_renamed(old: str, new: str, text: str, expected: str) -> None:
    found = extraction_of(
        text, text, path=new, patch="", status=Status.RENAMED, previous_path_bytes=old.encode()
    )
    assert told(found.facts) == [expected]


def test_a_generated_description_is_folded_and_read_all_the_same() -> None:
    found = extraction_of(OPENAPI, None, path="api.yaml", generated="generated").facts
    assert told(found) == ["file.generated", "member.removed openapi-description api.yaml !"]


@pytest.mark.parametrize(
    ("path", "text", "others", "breaking"),
    [
        ("a.graphql", GRAPHQL, [("b.graphql", "type Team { id: ID! }\n" + GRAPHQL)], False),
        ("a.graphql", GRAPHQL, [("b.graphql", "type Team { id: ID! }\n")], True),
        ("a.graphql", GRAPHQL, [("examples/b.graphql", GRAPHQL)], True),
        ("a.yaml", OPENAPI, [("b.yaml", OPENAPI)], False),
        ("a.yaml", OPENAPI, [("b.yaml", OPENAPI.replace("delete", "put"))], True),
        ("a/action.yml", ACTION, [("a/action.yaml", ACTION)], False),
        ("a/action.yml", ACTION, [("b/action.yml", ACTION), ("x.json", "{}")], True),
        ("a.json", SCHEMA, [("b.json", SCHEMA)], False),
        ("a.proto", PROTO, [], True),
    ],
)
def test_what_others_took_over(
    path: str, text: str, others: list[tuple[str, str]], *, breaking: bool
) -> None:
    found = extraction_of(text, None, path=path).facts
    held = [one for one in (published_interface(*other) for other in others) if one is not None]
    assert [fact.breaking for fact in with_successors(found, text, lambda: held)] == [breaking]


def test_facts_without_a_lost_interface_stay() -> None:
    facts = (Fact("page.removed", {}, breaking=True),)
    assert with_successors(facts, "", list) == facts


def test_every_term_has_words() -> None:
    assert {f"term.{term}" for term in TERMS} <= set(entries("en_US"))


@given(st.sampled_from(["a.proto", "a.graphql", "a.json", "a.yaml"]), st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_content(path: str, text: str) -> None:
    found = interface_of(path, "openapi: 3\n" + text)
    assert found is None or found.what in TERMS


@pytest.mark.parametrize(
    ("path", "api", "expected"),
    [
        ("docs/swagger.json", True, True),
        ("spec/openapi.yaml", True, True),
        ("spec/support/user.json", False, False),
        ("schema/compose-spec.json", False, True),
        ("api.spec.yml", True, True),
        ("docs/examples/openapi.yaml", True, False),
        ("tests/openapi.yaml", True, False),
        (".github/openapi.yaml", True, False),
        ("spec.yaml", True, True),
    ],
)
def test_documentation_publishes_descriptions(path: str, *, api: bool, expected: bool) -> None:
    assert is_published_interface(path, api=api) is expected


@pytest.mark.parametrize(
    ("path", "text", "left", "other", "kind"),
    [
        ("a.proto", "package x;\nmessage A {}\nmessage B {}\n", "package x;\nmessage A {}\n",
         ("b.proto", "package x;\nmessage B {}\n"), "member.moved"),
        ("a.proto", "package x;\nmessage A {}\nmessage B {}\n", "package x;\nmessage A {}\n",
         ("b.proto", "package y;\nmessage B {}\n"), "member.removed !"),
        ("a.proto", "package x;\nmessage A { int32 b = 1; }\n", "package x;\nmessage A {}\n",
         ("b.proto", "package x;\nmessage C { int32 b = 1; }\n"), "member.removed !"),
        ("a.graphql", "type A { a: Int }\ntype B { a: Int }\n", "type A { a: Int }\n",
         ("b.graphql", "type B { a: Int }\n"), "member.moved"),
    ],
)  # fmt: skip
def test_what_another_file_declares_now(
    path: str, text: str, left: str, other: tuple[str, str], kind: str
) -> None:
    facts = extraction_of(text, left, path=path).facts
    held = published_interface(*other)
    assert held is not None
    (fact,) = with_moves(facts, path, text, lambda: [held])
    assert fact.kind + " !" * fact.breaking == kind
    assert fact.params.get("new") == (other[0] if kind == "member.moved" else None)
