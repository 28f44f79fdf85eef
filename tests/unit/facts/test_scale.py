"""Large and hostile files come to an end: nothing compares everything with everything.

Most tests assert no time; a search that grows with the square of the size would take minutes here.
"""

from __future__ import annotations

import time

import pytest

from diff_insight.facts.extract import LARGEST_PATCH, Extraction, extract
from diff_insight.model.changes import FileChange, PatchSpan, Side, Status
from support.views import Patches, extraction_of

pytestmark = pytest.mark.slow

SIZE = 600_000


def rewritten(old: str, new: str, *, whole: bool = True, path: str = "docs/page.md") -> Extraction:
    """Extract the facts of a file of which every line was replaced."""
    lines = [text.split("\n")[:-1] for text in (old, new)]
    head = f"@@ -1,{len(lines[0])} +1,{len(lines[1])} @@\n"
    body = "".join(
        f"{mark}{line}\n" for mark, side in zip("-+", lines, strict=True) for line in side
    )
    return extraction_of(old, new, path=path, whole=whole, patch=head + body)


def kinds(found: Extraction) -> set[str]:
    return {fact.kind for fact in found.facts}


@pytest.mark.parametrize("whole", [True, False])
def test_a_large_page(whole: bool) -> None:  # noqa: FBT001
    section = (
        "## Section {n} {word}\n\nA sentence about {word} {n} with [a link](x{word}{n}.md).\n\n"
        "| Name | Value |\n|---|---|\n| row{n} | {word} |\n\n```sh\nrun {word} {n}\n```\n\n"
    )
    count = SIZE // len(section)
    old, new = (
        "---\ntitle: T\n---\n" + "".join(section.format(n=n, word=word) for n in range(count))
        for word in ("one", "two")
    )
    assert {"outline.section-renamed", "table.cell", "text.more"} <= kinds(
        rewritten(old, new, whole=whole)
    )


def test_a_table_with_many_rows() -> None:
    old, new = (
        "| Key | Value |\n|---|---|\n" + "".join(f"| k{n} | {v} |\n" for n in range(30_000))
        for v in "ab"
    )
    found = rewritten(old, new)
    assert sum(fact.kind == "table.cell" for fact in found.facts) == 30_000


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("| same | {n} |\n", "| same | x{n} |\n"),
        ("| a{n} | 1 |\n", "| b{n} | 2 |\n"),
        ("| |\n", "| | |\n"),
        ("# a{n}\n", "# b{n} c\n"),
        ("## Same\n", "## same\n"),
        ("## Same\n", "### Same\n"),
        ("[same](a{n})\n", "[same](b{n})\n"),
        ("![](a{n})\n", "![](b{n})\n"),
        ("[a{n}]: x\n", "[a{n}]: y\n"),
        ("```\n", "~~~\n"),
        ("```a\nb{n}\n```\n", "```a\nc{n}\n```\n"),
        ("word {n}\n", "other {n}\n"),
        ("a{n}: 1\n", "a{n}: 2\n"),
        ("line\n", "line \n"),
        ("\n", "x\n"),
    ],
)
@pytest.mark.parametrize("whole", [True, False])
def test_many_equal_lines(old: str, new: str, whole: bool) -> None:  # noqa: FBT001
    count = 60_000 // len(old)
    texts = ("".join(line.format(n=n) for n in range(count)) for line in (old, new))
    assert rewritten(*texts, whole=whole).facts


UNITS = (
    "a ", "[a](", "[a](x ", "[", "![", "[![a](b", "*a ", "_a ", "`", "``a ", "<a ", "<a b='", "| ",
    "|", "\\|", "# ", " #", "{#a ", "may ", "2025-", "2025-06-11 ", "1.", "1.2.3 ", ".", "- ", "> ",
    ":::image ", ":::", "(", ")", "](", "&", "x", "あ", "\t", " ", "\r", "\u2028", "---", ": ", "a: ",
)  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("start", ["", "# ", "| x | ", "a: "])
def test_one_long_line(unit: str, start: str) -> None:
    line = start + unit * (12_000 // len(unit))
    for old, new in ((line + "1\n", line + "2\n"), ("1" + line + "\n", "2" + line + "\n")):
        assert rewritten(old, new).facts
        assert rewritten(old, new, path="src/app.py").facts


def test_a_line_of_megabytes() -> None:
    line = "word [a](b) `c` 2025-06-11 " * (SIZE // 27)
    assert kinds(rewritten(f"{line}\n", f"{line}1\n")) == {"text.reworded"}


def test_a_patch_beyond_the_limit_is_not_read() -> None:
    line = "x" * (LARGEST_PATCH // 2)
    ((fact),) = rewritten(f"{line}1\n", f"{line}2\n").facts
    assert fact.kind == "file.too-large"
    assert int(str(fact.params["bytes"])) > LARGEST_PATCH


@pytest.mark.parametrize(
    "name", "a.sql a.proto a.tf a.ipynb a.po a.graphql Dockerfile go.mod a.json a.rb".split()
)
def test_a_patch_beyond_the_limit_is_read_in_part_where_its_format_is_known(name: str) -> None:
    line = "x" * (LARGEST_PATCH // 2)
    assert rewritten(f"{line}1\n", f"{line}2\n", path=name).read_in_part == ("limit",)
    assert not rewritten(f"{line}1\n", f"{line}2\n", path="a.unknown").read_in_part


STRUCTURED = {
    "a.json": ("[\n", '{{"id": {n}, "v": {v}}},\n', "0]\n"),
    "one-line.json": ("[", '{{"id":{n},"v":{v}}},', "0]\n"),
    "list.json": ("[\n", "[{n}, {v}],\n", "0]\n"),
    "a.yaml": ("", "- id: {n}\n  v: {v}\n", ""),
    "a.toml": ("", "[[a]]\nid = {n}\nv = {v}\n", ""),
    "a.ini": ("", "k{n} = {v}\n", ""),
    "package.json": ('{"dependencies": {\n', '"d{n}": "{v}",\n', '"z": "1"}}\n'),
    "requirements.txt": ("", "d{n}=={v}\n", ""),
    "pom.xml": ("", "<dependency>\n<artifactId>{n}</artifactId>\n<version>{v}</version>\n</dependency>\n", ""),
    "a.proto": ("message A {\n", "  string f{n} = {n}{v};\n", "}\n"),
    "a.graphql": ("type A {\n", "  f{n}(a: T{v}): B\n", "}\n"),
    "modules/a.tf": ("", 'variable "a{n}{v}" {{}}\n', ""),
    "Dockerfile": ("FROM a\n", "ENV A{n}={v}\n", ""),
    ".github/workflows/a.yml": ("jobs:\n", "  j{n}:\n    steps: [{{uses: a/b{n}@v{v}}}]\n", ""),
    "api.yaml": ("openapi: 3.0.0\npaths:\n", "  /a{n}/{v}:\n    get: {{}}\n", ""),
    "a.schema.json": ('{"$schema": "http://json-schema.org/x", "properties": {\n', '"p{n}": {{"type": "{v}"}},\n', '"z": {}}}\n'),
}  # fmt: skip


@pytest.mark.parametrize("path", STRUCTURED)
def test_large_structured_files(path: str) -> None:
    first, entry, last = STRUCTURED[path]
    count = SIZE // 2 // len(entry)
    old, new = (
        first + "".join(entry.format(n=n, v=v) for n in range(count)) + last for v in (1, 2)
    )
    removed, added = (text.split("\n")[:-1] for text in (old, new))
    patch = f"@@ -1,{len(removed)} +1,{len(added)} @@\n" + "".join(
        f"{mark}{line}\n" for mark, lines in (("-", removed), ("+", added)) for line in lines
    )
    content = patch.encode()
    change = FileChange(
        path_bytes=path.encode(),
        status=Status.MODIFIED,
        patch=PatchSpan(((0, len(content)),)),
    )
    texts = {Side.BASE: old.encode(), Side.HEAD: new.encode()}
    assert extract(change, Patches(content), texts.get, whole_versions=True).facts


@pytest.mark.parametrize(
    "piece", ["[", "{", "- ", '"', "'", "/*", "#", '"""', "a: &a [*a, ", "\\", "a.", "(", "$("]
)
@pytest.mark.parametrize(
    "path",
    ["a.json", "a.yaml", "a.toml", "a.ini", "a.proto", "a.graphql", "a.tf", "Dockerfile", "pom.xml",
     "requirements.txt", "Gemfile", "x.csproj", "build.gradle", "go.mod", "migrations/a.sql"],
)  # fmt: skip
def test_one_piece_over_and_over(piece: str, path: str) -> None:
    old = piece * (200_000 // len(piece)) + "\n"
    assert extraction_of(old, "x" + old, path=path).facts


PAGE = "## Section {n}\n\nSome {v} and words of [a link](x{n}.md) in paragraph {n}.\n\n"
RECORD = '  {{"id": {n}, "v": "{v} {n}", "deep": {{"a": [1, 2, {n}]}}}},\n'
FUNCTION = 'function f{n}(a){{return a+"{v}"}};'
LARGE = (
    # path, what is repeated, what stands around it, megabytes of the larger file
    ("docs/page.md", PAGE, "", "", 5.0),
    ("data.json", RECORD, "[\n", "0]\n", 10.0),
    ("data.json", RECORD, "[\n", "0]\n", 2.5),
    ("app.js", FUNCTION, "", "\n", 5.0),
    ("app.js", FUNCTION + "\n", "", "", 5.0),
    ("app.py", 'def f{n}(a):\n    return "{v}"\n', "", "", 5.0),
    ("app.go", 'func F{n}() string {{\n\treturn "{v}"\n}}\n', "package a\n", "", 5.0),
    ("a.yaml", "- id: {n}\n  v: {v}\n", "", "", 2.0),
    ("a.proto", "  string {v}{n} = {n};\n", "message A {\n", "}\n", 2.0),
    ("page.rst", "Section {n}\n===========\n\nSome {v} {n}.\n\n", "", "", 4.0),
)


def seconds_for(path: str, piece: str, first: str, last: str, size: float) -> float:
    """Return the time for one changed piece in the middle of a file of so many megabytes."""
    count = int(size * 1_000_000 / len(piece.format(n=100_000, v="value")))
    pieces = [piece.format(n=n, v="value") for n in range(count)]
    middle = count // 2
    old = first + "".join(pieces) + last
    pieces[middle] = piece.format(n=middle, v="other")
    new = first + "".join(pieces) + last
    before, after = (text.split("\n") for text in (old, new))
    at = next(at for at, line in enumerate(before) if line != after[at])
    patch = f"@@ -{at + 1} +{at + 1} @@\n-{before[at]}\n+{after[at]}\n"
    start = time.process_time()
    assert extraction_of(old, new, path=path, patch=patch).facts
    return time.process_time() - start


@pytest.mark.parametrize(("path", "piece", "first", "last", "size"), LARGE)
def test_time_grows_with_the_size(
    path: str, piece: str, first: str, last: str, size: float
) -> None:
    """Four times the file is not sixteen times the work."""
    quarter = seconds_for(path, piece, first, last, size / 4)
    assert seconds_for(path, piece, first, last, size) < 12 * max(quarter, 0.2)


def test_a_hunk_of_thousands_of_changes_to_code_that_nobody_reads() -> None:
    """With a walk up from each change to the last definition this takes many minutes."""
    count = 30_000
    long = "1" * 120  # what is told line by line belongs to no function
    old = [f"x{number} = {long}" for number in range(count)]
    new = [line if at % 2 else f"{line} + 1" for at, line in enumerate(old)]
    body = "".join(f" {a}\n" if a == b else f"-{a}\n+{b}\n" for a, b in zip(old, new, strict=True))
    patch = f"@@ -1,{count} +1,{count} @@ function first()\n{body}"
    texts = ("\n".join(lines) + "\n" for lines in (old, new))
    kinds = {fact.kind for fact in extraction_of(*texts, path="a.lua", patch=patch).facts}
    assert "code.functions" in kinds
