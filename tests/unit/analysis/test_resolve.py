"""References of files, resolved to paths; what is not certain is no reference."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.analysis.reference_targets import is_shown, references


def found(path: str, text: str) -> list[tuple[int, str, str]]:
    return [(one.line, one.options[0], one.anchor) for one in references(path, text.encode())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](b.md)", [(1, "docs/b.md", "")]),
        ("[a](./b.md#C)", [(1, "docs/b.md", "c")]),
        ("[a](../b.md?x=1#c)", [(1, "b.md", "c")]),
        ("[a](/b/c.md)", [(1, "b/c.md", "")]),
        ("[a](#Part)", [(1, "docs/page.md", "part")]),
        ("![a](img/b%20c.png)", [(1, "docs/img/b c.png", "")]),
        ("\n[a]: b.md 'title'", [(2, "docs/b.md", "")]),
        ('<a href="b.md#c">x</a>', [(1, "docs/b.md", "c")]),
        ('<img src="../b.png" alt="x">', [(1, "b.png", "")]),
        ("[!INCLUDE [a](../includes/b.md)]", [(1, "includes/b.md", "")]),
        ("[a](<b c.md>)", []),
        # Not certain, or nothing in the repository:
        ("[a](b)", []), ("[a](/guide/)", []), ("[a](https://e.org/b.md)", []), ("[a](//e.org/b.md)", []),
        ("[a](~/b.md)", []), ("[a](mailto:b@c.md)", []), ("[a]({{ base }}/b.md)", []),
        ("[a]({% link b.md %})", []), ("[a](../../b.md)", []), ("`[a](b.md)`", []),
        ("<!-- [a](b.md) -->", []), ("<!--\n[a](b.md)\n-->", []), ("    [a](b.md)", [(1, "docs/b.md", "")]),
        ("    x [a](b.md)", []), ("[^1]: b.md", []), ("`<a href='b.md'>`", []),
    ],
)  # fmt: skip
def test_markdown(text: str, expected: list[tuple[int, str, str]]) -> None:
    assert found("docs/page.md", text) == expected


def test_code_and_front_matter_are_not_shown() -> None:
    text = b"---\nlink: '[a](b.md)'\n---\n\n```md\n[a](b.md)\n```\n\n[a](b.md)\n"
    assert [is_shown("a.MD", text, line) for line in (2, 6, 9)] == [False, False, True]
    assert is_shown("a.ts", text, 2)


def test_html_and_restructured_text() -> None:
    html = (
        '<pre><a href="no.html">x</a></pre>\n<a href="b.html#c">x</a>\n<script src="d.js"></script>'
    )
    assert found("a/x.html", html) == [(2, "a/b.html", "c")]
    rst = ".. include:: b.rst\n`text <c.html>`_ and `text <https://e.org/c.html>`__\n.. image:: d.png\n"
    assert found("a/x.rst", rst) == [(1, "a/b.rst", ""), (2, "a/c.html", ""), (3, "a/d.png", "")]


@pytest.mark.parametrize(
    "line",
    [
        "import a from './b';", 'import "./b"', "import { a } from './b'", "export * from './b'",
        "const a = require('./b')", "const a = await import('./b')", "} from './b';",
        "import type { A } from './b'",
    ],
)  # fmt: skip
def test_imports(line: str) -> None:
    (one,) = references("src/a.ts", line.encode())
    assert {"src/b", "src/b.ts", "src/b/index.tsx", "src/b.json"} <= set(one.options)


@pytest.mark.parametrize(
    "line",
    [
        "import a from 'b';", "// import a from './b'", " * import a from './b'", "x = './b'",
        "import a from './b?raw'", "// require('./b')", "import a from '../../b'",
    ],
)  # fmt: skip
def test_no_imports(line: str) -> None:
    assert not list(references("src/a.ts", line.encode()))


def test_an_import_of_what_will_be_built() -> None:
    (one,) = references("src/a.ts", b"import a from './b.js'")
    assert {"src/b.js", "src/b.ts", "src/b.tsx"} <= set(one.options)


def test_mdx_has_both() -> None:
    assert [place[:2] for place in found("a/x.mdx", "import B from './b.mdx'\n\n[c](d.md)\n")] == [
        (3, "a/d.md"),
        (1, "a/b.mdx"),
    ]


def test_python() -> None:
    code = (
        "from . import a\nfrom .b import c\nfrom ..d.e import f\nimport g\n"
        "try:\n    from .h import i\nexcept ImportError:\n    pass\n'from .j import k'\n"
    )
    assert [place[:2] for place in found("p/q/x.py", code)] == [(2, "p/q/b.py"), (3, "p/d/e.py")]
    assert found("p/x.py", "from .a import (\n") == []
    assert found("p/x.py", "x = '\\d'\nfrom .a import b\n")[0][:2] == (2, "p/a.py")


def test_other_files_refer_to_nothing() -> None:
    assert found("a.txt", "[a](b.md)") == []


@settings(deadline=None, max_examples=80)
@given(
    st.sampled_from(["a.md", "a.mdx", "a.html", "a.rst", "a.ts", "a.py"]),
    st.text(alphabet="[]()<>!#./:'\"`{}- \nabimportfrom", max_size=120) | st.text(max_size=80),
)
def test_any_content(path: str, text: str) -> None:
    lines = text.count("\n") + 1
    assert all(1 <= one.line <= lines for one in references(path, text.encode("utf-8", "replace")))


@pytest.mark.parametrize(
    "sign", ["[", "](", "<a href='", "`", "<!--", "import ", "{", "<pre>", "{#", "'./"]
)
@pytest.mark.parametrize("path", ["a.md", "a.html", "a.rst", "a.ts"])
def test_long_lines_take_no_time(path: str, sign: str) -> None:
    assert isinstance(list(references(path, sign.encode() * 20_000)), list)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('"main": "lib/a.js",', "pkg/lib/a.js"),
        ('"./b": "./src/b.js",', "pkg/src/b.js"),
        ('".": {"import": "./src/b.mjs"}', "pkg/src/b.mjs"),
        ('"bin": {"tool": "./cli.js"}', "pkg/cli.js"),
    ],
)
def test_what_a_package_names(line: str, expected: str) -> None:
    found = [one.options[0] for one in references("pkg/package.json", line.encode())]
    assert found == [expected]


@pytest.mark.parametrize(
    "line",
    ['"build": "node ./a.js"', '"./*": "./src/*.js"', '"main": "../../a.js"', '"name": "a.js"'],
)
def test_what_a_package_does_not_name(line: str) -> None:
    assert not list(references("pkg/package.json", line.encode()))
