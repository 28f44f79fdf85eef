"""What holds for every family on any content: no failure, proofs that exist, values for JSON."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.facts.extract import Extraction, extract, has_text
from diff_insight.model.changes import FileChange, PatchSpan, Side, Status
from support.structured import OPENAPI, PYPROJECT, WORKFLOW
from support.views import Patches, extraction_of, view_of
from unit.facts.interfaces.test_interfaces import ACTION, GRAPHQL, PROTO, TERRAFORM
from unit.facts.packages.test_builds import DOCKERFILE
from unit.facts.packages.test_dependencies import PACKAGE

PIECES = (
    "# Heading", "## A ##", "### [x](y) {#id}", "####### seven", "```", "```py", "~~~", "> ```", "````",
    "---", "...", "title: x", "title: 'y'", "ms.date: 06/11/2025", "ms.date: 2025-06-12", "- item",
    "| a | b |", "| a | c |", "|---|---|", "|", "| \\| |", "||", "[a](b)", "[a](c)", "![](x.png)",
    "[![i](x)](y)", "[r]: http://a", "<http://b>", ':::image source="x":::', "`[c](d)`", "text",
    "retires no earlier than June 11, 2025", "retires no earlier than July 1, 2025", "2025-13-45",
    "foo 1.2.3", "foo 1.3.0", "9" * 40 + "." + "9" * 40, "", " ", "\t", "\r", "a\r", "\u2028", "\x0c",
    "\ufeff---", "\x00", "*a **b `c", "<b", "Subproject commit 123", "size ²", "値段は10円", "def f():",
    "dependencies:", "  a: 1", "  a: &x [b, *x]", "{", "}", "[", "]", '"a": 1,', "[project]", 'name = "x"',
    'dependencies = ["a>=1", "b"]', "a==1.2", "a>=2", "on: push", "jobs:", "  - uses: a/b@v1", "FROM a:1",
    "ENV A=1", "message A {", "string b = 1;", "type A {", "b: C!", 'variable "a" {', "DROP TABLE a;",
    "ALTER TABLE a", "openapi: 3.0.0", "paths:", "  /a:", "    get: {}", "components: {schemas: {A: {}}}",
    "gem 'a', '1'", "require a.b/c v1.0.0", "<version>1</version>", "<dependency>", "</dependency>",
    "a v1 h1:x=", "=", '"""',
    "export function f(a: string): number {", "}", "func F(a int, b ...string) (int, error) {", "type A struct {",
    "public class A {", "  public int f(String a) { return 1; }", "pub fn f(a: &str) -> Option<u32> {", "impl A {",
    "class A:", "    def f(self, a: int = 1, *, b) -> str:", "        return 1", "@deprecated", "import a", "package a",
    "namespace A {", "<?php", "module A", "  def f(a, b: 1)", "end", "#include <a.h>", "int f(int a);", "};", "fun f() {",
    "> [!NOTE]", "> words", "!!! note", ".. deprecated:: 3.2", "Title", "=====", "[x]: <http://c> 'T'",
    "version https://git-lfs.github.com/spec/v1", "oid sha256:1", "size 12", "\\ No newline", "@@ -1 +1 @@",
)  # fmt: skip
LINE = st.one_of(
    st.sampled_from(PIECES),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=30),
)
TEXT = st.builds(
    lambda lines, end: "\n".join(lines) + end,
    st.lists(LINE, max_size=25),
    st.sampled_from(["", "\n", "\r\n"]),
)
PATH = st.sampled_from(
    ["docs/a.md", "a.mdx", "_redirects", "a.rst", "a.txt", "a.py", "a.json", "a.svg", "a.bin",
     "package-lock.json", "includes/a.md", "a.yaml", "a.toml", ".env", "pyproject.toml", "package.json",
     "requirements.txt", "go.mod", "Gemfile", "pom.xml", "x.csproj", "build.gradle", "a.proto", "a.graphql",
     ".github/workflows/a.yml", "action.yml", "Dockerfile", "modules/a.tf", "migrations/1.sql", "setup.cfg",
     ".pre-commit-config.yaml", "Cargo.toml", "\udcff.md", "Makefile", "docs/a.adoc", "src/index.ts", "a.tsx",
     "a.js", "a.go", "A.java", "A.cs", "src/lib.rs", "a.c", "include/a.h", "lib/a.rb", "a.php", "a.swift",
     "a.sh", "a.kt"]
)  # fmt: skip


@st.composite
def versions(draw: st.DrawFn) -> tuple[str | None, str | None]:
    """Two versions that have much in common; one may be absent."""
    old = draw(TEXT)
    lines = old.split("\n")
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(lines)))
        lines[at : at + draw(st.integers(0, 2))] = draw(st.lists(LINE, max_size=3))
    kept = draw(st.sampled_from(["both", "both", "both", "base", "head"]))
    return None if kept == "head" else old, None if kept == "base" else "\n".join(lines)


def count(text: str | None) -> int:
    pieces = (text or "").split("\n")
    return len(pieces) - (pieces[-1] == "")


def check(found: Extraction) -> None:
    for fact in found.facts:
        assert json.loads(json.dumps(fact.params)) is not None
        assert all(1 <= proof.start <= proof.end for proof in fact.evidence)


CHANGES: tuple[dict[str, Any], ...] = (
    {}, {}, {}, {"status": Status.RENAMED, "previous_path_bytes": b"old\xff"},
    {"status": Status.CHANGED, "new_mode": "120000"}, {"new_mode": "100755"},
    {"old_mode": "160000", "new_mode": "160000"}, {"generated": "vendored"},
    {"old_mode": "120000", "new_mode": "120000"},
)  # fmt: skip


@given(versions(), PATH, st.booleans(), st.sampled_from(CHANGES))
@settings(deadline=None, max_examples=300)
def test_facts_are_proved_repeatable_and_fit_for_json(
    texts: tuple[str | None, str | None],
    path: str,
    whole: bool,  # noqa: FBT001
    change: dict[str, Any],
) -> None:
    old, new = texts
    change = change if old is not None and new is not None else {}
    found = extraction_of(old, new, path=path, whole=whole, **change)
    check(found)
    lines = {Side.BASE: count(old), Side.HEAD: count(new)}
    for fact in found.facts:
        assert all(proof.end <= lines[proof.side] for proof in fact.evidence), fact
    assert extraction_of(old, new, path=path, whole=whole, **change) == found


@given(versions(), PATH, st.booleans(), st.sampled_from(CHANGES))
@settings(deadline=None, max_examples=300)
def test_every_changed_line_is_told_cosmetic_or_untold(
    texts: tuple[str | None, str | None],
    path: str,
    whole: bool,  # noqa: FBT001
    how: dict[str, Any],
) -> None:
    how = how if None not in texts else {}
    view = view_of(*texts, path=path, whole=whole, **how)
    found = extraction_of(*texts, path=path, whole=whole, **how)
    assert sum(msgspec.to_builtins(found.lines).values()) == view.change.changes
    assert min(msgspec.to_builtins(found.lines).values()) >= 0
    # What is told can be counted again from the evidence alone, without marks beside told lines.
    covered = {(proof.side, line) for fact in found.facts if not fact.kind.startswith("cosmetic.")
               for proof in fact.evidence for line in range(proof.start, proof.end + 1)}  # fmt: skip
    changed = {line[:2] for block in view.blocks for line in block.numbered_lines()}
    assert found.lines.told >= len(covered & changed)
    if has_text(view.change):
        assert found.lines.untold == 0


@given(versions(), st.booleans())
@settings(deadline=None, max_examples=100)
def test_every_changed_file_has_a_fact(
    texts: tuple[str | None, str | None],
    whole: bool,  # noqa: FBT001
) -> None:
    old, new = texts
    if old != new:
        assert extraction_of(old, new, whole=whole).facts


HUNK = st.builds(
    lambda numbers, lines: "@@ -{},{} +{},{} @@ x()\n".format(*numbers) + "\n".join(lines) + "\n",
    st.tuples(*[st.integers(0, 9)] * 4),
    st.lists(st.builds(str.__add__, st.sampled_from([" ", "+", "-", "\\", ""]), LINE), max_size=9),
)


@given(st.one_of(st.lists(HUNK, max_size=3).map("".join), st.text(max_size=80)), TEXT, PATH)
@settings(deadline=None, max_examples=200)
def test_no_patch_raises(patch: str, text: str, path: str) -> None:
    check(extraction_of(text, text, path=path, patch=patch))


@given(st.binary(max_size=200), st.binary(max_size=200), PATH, st.booleans())
@settings(deadline=None, max_examples=150)
def test_no_bytes_raise(
    patch: bytes,
    content: bytes,
    path: str,
    binary: bool,  # noqa: FBT001
) -> None:
    change = FileChange(
        path_bytes=path.encode("utf-8", "surrogateescape"), status=Status.MODIFIED, binary=binary,
        patch=PatchSpan(((0, len(patch)),)),
    )  # fmt: skip
    check(extract(change, Patches(patch), lambda _: content, whole_versions=True))


@pytest.mark.parametrize("path", ["a.md", "a.py"])
def test_a_version_that_does_not_fit_its_patch(path: str) -> None:
    patch = "@@ -90,3 +90,3 @@\n a\n-| b | c |\n+| b | d |\n e\n"
    check(extraction_of("short\n", "short\n", path=path, patch=patch))


STRUCTURED = (
    ("pyproject.toml", PYPROJECT), ("package.json", PACKAGE), ("api.yaml", OPENAPI), ("a.graphql", GRAPHQL),
    ("a.proto", PROTO), ("modules/a.tf", TERRAFORM), ("action.yml", ACTION), ("Dockerfile", DOCKERFILE),
    (".github/workflows/a.yml", WORKFLOW), ("a.toml", PYPROJECT), ("a.json", PACKAGE), ("a.yml", OPENAPI),
    ("a.go", "package a\n\nfunc F(a int, b ...string) (int, error) {\n\treturn 1, nil\n}\n\ntype A struct {\n\tB int\n}\n"),
    ("src/index.ts", "export function f(a: string, b?: number): string[] {\n  return [a];\n}\nexport const c = 1;\n"),
    ("A.java", "public class A {\n  public int f(String a) {\n    return 1;\n  }\n  int b = 2;\n}\n"),
    ("A.cs", "public class A {\n  public Task<int> F(string a, int? b = null) => x;\n}\n"),
    ("src/lib.rs", "pub fn f(a: &str, b: Vec<u8>) -> Option<u32> {\n  None\n}\npub struct A {\n  pub b: u8,\n}\n"),
    ("shapes/a.py", "class A:\n    def f(self, a: int = 1, *, b) -> str:\n        return a\n\nC = 1\n"),
    ("include/a.h", "int f(int a, char *b);\nstruct A {\n  int b;\n};\n"),
    ("lib/a.rb", "class A\n  def f(a, b: 1)\n    a\n  end\nend\n"),
    ("src/a.php", "<?php\nclass A {\n  public function f(int $a): ?int { return $a; }\n}\n"),
    ("a.swift", 'public class A {\n  public func f(a: Int = 1) -> String { "" }\n}\n'),
    ("a.sh", "f() {\n  echo a\n}\nA=1\n"), ("a.kt", 'fun f(a: Int): String {\n  return ""\n}\n'),
    ("setup.cfg", "[a]\nb = c\n  d\n"), ("migrations/a.sql", "ALTER TABLE a\n  DROP COLUMN b;\n"),
)  # fmt: skip


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str, str]:
    """A structured file and a version of it whose lines or characters were moved, lost or doubled."""
    path, text = draw(st.sampled_from(STRUCTURED))
    pieces = draw(st.sampled_from([text.splitlines(keepends=True), list(text)]))
    new = list(pieces)
    for _ in range(draw(st.integers(1, 4))):
        at, other = draw(st.integers(0, len(new))), draw(st.integers(0, len(new)))
        new[at : at + draw(st.integers(0, 3))] = new[other : other + draw(st.integers(0, 3))]
    return path, text, "".join(new)


@given(edited(), st.booleans())
@settings(deadline=None, max_examples=300)
def test_edited_structured_files(
    texts: tuple[str, str, str],
    swap: bool,  # noqa: FBT001
) -> None:
    path, old, new = texts
    old, new = (new, old) if swap else (old, new)
    found = extraction_of(old, new, path=path)
    check(found)
    lines = {Side.BASE: count(old), Side.HEAD: count(new)}
    for fact in found.facts:
        assert all(proof.end <= lines[proof.side] for proof in fact.evidence), fact
    assert not any(fact.breaking for fact in extraction_of(old, new, path=f"tests/{path}").facts)
