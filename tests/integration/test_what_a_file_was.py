"""What a change makes of a file, its name, its sort or its encoding, hides nothing that breaks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from support.command import Command
from support.repos import TestRepo

Files = Mapping[str, str | bytes | None]
_OPENAPI = (
    'openapi: 3.0.0\ninfo: {title: t, version: "1"}\npaths:\n'
    '  /a:\n    get: {responses: {"200": {description: ok}}}\n'
)
_B = '  /b:\n    get: {responses: {"200": {description: ok}}}\n'
_DIALECT = '"$schema": "https://json-schema.org/draft/2020-12/schema", '
_SCHEMA = '{%s"type": "object", "required": [%s], "properties": {"a": {"type": "string"}}}\n'
_CODE = "def connect(host, port):\n    return host\n\n\ndef close():\n    return 1\n"
_LESS_CODE = "def connect(host):\n    return host\n"
_ASYNC = "asyncapi: 2.6.0\nchannels:\n  a:\n    subscribe: {}\n"
BASE: dict[str | bytes, bytes | str] = {
    "pyproject.toml": '[project]\nname = "pkg"\nversion = "1.0.0"\n',
    "pkg/__init__.py": "",
    "pkg/api.py": _CODE,
    "package.json": '{"name": "p", "version": "1.0.0", "main": "index.js"}\n',
    "index.js": "exports.a = function a(x) { return x }\nexports.b = function b(x) { return x }\n",
    "openapi.yaml": _OPENAPI + _B,
    "asyncapi.yaml": _ASYNC + "  b:\n    subscribe: {}\n",
    "a.schema.json": _SCHEMA % (_DIALECT, ""),
    "a.graphql": "type Query {\n  a: Int\n  b: Int\n}\n",
    "a.avsc": '{"type": "record", "name": "A", "fields": [{"name": "a", "type": "int"}]}\n',
    "go.mod": "module example.org/p\n",
    "a.go": "package p\n\nfunc A(x int) {}\n\nfunc B() {}\n",
    "b.go": "package p\n\nfunc C() {}\n",
    "pom.xml": "<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>a</artifactId>"
    "<version>1</version></project>\n",
    "src/main/java/p/A.java": "package p;\n\npublic class A {\n  public void a(int x) {}\n}\n",
    "docs/a.md": "# A\n\n## How\n\nMany words of text stand here.\n",
}
_LESS_JS = "exports.a = function a(x) { return x }\n"
#: What is done to the files: those that get another name, then their content.
CHANGES: dict[str, tuple[Mapping[str, str], Files]] = {
    "code in UTF-16": ({}, {"pkg/api.py": _LESS_CODE.encode("utf-16")}),
    "code of the web in UTF-16": ({}, {"index.js": _LESS_JS.encode("utf-16")}),
    "code that is called text": ({"pkg/api.py": "pkg/api.txt"}, {}),
    "code in a folder that is not reported": ({"pkg/api.py": "tests/api.py"}, {}),
    "a package that calls itself private": (
        {},
        {
            "package.json": '{"name": "p", "main": "index.js", "private": true}',
            "index.js": _LESS_JS,
        },
    ),
    "a manifest that is none": ({}, {"package.json": '{"name":', "index.js": _LESS_JS}),
    "no manifest": ({}, {"package.json": None, "index.js": _LESS_JS}),
    "a description that names no version": (
        {},
        {"openapi.yaml": _OPENAPI.replace("openapi:", "openap:")},
    ),
    "a second document": ({}, {"openapi.yaml": f"{_OPENAPI}---\na: 1\n"}),
    "a description without a word": ({}, {"openapi.yaml": "# nothing\n"}),
    "a description that is emptied": ({}, {"openapi.yaml": ""}),
    "a description that is called text": ({"openapi.yaml": "openapi.txt"}, {}),
    "a description that is called a test": (
        {"openapi.yaml": "checks/test/openapi.yaml"},
        {"checks/test/openapi.yaml": _OPENAPI},
    ),
    "messages that name no version": ({}, {"asyncapi.yaml": _ASYNC.replace("asyncapi", "async")}),
    "a schema without its dialect": ({}, {"a.schema.json": _SCHEMA % ("", '"a"')}),
    "a schema of one word": ({}, {"a.schema.json": "false\n"}),
    "a graph that is called text": ({"a.graphql": "a.txt"}, {}),
    "records that are called text": ({"a.avsc": "a-records.txt"}, {}),
    "a program that is called text": ({"a.go": "a.txt"}, {}),
    "a class among the tests": (
        {"src/main/java/p/A.java": "src/test/java/p/A.java"},
        {},
    ),
    "a page that is called text": ({"docs/a.md": "docs/a.txt"}, {}),
}


@pytest.fixture
def repo(command: Command) -> TestRepo:
    made = TestRepo(command.folder / "repo")
    made.write(BASE)
    made.commit("first")
    return made


def report(command: Command, repo: TestRepo) -> tuple[int, dict[str, Any]]:
    done = command(
        "report", "HEAD~1..HEAD", "--repo", str(repo.path), "--format", "json", "--output", "r.json",
        "--exclude", "tests/", "--fail-on", "breaking-change", "--unexamined", "fail",
    )  # fmt: skip
    return done.code, json.loads((command.folder / "r.json").read_text("utf-8"))


@pytest.mark.parametrize("name", CHANGES)
def test_the_gate_stays_shut(command: Command, repo: TestRepo, name: str) -> None:
    renamed, written = CHANGES[name]
    for old, new in renamed.items():
        (repo.path / new).parent.mkdir(parents=True, exist_ok=True)
        repo.git("mv", old, new)
    for path, content in written.items():
        if content is None:
            (repo.path / path).unlink()
        else:
            repo.write({path: content})
    repo.commit("second")
    code, insight = report(command, repo)
    assert code == 3
    assert any(fact["breaking"] for file in insight["files"] for fact in file["facts"])


@pytest.mark.parametrize("path", ["openapi.yaml", "a.schema.json", "a.graphql", "docs/a.md"])
def test_a_file_that_becomes_a_link_is_not_examined(
    command: Command, repo: TestRepo, path: str
) -> None:
    (repo.path / path).unlink()
    (repo.path / path).symlink_to("elsewhere")
    repo.commit("second")
    code, insight = report(command, repo)
    assert code == 3
    assert insight["files"][0]["read_in_part"] == ["link"]


@pytest.mark.parametrize(
    "name", ["a NUL", "a NUL far below", "UTF-16 without a mark", "no text at all"]
)
@pytest.mark.parametrize("path", ["openapi.yaml", "a.schema.json", "a.graphql", "docs/a.md"])
def test_what_git_takes_for_binary_is_not_examined(
    command: Command, repo: TestRepo, path: str, name: str
) -> None:
    text = str(BASE[path])
    content = {
        "a NUL": f"{text}\0".encode(),
        "a NUL far below": text.encode() + b"\n" * 7000 + b"\0",
        "UTF-16 without a mark": text.encode("utf-16-le"),
        "no text at all": b"\x00\x01\x02",
    }[name]
    repo.write({path: content})
    repo.commit("second")
    code, insight = report(command, repo)
    assert code == 3
    assert insight["files"][0]["read_in_part"] == ["binary-mark"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("openapi.yaml", "docs/openapi.yaml"), ("a.graphql", "schema.graphql"), ("docs/a.md", "docs/b/a.md")],
)  # fmt: skip
def test_another_name_of_the_same_sort_is_examined(
    command: Command, repo: TestRepo, old: str, new: str
) -> None:
    (repo.path / new).parent.mkdir(parents=True, exist_ok=True)
    repo.git("mv", old, new)
    repo.commit("second")
    code, insight = report(command, repo)
    assert insight["files"][0]["read_in_part"] == []
    assert (code == 3) == (old == "docs/a.md")


def test_a_private_package_that_stays_as_it_is_breaks_nobody(
    command: Command, repo: TestRepo
) -> None:
    repo.write({
        "package.json": '{"name": "p", "main": "index.js", "private": true}',
        "index.js": str(BASE["index.js"]).replace("return x }", "return x + 1 }"),
    })  # fmt: skip
    repo.commit("second")
    assert report(command, repo)[0] == 0
