"""Interfaces of every format: what came and went, and what breaks those who use them."""

from __future__ import annotations

import json
from textwrap import dedent
from types import ModuleType

import pytest

from diff_insight.facts.data import workflows
from diff_insight.facts.interfaces import graphql, json_schema, openapi, protobuf, sql, terraform
from support.structured import OPENAPI, OPENAPI_NEW
from support.views import extraction_of, view_of, where

FAMILIES = {
    "graphql": graphql, "json": json_schema, "yaml": openapi, "proto": protobuf, "tf": terraform,
    "sql": sql, "yml": workflows,
}  # fmt: skip


def lines(
    old: str | None, new: str | None, path: str, family: ModuleType | None = None
) -> list[str]:
    """Return facts as `kind what within/name old new`, breaking ones with a mark."""
    read = family or FAMILIES[path.rpartition(".")[2]]
    view = view_of(old, new, path=path)
    found = []
    for fact in read.facts(view) if read.applies(view) else ():
        params = fact.params
        name = f"{params['within']}/{params['name']}" if params.get("within") else params["name"]
        kind = fact.kind.partition(".")[2] + ("+" if params.get("new") is True else "")
        parts = [kind, params.get("what"), name, params.get("old"), params.get("value")]
        parts += [params["new"]] if isinstance(params.get("new"), str) else []
        found.append(" ".join(str(part) for part in parts if part) + " !" * fact.breaking)
        assert fact.evidence
    return found


def test_openapi() -> None:
    assert lines(OPENAPI, OPENAPI_NEW, "api.yaml") == [
        "optional parameter GET /users/page",
        "required+ parameter GET /users/team !",
        "added operation POST /users",
        "removed operation DELETE /users !",
        "type response-property User/id integer string !",
        "removed response-property User/email !",
    ]
    assert not any("!" in line for line in lines(OPENAPI, OPENAPI_NEW, "examples/api.yaml"))


def test_openapi_says_where() -> None:
    view = view_of(OPENAPI, OPENAPI_NEW, path="api.yaml")
    assert [where(fact) for fact in openapi.facts(view)][:3] == ["-6 +6", "+7", "+13-14"]


SWAGGER = {
    "swagger": "2.0",
    "paths": {
        "/a": {
            "parameters": [{"$ref": "#/parameters/Key"}],
            "post": {
                "parameters": [
                    {"in": "body", "name": "b", "schema": {"$ref": "#/definitions/In"}},
                    {"$ref": "elsewhere.json#/x"},
                ],
                "responses": {
                    "200": {"schema": {"type": "array", "items": {"$ref": "#/definitions/Both"}}},
                    "404": {},
                },
            },
        }
    },
    "parameters": {"Key": {"in": "header", "name": "key", "type": "string"}},
    "definitions": {
        "In": {
            "required": [],
            "properties": {
                "kind": {"enum": ["x", "y"]},
                "both": {"$ref": "#/definitions/Both"},
                "deep": {"properties": {"a": {"type": "integer"}}},
            },
        },
        "Both": {"allOf": [{"properties": {"list": {"type": "array", "items": {"properties": {"z": {}}}}}}]},
        "Loose": {"properties": {"gone": {}}},
    },
}  # fmt: skip


def swagger(*changes: tuple[str, str]) -> list[str]:
    old = new = json.dumps(SWAGGER, indent=1)
    for before, after in changes:
        assert before in new
        new = new.replace(before, after)
    return lines(old, new, "api.json", openapi)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ('"name": "key"', '"required": true, "name": "key"', ["required parameter POST /a/key !"]),
        ('"required": []', '"required": ["kind"]', ["required request-property In/kind !"]),
        ('"x",', "", ["value-removed request-property In/kind x !"]),
        ('"z": {}', "", ["removed property Both/list[].z !"]),
        ('"gone": {}', "", ["removed property Loose/gone"]),
        ('"404": {}', '"400": {}', ["removed error-response POST /a/404", "added error-response POST /a/400"]),
        ('"type": "integer"', '"type": ["integer", "null"]', ["null-allowed request-property In/deep.a"]),
        ('"deep"', '"deeper"', ["removed request-property In/deep !", "added request-property In/deeper"]),
        ('"Loose"', '"Tight"', ["removed schema Loose", "added schema Tight"]),
        ('"type": "string"', '"type": "integer"', ["type parameter POST /a/key string integer !"]),
    ],
)  # fmt: skip
def test_swagger(before: str, after: str, expected: list[str]) -> None:
    assert swagger((before, after)) == expected


def test_json_schema() -> None:
    def schema(**more: object) -> str:
        base = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
        return json.dumps({**base, **more}, indent=1)

    old = schema(
        properties={"a": {"type": "string"}, "b": {"enum": ["x", "y"]}, "c": {}},
        **{"$defs": {"d": {"properties": {"e": {}}}}},
    )
    new = schema(
        required=["a", "f"], properties={"a": {"type": "string"}, "b": {"enum": ["x"]}, "f": {}}
    )
    assert lines(old, new, "config.schema.json") == [
        "value-removed property b y !",
        "removed property c !",
        "required property a !",
        "required+ property f !",
        "removed schema d",
    ]
    assert not json_schema.applies(view_of('{"a": 1}', '{"a": 2}', path="a.json"))


GRAPHQL = '''
"""Docs { with braces }"""
type User implements Node & Other @key(fields: "id") {
  "a field"
  id: ID!
  name(upper: Boolean = false, lang: Lang): String @deprecated(reason: "x")
  old: [Int!]!
}
enum Lang { EN, DE @deprecated }
input Filter { q: String, list: [String!] = ["a"] }
union Any = User | Other
scalar Date
interface Node { id: ID! }
schema { query: User }
extend type User { more: Int }
directive @key(fields: String!) on OBJECT
'''


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("  old: [Int!]!\n", "", ["removed field User/old !"]),
        ("lang: Lang", "lang: Lang!", ["required argument User.name/lang !"]),
        ("lang: Lang", "lang: Lang! = EN", ["changed argument User.name/lang Lang Lang! !"]),
        ("lang: Lang", "lang: Lang, x: Int!", ["required+ argument User.name/x !"]),
        ("lang: Lang", "lang: Lang, x: Int", ["added argument User.name/x"]),
        ("): String", "): Int", ["changed field User/name String Int !"]),
        ("EN, DE", "EN", ["deprecated enum-value Lang/EN", "removed enum-value Lang/DE !"]),
        ("q: String", "q: String!", ["required input-field Filter/q !"]),
        ("scalar Date", "scalar Time", ["added type Time", "removed type Date !"]),
        ("extend type User { more: Int }\n", "", ["removed field User/more !"]),
        ("interface Node { id: ID! }\n", "", ["removed type Node !"]),
        ("a field", "another", []),
        ("): String", "): String!", ["changed field User/name String String!"]),
        ("[Int!]!", "[Int]!", ["changed field User/old [Int!]! [Int]! !"]),
        ("[String!] =", "[String] =", ["changed input-field Filter/list [String!] [String]"]),
    ],
)
def test_graphql(before: str, after: str, expected: list[str]) -> None:
    assert before in GRAPHQL
    assert lines(GRAPHQL, GRAPHQL.replace(before, after, 1), "schema.graphql") == expected


PROTO = """
syntax = "proto3";
package a.b; // comment
option java_package = "x";
message User {
  string name = 1 [deprecated = true];
  repeated int32 ids = 2;
  oneof choice { string a = 3; int64 b = 4; }
  map<string, int32> counts = 5;
  message Inner { bool on = 1; }
  enum Kind { UNKNOWN = 0; KNOWN = 1; }
}
service Users {
  rpc Get (GetRequest) returns (User);
  rpc List (ListRequest) returns (stream User) { option x = 1; }
}
"""


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("  repeated int32 ids = 2;\n", "", ["removed proto-field User/ids !"]),
        ("  repeated int32 ids = 2;\n", "  reserved 2, 9 to 11;\n", ["removed proto-field User/ids !"]),
        ("int32 ids", "string ids", ["changed proto-field User/ids repeated int32 repeated string !"]),
        ("ids = 2", "ids = 9", ["changed field-number User/ids 2 9 !"]),
        ("ids = 2", "numbers = 2", ["renamed proto-field User/ids numbers !"]),
        ("string a = 3", "bytes c = 3", ["changed field-number User/3 string a bytes c !"]),
        ("KNOWN = 1;", "", ["removed enum-value User.Kind/KNOWN !"]),
        ("  message Inner { bool on = 1; }\n", "", ["removed message User/Inner !"]),
        ("  rpc Get (GetRequest) returns (User);\n", "", ["removed rpc Users/Get !"]),
        ("stream User", "User", ["changed rpc Users/List (ListRequest) returns (stream User) (ListRequest) returns (User) !"]),
        ("bool on = 1;", "bool on = 1; bool off = 2;", ["added proto-field User.Inner/off"]),
        ("service Users", "service People", ["removed service Users !", "added service People"]),
        ("  repeated int32 ids = 2;", "  repeated .a.b.User ids = 2;", ["changed proto-field User/ids repeated int32 repeated User !"]),
        ("ids = 2", "ids = 0x2", []),
        ("map<string, int32>", "map<string, int64>", ["changed proto-field User/counts map<string, int32> map<string, int64> !"]),
        ("int64 b = 4; }", "} int64 b = 4;", ["regrouped proto-field User/b choice !"]),
        ("oneof choice { string a = 3; int64 b = 4; }", "string a = 3; int64 b = 4;",
         ["regrouped proto-field User/a choice !", "regrouped proto-field User/b choice !", "removed oneof User/choice !"]),
        ("string name = 1", "optional string name = 1", ["changed presence User/name implicit explicit !"]),
        ("[deprecated = true]", '[deprecated = true, json_name = "n"]', ["changed option User.name/json_name name n !"]),
        ("[deprecated = true]", '[deprecated = true, json_name = "name"]', []),
        ("package a.b;", "package a.c;", ["changed package a.b a.c !"]),
        ('java_package = "x"', 'java_package = "y"', ["changed option java_package x y !"]),
        ("KNOWN = 1", "KNOWN = 2", ["changed enum-number User.Kind/KNOWN 1 2 !"]),
        ("KNOWN = 1", "SEEN = 1", ["renamed enum-value User.Kind/KNOWN SEEN !"]),
        ("(GetRequest) returns (User)", "(.a.b.GetRequest) returns (b.User)", []),
        ("option x = 1;", 'option (http) = { get: "/v1" additional { post: "/v2"; } };', []),
    ],
)  # fmt: skip
def test_protobuf(before: str, after: str, expected: list[str]) -> None:
    assert before in PROTO
    assert lines(PROTO, PROTO.replace(before, after, 1), "user.proto") == expected


PROTO2 = """
message User {
  required string name = 1;
  optional int32 age = 2 [default = 3];
  reserved 5 to 9, "old";
  extensions 100 to 199;
}
extend User { optional string note = 100; }
"""


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("required string", "optional string", ["optional proto-field User/name !"]),
        ("optional int32 age", "required int32 age", ["required proto-field User/age !"]),
        ("default = 3", "default = 4", ["changed option User.age/default 3 4"]),
        ("5 to 9", "5 to 12", []),
        ("reserved 5 to 9", "reserved 6 to 9", ["removed reserved User/5 to 9 !"]),
        ("  extensions 100 to 199;\n", "", ["removed extension-range User/100 to 199 !"]),
        ("optional string note", "repeated string note", ["changed proto-field extend User/note string repeated string !"]),
        ("extend User { optional string note = 100; }\n", "", ["removed extension User", "removed proto-field extend User/note !"]),
        ("  required string name = 1;\n", "  required string name = 1;\n  required bool on = 3;\n", ["required+ proto-field User/on !"]),
        ("message User {", 'edition = "2023";\nmessage User {', ["changed syntax proto2 2023"]),
    ],
)  # fmt: skip
def test_protobuf_2(before: str, after: str, expected: list[str]) -> None:
    assert before in PROTO2
    assert lines(PROTO2, PROTO2.replace(before, after, 1), "user.proto") == expected


TERRAFORM = """
variable "name" {
  type = string
}
variable "size" {
  default = 1
  validation { condition = var.size > 0 }
}
output "id" { value = aws_instance.a.id }
resource "aws_instance" "a" { ami = "x" }
# comment {
locals { a = 1 }
"""


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("  default = 1\n", "", ["required variable size !"]),
        ('variable "size"', 'variable "large"', ["added variable large", "removed variable size !"]),
        ("type = string", "default = null", ["optional variable name"]),
        ('output "id" { value = aws_instance.a.id }\n', "", ["removed module-output id !"]),
        ('"aws_instance" "a"', '"aws_instance" "b"',
         ["added resource aws_instance.b", "renamed resource aws_instance.a aws_instance.b !"]),
        ('output "id"', 'variable "new" {}\noutput "id"', ["required+ variable new !"]),
        ('resource "aws_instance" "a"',
         'moved {\n  from = aws_instance.a\n  to = aws_instance.b\n}\nresource "aws_instance" "b"',
         ["renamed resource aws_instance.a aws_instance.b"]),
    ],
)  # fmt: skip
def test_terraform(before: str, after: str, expected: list[str]) -> None:
    assert before in TERRAFORM
    new = TERRAFORM.replace(before, after, 1)
    assert lines(TERRAFORM, new, "modules/a/main.tf") == expected
    assert not any("!" in line for line in lines(TERRAFORM, new, "main.tf"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ALTER TABLE orders DROP note;\n", ["removed column orders/note !"]),
        ("DROP TABLE orders, items;\n", ["removed table orders !", "removed table items !"]),
        ("RENAME TABLE orders TO sales, a TO b;\n", ["renamed table orders sales !", "renamed table a b !"]),
        ("ALTER TABLE orders CHANGE note comment text;\n", ["renamed column orders/note comment !"]),
        ("ALTER TABLE orders CHANGE note note varchar(9);\n", []),
        ('ALTER TABLE "public"."orders" DROP COLUMN "note";\n', ["removed column public.orders/note !"]),
        ("/*\nDROP TABLE orders;\n*/\n", []),
        ("INSERT INTO log VALUES ('DROP TABLE orders; it''s');\n", []),
        ("CREATE FUNCTION f() RETURNS void AS $body$ DROP TABLE x; $body$;\n", ["added function f"]),
        ("CREATE TEMP TABLE t (id int);\nDROP TABLE t;\n", []),
        ("DROP TABLE IF EXISTS o;\nCREATE TABLE o (id int);\n", []),
        ("CREATE TABLE new_o (id int);\nDROP TABLE o;\nALTER TABLE new_o RENAME TO o;\n", ["added table new_o"]),
        ("DROP VIEW IF EXISTS totals CASCADE;\nDROP TYPE mood;\n", ["removed view totals !", "removed database-type mood !"]),
        ("ALTER TABLE o DROP CONSTRAINT c, DROP INDEX i, ALTER COLUMN a TYPE bigint;\n", ["keyword-added column o/a bigint"]),
        ("ALTER TABLE [dbo].[o] ALTER COLUMN a nvarchar(40) NOT NULL\nGO\nDROP TABLE b\nGO\n", ["keyword-added column dbo.o/a nvarchar(40) !", "removed table b !"]),
        ("ALTER TABLE o ADD COLUMN n int NOT NULL, ADD m int NOT NULL DEFAULT 0;\n", ["required+ column o/n !", "added column o/m"]),
        ("-- +goose Up\nALTER TABLE o DROP a;\n-- +goose Down\nDROP TABLE b;\n", ["removed column o/a !"]),
        ("ALTER TABLE o\n  RENAME COLUMN a\n  TO b;\n", ["renamed column o/a b !"]),
        ("DROP TABLE IF EXISTS users;\n", ["removed table users !"]),
        ('alter table "a"\n  drop column "b",\n  add column c int;\n', ["removed column a/b !", "added column a/c"]),
        ("ALTER TABLE a RENAME TO b;\n", ["renamed table a b !"]),
        ("ALTER TABLE a RENAME COLUMN b TO c;\n", ["renamed column a/b c !"]),
        ("ALTER TABLE a ALTER COLUMN b SET NOT NULL;\n", ["required column a/b !"]),
        ("CREATE TABLE a (b int);\n", ["added table a"]),
        ("-- DROP TABLE a;\n", []),
        ("/*!50000 DROP TABLE a */;\n", ["removed table a !"]),
        ("/* DROP TABLE a */;\n", []),
        ("DELIMITER //\nDROP TABLE a//\nDELIMITER ;\nDROP TABLE b;\n", ["removed table a !", "removed table b !"]),
        ("DROP TABLE a;\n-- migrate:down\nDROP TABLE b;\n", ["removed table a !"]),
        ("DROP COLUMN x;\n", []),
    ],
)  # fmt: skip
def test_sql(text: str, expected: list[str]) -> None:
    assert lines(None, text, "db/migrations/0002_x.sql") == expected


@pytest.mark.parametrize("path", ["query.sql", "migrations/1.down.sql", "migrations/a.py"])
def test_sql_that_is_no_migration(path: str) -> None:
    assert lines(None, "DROP TABLE a;\n", path, sql) == []


ACTION = dedent("""\
    inputs:
      a: {required: true}
      b: {required: false}
      c: {default: x}
    outputs:
      o: {value: 1}
    runs:
      using: node16
      main: x
    """)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("  a: {required: true}\n", "", ["removed input a !"]),
        ("b: {required: false}", "b: {required: true}", ["required input b !"]),
        ("b: {required: false}", "b: {required: true, default: 1}", []),
        ("c: {default", "n: {required: true}\n  c: {default", ["required+ input n !"]),
        ("o: {value", "p: {value", ["added output p", "removed output o !"]),
        ("node16", "node20", ["raised Node.js 16 20 !"]),
    ],
)
def test_action_metadata(before: str, after: str, expected: list[str]) -> None:
    assert before in ACTION
    assert lines(ACTION, ACTION.replace(before, after, 1), "action.yml") == expected


@pytest.mark.parametrize("path", ["a.graphql", "a.proto", "a.tf", "a.yaml", "a.json"])
def test_hunks_alone_are_not_compared(path: str) -> None:
    family = FAMILIES[path.rpartition(".")[2]]
    view = view_of(
        "type A { b: C }\n" * 20, "type A { b: D }\n" * 20, path=path, whole=False, context=0
    )
    assert not (family.applies(view) and list(family.facts(view)))


def test_what_a_schema_requires_is_told_by_name() -> None:
    old = json.dumps(
        {"$schema": "http://json-schema.org/x", "properties": {"a": {"type": "string"}}}, indent=1
    )
    required = old.replace('"properties"', '"required": [\n  "a"\n ],\n "properties"')
    kinds = [fact.kind for fact in extraction_of(f"{old}\n", f"{required}\n", path="a.json").facts]
    assert kinds == ["member.required"]
    # What stands in the same line is still told.
    title = required.replace('"required"', '"title": "t", "required"')
    kinds = [fact.kind for fact in extraction_of(f"{old}\n", f"{title}\n", path="a.json").facts]
    assert "key.added" in kinds
