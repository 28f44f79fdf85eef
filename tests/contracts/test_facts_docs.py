"""docs/facts.md and docs/types.md say what the code does: every kind, every parameter, every rule."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import diff_insight
from diff_insight.analysis.file_types_by_rule import RULES
from diff_insight.analysis.public_api import fact_of
from diff_insight.facts import whole_file
from diff_insight.facts.cross_file import (
    moved_symbols,
    repeated_edits,
)
from diff_insight.facts.extract import LARGEST_PATCH, extract
from diff_insight.facts.file_view import FileView
from diff_insight.facts.identity.served_pages import Standing, as_it_stands
from diff_insight.facts.interfaces.interface_files import interface_of, with_moves
from diff_insight.facts.pages import deadlines
from diff_insight.facts.registry import all_families
from diff_insight.kinds.catalogue import ROWS
from diff_insight.kinds.kind import Trait
from diff_insight.model.changes import FileChange, PatchSpan, Side, Status
from diff_insight.model.facts import Fact
from support.api import python_changes, script_changes
from support.api_pairs import PAIRS, changes_of_pair
from support.catalogs import entries
from support.structured import structured_examples
from support.views import Patches, extraction_of
from unit.facts.test_images import GIF, PNG

ROOT = Path(diff_insight.__file__).parents[2]


def rows(text: str) -> list[list[str]]:
    """Return the cells of every table row that begins with code."""
    lines = [line for line in text.split("\n") if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def documented(part: str) -> dict[str, set[str]]:
    """Return the parameters of each kind, those of all its rows together."""
    found: dict[str, set[str]] = {}
    for kinds, parameters, *_ in rows(part):
        for kind in names(kinds):
            found.setdefault(kind, set()).update(names(parameters))
    return found


FACTS, ACROSS = (ROOT / "docs" / "facts.md").read_text("utf-8").split("## Across files")

PAGE = "---\ntitle: T\nms.date: 06/11/2025\nkept: 1\nold: 1\nchanged: 1\n---\n\n# T\n\n"
TABLE = "| Name | Old | Kept |\n|---|---|---|\n| a | 1 | 2 |\n| b | 1 | 3 |\n"
CODE = "```py\none\n```\n"
NEWS = "The option of the tool is deprecated.\n"
STAYS = "These words of the page stay as they are.\n"
CALLS = "call(1)\nother(1)\n"
LONG = "".join(f"Sentence number {number} of many.\n\n" for number in range(60))
NOTEBOOK = """{"cells": [{"cell_type": "code", "execution_count": COUNT, "source": ["x"],
"outputs": [{"text": ["OUT"]}]}]}
"""
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 1\n"

#: Deadlines have a `what` too.
DEADLINES = {term for term, _ in deadlines._TERMS} | {"date"}
LONG_BODY = "".join(f"    a{number} = {number}\n" for number in range(9))


def symbols_examples() -> tuple[tuple[str | None, str | None, dict[str, Any]], ...]:
    """Pairs of Python modules, each of which shows one or two kinds of symbol facts."""
    pairs = (
        ("def f():\n    pass\nx()\n", "x()\ndef g(a):\n    pass\n"),
        (f"def f():\n{LONG_BODY}", f"def g():\n{LONG_BODY}"),
        ("def f():\n    pass\n", "from m import f\n"),
        ("def f(a, b, c=1, d=2):\n    pass\n", "def f(a, b, c, d=3, e=4):\n    pass\n"),
        ("def f(a, b):\n    pass\n", "def f(b, a):\n    pass\n"),
        ("def f(a, b):\n    pass\n", "def f(a):\n    pass\n"),
        ("def f(a, b):\n    pass\n", "def f(c):\n    pass\n"),
        ("def f(a):\n    return 1\n", "@deprecated('Use g() instead')\ndef f(a):\n    return 1\n"),
        ("def f(a):\n    return 1\n", "@deprecated('It is slow.')\ndef f(a):\n    return 1\n"),
        ("X = 1\n", "X = 2\n"),
        ("def f() -> int:\n    pass\n", "def f() -> str:\n    pass\n"),
        ("def f():\n    return 1\n", "def f():\n    return 2\n"),
        ("def f():\n    return 1  # a\n", "def f():\n    return 1  # b\n"),
        ("import a\nx()\n", "import b\nx()\n"),
        ("# a\nx()\n", "# b\nx()\n"),
    )
    java = (
        "public class A {\n  public void f() {}\n}\n",
        "public class A {\n  private void f() {}\n}\n",
    )
    go = ("package a\nfunc F(a int) int {}\n", "package a\nfunc F(a string) string {}\n")
    return (
        *((*pair, {"path": "a.py"}) for pair in pairs),
        (*java, {"path": "A.java"}),
        (*go, {"path": "a.go"}),
    )


#: (old, new, how the change differs from a modified page)
VERSIONS: tuple[tuple[str | None, str | None, dict[str, Any]], ...] = (
    (None, PAGE + NEWS, {}), (None, PAGE + NEWS, {"path": "includes/a.md"}),
    (PAGE, PAGE + NEWS, {}), (PAGE, PAGE + "## B\n\n" + NEWS, {}),
    (PAGE, f"{PAGE}> [!NOTE]\n> {NEWS}", {}), (f"{PAGE}> [!NOTE]\n> {NEWS}", PAGE, {}),
    (PAGE + "The gateway runs (uint16_t) on two ports of the host.\n\nEach server keeps a list of names.\n",
     PAGE + "The gateway runs on two ports of the host.\n\nEach server keeps (uint16_t) a list of names.\n", {}),
    (PAGE + TABLE, f"{PAGE}{TABLE}\nAnd:\n\n{TABLE}", {}),
    (PAGE, f"{PAGE}```py\n{CALLS}```\n", {}), (f"{PAGE}```py\n{CALLS}```\n", PAGE, {}),
    (f"{PAGE}```py\n{CALLS}```\n", f"{PAGE}```py\n{CALLS.replace('(1)', '(2)')}more\n```\n", {}),
    (f"{PAGE}```py\n{CALLS}```\n", f"{PAGE}```py\nzzzz = 99\nyyyy = 98\n```\n", {}),
    (PAGE + NEWS, PAGE + NEWS.replace("is deprecated", "was a good one, is no longer kept and must go"), {}),
    (PAGE + STAYS, f"{PAGE}{STAYS.strip()} {NEWS}", {}), (f"{PAGE}{STAYS.strip()} {NEWS}", PAGE + STAYS, {}),
    (f"{PAGE}{STAYS}\n{NEWS}", PAGE + STAYS, {}),
    (None, PAGE, {}), (PAGE, None, {}), (None, "x\n", {"path": "docs/a.rst"}),
    ("x\n", None, {"path": "docs/a.rst"}),
    (None, PAGE, {"path": "includes/a.md"}), (PAGE, None, {"path": "includes/a.md"}),
    (None, "x\n", {"path": "a.lua"}), ("x\n", None, {"path": "a.lua"}),
    ("a\n", "a\n", {"status": Status.RENAMED, "previous_path_bytes": b"b.md"}),
    ("a\n", "a\n", {"status": Status.RENAMED, "previous_path_bytes": b"docs/b.md", "path": "docs/c.md", "patch": ""}),
    ("a\n", "a\n", {"status": Status.COPIED, "previous_path_bytes": b"b.md"}),
    ("a\n", "a\n", {"new_mode": "100755"}), ("a\n", "a\n", {"old_mode": "100755"}),
    ("a\n", "b", {"status": Status.CHANGED, "new_mode": "120000"}),
    ("a\n", "b\n", {"generated": "lock"}),
    (f"a v1 h1:{'a' * 40}\n", f"a v1 h1:{'b' * 40}\n", {"generated": "lock", "path": "go.sum"}),
    ("a\n", "b\n", {"unreadable": "object-missing"}),
    (None, "Subproject commit 1\n", {"new_mode": "160000"}),
    ("Subproject commit 1\n", None, {"old_mode": "160000"}),
    ("Subproject commit 1\n", "Subproject commit 2\n",
     {"old_mode": "160000", "new_mode": "160000"}),
    (None, "a", {"new_mode": "120000"}), ("a", None, {"old_mode": "120000"}),
    ("a", "b", {"old_mode": "120000", "new_mode": "120000"}),
    (POINTER.format("a"), POINTER.format("b"), {"path": "a.bin"}),
    ("- a\n  - b\n", "- a\n- b\n", {}),
    ("a  b\n", "a b\n", {}), ("a b\nc\n", "a\nb c\n", {}), ("a\n", "a\r\n", {}), ("a", "a\n", {}),
    ("a\n", "a\u202eb\n", {}),
    (PAGE, PAGE.replace("title: T", "title: U").replace("06/11", "06/12")
     .replace("old: 1", "new: 1").replace("changed: 1", "changed: 2"), {}),
    ("# A\n\n## B\n\ntext\n\n## Set up it\n\n## C\n\nc\n", "# Z\n\n### B\n\ntext\n\n## Set up\n", {}),
    ("# T\n\n## A\n\na\n\n## B\n\nb1\n\nb2\n\nb3\n", "# T\n\n## B\n\nb1\n\nb2\n\nb3\n\n## A\n\na\n\n## N\n", {}),
    (TABLE, TABLE.replace("a | 1", "a | 2") + "| c | 1 | 4 |\n", {}),
    (TABLE, TABLE + "| c | What it does is long | 4 |\n", {}),
    (TABLE, TABLE.replace("| b | 1 | 3 |\n", ""), {}),
    (TABLE, "| Name | New | Kept |\n|---|---|---|\n| a | 1 | 2 |\n| b | 1 | 3 |\n", {}),
    (TABLE.replace("2", "2025-06-11"), TABLE.replace("2", "2025-06-12"), {}),
    (TABLE.replace("2", "by 2025-06-11").replace("Kept", "Retires"),
     TABLE.replace("2", "by 2025-06-12").replace("Kept", "Retires"), {}),
    ("Retires 2025-06-11.\n", "Retires 2025-06-12.\n", {}),
    ("[a](b) ![c](d)\n", "[a](e) ![c](f)\n", {}),
    ("[a](b) ![c](d)\n", "a c\n", {}), ("a c\n", "[a](b) ![c](d)\n", {}),
    (CODE, CODE.replace("one", "two"), {}), (CODE, CODE.replace("one", "two\n3"), {}),
    ("a\n", "a\n\n" + CODE, {}), ("a\n\n" + CODE, "a\n", {}),
    ("a\n", "a\n\n" + CODE * 2, {}), ("a\n\n" + CODE * 2, "a\n", {}),
    ("One word here.\n", "One term here.\n", {}), ("One word here.\n", "One good word here.\n", {}),
    ("One good word here.\n", "One word here.\n", {}),
    ("Numbers (of 16 bits) for ids and\nflags.\n", "Numbers for ids (of 16 bits) and\nflags.\n", {}),
    ("> [!TIP]\n> Do it.\n\n" + LONG, LONG + "> [!TIP]\n> Do it.\n", {}), ("A **b** c.\n", "A b c.\n", {}),
    ("word " * 500 + "a\n", "word " * 500 + "b\n", {}),
    ("Some words.\n", "Some words.\n\nMore of them.\n", {}),
    ("Some words.\n\nMore of them.\n", "Some words.\n", {}),
    ("This moves down.\n\n" + LONG, LONG + "This moves down.\n", {}),
    (LONG, LONG.replace("many", "them"), {}),
    ("---\nstatus: draft\n---\n", "---\nstatus: final\n---\n", {}),
    ("a\n", "a\n", {"status": Status.RENAMED, "path": "caf\u0065\u0301.md",
                     "previous_path_bytes": "caf\u00e9.md".encode()}),
    (NOTEBOOK.replace("COUNT", "1"), NOTEBOOK.replace("COUNT", "2"), {"path": "a.ipynb"}),
    (NOTEBOOK.replace("COUNT", "1"), NOTEBOOK.replace("COUNT", "1").replace("OUT", "NOW"), {"path": "a.ipynb"}),
    ("---\nslug: a\n---\n", "---\nslug: b\ndraft: true\n---\n", {"path": "docs/a.md"}),
    ("---\naliases: [/a, /b]\n---\n", "---\naliases: [/a]\n---\n", {"path": "docs/a.md"}),
    ("---\ndraft: true\n---\n", "---\ndraft: false\n---\n", {"path": "docs/a.md"}),
    ("a <!-- b -->\n\n<!-- c -->\n", "a <!-- b -->\n\n<!-- d -->\n", {}),
    ("a\n", "a\n\n[!INCLUDE [c](c.md)]\n", {}),
    ("It is so. It is.\n", "It is so.\n", {}), ("It is so.\n", "It is so. It is.\n", {}),
    ("Prose\n", "Prose\n\n***\n", {}),
    ("a\n", "a\n\n> [!WARNING]\n> Do not do it.\n", {}), ("a\n\n> [!TIP]\n> Do it.\n", "a\n", {}),
    ("> [!NOTE]\n> Do it.\n", "> [!WARNING]\n> Do it.\n", {}),
    ("T\n===\n", "T\n===\n\n.. deprecated:: 3.2\n   Use b.\n", {"path": "a.rst"}),
    ("T\n===\n", "T\n===\n\n.. versionadded:: 3.2\n   It.\n", {"path": "a.rst"}),
    ("T\n===\n", "T\n===\n\n.. versionchanged:: 3.2\n   It.\n", {"path": "a.rst"}),
    ("foo 1.2.0\n", "foo 1.3.0\n", {}),
    ("x = 1\n", "x = 2\n", {"path": "a.lua"}),
    ("a\n", "a\nb\nc\n", {"path": "a.lua"}), ("a\nb\nc\n", "a\n", {"path": "a.lua"}),
    ("a\nb\n", "c\nd\n", {"path": "a.lua"}),
    ("".join(f"a{n}\n\n\n\n\n\n\n" for n in range(6)), "".join(f"b\n{n}\n\n\n\n\n\n\n" for n in range(6)),
     {"path": "a.lua"}),
    ("An example of a page.\n", "ページの例です。\n", {}),
    *structured_examples(),
    ("x\n", "y\n", {"path": "a.lua", "patch": "@@ -1 +1,2 @@ def f():\n-x\n+y\n+z\n"}),
    *symbols_examples(),
)  # fmt: skip


def api_examples() -> list[Fact]:
    """Pairs of packages, each of which shows one or two kinds that only a comparison of APIs gives."""
    python = (
        ("def f(a): ...\n", "def f(b): ...\n"),
        ("def f(a): ...\n", "def f(*, a): ...\n"),
        ("def f(a): ...\n", "def f(a, /): ...\n"),
        ("def f(a=1, b=2): ...\n", "def f(a=1, c=3, b=4): ...\n"),
        ("def f(): ...\n", "async def f(): ...\n"),
        ("class C:\n    @classmethod\n    def f(cls): ...\n", "class C:\n    def f(cls): ...\n"),
        ("class C:\n    def f(self): ...\n", "class C:\n    @property\n    def f(self): ...\n"),
        ("class E(Exception): ...\nclass C(E): ...\n", "class E(Exception): ...\nclass C: ...\n"),
        ("__all__ = ['f']\ndef f(): ...\n", "__all__ = []\ndef f(): ...\n"),
    )
    script = (
        (
            "interface A { a?: string; b: string }",
            "interface A { a: string; b?: string; c: string }",
        ),
        ("interface A { a: string }", "interface A { a: number; c(): void }"),
        ("interface A<T> { a: T }", "interface A<T, U> { a: T }"),
        ("type A = 'x' | 'y'", "type A = 'x'"),
        (
            "function f(a: string): void\nexport function f(a: number): void",
            "function f(a: string): void",
        ),
    )
    return [
        *(fact for old, new in python for fact in map(fact_of, python_changes(old, new))),
        *(fact for old, new in script
          for fact in map(fact_of, script_changes(f"export {old}\n", f"export {new}\n"))),
    ]  # fmt: skip


def examples() -> list[Fact]:
    found = [fact for old, new, how in VERSIONS for fact in extraction_of(old, new, **how).facts]
    for path in ("a.png", "a.bin"):
        for status in (Status.ADDED, Status.REMOVED, Status.MODIFIED):
            change = FileChange(path_bytes=path.encode(), status=status, binary=True)
            contents = {Side.BASE: PNG, Side.HEAD: GIF}
            found += whole_file.facts(FileView(change, (), contents.get))
    large = FileChange(
        path_bytes=b"a.md", status=Status.MODIFIED, patch=PatchSpan(((0, LARGEST_PATCH + 1),))
    )
    found += extract(large, Patches(b""), lambda _: None, whole_versions=True).facts
    coded = ["<meta charset=gbk>\n\u6587\n".encode(name) for name in ("gbk", "utf-8")]
    patch = b"@@ -2 +2 @@\n-" + coded[0].split(b"\n")[1] + b"\n+" + coded[1].split(b"\n")[1] + b"\n"
    change = FileChange(path_bytes=b"a.html", status=Status.MODIFIED, additions=1, deletions=1,
                        patch=PatchSpan(((0, len(patch)),)))  # fmt: skip
    both = dict(zip(Side, coded, strict=True))
    found += extract(change, Patches(patch), both.get, whole_versions=True).facts
    removed = [fact for fact in found if fact.kind == "page.removed" and fact.evidence]
    moved = [[next(fact for fact in found if fact.kind == kind and fact.params["name"] == name)]
             for kind, name in (("symbol.removed", "f()"), ("symbol.added", "g()"))]  # fmt: skip
    moved[1] = [replace(moved[1][0], params={"name": "f()"})]
    found += moved_symbols([("a.py", moved[0]), ("b.py", moved[1])]).values()
    found += api_examples()
    proto = "message A {}\nmessage B {}\n"
    gone = extraction_of(proto, "message A {}\n", path="a.proto").facts
    held = interface_of("b.proto", "message B {}\n")
    assert held is not None
    found += with_moves(gone, "a.proto", proto, lambda: [held])
    found += [fact_of(change) for pair in PAIRS for change in changes_of_pair(pair)]
    return [*found, *(as_it_stands(fact, Standing(how, "b.md"), proved=True)
                      for fact in removed for how in ("page", "redirect", "translation"))]  # fmt: skip


EXAMPLES = examples()


def expected() -> dict[str, set[str]]:
    kinds = documented(FACTS)
    return {kind: parameters for kind, parameters in kinds.items() if "." in kind}


def test_every_kind_is_documented_and_every_documented_kind_exists() -> None:
    assert {fact.kind for fact in EXAMPLES} == set(expected())


@pytest.mark.parametrize("kind", sorted(expected()))
def test_parameters(kind: str) -> None:
    given = {name for fact in EXAMPLES if fact.kind == kind for name in fact.params}
    assert given == expected()[kind]


def test_the_page_has_the_order_of_the_registry() -> None:
    headings = "".join(line for line in FACTS.split("\n") if line.startswith("##"))
    modules = [vars(family)["__name__"].removesuffix(".family") for family in all_families()]
    places = [headings.index(f"{name.rpartition('.')[2]}{end}") for name in modules
              for end in ("/`" if name.endswith(".code") else ".py`",)]  # fmt: skip
    assert places == sorted(places)


def test_every_kind_in_the_source_has_an_example() -> None:
    """A kind that no example shows would be one that this test cannot hold to the page."""
    literal = re.compile(r'Fact\(\s*f?"([a-z-]+\.[a-z{][^"]*)"')
    sources = [path.read_text("utf-8") for path in (ROOT / "src/diff_insight/facts").rglob("*.py")]
    shown = {fact.kind for fact in EXAMPLES}
    for kind in {match for source in sources for match in literal.findall(source)}:
        pattern = re.compile(re.sub(r"\\\{.*?\\\}", "[a-z-]+", re.escape(kind)))
        assert any(pattern.fullmatch(one) for one in shown) or kind.endswith(".repeated"), kind


def test_every_kind_has_a_row_and_every_row_of_facts_an_example() -> None:
    rows_of_facts = {row.name for row in ROWS if not row.has(Trait.ITEM)}
    elsewhere = {name for name in rows_of_facts if name.startswith(("commit.", "reference."))}
    assert {fact.kind for fact in EXAMPLES} == rows_of_facts - elsewhere


def test_what_makes_an_edit_the_same() -> None:
    assert documented(ACROSS) == {row.name: set(row.same.params) for row in ROWS if row.same}
    fact = next(fact for fact in EXAMPLES if fact.kind == "text.replaced")
    ((repeated, _),) = repeated_edits([[fact]] * 3)
    assert repeated.kind == "text.replaced.repeated"


def test_breaking_kinds() -> None:
    bold = {
        kind
        for kinds, _, when, *_ in rows(FACTS)
        if "**breaking**" in when
        for kind in names(kinds)
    }
    assert bold - {"page.added"} == {row.name for row in ROWS if row.has(Trait.BREAKS)}
    breaking = {fact.kind for fact in EXAMPLES if fact.breaking}
    assert breaking <= bold
    assert breaking - {"page.removed"} == {
        kind for kind in breaking if kind.startswith("symbol.")
    } | (
        bold
        - {"page.added", "page.removed"}
        - {kind for kind in bold if kind.startswith("symbol.")}
    )


def test_every_member_is_called_by_a_term() -> None:
    told = {str(fact.params["what"]) for fact in EXAMPLES if "what" in fact.params}
    assert told <= {key.removeprefix("term.") for key in entries("en_US")} | DEADLINES


def test_rules_of_types() -> None:
    text = (ROOT / "docs" / "types.md").read_text("utf-8")
    told = [(names(rule)[0], names(type_)[0]) for rule, _, type_ in rows(text)]
    assert told == [(name, str(type_)) for name, _, type_ in RULES]
