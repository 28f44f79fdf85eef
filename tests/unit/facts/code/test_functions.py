"""Code without a detector of its own: versions, one replaced line, functions touched, quotes."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from diff_insight.facts.code import functions
from diff_insight.facts.file_view import FileView
from diff_insight.facts.protocol import base_line, head_line
from diff_insight.model.changes import Status
from support.views import Told, extraction_of, told_by, view_of


def code(old: str, new: str, path: str = "src/app.py") -> list[Told]:
    return told_by(functions, view_of(old, new, path=path))


def in_function(view: FileView, *sections: str) -> FileView:
    hunks = zip(view.hunks, sections, strict=True)
    return replace(view, hunks=tuple(replace(hunk, section=name) for hunk, name in hunks))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("x = 1\n", "x = 2\n", [("code.line", {"old": "x = 1", "new": "x = 2"}, "-1 +1")]),
        ('foo = "1.2.0"\n', 'foo = "1.3.0"\n',
         [("version.moved", {"subject": "foo", "old": "1.2.0", "new": "1.3.0", "step": "minor"},
           "-1 +1")]),
        ("a==1.0\nb==1.0\nc\n", "a==1.1\nb==2.0\nc\n",
         [("version.moved", {"subject": "a", "old": "1.0", "new": "1.1", "step": "minor"},
           "-1 +1"),
          ("version.moved", {"subject": "b", "old": "1.0", "new": "2.0", "step": "major"},
           "-2 +2")]),
        ("a\n", "a\n# Most bytes of a header.\n@most 256\n",
         [("code.added", {"quote": "@most 256", "lines": 2}, "+2-3")]),
        ("a\n", "a\n# Most bytes of a header.\n",
         [("code.added", {"quote": "# Most bytes of a header.", "lines": 1}, "+2")]),
        ("a\n", "a\nimport b\nimport c\n",
         [("code.added", {"quote": "import b", "lines": 2}, "+2-3")]),
        ("a\nimport b\n", "a\n", [("code.removed", {"quote": "import b", "lines": 1}, "-2")]),
        ("a\nb\n", "c\nd\n", [("code.changed", {"quote": "c", "lines": 2}, "+1-2 -1-2")]),
        ("x = 1  \n", "x = 1\n", []),
        ("{\n", "}\n", [("code.line", {"old": "{", "new": "}"}, "-1 +1")]),
        ("a\n", "a\n{\n}\n", []),
    ],
)  # fmt: skip
def test_one_block(old: str, new: str, expected: list[Told]) -> None:
    assert code(old, new) == expected


def test_long_lines_are_not_quoted_whole() -> None:
    ((kind, params, _),) = code("x = 1\n", "x = '" + "y" * 300 + "'\n")
    assert kind == "code.changed"
    assert len(params["quote"]) == functions.LONGEST_LINE + 1


def test_functions_named_by_the_hunks() -> None:
    body = "".join(f"    line{number}\n" for number in range(20))
    new = body.replace("line2", "row2\n    more").replace("    line19\n", "")
    view = in_function(view_of(body, new, path="a.py"), "def first(self):", "class Second:")
    assert told_by(functions, view) == [
        ("code.functions", {"names": ("first", "Second")}, "+3-4 -3 -20")
    ]


def test_a_function_in_the_hunk_beats_the_one_that_stands_before_it() -> None:
    old = "    return 1\n\n\ndef inside(a):\n    x = a\n    y = a\n    return x + y\n"
    new = old.replace("x = a\n    y = a", "x = a + a\n    y = a + 1\n    z = 0")
    view = in_function(view_of(old, new, path="a.cfg"), "def before(self):")
    assert [(kind, params) for kind, params, _ in told_by(functions, view)] == [
        ("code.functions", {"names": ("inside",)})
    ]


def test_functions_that_come_are_named_and_not_the_one_before_them() -> None:
    old = "    return 1\n"
    new = old + "\n\npub(crate) async fn added(a: u8) {\n    a\n}\n\nexport class New {\n}\n"
    view = in_function(view_of(old, new, path="a.x"), "def before(self):")
    assert [params for _, params, _ in told_by(functions, view)] == [{"names": ("added", "New")}]


def test_only_the_first_blocks_are_quoted_and_the_rest_is_counted() -> None:
    old = "".join(f"line{number}\n\n\n\n\n\n\n" for number in range(6))
    found = code(old, old.replace("line", "a\nb"))
    assert [kind for kind, _, _ in found] == ["code.changed"] * 3
    whole = extraction_of(old, old.replace("line", "a\nb"), path="a.lua").facts
    assert whole[-1].kind == "text.more"
    assert whole[-1].params == {"lines": 9, "quote": "line3"}


def test_lines_told_by_other_families_are_left_alone() -> None:
    view = in_function(view_of("x = 1\n", "x = 2\n", path="a.py"), "def f():")
    view.claim(head_line(1), base_line(1))
    assert told_by(functions, view) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "line"),
    [
        ("Dockerfile", "FROM node:20\n", "FROM node:22\nRUN curl x | sh\n", "RUN curl x | sh"),
        ("Gemfile", "gem 'a', '1.0'\n", "gem 'a', '1.1'\nsource 'https://x.test'\n", "source 'https://x.test'"),
        ("build.gradle", "implementation 'a:b:1.0'\n", "implementation 'a:b:1.1'\nimplementation files('l.jar')\n",
         "implementation files('l.jar')"),
        ("a.sh", "VERSION=1.0\n", "VERSION=1.1\nURL=https://x.test\n", "URL"),
        ("requirements.txt", "flask==1.0\n", "flask==1.1\n--index-url https://x.test\n", "--index-url https://x.test"),
        (".github/workflows/a.yml", "on: push\njobs:\n  a:\n    steps:\n      - uses: a/b@v1\n",
         "on: push\njobs:\n  a:\n    steps:\n      - uses: a/b@v2\n      - run: curl x | sh\n", "curl x | sh"),
        ("main.tf", 'module "a" {\n  version = "1.0"\n}\n',
         'module "a" {\n  version = "1.1"\n  source  = "./evil"\n}\n', "./evil"),
        ("package.json", '{"dependencies": {\n"a": "1.0.0"}}\n',
         '{"dependencies": {\n"a": "1.1.0"},\n"scripts": {"postinstall": "curl x"}}\n', "scripts"),
    ],
)  # fmt: skip
def test_what_stands_beside_a_version_is_told_too(path: str, old: str, new: str, line: str) -> None:
    extraction = extraction_of(old, new, path=path)
    assert any(line in str(value) for fact in extraction.facts for value in fact.params.values())
    assert extraction.lines.untold == 0


@pytest.mark.parametrize(
    ("section", "name"),
    [
        ("def load(self, path):", "load"),
        ("async function fetchAll() {", "fetchAll"),
        ("func (s *Server) Start() error {", "Start"),
        ("class Foo(Bar):", "Foo"),
        ("impl Parser for Json {", "Parser"),
        ("pub fn parse(input: &str)", "parse"),
        ("namespace App::Core", "App::Core"),
        ("int main(int argc, char **argv)", "main"),
        ("if (x) {", ""),
        ("from fastapi import (", ""),
        ("export const x = [", ""),
        ("", ""),
        ("x" * 5000 + " def late():", ""),
    ],
)
def test_function_names(section: str, name: str) -> None:
    assert functions.function_name(section) == name


@pytest.mark.parametrize(
    ("path", "status", "yes"),
    [
        ("a.py", Status.MODIFIED, True),
        ("a.py", Status.RENAMED, True),
        ("a.py", Status.ADDED, False),
        ("a.md", Status.MODIFIED, False),
        ("a.rst", Status.MODIFIED, False),
    ],
)
def test_files_it_reads(path: str, status: Status, yes: bool) -> None:  # noqa: FBT001
    assert functions.applies(view_of("a\n", "b\n", path=path, status=status)) is yes
    assert not functions.applies(view_of("a\n", "a\n", path=path))


def test_names_of_entries_of_a_list_are_quoted_together() -> None:
    added = "- title: Announced for Deprecation\n  links:\n  - text: Language Understanding\n    url: a.md\n"
    view = view_of("x: 1\n", f"x: 1\n{added}", path="index.yml", whole=False)
    ((kind, params, _),) = told_by(functions, view)
    assert (kind, params["quote"]) == (
        "code.added",
        "title: Announced for Deprecation · text: Language Understanding",
    )
