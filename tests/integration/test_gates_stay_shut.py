"""What can be put into a file never makes what breaks in it vanish without a word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diff_insight.facts.extract import Extraction, extract
from diff_insight.facts.registry import load_families
from diff_insight.model.changes import FileChange, PatchSpan, Side, Status
from support.views import Patches, unified

_OPENAPI = (
    'openapi: 3.0.0\ninfo: {title: t, version: "1"}\npaths:\n'
    '  /a:\n    get: {responses: {"200": {description: ok}}}\n'
)
_B = '  /b:\n    get: {responses: {"200": {description: ok}}}\n'
_SCHEMA = '{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "required": ["a"%s]}\n'
#: Path, both versions, and how a comment begins.
BREAKING = {
    "openapi": ("api/openapi.yaml", _OPENAPI + _B, _OPENAPI, "#"),
    "json-schema": ("a.schema.json", _SCHEMA % "", _SCHEMA % ', "b"', ""),
    "graphql": ("a.graphql", "type Query {\n  a: Int\n  b: Int\n}\n", "type Query {\n  a: Int\n}\n", "#"),
    "proto": (
        "a.proto",
        'syntax = "proto3";\nmessage A {\n  string a = 1;\n  string b = 2;\n}\n',
        'syntax = "proto3";\nmessage A {\n  string a = 1;\n}\n',
        "//",
    ),
    "action": (
        "action.yml",
        "name: x\ninputs:\n  a:\n    description: x\n  b:\n    description: y\nruns:\n  using: composite\n  steps: []\n",
        "name: x\ninputs:\n  a:\n    description: x\nruns:\n  using: composite\n  steps: []\n",
        "#",
    ),
    "gemspec": (
        "a.gemspec",
        'Gem::Specification.new do |s|\n  s.required_ruby_version = ">= 2.5"\nend\n',
        'Gem::Specification.new do |s|\n  s.required_ruby_version = ">= 3.2"\nend\n',
        "#",
    ),
}  # fmt: skip


def _comment(mark: str, text: str) -> str:
    return f"{mark} {text}\n" if mark else " " * len(text) + "\n"


def _megabytes(mark: str) -> str:
    """More comments than any file is read of, in long lines: a line costs more than its length."""
    return f"{mark} {'x' * 2400}\n" * 1000


PADDING: dict[str, Callable[[str, str, str], tuple[str, str]]] = {
    "a long comment": lambda old, new, mark: (old, new + _comment(mark, "x" * 21_000)),
    "a long comment on top": lambda old, new, mark: (
        _comment(mark, "x" * 21_000) + old,
        _comment(mark, "x" * 21_000) + new,
    ),
    "many comments": lambda old, new, mark: (old, _comment(mark, "word " * 9) * 2500 + new),
    "megabytes of comments": lambda old, new, mark: (
        old + _comment(mark, "word " * 500) * 900,
        new + _comment(mark, "word " * 500) * 900,
    ),
    "blank lines": lambda old, new, _: (old, "\n" * 30_000 + new),
    "blanks behind a line": lambda old, new, _: (
        old.replace("\n", " " * 25_000 + "\n", 1),
        new.replace("\n", " " * 25_000 + "\n", 1),
    ),
    "a byte order mark": lambda old, new, _: (old, f"\ufeff{new}"),
    "a NUL": lambda old, new, _: (old, f"{new}\0"),
    "what is no syntax": lambda old, new, _: (old, f"{new}<<<<<<< \n{{{{(((\n"),
    "a line separator": lambda old, new, _: (old, new.replace("\n", "\u2028\n", 1)),
    "other line ends": lambda old, new, _: (old.replace("\n", "\r\n"), new.replace("\n", "\r\n")),
}


def read(path: str, old: str, new: str) -> Extraction:
    body = f"diff --git a/x b/x\n--- a/x\n+++ b/x\n{unified(old, new)}".encode()
    change = FileChange(
        path_bytes=path.encode(),
        status=Status.MODIFIED,
        old_mode="100644",
        new_mode="100644",
        patch=PatchSpan(((0, len(body)),)),
        additions=1,
        deletions=1,
    )
    texts = {Side.BASE: old.encode(), Side.HEAD: new.encode()}
    load_families([path])
    return extract(change, Patches(body), texts.get, whole_versions=True)


def breaking(found: Extraction) -> int:
    return sum(bool(fact.breaking) for fact in found.facts)


@pytest.mark.parametrize("name", BREAKING)
def test_padding_hides_nothing_without_a_word(name: str) -> None:
    path, old, new, mark = BREAKING[name]
    assert breaking(read(path, old, new))
    silent = []
    for padding, padded in PADDING.items():
        found = read(path, *padded(old, new, mark))
        if not breaking(found) and not found.read_in_part:
            silent.append(padding)
    assert not silent


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("a.graphql", "type A {\n  a: Int\n}\n", "type A {\n"),
        ("a.tf", 'variable "a" {}\n' + _megabytes("#"), 'variable "b" {}\n' + _megabytes("#")),
        ("a.proto", "message A {}\n" + _megabytes("//"), _megabytes("//")),
    ],
)
def test_what_is_not_read_is_said(path: str, old: str, new: str) -> None:
    found = read(path, old, new)
    assert found.read_in_part
    assert found.lines.untold or found.facts


def test_queries_are_read_whole_though_they_declare_nothing() -> None:
    assert read("q.graphql", "query A {\n  a\n}\n", "query A {\n  b\n}\n").read_in_part == ()
