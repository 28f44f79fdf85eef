"""Symbols of code, from two versions of a file to facts: languages, what breaks, bounds."""

from __future__ import annotations

import sys
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.errors import EnvironmentFailure
from diff_insight.facts.code import parsing
from diff_insight.facts.code.api.readers import language_of
from diff_insight.facts.code.grammars import BY_EXTENSION
from diff_insight.facts.code.parsing import PartlyReadError
from diff_insight.facts.code.reading import outline_of
from diff_insight.facts.cross_file import moved_symbols
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact
from support.views import extraction_of

PY_PATH = "shapes/area.py"
LONG = "".join(f"    a{number} = {number}\n" for number in range(9))


def facts(old: str | None, new: str | None, path: str = PY_PATH) -> list[Fact]:
    return list(extraction_of(old, new, path=path).facts)


def told(old: str | None, new: str | None, path: str = PY_PATH) -> set[tuple[str, str, bool]]:
    """Return (end of kind, name, breaking) of every symbol fact."""
    return {
        (fact.kind.removeprefix("symbol."), str(fact.params.get("name", fact.params.get("old"))), fact.breaking)
        for fact in facts(old, new, path)
        if fact.kind.startswith("symbol.")
    }  # fmt: skip


def of_the_file_alone(
    expected: set[tuple[str, str, bool]], path: str = PY_PATH
) -> set[tuple[str, str, bool]]:
    """Return what the text of a file says: where packages are compared, nothing of it breaks."""
    return {(end, name, breaks and not language_of(path)) for end, name, breaks in expected}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("def f(): pass\n", "x()\n", {("removed", "f()", True)}),
        ("def _f(): pass\n", "x()\n", {("removed", "_f()", False)}),
        ("class A:\n  def __init__(self): pass\n", "class A:\n  pass\n",
         {("removed", "A.__init__()", False), ("changed", "A", False)}),
        ("def f():\n  warn(DeprecationWarning)\n", "x()\n", {("removed", "f()", False)}),
        ("def f(): pass\n", "from m import f\n", {("imported", "f()", False)}),
        (f"def f():\n{LONG}", f"def g():\n{LONG}", {("renamed", "f()", True)}),
        ("def f(a): pass\n", "def f(a, b): pass\n", {("parameter-required", "f()", True)}),
        ("def f(a): pass\n", "def f(a, b=1): pass\n", {("parameter-added", "f()", False)}),
        ("def f(a=1, b=1): pass\n", "def f(c=1, a=1, b=1): pass\n", {("parameter-added", "f()", True)}),
        ("def f(a, b): pass\n", "def f(a): pass\n", {("parameter-removed", "f()", True)}),
        ("def f(a, b): pass\n", "def f(b, a): pass\n", {("parameters-reordered", "f()", True)}),
        ("def f(a, b=1): pass\n", "def f(a, b=2): pass\n", {("parameter-changed", "f()", False)}),
        ("import a\nx()\n", "import b\nx()\n", {("imports", "None", False)}),
        ("__all__ = ['g']\ndef f(): pass\ndef g(): pass\n", "__all__ = ['g']\ndef g(): pass\n",
         {("removed", "f()", False)}),
    ],
)  # fmt: skip
def test_python(old: str, new: str, expected: set[tuple[str, str, bool]]) -> None:
    assert told(old, new) == of_the_file_alone(expected)


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        ("src/index.ts", "export function f() {}\n", "let a = 1;\n",
         {("removed", "f()", True), ("added", "a", False)}),
        ("src/index.ts", 'export { a } from "./a";\n', "x();\n", {("removed", "a", True)}),
        ("src/index.ts", "function f() {}\n", "x();\n", {("removed", "f()", False)}),
        ("src/deep/util.ts", "export function f() {}\n", "x();\n", {("removed", "f()", False)}),
        ("a.js", "export const f = (a) => 1;\n", "export const f = (b) => 1;\n", set()),
        ("a.go", "package a\nfunc F() {}\n", "package a\n", {("removed", "F()", True)}),
        ("a.go", "package a\nfunc f() {}\n", "package a\n", {("removed", "f()", False)}),
        ("a.go", "package main\nfunc F() {}\n", "package main\n", {("removed", "F()", False)}),
        ("a.go", "package a\nfunc F(a int) {}\n", "package a\nfunc F(b int) {}\n", set()),
        ("A.java", "public class A { public void f() {} }\n", "public class A { private void f() {} }\n",
         {("visibility", "A.f()", True)}),
        ("A.cs", "public class A { internal void F() {} }\n", "public class A { }\n",
         {("removed", "A.F()", False)}),
        ("src/a.rs", "pub fn f() {}\n", "pub(crate) fn f() {}\n", {("visibility", "f()", True)}),
        ("src/a.rs", "fn f() {}\n", "\n", {("removed", "f()", False)}),
        ("include/a.h", "int f(int a);\n", "int f(int a, int b);\n", {("parameter-required", "f()", True)}),
        ("src/a.c", "int f(int a) { return 1; }\n", "\n", {("removed", "f()", False)}),
        ("lib/a.rb", "class A\n  def f; end\n  private\n  def g; end\nend\n", "class A\nend\n",
         {("removed", "A.f()", True), ("removed", "A.g()", False), ("changed", "A", False)}),
        ("src/a.php", "<?php\nclass A { public function f($a) {} }\n", "<?php\nclass A { public function f() {} }\n",
         {("parameter-removed", "A.f()", True)}),
        ("a.swift", "public func f(a: Int) {}\n", "public func f(b: Int) {}\n", {("signature", "f()", False)}),
        ("a.sh", "f() { a; }\n", "f() { b; }\n", {("changed", "f()", False)}),
    ],
)  # fmt: skip
def test_languages(path: str, old: str, new: str, expected: set[tuple[str, str, bool]]) -> None:
    assert told(old, new, path) == of_the_file_alone(expected, path)


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        ("a.go", "package a\nfunc F(a int) {}\n", "package a\nfunc F(a string) { g() }\n",
         {("parameter-changed", "F()", True)}),
        ("a.go", "package a\nfunc F(a int) {}\n", "package a\nfunc F(b string) {}\n",
         {("signature", "F()", True)}),
        ("a.go", "package a\nfunc F(f *os.File) {}\n", "package a\nfunc F(f io.Reader) {}\n",
         {("parameter-changed", "F()", False)}),
        ("a.go", "package a\nfunc F() int { return 1 }\n", "package a\nfunc F() (int, error) { return 1, nil }\n",
         {("result", "F()", True)}),
        ("a.go", "package a\nfunc F() (int, error) {}\n", "package a\nfunc F() (n int, err error) {}\n",
         {("changed", "F()", False)}),
        ("a.go", "package a\nfunc F() {}\n", "package a\nfunc F() error {}\n", {("result", "F()", False)}),
        ("a.go", "package a\nfunc F() error {}\n", "package a\nfunc F() {}\n", {("result", "F()", True)}),
        ("a.go", "package a\nfunc (s *srv) F(a int) {}\n", "package a\nfunc (s *srv) F(a string) {}\n",
         {("parameter-changed", "srv.F()", False)}),
        ("a.go", "package a\ntype I interface { F(int) }\n", "package a\ntype I interface { F(string) }\n",
         {("signature", "I.F()", True)}),
        ("internal/a.go", "package a\nfunc F(a int) {}\n", "package a\nfunc F(a string) {}\n",
         {("parameter-changed", "F()", False)}),
        ("A.java", "public class A { public int f() {} }\n", "public class A { public String f() {} }\n",
         {("result", "A.f()", True)}),
        ("A.java", "public class A { int f() {} }\n", "public class A { String f() {} }\n",
         {("result", "A.f()", False)}),
        ("A.java", "public class A { public void f() {} }\n", "public class A { public int f() {} }\n",
         {("result", "A.f()", False)}),
        ("A.cs", "public class A { public int F(int a) => 1; }\n", "public class A { public int F(string a) => 1; }\n",
         {("parameter-changed", "A.F()", True)}),
        ("src/a.rs", "pub fn f() -> u32 { 1 }\n", "pub fn f() -> Option<u32> { None }\n", {("result", "f()", True)}),
        ("src/a.rs", "pub fn f() {}\n", "pub fn f() -> () {}\n", {("changed", "f()", False)}),
        ("src/index.ts", "export function f(a: string) {}\n", "export function f(a: string | number) {}\n",
         {("parameter-changed", "f()", False)}),
        ("src/index.ts", "export function f(a: string) {}\n", "export function f(a: number) {}\n",
         {("parameter-changed", "f()", True)}),
        ("src/index.ts", "export const f = (): string => a;\n", "export const f = (): number => 1;\n",
         {("result", "f()", True)}),
        ("src/deep.ts", "export function f(a: string) {}\n", "export function f(a: number) {}\n",
         {("parameter-changed", "f()", False)}),
        ("src/index.ts", "export function f() {}\n", "export function f(): number {}\n",
         {("changed", "f()", False)}),
        ("src/a.php", "<?php\nfunction f(): int {}\n", "<?php\nfunction f(): ?int {}\n",
         {("result", "f()", False)}),
        (PY_PATH, "def f() -> int: pass\n", "def f() -> str: pass\n", {("result", "f()", False)}),
    ],
)  # fmt: skip
def test_types(path: str, old: str, new: str, expected: set[tuple[str, str, bool]]) -> None:
    assert told(old, new, path) == of_the_file_alone(expected, path)


def test_a_go_parameter_may_be_called_as_a_modifier() -> None:
    old = "package a\nfunc F(out *bytes.Buffer, in int) {}\n"
    (fact,) = facts(old, old.replace("in int", "in string"), "a.go")
    assert (fact.params["old"], fact.params["new"]) == ("in int", "in string")


def test_an_alias_in_an_import_is_another_name() -> None:
    old = "from m import A as B\nclass A(B):\n  def f(self): pass\n  def g(self): pass\n"
    assert ("removed", "A.f()", False) in told(old, old.replace("  def f(self): pass\n", ""))


@pytest.mark.parametrize(
    ("path", "old", "new", "gone", "comment"),
    [
        ("a.py", "def f(): pass\ndef g(): pass\n", "def g(): pass\n", "f()", "#"),
        ("a.go", "package a\nfunc F() {}\nfunc G() {}\n", "package a\nfunc G() {}\n", "F()", "//"),
        (
            "index.js",
            "export function f() {}\nexport function g() {}\n",
            "export function g() {}\n",
            "f()",
            "//",
        ),
    ],
)
@pytest.mark.parametrize(
    "padding", ["{0} " + "x" * 21_000 + "\n", ("{0} words of a comment\n") * 30_000, "{0} \0\n"]
)
def test_no_comment_hides_what_is_removed(
    path: str, old: str, new: str, gone: str, comment: str, padding: str
) -> None:
    filler = padding.format(comment)
    first = "package a\n" if path == "a.go" else ""
    found = extraction_of(
        first + filler + old.removeprefix(first),
        first + filler + new.removeprefix(first),
        path=path,
    )
    removed = [fact for fact in found.facts if fact.kind == "symbol.removed"]
    assert [fact.params["name"] for fact in removed] == [gone]
    assert found.read_in_part == ()


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("a.js", "var a = 1;\n" * 500_000, "limit"),
        ("a.py", "def f(:\n", "syntax-error"),
        ("a.go", "package a\nfunc F( {\n", "syntax-error"),
        ("a.rs", "macro_rules! m { () => {} }\nm! { pub struct A; }\n", "macro"),
        ("a.json", '{"a": }\n', "syntax-error"),
        ("a.yaml", "a: [\n", "syntax-error"),
        ("a.yaml", "a: 1\n" * 900_000, "limit"),
        ("a.toml", "a = \n", "syntax-error"),
    ],
)
def test_what_is_not_read_whole_is_said(path: str, text: str, reason: str) -> None:
    found = extraction_of(text, f"{text}x\n", path=path)
    assert reason in found.read_in_part
    assert found.detected


@pytest.mark.parametrize(
    "path", ["a.py", "a.md", "a.json", "a.go", "a.proto", "Dockerfile", "a.tf"]
)
def test_hunks_alone_are_a_part(path: str) -> None:
    old = "".join(f"x{number} = {number}\n" for number in range(40))
    found = extraction_of(old, old.replace("x20 = 20", "x20 = 21"), path=path, whole=False)
    assert found.read_in_part == ("hunks-only",)


def test_formats_that_nobody_knows_are_not_read_in_part() -> None:
    found = extraction_of("a\n" * 40, "a\n" * 39 + "b\n", path="a.lua", whole=False)
    assert (found.read_in_part, found.detected) == ((), False)


def test_nothing_is_removed_that_may_stand_where_the_parser_lost_its_way() -> None:
    old = "class A { void f(); };\nint g(int a);\n"
    new = "BEGIN_LIB(\nclass A { void f(); };\nint g(int a);\n"
    found = extraction_of(old, new, path="include/a.h")
    assert not [fact for fact in found.facts if fact.kind == "symbol.removed"]
    wrapped = "wrap! { pub enum Rejection { A } }\n"
    found = extraction_of("pub enum Rejection { A }\n", wrapped, path="src/lib.rs")
    assert not [fact for fact in found.facts if fact.kind == "symbol.removed" or fact.breaking]


def test_a_long_result_is_not_quoted() -> None:
    old = "def f() -> int: pass\n"
    (fact,) = facts(old, old.replace("int", "Union[" + "Some, " * 40 + "None]"))
    assert (fact.kind, fact.params["old"], fact.params["new"]) == ("symbol.result", "", "")


@pytest.mark.parametrize(
    "path",
    [
        "tests/a.py",
        "docs_src/a.py",
        "scripts/a.py",
        "a/_internal/b.py",
        "examples/a.py",
        "setup.py",
    ],
)
def test_what_nobody_relies_on_does_not_break(path: str) -> None:
    assert told("def f(): pass\n", "x()\n", path) == {("removed", "f()", False)}


@pytest.mark.parametrize(
    ("path", "breaking"),
    [("index.ts", True), ("p/index.d.ts", True), ("index.php", False), ("p/a.ts", False)],
)
def test_what_leaves_the_entry_of_a_package_breaks(path: str, breaking: bool) -> None:  # noqa: FBT001
    removed = Fact("symbol.removed", {"name": "f()"}, breaking=True)
    added = Fact("symbol.added", {"name": "f()"})
    other = "b." + path.rpartition(".")[2]
    assert moved_symbols([(path, [removed]), (other, [added])])[0, 0].breaking == breaking


@pytest.mark.parametrize(("end", "breaking"), [("py", True), ("ts", False)])
def test_a_symbol_that_moved(end: str, breaking: bool) -> None:  # noqa: FBT001
    removed = Fact("symbol.removed", {"name": "f()"}, breaking=True)
    added = Fact("symbol.added", {"name": "f()"})
    found = moved_symbols([(f"a.{end}", [removed]), (f"b.{end}", [added])])
    assert found[0, 0] == Fact("symbol.moved", {"name": "f()", "to": f"b.{end}"}, breaking=breaking)
    assert found[1, 0].params == {"name": "f()", "from": f"a.{end}"}
    assert not moved_symbols([("a.py", [removed]), ("b.py", [added]), ("c.py", [added])])


@pytest.mark.parametrize(
    ("library", "path", "old", "new"),
    [
        ("tree_sitter", "a.go", "package a\nvar x = 1\n", "package a\nvar x = 2\n"),
        ("tree_sitter_go", "a.go", "package a\nvar x = 1\n", "package a\nvar x = 2\n"),
    ],
)
def test_a_library_that_is_missing_is_an_error_in_words(
    monkeypatch: pytest.MonkeyPatch, library: str, path: str, old: str, new: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    parsing._parser.cache_clear()
    try:
        with pytest.raises(EnvironmentFailure, match=f"library {library} cannot be loaded") as told:
            facts(old, new, path)
    finally:
        parsing._parser.cache_clear()
    assert told.value.cause
    assert told.value.cure


@pytest.mark.parametrize(
    "end", sorted({"py", "js", "ts", "go", "java", "cs", "rs", "h", "rb", "php", "swift", "sh"})
)
@pytest.mark.parametrize("unit", ["/*\n", "(", "class A{", "<", "f'{\n"])
def test_hostile_text_comes_to_an_end(end: str, unit: str) -> None:
    with suppress(PartlyReadError):
        outline_of(unit * (20_000 // len(unit)), BY_EXTENSION[end])


def test_large_and_minified_files_are_left_to_hunks() -> None:
    for text in ("var a=1;" * 700_000, "var a = 1;\n" * 500_000):
        with pytest.raises(PartlyReadError, match="limit"):
            outline_of(text, BY_EXTENSION["js"])


PIECES = st.sampled_from(
    ["def f(a, b=1):", "  return 1", "class A:", "func F(a int) {", "}", "export {", "public class A {", "(", ")",
     "'", '"', "/*", "*/", "#", "pub fn x() {", "import a", "const X = 1", "\r", "\u2028", "\x00", "é𝒳", ""]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=12).map("\n".join)


@given(TEXTS, TEXTS, st.sampled_from(sorted(BY_EXTENSION)))
@settings(deadline=None, max_examples=250)
def test_facts_are_proved(old: str, new: str, end: str) -> None:
    lines = {side: text.count("\n") + 1 for side, text in ((Side.BASE, old), (Side.HEAD, new))}
    for fact in facts(old, new, f"a.{end}"):
        for proof in fact.evidence:
            assert 1 <= proof.start <= proof.end <= lines[proof.side]


@pytest.mark.parametrize(("new", "shown"), [("(True)", "a=(True)"), ("None", "a=None")])
def test_a_default_is_told_with_its_parameter_where_the_declaration_is_long(
    new: str, shown: str
) -> None:
    kind = "Annotated[bool, Doc('" + "long " * 40 + "')]"
    (fact,) = facts(f"def f(a: {kind} = 1): pass\n", f"def f(a: {kind} = {new}): pass\n")
    told_params = (fact.params["parameter"], fact.params["old"], fact.params["new"])
    assert told_params == ("a", "a=1", shown)


def test_a_warning_about_some_calls_deprecates_no_function() -> None:
    some = "def f(a):\n    if a:\n        warnings.warn('x', DeprecationWarning)\n    return 1\n"
    always = "def f(a):\n    warnings.warn('x', DeprecationWarning)\n    return 1\n"
    plain = "def f(a):\n    return 1\n"
    assert ("deprecated", "f()", False) not in told(plain, some)
    assert ("deprecated", "f()", False) in told(plain, always)


def test_what_stands_in_for_an_import_is_no_new_name() -> None:
    new = "try:\n    import zstandard\nexcept ImportError:\n    zstandard = None\n"
    assert told("x()\n", f"x()\n{new}") == set()


@pytest.mark.parametrize(
    ("parameter", "called"), [("_ io.Reader", "io.Reader"), ("r io.Reader", "r")]
)
def test_a_blank_parameter_is_told_by_its_type(parameter: str, called: str) -> None:
    old, new = "package a\nfunc F(a int) {}\n", f"package a\nfunc F(a int, {parameter}) {{}}\n"
    (needed,) = [
        fact for fact in facts(old, new, "a.go") if fact.kind == "symbol.parameter-required"
    ]
    assert needed.params["parameters"] == (called,)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("class A {}\nexports.A = A;\n", "export class A {}\n", {("changed", "A", False)}),
        ("class A {}\nmodule.exports = { A };\n", "export class A {}\n", {("changed", "A", False)}),
        (
            "class A {\n  m() {}\n}\nmodule.exports = A;\n",
            "export class A {\n  m() { return 1; }\n}\n",
            {("changed", "A", False), ("changed", "A.m()", False)},
        ),
        (
            "exports.make = () => 1;\n",
            "export const make = () => 1;\n",
            {("changed", "make()", False)},
        ),
        ("exports.other = 1;\n", "export const make = () => 1;\n", {("added", "make()", False)}),
        ("class A {}\n", "export class A {}\n", {("visibility", "A", False)}),
    ],
)
def test_what_was_exported_by_assignment_is_neither_new_nor_seen_by_more(
    old: str, new: str, expected: set[tuple[str, str, bool]]
) -> None:
    assert told(old, new, "lib/a.js") == expected


def test_a_name_that_a_statement_below_exports_by_default_stays_exported() -> None:
    old = "const shop = make();\n\nmodule.exports = shop;\n"
    new = "const shop = build();\n\nexport default shop;\n"
    kinds = {fact.kind for fact in facts(old, new, "index.js")}
    assert "symbol.visibility" not in kinds


def test_tests_within_a_file_of_rust_are_one_private_thing() -> None:
    old = "pub fn area() {}\n\n#[cfg(test)]\nmod tests {\n    fn helper() {}\n    #[test]\n    fn works() {}\n}\n"
    new = "pub fn area() {}\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn works_well() {}\n}\n"
    (fact,) = facts(old, new, "src/lib.rs")
    assert (fact.kind, fact.params) == ("symbol.changed", {"name": "tests", "access": "private"})
    outside = "pub fn area() {}\n\n#[cfg(not(test))]\nmod real {\n    pub fn helper() {}\n}\n"
    assert ("removed", "real.helper()", False) in told(
        outside, outside.replace("    pub fn helper() {}\n", ""), "src/lib.rs"
    )


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("src/lib.rs", "pub struct Old;\nimpl Old {\n    pub fn make() {}\n}\n",
         "pub struct New;\npub type Old = New;\nimpl New {\n    pub fn make() {}\n}\n"),
        ("src/lib.rs", "pub mod x {\n    pub struct Old;\n    impl Old {\n        pub fn make() {}\n    }\n}\n",
         "pub mod x {\n    pub struct New;\n    pub type Old = New;\n    impl New {\n        pub fn make() {}\n    }\n}\n"),
        ("src/shape.swift", "public class Old {\n    public func make() {}\n}\n",
         "public class New {\n    public func make() {}\n}\npublic typealias Old = New\n"),
        ("src/shape.ts", "export class Old {\n    make() {}\n}\n", "export class New {\n    make() {}\n}\nexport type Old = New;\n"),
    ],
)  # fmt: skip
def test_members_of_a_type_whose_old_name_stands_for_the_new_one_are_there(
    path: str, old: str, new: str
) -> None:
    assert not [fact for fact in told(old, new, path) if fact[0] == "removed"]


@pytest.mark.parametrize(
    ("old", "name", "expected"),
    [
        ("class A:\n    def f(self):\n        self.url = 1\n", "url", False),
        ("class A:\n    def f(self):\n        return self.url\n", "url", False),
        ("class A:\n    def f(self):\n        return self.urls\n", "url", True),
        ("@dataclass\nclass A:\n    b: int = 0\n", "url", True),
        ("class B:\n    def f(self):\n        self.url = 1\nclass A:\n    pass\n", "url", True),
    ],
)
def test_a_type_for_an_attribute_that_the_class_has_is_no_new_name(
    old: str,
    name: str,
    expected: bool,  # noqa: FBT001
) -> None:
    typed = old.replace("class A:\n", f"class A:\n    {name}: str\n")
    assert (("added", f"A.{name}", False) in told(old, typed)) is expected
    assert (("removed", f"A.{name}", False) in told(typed, old)) is expected


@pytest.mark.parametrize(("name", "private"), [("setArray", True), ("SetArray", False)])
def test_parameters_of_what_only_its_package_sees_say_so(name: str, private: bool) -> None:  # noqa: FBT001
    (fact,) = facts(
        f"package a\n\nfunc {name}(a int) {{}}\n", f"package a\n\nfunc {name}(a int, opt string) {{}}\n", "a/b.go"
    )  # fmt: skip
    assert (fact.kind, fact.params.get("access") == "private") == (
        "symbol.parameter-required", private,
    )  # fmt: skip
