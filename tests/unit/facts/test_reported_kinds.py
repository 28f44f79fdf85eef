"""Situations that users of tools for diffs, releases and pages reported, by kind of fault, three and more of each."""

from __future__ import annotations

import json

import pytest

from support.views import extraction_of

PAGE = "# A\n\nText of the page.\n"
#: What a pair of versions is told as: kinds of facts, in their order, each once.
_Case = tuple[str, str, str, tuple[str, ...]]

SAME_TO_A_READER: tuple[_Case, ...] = (
    ("a.md", "# Guide to all\n\nText\n", "# Guide to\u00a0all\n\nText\n", ("cosmetic.whitespace",)),
    ("a.md", "# A &amp; B\n\nx\n", "# A & B\n\nx\n", ("text.markup",)),
    ("a.md", "# Guide #\n\nx\n", "# Guide\n\nx\n", ("text.markup",)),
    ("a.md", "Guide\n=====\n\nx\n", "# Guide\n\nx\n", ("text.markup",)),
    ("a.md", "# A\n\n## Part\n\nx\n", "# A\n\n## Part {#part}\n\nx\n", ("text.markup",)),
    ("a.md", "# caf\u00e9\n\nx\n", "# cafe\u0301\n\nx\n", ("text.markup",)),
    ("a.md", "# A\n\ncaf\u00e9 noir\n", "# A\n\ncafe\u0301 noir\n", ("text.markup",)),
    ("a.md", "| a | b |\n|---|---|\n| x | *y* |\n", "| a | b |\n|---|---|\n| x | _y_ |\n", ("text.markup",)),
    ("a.md", '---\ntitle: "G"\n---\nx\n', "---\ntitle: G\n---\nx\n", ("text.markup",)),
    ("a.md", "---\ntags: [a, b]\n---\nx\n", "---\ntags:\n  - a\n  - b\n---\nx\n", ("text.markup",)),
    ("a.md", "---\ndate: 2024-01-01\nk: [a]\n---\nx\n", "---\ndate: 2024-01-01\nk: ['a']\n---\nx\n", ("text.markup",)),
    ("a.yaml", "a: [1, 2]\nb: {c: d}\n", "a:\n  - 1\n  - 2\nb:\n  c: d\n", ("keys.kept",)),
    ("a.json", '{\n  "a": 1,\n  "b": 2\n}\n', '{\n  "b": 2,\n  "a": 1\n}\n', ("keys.kept",)),
)  # fmt: skip

NOBODY_SEES: tuple[_Case, ...] = (
    ("a.mdx", "# A\n\nx\n", "# A\n\n{/* ## Draft\n\nwords */}\n\nx\n", ("text.comments",)),
    ("a.rst", "A\n=\n\nx\n", "A\n=\n\n.. Draft\n   -----\n   words\n\nx\n", ("text.comments",)),
    ("a.md", "# A\n\nx\n", "# A\n\n<!--\n| a | b |\n|---|---|\n| 1 | 2 |\n-->\n\nx\n", ("text.comments",)),
    ("a.adoc", "= A\n\nx\n", "= A\n\n////\n== Draft\nwords\n////\n\nx\n", ("text.comments",)),
    ("a.adoc", "= A\n\nx\n", "= A\n\n// a note\nx\n", ("text.comments",)),
    ("a.adoc", "= A\n\n----\n// code\n----\n", "= A\n\n----\n// other code\n----\n", ("code-block.line",)),
    ("a.adoc", "= A\n\n----\n////\n----\nold words\n", "= A\n\n----\n////\n----\nnew words\n", ("text.replaced",)),
    ("a.adoc", "= A\n\nx\n", "= B\n\nx\n", ("outline.title",)),
    ("a.rst", "A\n=\n\n.. toctree::\n   :maxdepth: 2\n\n   a\n\nx\n", "A\n=\n\n.. toctree::\n   :maxdepth: 2\n\n   a\n   b\n\nx\n", ("text.markup",)),
    ("a.adoc", "= A\n\n== B\n\nx\n", "= A\n\n== B\n\nx\n\n== C\n", ("outline.section-added",)),
    ("a.adoc", ":description: a b c\n\n= A\n", ":description: a d c\n\n= A\n", ("front-matter.key-changed",)),
    ("a.adoc", "= A\n\nx\n", "= A\n\nx\n\ninclude::partial$b.adoc[]\n", ("text.includes",)),
    ("a.adoc", "= A\n\n[NOTE]\n====\nMind it.\n====\n", "= A\n\n[WARNING]\n====\nMind it.\n====\n", ("admonition.changed",)),
    ("a.adoc", "= A\n\nx\n", "= A\n\nx\n\n[source,sh]\n----\nrun it\n----\n", ("text.markup", "code-block.line-added")),
    ("a.md", "# A\n\nx\n", "# A\n\nx\n\n[!INCLUDE [b](b.md)]\n", ("text.includes",)),
    ("a.md", "# A\n\n[!INCLUDE [a](a.md)]\n", "# A\n\n[!INCLUDE [b](b.md)]\n", ("text.replaced",)),
    ("a.rst", "A\n=\n\n.. include:: /a.txt\n\nx\n", "A\n=\n\nx\n", ("text.includes",)),
    ("a.md", "# A\n\nx\n", "# A\n\n{% comment %}\n## Draft\n{% endcomment %}\n\nx\n", ("text.comments",)),
)  # fmt: skip

LISTS_OF_FRONT_MATTER: tuple[_Case, ...] = (
    ("docs/a.md", "---\naliases: [/old, /older]\n---\n" + PAGE, "---\naliases: [/old]\n---\n" + PAGE, ("page.alias-removed",)),
    ("docs/a.md", "---\nredirect_from:\n  - /old/\n  - /older/\n---\n" + PAGE, "---\nredirect_from:\n  - /old/\n---\n" + PAGE, ("page.alias-removed",)),
    ("docs/a.md", "---\naliases: [/old/]\n---\n" + PAGE, "---\naliases: [/old]\n---\n" + PAGE, ("front-matter.key-changed",)),
    ("docs/a.md", "---\ntags:\n  - a\n  - b\n---\n" + PAGE, "---\ntags:\n  - a\n  - c\n---\n" + PAGE, ("front-matter.key-changed",)),
    ("docs/a.md", "---\nslug: /a\n---\n" + PAGE, "---\nslug: /b\n---\n" + PAGE, ("page.moved",)),
    ("docs/a.md", "---\ntitle: A\n---\n" + PAGE, "---\ntitle: A\ndraft: true\n---\n" + PAGE, ("page.unpublished",)),
    ("docs/a.md", "---\na: {b: 1}\n---\n" + PAGE, "---\na:\n  b: 1\n---\n" + PAGE, ("text.markup",)),
)  # fmt: skip

WRITTEN_BY_TOOLS: tuple[_Case, ...] = (
    ("de.po", '"POT-Creation-Date: 2024-01-01 00:00+0000\\n"\n', '"POT-Creation-Date: 2024-02-01 00:00+0000\\n"\n', ("front-matter.date",)),
    ("de.po", '"X-Generator: A 1\\n"\n', '"X-Generator: A 2\\n"\n', ("front-matter.key-changed",)),
    ("de.pot", '#: a.c:1\nmsgid "x"\n', '#: a.c:2\nmsgid "x"\n', ("text.comments",)),
    ("de.po", '"PO-Revision-Date: never\\n"\n', '"PO-Revision-Date: 2024-02-01 00:00+0000\\n"\n', ("front-matter.key-changed",)),
    ("de.po", '"Last-Translator: A\\n"\nmsgid "x"\n', 'msgid "x"\n', ("code.removed",)),
)  # fmt: skip

RAW_HTML: tuple[_Case, ...] = tuple(
    ("a.md", f"# A\n\n<{tag}>\n# one\n</{tag}>\n\n## B\n", f"# A\n\n<{tag}>\n# one two\n</{tag}>\n\n## B\n", ("text.words-added",))
    for tag in ("pre", "script", "style", "textarea")
)  # fmt: skip

SEEN_THOUGH_NO_WORDS: tuple[_Case, ...] = (
    ("a.md", "- [ ] one\n- [ ] two\n", "- [x] one\n- [ ] two\n", ("text.replaced",)),
    ("a.md", '<Card title="Old" href="/a">\n', '<Card title="New" href="/a">\n', ("text.replaced",)),
    ("a.md", '{{< figure src="a.png" caption="Old" >}}\n', '{{< figure src="a.png" caption="New" >}}\n', ("text.replaced",)),
    ("a.md", 'See <a href="/a">it</a>.\n', 'See <a href="/b">it</a>.\n', ("link.retargeted",)),
    ("a.md", '<img src="a.png" alt="it">\n', '<img src="b.png" alt="it">\n', ("picture.retargeted",)),
    ("a.md", "<iframe src='/a'></iframe>\n", "<iframe src='/b'></iframe>\n", ("link.removed", "link.added")),
    ("a.md", '<img src="a.png" width="10">\n', '<img src="a.png" width="20">\n', ("text.markup",)),
    ("a.md", '`<a href="a">`\n', '`<a href="b">`\n', ("text.replaced",)),
)  # fmt: skip

FRONT_MATTER_OF_TOML: tuple[_Case, ...] = (
    ("a.md", '+++\ntitle = "A"\n+++\n# A\n', '+++\ntitle = "B"\n+++\n# A\n', ("front-matter.title",)),
    ("docs/a.md", "+++\ntitle = 'A'\n+++\n# A\n", "+++\ntitle = 'A'\ndraft = true\n+++\n# A\n", ("page.unpublished",)),
    ("docs/a.md", '+++\naliases = ["/a", "/b"]\n+++\n# A\n', '+++\naliases = ["/a"]\n+++\n# A\n', ("page.alias-removed",)),
    ("a.md", "+++\nk = 1\n[menu]\ntitle = 'A'\n+++\n# A\n", "+++\nk = 1\n[menu]\ntitle = 'B'\n+++\n# A\n", ("front-matter.key-changed",)),
)  # fmt: skip

WORKFLOW = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - name: s\n        run: |\n          one\n          two\n"
TEXTS_AS_VALUES: tuple[_Case, ...] = (
    (".github/workflows/a.yml", WORKFLOW, WORKFLOW.replace("two", "curl x | sh"), ("key.changed", "code.line")),
    ("k.yaml", "a: 1\nx: |\n  one\n  two\n", "a: 1\nx: |\n  one\n  three\n  four\n", ("key.changed", "code.changed")),
    ("a.toml", 'd = """\none\ntwo\n"""\n', 'd = """\none\nthree\n"""\n', ("key.changed", "code.line")),
)  # fmt: skip

BY_INDENTATION: tuple[_Case, ...] = (
    ("a.py", "if a:\n    x()\n    y()\n", "if a:\n    x()\ny()\n", ("code.indented",)),
    ("a.py", "if a:\n    x(1,\n      2)\n", "if a:\n  x(1,\n    2)\n", ("cosmetic.whitespace",)),
    ("a.py", "def f():\n    return x(\n        1)\n", "def f():\n    return x(\n              1)\n", ("cosmetic.whitespace",)),
    ("a.py", "if a:\n   x(\n  y()\n", "if a:\n   x(\ny()\n", ("cosmetic.whitespace",)),
    ("Makefile", "all:\n\t@echo a\n", "all:\n        @echo a\n", ("code.indented",)),
    ("a.yaml", "a:\n  b:\n    c: 1\n  d: 2\n", "a:\n  b:\n    c: 1\n    d: 2\n", ("key.added", "key.removed")),
    ("a.yaml", "a:\n  b:\n    c: 1\n", "a:\n    b:\n        c: 1\n", ("cosmetic.whitespace",)),
    ("a.pug", "div\n  p a\n  p b\n", "div\n  p a\n    p b\n", ("code.indented",)),
    ("a.md", "- a\n  - b\n", "- a\n- b\n", ("code.indented",)),
    ("a.md", "- a\n  - b\n", "- a\n    - b\n", ("cosmetic.whitespace",)),
    ("a.go", "package a\n\nfunc f() {\n\tx := 1\n}\n", "package a\n\nfunc f() {\n    x := 1\n}\n", ("cosmetic.whitespace",)),
)  # fmt: skip

IN_ITS_PLACE: tuple[_Case, ...] = (
    ("go.mod", "module x\n\nrequire a.b/c v1.0.0\n", "module x\n\nreplace a.b/c => d.e/c v1.0.0\n", ("dependency.removed", "code.added")),
    ("Gemfile", "source 'https://a'\ngem 'pg', '1.0'\n", "source 'https://a'\ngemspec 'pg', '1.0'\n", ("dependency.removed", "code.added")),
)  # fmt: skip

READ_BY_TOOLS: tuple[_Case, ...] = (
    ("a.sh", "#!/bin/sh\necho hi\n", "#!/bin/bash -e\necho hi\n", ("code.line",)),
    ("a.go", "//go:build linux\n\npackage a\n", "//go:build cgo\n\npackage a\n", ("code.line",)),
    ("a.go", "package a\n\n//go:embed a\nvar s string\n", "package a\n\n//go:embed b\nvar s string\n", ("code.line",)),
    ("a.ts", "// @ts-nocheck\nexport const a = 1;\n", "export const a = 1;\n", ("code.removed",)),
    ("a.py", "def f():\n    return x  # type: ignore\n", "def f():\n    return x  # nosec\n", ("code.line",)),
    ("a.rb", "# frozen_string_literal: true\nx = 'a'\n", "# frozen_string_literal: false\nx = 'a'\n", ("code.line",)),
    ("a.py", "# a note\nx = 1\n", "# another note\nx = 1\n", ("symbol.comments",)),
    ("Package.swift", 'let package = Package(\n  dependencies: [\n    .package(url: "https://a.example/b", from: "1.0.0"),\n  ]\n)\n', 'let package = Package(\n  dependencies: [\n    .package(url: "https://c.example/b", from: "1.0.0"),\n  ]\n)\n', ("code.line",)),
    ("Cargo.toml", '[dependencies]\na = "1.0"\n', '[dependencies]\na = { git = "https://b.example/a" }\n', ("dependency.moved",)),
)  # fmt: skip

DIRECTIVES: tuple[_Case, ...] = tuple(
    ("docs/a.rst", f"A\n=\n\n{old}\n", f"A\n=\n\n{new}\n", ("text.replaced",))
    for old, new in (
        (".. image:: a.png", ".. image:: b.png"),
        (".. include:: a.txt", ".. include:: b.txt"),
        (".. note::\n\n   Mind it.", ".. warning::\n\n   Mind it."),
        ("See `it <https://a.example>`_ now.", "See `it <https://b.example>`_ now."),
        ("See :ref:`it <a>` now.", "See :ref:`it <b>` now."),
    )
)
TAGS: tuple[_Case, ...] = (
    (
        "docs/a.adoc",
        "See link:a.html[it] now.\n",
        "See link:b.html[it] now.\n",
        ("link.retargeted",),
    ),
    (
        "docs/a.adoc",
        "See https://a.example[it] now.\n",
        "See https://b.example[it] now.\n",
        ("link.retargeted",),
    ),
    ("docs/a.md", '{{< include "a" >}}\n', '{{< include "b" >}}\n', ("text.replaced",)),
    ("docs/a.md", '{{<include "a">}}\n', '{{< include "a" >}}\n', ("cosmetic.whitespace",)),
)

IMPORTS: tuple[_Case, ...] = (
    ("a.ts", "import {\n  a,\n  b,\n} from 'a';\n", "import {\n  a,\n  c,\n} from 'a';\n", ("symbol.imports",)),
    ("a.go", 'package p\n\nimport (\n\t"os"\n)\n', 'package p\n\nimport (\n\t"io"\n)\n', ("symbol.imports",)),
    ("a.rs", "use a::{\n    b,\n    c,\n};\n", "use a::{\n    b,\n    d,\n};\n", ("symbol.imports",)),
    ("a.py", "from a import (\n    b,\n    c,\n)\n", "from a import (\n    b,\n    d,\n)\n", ("symbol.imports",)),
    ("a.cs", "global using A;\n", "global using B;\n", ("symbol.imports",)),
    ("a.rs", "mod e { pub trait T {} }\npub use e::T;\n", "mod e { pub trait T {} }\npub use e::T;\npub use e::T as _;\n", ("symbol.imports",)),
    ("a.java", "/*\nused by a\n*/\nclass A {}\n", "/*\nused by b\n*/\nclass A {}\n", ("symbol.comments",)),
)  # fmt: skip

ELSEWHERE_NOW: tuple[_Case, ...] = (
    ("CODEOWNERS", "* @a\n/docs/ @b\n", "/docs/ @b\n* @a\n", ("code.moved",)),
    (".gitignore", "*.log\n!keep.log\n", "!keep.log\n*.log\n", ("code.moved",)),
    ("a.sh", "first\nsecond\nthird\n", "second\nfirst\nthird\n", ("code.moved",)),
    ("a.py", "import os\n\nfirst()\nsecond()\n", "import os\n\nsecond()\nfirst()\n", ("code.moved",)),
    ("a.sh", "x\nsecond\nx\nthird\n", "second\nthird\nx\n", ("code.added", "code.removed")),
)  # fmt: skip

MARKS_THAT_SAY_SOMETHING: tuple[_Case, ...] = (
    ("a.md", "Use x >= 5 here.\n", "Use x <= 5 here.\n", ("text.reworded",)),
    ("a.md", "Set to 50% of it.\n", "Set to 50 of it.\n", ("text.reworded",)),
    ("a.md", "Run `a && b` now.\n", "Run `a || b` now.\n", ("text.reworded",)),
    ("a.md", "Use C# now.\n", "Use C now.\n", ("text.reworded",)),
    ("a.md", "Use x ≥ 5 here.\n", "Use x >= 5 here.\n", ("text.markup",)),
    ("a.md", "Is it? Yes.\n", "Is it! Yes.\n", ("text.markup",)),
    ("a.md", "Use it, now.\n", "Use `it`; now.\n", ("text.markup",)),
    ("a.adoc", '= A\n\n[id="one"]\n== B\n\nx\n', '= A\n\n[id="two"]\n== B\n\nx\n', ("text.replaced",)),
    ("a.adoc", "= A\n\nifdef::one[]\nx\nendif::[]\n", "= A\n\nifdef::two[]\nx\nendif::[]\n", ("text.replaced",)),
    ("a.rst", "A\n=\n\n.. _one:\n\nB\n-\n\nx\n", "A\n=\n\n.. _two:\n\nB\n-\n\nx\n", ("text.replaced",)),
    ("a.md", '<a id="one"></a>\nwords\n', '<a id="two"></a>\nwords\n', ("text.replaced",)),
    ("robots.txt", "User-agent: *\nDisallow: /a\n", "User-agent: *\nDisallow: /a/\n", ("code.line",)),
    ("requirements.txt", "-e .\n", "-e ..\n", ("code.line",)),
    ("CMakeLists.txt", "if (WIN32)\n", "if (!WIN32)\n", ("code.line",)),
)  # fmt: skip

POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "a" * 64 + "\nsize 12\n"
POINTERS: tuple[_Case, ...] = (
    ("a.md", "# A\n\n## B\n\nwords\n", POINTER, ("lfs.changed",)),
    ("a.json", POINTER, '{"a": 1}\n', ("lfs.changed",)),
    ("a.py", POINTER, POINTER.replace("size 12", "size 13"), ("lfs.changed",)),
)

LINES_BESIDE: tuple[_Case, ...] = (
    ("go.mod", "module x\n\nrequire a.b/c v1.0.0\n", "module x\n\nrequire a.b/c v1.1.0\n\nreplace a.b/c => ../d\n", ("dependency.moved", "code.added")),
    ("requirements.txt", "a==1.0\n", "a==1.1\n--extra-index-url https://x.example\n", ("dependency.moved", "code.added")),
    ("Gemfile", "source 'https://a'\ngem 'a', '1.0.0'\n", "source 'https://a'\nsource 'https://b'\ngem 'a', '1.1.0'\n", ("dependency.moved", "code.added")),
    ("build.gradle", "dependencies {\n  implementation 'g:a:1.0'\n}\n", "dependencies {\n  implementation 'g:a:1.1'\n  implementation files('x.jar')\n}\n", ("dependency.moved", "code.added")),
    ("main.tf", 'terraform {\n  required_version = ">= 1.0"\n}\n', 'terraform {\n  required_version = ">= 1.1"\n  backend "http" { }\n}\n', ("runtime.raised", "code.added")),
    ("Dockerfile", "FROM a:1\nENV B=1.0\n", "FROM a:2\nENV B=1.1\nUSER root\n", ("dependency.moved", "setup.changed", "setup.added")),
    ("Cargo.toml", '[package]\nversion = "1.0.0"\n\n[dependencies]\na = "1.0"\n', '[package]\nversion = "1.1.0"\nbuild = "b.rs"\n\n[dependencies]\na = "1.1"\n', ("dependency.moved", "key.changed", "key.added")),
)  # fmt: skip


def lock(name: str, version: str) -> str:
    return json.dumps({"default": {name: {"hashes": ["sha256:1"], "version": f"=={version}"}}, "develop": {}}, indent=4) + "\n"  # fmt: skip


LOCKS: tuple[_Case, ...] = (
    ("Pipfile.lock", lock("a", "1.0.0"), lock("a", "1.1.0"), ("lock.moved",)),
    ("mix.lock", '%{\n  "a": {:hex, :a, "1.0.0", "x"},\n}\n', '%{\n  "a": {:hex, :a, "1.1.0", "x"},\n}\n', ("lock.moved",)),
    ("Podfile.lock", "PODS:\n  - A (1.0.0)\n", "PODS:\n  - A (1.1.0)\n", ("lock.moved",)),
    ("yarn.lock", '"a@npm:^1.0.0":\n  version: 1.0.0\n', '"a@npm:^1.1.0":\n  version: 1.1.0\n', ("lock.moved",)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("path", "old", "new", "kinds"),
    [
        *SAME_TO_A_READER, *NOBODY_SEES, *LISTS_OF_FRONT_MATTER, *WRITTEN_BY_TOOLS, *POINTERS,
        *LINES_BESIDE, *TEXTS_AS_VALUES, *BY_INDENTATION, *IN_ITS_PLACE, *READ_BY_TOOLS, *DIRECTIVES, *TAGS, *IMPORTS, *ELSEWHERE_NOW, *MARKS_THAT_SAY_SOMETHING, *RAW_HTML, *SEEN_THOUGH_NO_WORDS, *FRONT_MATTER_OF_TOML,
    ],
)  # fmt: skip
def test_what_is_told(path: str, old: str, new: str, kinds: tuple[str, ...]) -> None:
    extraction = extraction_of(old, new, path=path)
    assert tuple(dict.fromkeys(fact.kind for fact in extraction.facts)) == kinds
    lines = extraction.lines
    assert lines.untold == 0
    assert lines.told + lines.cosmetic > 0


@pytest.mark.parametrize(("path", "old", "new", "kinds"), LOCKS)
def test_which_package_moved(path: str, old: str, new: str, kinds: tuple[str, ...]) -> None:
    facts = extraction_of(old, new, path=path, generated="lock").facts
    assert tuple(fact.kind for fact in facts) == kinds
    assert facts[0].params["moved"] == 1


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("# A\n", "\ufeff# A\n", ()),
        ("# A\nb\n", "\ufeff# A\nc\u200b\n", ("U+200B ZERO WIDTH SPACE",)),
        ("# A\nb\n", "# A\n\ufeffb\n", ("U+FEFF ZERO WIDTH NO-BREAK SPACE",)),
    ],
)
def test_a_byte_order_mark_disguises_nothing(old: str, new: str, names: tuple[str, ...]) -> None:
    hidden = [fact for fact in extraction_of(old, new).facts if fact.kind == "hidden.characters"]
    shown = [fact.params["names"] for fact in hidden]
    assert shown == ([{"items": names, "total": len(names)}] if names else [])


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("public class A {\n  void f() {}\n}\n", "package-private", "private"),
        ("public class A {\n  protected void f() {}\n}\n", "protected", "private"),
    ],
)
def test_access_is_called_as_java_does(code: str, old: str, new: str) -> None:
    after = code.replace("  protected void", "  void").replace("  void", "  private void")
    (fact,) = extraction_of(code, after, path="A.java").facts
    assert (fact.params["old"], fact.params["new"]) == (old, new)


def test_an_export_is_called_one() -> None:
    (fact,) = extraction_of("function f() {}\n", "export function f() {}\n", path="a.ts").facts
    assert (fact.params["old"], fact.params["new"]) == ("not exported", "exported")


def test_a_page_in_another_markup_keeps_its_sections() -> None:
    old, new = "# Guide\n\nWords of it.\n", "Guide\n=====\n\nWords of it.\n"
    from diff_insight.model.changes import Status  # noqa: PLC0415 - of this test alone

    facts = extraction_of(
        old, new, path="a.rst", status=Status.RENAMED, previous_path_bytes=b"a.md"
    ).facts
    assert {fact.kind for fact in facts} <= {"file.renamed", "text.markup"}


def test_a_file_that_becomes_a_link_says_where_it_leads() -> None:
    from diff_insight.model.changes import Status  # noqa: PLC0415 - of this test alone

    extraction = extraction_of(
        "words\n", "/etc/passwd", path="l", status=Status.CHANGED, new_mode="120000"
    )
    (fact,) = extraction.facts
    assert fact.params == {"old": "file", "new": "symlink", "target": "/etc/passwd"}
    assert extraction.lines.untold == 0


def test_what_differs_in_a_long_line_is_in_its_quotation() -> None:
    words = " ".join(f"w{number}" for number in range(900))
    extraction = extraction_of(f"# A\n\n{words}\n", f"# A\n\n{words.replace('w500 ', 'other ')}\n")
    (fact,) = extraction.facts
    assert "w500 " in str(fact.params["old"])
    assert "other " in str(fact.params["quote"])


@pytest.mark.parametrize(
    ("path", "old", "new", "values"),
    [
        ("a.json", f'{{"k": "{"word " * 40}end."}}\n', f'{{"k": "{"word " * 40}stop."}}\n', ("end.", "stop.")),
        ("a.properties", "c : x\\\n  y\n", "c : x\\\n  z\n", ("xy", "xz")),
        ("a.ini", "c = C:\\d\\\\\nk = 1\n", "c = C:\\d\\\\\nk = 2\n", ("1", "2")),
    ],
)  # fmt: skip
def test_a_value_shows_what_differs(path: str, old: str, new: str, values: tuple[str, str]) -> None:
    (fact,) = extraction_of(old, new, path=path).facts
    assert (str(fact.params["old"]).split()[-1], str(fact.params["new"]).split()[-1]) == values


SWAGGER = '{"swagger":"2.0","info":{"title":"t","version":"1"},"basePath":"/v1","paths":{"/a":{"get":{"responses":{"200":{"description":"ok"}}}}}}\n'
SERVED = 'openapi: 3.0.0\ninfo: {title: t, version: "1"}\nservers:\n  - url: https://a.example/v1\npaths:\n  /a:\n    get: {responses: {"200": {description: ok}}}\n'


@pytest.mark.parametrize(
    ("path", "old", "new", "breaking"),
    [
        ("swagger.json", SWAGGER, SWAGGER.replace("/v1", "/v2"), ["base-path"]),
        ("openapi.yaml", SERVED, SERVED.replace("/v1", "/v2"), ["base-path"]),
        ("openapi.yaml", SERVED, SERVED.replace("a.example", "b.example"), []),
        ("openapi.yaml", SERVED, SERVED.replace("/v1", "").replace("/a:", "/v1/a:"), []),
    ],
)
def test_where_all_addresses_begin(path: str, old: str, new: str, breaking: list[str]) -> None:
    facts = extraction_of(old, new, path=path).facts
    assert [fact.params["what"] for fact in facts if fact.breaking] == breaking


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("DO $$ BEGIN\n  ALTER TABLE t DROP COLUMN b;\nEND $$;\n", ["member.removed"]),
        ("DO $x$\nDECLARE y int;\nBEGIN\n  IF EXISTS (SELECT 1) THEN\n    ALTER TABLE t RENAME COLUMN b TO c;\n  END IF;\n  DROP TABLE u;\nEND $x$;\n", ["member.renamed", "member.removed"]),
        ("CREATE FUNCTION f() RETURNS void AS $$ BEGIN\n  DROP TABLE u;\nEND $$ LANGUAGE plpgsql;\n", []),
        ("INSERT INTO t VALUES ('DO $$ BEGIN DROP TABLE u; END $$;');\n", []),
    ],
)  # fmt: skip
def test_a_block_of_sql_that_is_run_where_it_stands(text: str, kinds: list[str]) -> None:
    facts = extraction_of(None, text, path="migrations/2.sql").facts
    assert [fact.kind for fact in facts if fact.breaking] == kinds
