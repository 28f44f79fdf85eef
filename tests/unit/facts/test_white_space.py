"""White space that decides nothing, by sort of file, and white space that is content."""

from __future__ import annotations

import pytest

from support.views import extraction_of

#: Two versions of which the second says something else, though only white space differs.
CONTENT = [
    ("a.sh", "rm -rf /usr/lib/x\n", "rm -rf /usr /lib/x\n"),
    ("a.sh", 'echo "a  b"\n', 'echo "a b"\n'),
    ("a.sh", "a && b\nc\n", "a && b c\n"),
    ("a.ps1", "rm -r $a /b\n", "rm -r $a/b\n"),
    ("Dockerfile", "FROM a\nRUN rm -rf /a/b\n", "FROM a\nRUN rm -rf /a /b\n"),
    ("Makefile", "all:\n\trm -f a.o\n", "all:\n\trm -f a .o\n"),
    ("a.toml", 'a = "x"\n', 'a = "x "\n'),
    ("a.json", '{"a": "x y"}\n', '{"a": "xy"}\n'),
    ("a.ini", "[a]\nk = a b\n", "[a]\nk = ab\n"),
    ("a.env", "K=a b\n", "K=ab\n"),
    ("a.csv", "1,2 3\n", "1,23\n"),
    (".gitignore", "a b\n", "ab\n"),
    ("CODEOWNERS", "/docs @a @b\n", "/docs @a@b\n"),
    ("requirements.txt", "a==1\nb==2\n", "a==1 b==2\n"),
    ("a.py", 'print("x y")\n', 'print("xy")\n'),
    ("a.py", "# note;\ncheck()\n", "# note; check()\n"),
    ("a.js", "return\nfoo();\n", "return foo();\n"),
    ("a.js", "// note;\ncheck();\n", "// note; check();\n"),
    ("a.js", "a + +b;\n", "a ++b;\n"),
    ("a.js", "x\n(y)\n", "x(y)\n"),
    ("a.ts", "run(`a b`)\n", "run(`ab`)\n"),
    ("a.c", "#define A (x)\n", "#define A(x)\n"),
    ("a.c", "// note;\ncheck();\n", "// note; check();\n"),
    ("a.sql", "select 'a b';\n", "select 'ab';\n"),
    ("a.sql", "-- note;\ndrop table a;\n", "-- note; drop table a;\n"),
    ("a.rb", "puts [1] [0]\n", "puts [1][0]\n"),
    ("a.rb", "x A: :b\n", "x A::b\n"),
    ("a.css", ".a .b { c: d }\n", ".a.b { c: d }\n"),
    ("a.html", "<p>some words</p>\n", "<p>somewords</p>\n"),
    ("a.html", "<pre>\na b\nc\n</pre>\n", "<pre>\na\nb c\n</pre>\n"),
    ("a.xml", "<a>x y</a>\n", "<a>xy</a>\n"),
    ("a.md", "# A\n\nThis is a lot of it.\n", "# A\n\nThis is alot of it.\n"),
    ("a.md", "# A\n\nUse `a b` now.\n", "# A\n\nUse `ab` now.\n"),
    ("a.md", "# A\n\n```sh\nrm -rf /a/b\n```\n", "# A\n\n```sh\nrm -rf /a /b\n```\n"),
    ("a.md", "# A\n\n- one\n- two\n", "# A\n\n- one - two\n"),
    ("a.md", "# A\nwords\n", "# A words\n"),
    ("a.md", "| a |\n|---|\n| b |\n| c |\n", "| a |\n|---|\n| b | | c |\n"),
    ("a.rst", "A\n=\n\nsome words\n", "A\n=\n\nsomewords\n"),
]
SAME = [
    ("a.py", "a = foo( 1 )\n", "a = foo(1)\n", "whitespace"),
    ("a.py", "a = foo(1,\n        2)\n", "a = foo(1, 2)\n", "rewrapped"),
    ("a.js", "run(a,b)\n", "run(a, b)\n", "whitespace"),
    ("a.js", "run(a, b)\n", "run(\n  a,\n  b\n)\n", "rewrapped"),
    ("a.go", "package a\n\nvar A=1\n", "package a\n\nvar A = 1\n", "whitespace"),
    ("a.java", "class A { int a=-1; }\n", "class A {\n  int a = -1;\n}\n", "rewrapped"),
    ("a.css", ".a .b{c:d}\n", ".a .b { c: d }\n", "whitespace"),
    ("a.html", "<p>x</p><a>y</a>\n", "<p>x</p> <a>y</a>\n", "whitespace"),
    ("a.md", "# A\n\nsome words here and\nmore there\n", "# A\n\nsome words here\nand more there\n", "rewrapped"),
    ("a.md", "# A\n\n- some words\n  here\n", "# A\n\n- some words here\n", "rewrapped"),
    ("a.md", "# A\n\n使用Python编写\n", "# A\n\n使用 Python 编写\n", "whitespace"),
    ("a.md", "# A\n\n中文的一行文字\n接着\n", "# A\n\n中文的一行\n文字接着\n", "rewrapped"),
    ("a.sh", "a   b\n", "a b\n", "whitespace"),
    ("a.unknown", "a   b\n\nc\n", "a b\nc\n", "whitespace"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new"), CONTENT)
def test_what_decides_is_told(path: str, old: str, new: str) -> None:
    extraction = extraction_of(old, new, path=path)
    assert not [fact.kind for fact in extraction.facts if fact.kind.startswith("cosmetic.")]
    assert extraction.facts
    assert not extraction.lines.cosmetic
    assert not extraction.lines.untold


@pytest.mark.parametrize(("path", "old", "new", "kind"), SAME)
def test_what_decides_nothing_is_housekeeping(path: str, old: str, new: str, kind: str) -> None:
    (fact,) = extraction_of(old, new, path=path).facts
    assert fact.kind == f"cosmetic.{kind}"
