"""A description in several files as one tree: lines say their file, circles end, too much is not read."""

from __future__ import annotations

import json

from diff_insight.facts.interfaces.openapi_bundle import STRIDE, FileNumbers, description_tree
from diff_insight.model.source_tree import SourceTree


def tree_of(**files: object) -> SourceTree:
    texts = {f"{name}.json": json.dumps(value).encode() for name, value in files.items()}
    return SourceTree(paths=frozenset(texts), content=texts.get)


def test_what_stands_elsewhere_takes_the_place_of_the_reference() -> None:
    files = tree_of(
        root={"paths": {"/a": {"$ref": "a.json#/get~1it"}}}, a={"get/it": {"type": "x"}}
    )
    numbers = FileNumbers(["root.json"])
    tree = description_tree(files, "root.json", numbers)
    assert tree is not None
    assert tree.at("paths", "/a", "type").text() == "x"
    assert numbers.place(tree.at("paths", "/a", "type").start) == ("a.json", 1)


def test_a_reference_back_is_one_within_the_description() -> None:
    files = tree_of(root={"a": {"$ref": "a.json"}, "b": {"type": "x"}}, a={"$ref": "root.json#/b"})
    tree = description_tree(files, "root.json", FileNumbers(["root.json"]))
    assert tree is not None
    assert tree.at("a", "$ref").text() == "#/b"
    assert tree.at("a").start > STRIDE


def test_circles_end() -> None:
    files = tree_of(
        root={"a": {"$ref": "a.json"}}, a={"b": {"$ref": "b.json"}}, b={"a": {"$ref": "a.json"}}
    )
    tree = description_tree(files, "root.json", FileNumbers(["root.json"]))
    assert tree is not None
    assert tree.at("a", "b", "a", "$ref").text() == "a.json"


def test_what_is_not_there_stays_a_reference() -> None:
    files = tree_of(root={"a": {"$ref": "gone.json"}, "b": {"$ref": "https://example.com/b.json"}})
    tree = description_tree(files, "root.json", FileNumbers(["root.json"]))
    assert tree is not None
    assert [tree.at(name, "$ref").text() for name in "ab"] == [
        "gone.json",
        "https://example.com/b.json",
    ]


def test_files_that_double_with_each_step_are_no_description() -> None:
    steps = {f"n{n}": [{"$ref": f"n{n + 1}.json"}] * 2 for n in range(40)}
    files = tree_of(root={"a": {"$ref": "n0.json"}}, **steps, n40={"type": "x"})
    assert description_tree(files, "root.json", FileNumbers(["root.json"])) is None


def test_more_than_is_read_is_no_description() -> None:
    files = tree_of(root={str(n): {"$ref": f"n{n}.json"} for n in range(400)})
    assert description_tree(files, "root.json", FileNumbers(["root.json"])) is None
