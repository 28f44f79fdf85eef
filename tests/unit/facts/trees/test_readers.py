"""The readers of structured files: values, lines, and what they refuse."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.facts.trees import node as nodes
from diff_insight.facts.trees.ini_tree import read_ini
from diff_insight.facts.trees.json_tree import read_json
from diff_insight.facts.trees.node import DEEPEST, NOTHING, Node, TreeBuilder, UnreadableError
from diff_insight.facts.trees.read import format_of, read_tree
from diff_insight.facts.trees.toml_tree import read_toml
from diff_insight.facts.trees.yaml_tree import read_yaml


def plain(node: Node) -> Any:
    """Return a tree without its lines; every scalar as text."""
    if isinstance(node.value, dict):
        return {key: plain(below) for key, below in node.value.items()}
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    return node.value


def texts(value: Any) -> Any:
    """Return what a library read in the same form."""
    if isinstance(value, dict):
        return {str(key): texts(below) for key, below in value.items()}
    if isinstance(value, list):
        return [texts(item) for item in value]
    return value if isinstance(value, str) else json.dumps(value)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda below: st.lists(below) | st.dictionaries(st.text(), below),
    max_leaves=20,
)


@settings(deadline=None, max_examples=60)
@given(VALUES, st.sampled_from([None, 2]), st.booleans())
def test_json_is_read_as_the_library_reads_it(
    value: Any,
    indent: int | None,
    ascii_only: bool,  # noqa: FBT001
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert plain(read_json(text)) == texts(value)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.dictionaries(st.text("abc"), st.text("xyz 01"), min_size=1), min_size=1))
def test_yaml_is_read_as_the_library_reads_it(value: Any) -> None:
    assert plain(read_yaml(yaml.safe_dump(value, default_flow_style=False))) == value


def test_lines_of_json() -> None:
    tree = read_json('{\n  "a": {\n    "b": [1,\n      "2"]\n  },\n  "c": null\n}\n')
    assert (tree.start, tree.end) == (1, 7)
    assert (tree.at("a").start, tree.at("a").end) == (2, 5)
    assert tree.at("a", "b").items()[1] == Node("2", 4, 4)
    assert tree.at("c") == Node("null", 6, 6, literal=True)


def test_json_of_people() -> None:
    text = "// first\n{a: 1, /* two */ 'b': 'x', \"c\": [1, 2,], // x\n}\n"
    assert plain(read_json(text)) == {"a": "1", "b": "x", "c": ["1", "2"]}


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "}", "[1 2]", '{"a" 1}', '{"a": }', '{"a": 1]', "[1}", "{1: 2, 3}", '{"a"}', "1 2",
        '"a', "word", "[,]", "[1,,2]", ",", ":", '{"a":1 "b":2}', "{,}", "{[]: 1}", "[" * (DEEPEST + 1),
        '{"a":: 1}', "[1]]", "[1],", "/* open",
    ],
)  # fmt: skip
def test_what_is_no_json(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_json(text)


def test_broken_escapes_stay_as_they_are() -> None:
    assert plain(read_json(r'["\x", "\u0041"]')) == [r"\x", "A"]


def test_lines_of_yaml() -> None:
    tree = read_yaml("a:\n  b: 1\n  c: |\n    x\n    y\nd: [1,\n  2]\ne: 'x'\n")
    assert (tree.at("a").start, tree.at("a").end) == (1, 5)
    assert (tree.at("a", "c").start, tree.at("a", "c").end) == (3, 5)
    assert (tree.at("d").start, tree.at("d").end) == (6, 7)
    assert tree.at("e") == Node("x", 8, 8)


def test_yaml_keeps_what_other_readers_resolve() -> None:
    tree = read_yaml("a: &x {v: 3.10}\nb: *x\n<<: *x\nc: !Ref y\non: 1\ns: '3.10'\n")
    assert plain(tree) == {
        "a": {"v": "3.10"}, "b": "*x", "<<": "*x", "c": "!Ref y", "on": "1", "s": "3.10",
    }  # fmt: skip
    assert tree.at("a", "v").literal
    assert not tree.at("s").literal


def test_several_documents_are_called_by_what_they_say_of_themselves() -> None:
    assert plain(read_yaml("a: 1\n---\nb: 2\n")) == {
        "document 1": {"a": "1"},
        "document 2": {"b": "2"},
    }
    text = "kind: A\nmetadata: {name: x}\n---\nkind: A\nname: y\n---\ntitle: Z\n---\ntitle: Z\n"
    assert list(plain(read_yaml(text))) == ["A x", "A y", "Z", "Z (2)"]


@pytest.mark.parametrize(
    "text",
    ["", "# only\n", "a: [", "a: b: c", "\x00", "? [a]\n: b", "{" * 5000, "- " * 5000,
     "a: \ud800"],
)  # fmt: skip
def test_what_is_no_yaml(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_yaml(text)


def test_aliases_do_not_explode() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(
        f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 30)
    )
    assert len(read_yaml(bomb).entries()) == 30


TOML = '''title = "x"
dotted.a."b.c" = 1
date = 1979-05-27 07:32:00
multi = """
one \\
  two"""
raw = \'\'\'a
b\'\'\'

[table]
list = [
  "one",  # comment
  { in = "line", deep = [1, 2] },
]

[[items]]
name = "a"
[items.sub]
v = true
[[items]]
name = "b\\u0041"
'''


def test_toml_is_read_as_the_library_reads_it() -> None:
    expected = texts(
        {key: str(value) if key == "date" else value for key, value in tomllib.loads(TOML).items()}
    )
    assert plain(read_toml(TOML)) == expected


def test_lines_of_toml() -> None:
    tree = read_toml(TOML)
    assert (tree.at("multi").start, tree.at("multi").end) == (4, 6)
    assert (tree.at("table", "list").start, tree.at("table", "list").end) == (11, 14)
    assert tree.at("table", "list").items()[0].start == 12
    assert [(item.start, item.end) for item in tree.at("items").items()] == [(16, 19), (20, 21)]
    assert tree.at("items").items()[1].at("name").text() == "bA"
    assert tree.at("dotted", "a", "b.c") == Node("1", 2, 2, literal=True)


@pytest.mark.parametrize(
    "text", ["a", "a = ", "[a", "a = [" + "[" * 3000, f"a = {'[' * 120}{']' * 120}"]
)
def test_what_is_no_toml(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_toml(text)


def test_ini() -> None:
    tree = read_ini(
        "; c\ntop = 1\n[a b] # c\nkey : 'v'\nlist =\n  one\n  two\nmore = x\n  y\n\n[empty]\n"
    )
    assert plain(tree) == {
        "top": "1", "a b": {"key": "v", "list": ["one", "two"], "more": ["x", "y"]}, "empty": {},
    }  # fmt: skip
    assert (tree.at("a b").start, tree.at("a b").end) == (3, 9)
    assert (tree.at("a b", "list").start, tree.at("a b", "list").end) == (5, 7)


@pytest.mark.parametrize("text", ["", "# only\n", "just words\n", "= 1\n"])
def test_what_is_no_ini(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_ini(text)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a/b.JSON", "json"), ("a.yml", "yaml"), ("pyproject.toml", "toml"), ("Pipfile", "toml"),
        ("setup.cfg", "ini"), (".env.example", "ini"), (".env", "ini"), ("a.py", ""), ("json", ""),
    ],
)  # fmt: skip
def test_formats(path: str, kind: str) -> None:
    assert format_of(path) == kind


def test_what_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_tree("a.py", "{}") is None
    assert read_tree("a.json", "{") is None
    assert read_tree("a.json", " " * 11_000_000) is None
    monkeypatch.setattr(nodes, "MOST_NODES", 3)
    assert read_tree("a.json", "[1, 2]") is not None
    assert read_tree("a.json", "[1, 2, 3]") is None


def test_a_builder_refuses_what_cannot_be() -> None:
    built = TreeBuilder()
    with pytest.raises(UnreadableError):
        built.close()
    assert NOTHING.at("a").items() == []


@settings(deadline=None, max_examples=150)
@given(
    st.text(st.sampled_from("{}[],:\"'\\/*#=-?&!|>%@ \n\tab1.")),
    st.sampled_from("json yaml toml ini".split()),
)
def test_no_text_makes_a_reader_raise(text: str, kind: str) -> None:
    tree = read_tree(f"a.{kind}", text)
    last = text.removesuffix("\n").count("\n") + 1
    left = [tree] if tree else []
    while left:
        one = left.pop()
        assert 1 <= one.start <= one.end <= last
        left += [*one.entries().values(), *one.items()]
