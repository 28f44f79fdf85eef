"""Refactorings of generated Go, Java, Rust and C# programs that change nothing for callers never break."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from support.api_pairs import changes_of

Files = Mapping[str, str]
NAMES = st.lists(
    st.sampled_from("Order Cart Basket Parcel Label Track Route Depot Crate Pallet".split()),
    min_size=2, max_size=4, unique=True,
)  # fmt: skip
TYPES = {
    "go": ("int", "string", "[]string", "map[string]int", "error", "func(int) bool"),
    "java": ("int", "String", "java.util.List<String>", "boolean", "long[]"),
    "rust": ("u32", "String", "Vec<u8>", "Option<bool>", "&'static str"),
    "csharp": ("int", "string", "string[]", "bool", "System.Guid"),
}
PLAN = st.tuples(NAMES, st.lists(st.integers(0, 4), min_size=4, max_size=4))
PRIVATE = re.compile(r"\b(?:help\w*|Help|note)\b")


def go(names: list[str], types: list[int]) -> Files:
    kind = TYPES["go"]
    parts = [
        f"type {name} struct {{\n\tID {kind[types[0]]}\n\tnote {kind[types[1]]}\n}}\n\n"
        f"func (o *{name}) Ship(a {kind[types[2]]}, b int) error {{ return nil }}\n\n"
        f"func New{name}(id {kind[types[3]]}) *{name} {{ return help{name}(id) }}\n\n"
        f"func help{name}(id {kind[types[3]]}) *{name} {{ return nil }}\n"
        for name in names
    ]
    return {
        f"p/{name.lower()}.go": f"package p\n\n{part}"
        for name, part in zip(names, parts, strict=True)
    }


def java(names: list[str], types: list[int]) -> Files:
    kind = TYPES["java"]
    return {
        f"src/main/java/org/acme/{name}.java": f"package org.acme;\n\npublic class {name} {{\n"
        f"  public {kind[types[0]]} id;\n"
        f"  public {kind[types[1]]} ship({kind[types[2]]} a, int b) {{ return help(a); }}\n"
        f"  protected void pack({kind[types[3]]} note) {{}}\n"
        f"  private {kind[types[1]]} help({kind[types[2]]} a) {{ throw new IllegalStateException(); }}\n}}\n"
        for name in names
    }


def rust(names: list[str], types: list[int]) -> Files:
    kind = TYPES["rust"]
    parts = "\n".join(
        f"#[derive(Debug)]\npub struct {name} {{\n    pub id: {kind[types[0]]},\n    note: {kind[types[1]]},\n}}\n\n"
        f"impl {name} {{\n    pub fn ship(&self, a: {kind[types[2]]}) -> {kind[types[3]]} {{ self.help(a) }}\n"
        f"    fn help(&self, a: {kind[types[2]]}) -> {kind[types[3]]} {{ todo!() }}\n}}\n"
        for name in names
    )
    return {"Cargo.toml": '[package]\nname = "shop"\nversion = "1.0.0"\n', "src/lib.rs": parts}


def csharp(names: list[str], types: list[int]) -> Files:
    kind = TYPES["csharp"]
    return {
        f"src/{name}.cs": f"namespace Acme;\n\npublic class {name}\n{{\n"
        f"    public {kind[types[0]]} Id {{ get; set; }}\n"
        f"    public {kind[types[1]]} Ship({kind[types[2]]} a, int b = 1) => Help(a);\n"
        f"    protected virtual void Pack({kind[types[3]]} text) {{ }}\n"
        f"    private {kind[types[1]]} Help({kind[types[2]]} a) => throw new System.Exception();\n}}\n"
        for name in names
    }


def renamed_private(files: Files) -> Files:
    """Another name for what nobody else calls, and for a field that nobody else sees."""
    return {path: PRIVATE.sub(lambda match: f"{match[0]}2", text) for path, text in files.items()}


def in_one_file(files: Files) -> Files:
    """Go: the declarations of a package in one file."""
    return {
        "p/all.go": "package p\n\n"
        + "\n".join(text.removeprefix("package p\n\n") for text in files.values())
    }


def with_base(name: str) -> Callable[[Files], Files]:
    """Java and C#: a member moves to a new base class that callers do not see."""

    def change(files: Files) -> Files:
        path = next(path for path in files if path.endswith((f"{name}.java", f"{name}.cs")))
        lines = files[path].splitlines(keepends=True)
        moved = next(line for line in lines if " ship(" in line or " Ship(" in line)
        left = [line for line in lines if line is not moved]
        dot = path.endswith(".cs")
        text = "".join(left).replace(
            f"public class {name}", f"public class {name} {':' if dot else 'extends'} Shipping", 1
        )
        head = (
            "namespace Acme;\n\npublic abstract class Shipping\n"
            if dot
            else "package org.acme;\n\nabstract class Shipping "
        )
        base = f"{head}{{\n{moved.replace('help(a)', 'null').replace('Help(a)', 'default')}}}\n"
        return {**files, path: text, path.replace(name, "Shipping"): base}

    return change


def in_module(files: Files) -> Files:
    """Rust: everything in a private module that is passed on as before."""
    return {
        **files,
        "src/lib.rs": "mod inner;\npub use inner::*;\n",
        "src/inner.rs": files["src/lib.rs"],
    }


def in_module_by_name(names: list[str]) -> Callable[[Files], Files]:
    """Rust: everything in a private module that is passed on name by name."""
    return lambda files: {
        **files, "src/lib.rs": f"mod inner {{\n{files['src/lib.rs']}}}\npub use inner::{{{', '.join(names)}}};\n"
    }  # fmt: skip


def in_macro(files: Files) -> Files:
    """Rust: everything in a call of a macro."""
    return {**files, "src/lib.rs": f"cfg_shop! {{\n{files['src/lib.rs']}}}\n"}


def spaced(files: Files) -> Files:
    """More lines and comments."""
    return {
        path: text.replace("\n", "\n\n").replace("{\n", "{ // more\n")
        for path, text in files.items()
    }


def same(language: str, old: Files, new: Files) -> None:
    assert [(one.kind, one.params) for one in changes_of(language, old, new)] == []


@settings(max_examples=25, deadline=None)
@given(PLAN)
def test_go(plan: tuple[list[str], list[int]]) -> None:
    names, types = plan
    files = go(names, types)
    for change in (renamed_private, in_one_file, spaced):
        same("go", files, change(files))
    same("go", in_one_file(files), files)
    same("go", files, dict(list(files.items())[::-1]))


@settings(max_examples=25, deadline=None)
@given(PLAN)
def test_java(plan: tuple[list[str], list[int]]) -> None:
    names, types = plan
    files = java(names, types)
    for change in (renamed_private, with_base(names[0]), spaced):
        same("java", files, change(files))


@settings(max_examples=25, deadline=None)
@given(PLAN)
def test_rust(plan: tuple[list[str], list[int]]) -> None:
    names, types = plan
    files = rust(names, types)
    for change in (renamed_private, in_module, in_module_by_name(names), in_macro, spaced):
        same("rust", files, change(files))
    same("rust", in_module(files), files)


@settings(max_examples=25, deadline=None)
@given(PLAN)
def test_csharp(plan: tuple[list[str], list[int]]) -> None:
    names, types = plan
    files = csharp(names, types)
    for change in (renamed_private, with_base(names[0]), spaced):
        same("csharp", files, change(files))


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(("go", "java", "rust", "csharp")), NAMES, st.data())
def test_a_removed_public_member_is_always_found(
    language: str, names: list[str], data: st.DataObject
) -> None:
    """What the tests above would not see: a reader that finds nothing at all."""
    types = data.draw(st.lists(st.integers(0, 4), min_size=4, max_size=4))
    files = {"go": go, "java": java, "rust": rust, "csharp": csharp}[language](names, types)
    less = {
        path: "".join(
            line for line in text.splitlines(keepends=True) if "ship(" not in line.lower()
        )
        for path, text in files.items()
    }
    assert changes_of(language, files, less)
