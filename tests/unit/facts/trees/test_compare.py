"""Comparing trees: paths, lists by what names their entries, order."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from diff_insight.facts.trees.json_tree import read_json
from diff_insight.facts.trees.node import Node
from diff_insight.facts.trees.tree_comparison import compare, same


def changes(old: Any, new: Any) -> list[tuple[str, str, str]]:
    """Return path, old and new text; `…` stands for what holds more, `-` for nothing."""
    found = compare(read_json(json.dumps(old)), read_json(json.dumps(new)))
    return [(change.path, text(change.old), text(change.new)) for change in found]


def text(node: Node | None) -> str:
    return "-" if node is None else node.text() or "…"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"a": 1, "b": {"c": 2}}, {"a": 1, "b": {"c": 3}}, [("b.c", "2", "3")]),
        ({"a": 1}, {"b": 1}, [("b", "-", "1"), ("a", "1", "-")]),
        ({"a.b": 1, "x y": 1}, {}, [('"a.b"', "1", "-"), ('"x y"', "1", "-")]),
        ({"a": [1]}, {"a": {"b": 1}}, [("a", "…", "…")]),
        ({"a": 1}, {"a": "1"}, [("a", "1", "1")]),
        ([1, 2, 2], [2, 3], [("", "-", "3"), ("", "1", "-"), ("", "2", "-")]),
        ([2, 1], [1, 2], []),
        ([{"id": 1, "v": 1}, {"id": 2}], [{"id": 2}, {"id": 1, "v": 2}], [("[1].v", "1", "2")]),
        ([{"name": "a"}], [{"name": "a"}, {"name": "b"}], [("[b]", "-", "…")]),
        ([{"name": "a"}, {"name": "b"}], [{"name": "a"}], [("[b]", "…", "-")]),
        ([{"x": 1}, {"y": 1}], [{"y": 1}, {"x": 2}], [("[1].x", "1", "2")]),
        ([{"x": 1}], [{"x": 1}, {"y": {"z": "called"}}], [("[called]", "-", "…")]),
        ([{"x": 1}], [{"x": 1}, {}], [("[1]", "-", "…")]),
        ([{"x": "a" * 50}, [[]]], [[[]]], [("[0]", "…", "-")]),
        ([{"uses": "a@v1", "w": 1}, {"r": 1}], [{"uses": "a@v2", "w": 1}, {"r": 1}, {"r": 2}],
         [("[a].uses", "a@v1", "a@v2"), ("[r: 2]", "-", "…")]),
        ([{"node": 20}], [{"node": 20}, {"node": 22}], [("[node: 22]", "-", "…")]),
        ([{"run": "a" * 60, "name": "Build"}], [], [("[Build]", "…", "-")]),
        ([[1]], [[1], [2, 3]], [("[2]", "-", "…")]),
        ([{"name": "x", "v": 1}, {"w": 1}], [{"name": "x", "v": 2}, {"w": 1}], [("[x].v", "1", "2")]),
        ([{"name": "x", "v": 1}, {"w": 1}], [{"name": "y", "v": 1}, {"w": 1}], [("[0].name", "x", "y")]),
        ([{"uses": "a@v1"}], [{"uses": "a@v2"}], [("[a].uses", "a@v1", "a@v2")]),
    ],
)  # fmt: skip
def test_changes(old: Any, new: Any, expected: list[tuple[str, str, str]]) -> None:
    found = changes(old, new)
    assert [(path, before, after) for path, before, after in found] == [
        (path, before, after) for path, before, after in expected
    ]


def test_same() -> None:
    first = read_json('{"a": [1, 2], "b": {"c": 1}}')
    assert same(first, read_json('{"b": {"c": 1}, "a": [1, 2]}'))
    assert not same(first, read_json('{"b": {"c": 1}, "a": [2, 1]}'))
    assert not same(first, read_json('{"b": {"c": "1"}, "a": [1, 2]}'))


@pytest.mark.no_cover
def test_time_grows_with_the_size() -> None:
    """Lists without names are compared by content: twice the entries are not four times the work."""
    seconds = []
    for size in (4000, 16000):
        old = read_json(json.dumps([{"x": [number, [number]]} for number in range(size)]))
        new = read_json(json.dumps([{"x": [number, [number]]} for number in range(1, size, 2)]))
        start = time.process_time()
        assert len(compare(old, new)) == size // 2
        seconds.append(time.process_time() - start)
    assert seconds[1] < 12 * max(seconds[0], 0.02)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (  # the name is what changed
            {"links": [{"text": "On Linux", "url": "a.md"}, {"text": "On Mac", "url": "m.md"}]},
            {"links": [{"text": "On Linux", "url": "b.md"}, {"text": "On Mac", "url": "m.md"}]},
            [("links[On Linux].url", "a.md", "b.md")],
        ),
        (  # a key that is no usual name, told apart by its values
            {"rules": [{"source_path": "x/a", "redirect_url": "/1", "keep": False}, {"source_path": "x/b", "redirect_url": "/2", "keep": False}]},
            {"rules": [{"source_path": "x/a", "redirect_url": "/3", "keep": False}, {"source_path": "x/b", "redirect_url": "/2", "keep": False}, {"source_path": "x/c", "redirect_url": "/2", "keep": False}]},
            [("rules[x/a].redirect_url", "/1", "/3"), ("rules[x/c]", "-", "\u2026")],
        ),
        (  # another thing altogether
            {"l": [{"name": "a", "kind": "x"}, {"name": "k", "kind": "z"}]},
            {"l": [{"name": "b", "kind": "y"}, {"name": "k", "kind": "z"}]},
            [("l[b]", "-", "\u2026"), ("l[a]", "\u2026", "-")],
        ),
        (
            {"l": [{"path": "a.md", "title": "One", "n": 1}, {"path": "k.md", "title": "Two", "n": 2}]},
            {"l": [{"path": "b.md", "title": "One", "n": 1}, {"path": "k.md", "title": "Two", "n": 2}]},
            [("l[One].path", "a.md", "b.md")],
        ),
    ],
)  # fmt: skip
def test_an_item_with_another_name_is_still_one(old: Any, new: Any, expected: Any) -> None:
    assert changes(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (["3.13", "pypy3.11.13"], ["pypy3.11", "3.13"], [("a[]", "pypy3.11.13", "pypy3.11")]),
        (["ubuntu-22.04"], ["ubuntu-24.04"], [("a[]", "ubuntu-22.04", "ubuntu-24.04")]),
        # One more of the same is not one instead of the other, nor is another name.
        (["ubuntu-22.04"], ["ubuntu-24.04", "ubuntu-26.04"],
         [("a", "-", "ubuntu-24.04"), ("a", "-", "ubuntu-26.04"), ("a", "ubuntu-22.04", "-")]),
        (["ubuntu-22.04"], ["macos-14"], [("a", "-", "macos-14"), ("a", "ubuntu-22.04", "-")]),
        (["3.9"], ["3.14"], [("a", "-", "3.14"), ("a", "3.9", "-")]),
    ],
)  # fmt: skip
def test_an_item_with_another_version_is_one_that_changed(
    old: list[str], new: list[str], expected: list[tuple[str, str, str]]
) -> None:
    assert changes({"a": old}, {"a": new}) == expected
