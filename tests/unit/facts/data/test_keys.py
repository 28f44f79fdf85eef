"""Key paths of structured files: values, items by their names, and keys that stand twice."""

from __future__ import annotations

import pytest

from support.views import extraction_of, told


def kinds(old: str, new: str, path: str) -> list[str]:
    return [kind for kind, _, _ in told(extraction_of(old, new, path=path).facts)]


@pytest.mark.parametrize(
    ("path", "old", "new", "key"),
    [
        ("a.json", '{"a": 1,\n "a": 3}\n', '{"a": 2,\n "a": 3}\n', "a"),
        ("a.json", '{"x": [{"a": 1,\n "a": 3}]}\n', '{"x": [{"a": 2,\n "a": 3}]}\n', "x.a"),
        ("a.json", '{"a": {"b": 1},\n "a": 3}\n', '{"a": {"b": 2},\n "a": 3}\n', "a.b"),
        ("a.yaml", "a: 1\na: 3\n", "a: 2\na: 3\n", "a"),
        ("a.yaml", "x: 1\n---\na: 1\na: 3\n", "x: 1\n---\na: 2\na: 3\n", "a"),
        ("a.ini", "[s]\na = 1\n[t]\nb = 1\n[s]\na = 3\n", "[s]\na = 2\n[t]\nb = 1\n[s]\na = 3\n", "s.a"),
        ("a.ini", "[s]\na = 1\na = 3\n", "[s]\na = 2\na = 3\n", "s.a"),
        (".env", "A=1\nA=3\n", "A=2\nA=3\n", "A"),
    ],
)  # fmt: skip
def test_both_of_two_equal_keys_are_told(path: str, old: str, new: str, key: str) -> None:
    ((kind, params, _),) = told(extraction_of(old, new, path=path).facts)
    assert (kind, params) == ("key.changed", {"key": key, "old": "1", "new": "2"})


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a: 1\na: 3\n", "a: 3\n", ["key.removed"]),
        ("a: 3\n", "a: 1\na: 3\n", ["key.added"]),
        ("a: 1\na: 3\n", "a: 1\na: 4\n", ["key.changed"]),
        ("a: 1\na: 3\nb: 1\n", "a: 2\na: 3\nb: 2\n", ["key.changed", "key.changed"]),
        ("a: 1\na: 3\n# x\n", "a: 1\na: 3\n# y\n", ["keys.kept"]),
    ],
)
def test_equal_keys_beside_others(old: str, new: str, expected: list[str]) -> None:
    assert kinds(old, new, "a.yaml") == expected
