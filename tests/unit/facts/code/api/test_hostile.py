"""Hostile declarations take no time, and raise nothing."""

from __future__ import annotations

import time

import pytest

from support.api_pairs import ApiPair, changes_of_pair

_LONG = "a" * 60_000


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("rust", f"pub fn f(x: {_LONG}) {{}}\n"),
        ("rust", "pub fn f(x: " + "Vec<" * 3000 + "u8" + ">" * 3000 + ") {}\n"),
        ("rust", "mod a { " * 300 + "}" * 300),
        ("rust", "pub use a::{" * 200 + "b" + "}" * 200 + ";\n"),
        ("rust", "mod a { pub use super::b::*; }\nmod b { pub use super::a::*; }\npub use a::*;\n"),
        ("java", f"public class Order {{ public {_LONG} a; public void f({_LONG}.b c) {{}} }}\n"),
        ("java", "public class Order { public " + "List<" * 3000 + "A" + ">" * 3000 + " a; }\n"),
        ("java", "class A { " * 300 + "}" * 300),
        ("java", "public class A extends A {}\n"),
        ("go", f"type T {_LONG}\nfunc F(a {'[]' * 3000}int) {{}}\n"),
        ("go", "type A = B\ntype B = A\ntype C struct{ C }\ntype D interface{ D }\n"),
        (
            "csharp",
            f"public class Order : Order {{ public {_LONG} A; public {'A.' * 3000}B C; }}\n",
        ),
        ("csharp", "public class A { " * 300 + "}" * 300),
        ("kotlin", f"public class {_LONG}{' ' * 60_000}{{\n}}\n"),
    ],
)
def test_hostile_declarations(language: str, text: str) -> None:
    started = time.process_time()
    for old, new in ((text, ""), ("", text), (text, text.replace("a", "b", 1))):
        changes_of_pair(ApiPair(language, old, new))
    assert time.process_time() - started < 10
