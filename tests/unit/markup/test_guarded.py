"""Guarded patterns: what the literals let through is all that the patterns match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import diff_insight
from diff_insight.markup.guarded import Guarded

SOURCE = Path(diff_insight.__file__).parent


def guards() -> Iterator[tuple[str, Guarded]]:
    """Yield every guarded pattern of the product, by its name."""
    for path in sorted(SOURCE.rglob("*.py")):
        if "Guarded(" not in path.read_text("utf-8"):
            continue
        name = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
        for variable, value in vars(import_module(name)).items():
            if isinstance(value, Guarded):
                yield f"{name}.{variable}", value


GUARDS = dict(guards())


def test_there_are_guards() -> None:
    assert len(GUARDS) > 5


@pytest.mark.parametrize("name", GUARDS)
@given(data=st.data())
def test_what_a_pattern_matches_is_let_through(name: str, data: st.DataObject) -> None:
    guard = GUARDS[name]
    # The strategy knows no possessive repeats; what it makes without them is looked for with them.
    source = re.sub(r"(?<!\\)([*+}])\+", r"\1", guard.pattern.pattern)
    text = data.draw(st.from_regex(re.compile(source, guard.pattern.flags)))
    if guard.pattern.search(text):
        assert guard.may_match(text)
    expected = [match.span() for match in guard.pattern.finditer(text)]
    assert [match.span() for match in guard.finditer(text)] == expected
    first, plain = guard.match(text), guard.pattern.match(text)
    assert (first and first.span()) == (plain and plain.span())


def test_a_text_without_a_needle_is_not_searched() -> None:
    guard = Guarded(re.compile("a.*"), "b")
    assert guard.match("a") is None
    assert list(guard.finditer("a")) == []
    assert not guard.may_match("a")


def test_a_hint_stands_for_literals() -> None:
    guard = Guarded(re.compile(r"\d{4}-\d{2}"), hint=re.compile(r"\d{4}"))
    assert not guard.may_match("12-34")
    assert [match[0] for match in guard.finditer("2024-05")] == ["2024-05"]
