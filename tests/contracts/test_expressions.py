"""Expressions of the package on texts made against them: what they take grows with the text, no faster.

Every expression that a module keeps, or writes where it is used, is collected, pumped at two sizes,
and timed as it is used.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import ModuleType
from typing import Any

import msgspec
import pytest

import diff_insight
from diff_insight.markup.guarded import Guarded
from diff_insight.runtime.cpu_limit import OutOfTimeError, cpu_limit
from support.pumping import pumped

SMALL, LARGE = 400, 1600
#: Seconds that no expression may take at all.
SLOWEST = 0.4
#: An expression that is tried from every place of a text; what takes a few times as long as this one
#: on the machine at hand is told apart, whatever the machine.
MEASURE, TIMES = re.compile(r"a*b"), 4
#: Four times the text takes four times as long, or sixteen times when it is tried from every place.
GROWTH = 8
SUFFIXES = ("", "\x01")
DEEPEST = 4


def expressions() -> dict[str, re.Pattern[str]]:
    """Return every expression that a module of the package keeps, by its place."""
    collected: dict[str, re.Pattern[str]] = {}
    for info in pkgutil.walk_packages(diff_insight.__path__, "diff_insight."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        kept = ((name, each) for name, value in vars(module).items() for each in _inside(value, 0))
        for name, pattern in (*kept, *_written(module)):
            if pattern not in collected.values():
                place = f"{info.name.removeprefix('diff_insight.')}.{name}"
                place += f"#{len(collected)}" if place in collected else ""
                collected[place] = pattern
    return collected


def _written(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield the expressions that stand in a call of `re`, with the name of its function.

    What is compiled is kept somewhere.
    """
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner, pattern = node.func.value, node.args[0] if node.args else None
            named = isinstance(owner, ast.Name) and owner.id == "re" and node.func.attr != "compile"
            if named and isinstance(pattern, ast.Constant) and isinstance(pattern.value, str):
                yield f"re.{node.func.attr}", re.compile(pattern.value)


def _inside(value: object, depth: int) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield _of_text(value)
    elif depth <= DEEPEST:
        for each in _members(value):
            yield from _inside(each, depth + 1)


def _of_text(pattern: re.Pattern[Any]) -> re.Pattern[str]:
    """Return an expression on bytes as one on text, which tries the same."""
    if isinstance(pattern.pattern, str):
        return pattern
    return re.compile(pattern.pattern.decode("latin-1"), pattern.flags | re.ASCII)


def _members(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        yield from (*value.keys(), *value.values())
    elif isinstance(value, list | tuple | set | frozenset):
        yield from value
    elif isinstance(value, msgspec.Struct):
        yield from (getattr(value, name) for name in value.__struct_fields__)
    elif isinstance(value, Guarded):
        yield from (value.pattern, value.hint)


@cache
def _methods(module: str) -> dict[str, set[str]]:
    """Return how each name of a module is called: `_X.match(...)`."""
    tree = ast.parse(inspect.getsource(importlib.import_module(f"diff_insight.{module}")))
    used: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            used.setdefault(node.value.id, set()).add(node.attr)
    return used


def _use(place: str, pattern: re.Pattern[str]) -> Callable[[str], object]:
    """Return what is done with an expression: matched at the beginning only, or searched for."""
    module, _, name = place.partition("#")[0].rpartition(".")
    used = {name} if module.endswith(".re") else _methods(module).get(name, set())
    used = used - {"pattern", "groups"}
    if used and used <= {"match", "fullmatch"}:
        return lambda text: [getattr(pattern, method)(text) for method in used]
    return lambda text: sum(1 for _ in pattern.finditer(text))


def seconds(use: Callable[[str], object], text: str, tries: int = 1) -> float:
    """Return the time of a use, the shortest of some tries, or what no use may take.

    The clock of computing time moves in steps as long as what is measured; the shortest try is the
    one that no other program stood in the way of.
    """
    shortest = SLOWEST
    for _ in range(tries):
        started = time.perf_counter()
        try:
            with cpu_limit(SLOWEST):
                use(text)
        except OutOfTimeError:
            continue
        shortest = min(shortest, time.perf_counter() - started)
    return shortest


@cache
def quick() -> float:
    """Return the seconds below which nothing is told apart, on this machine."""
    return TIMES * seconds(MEASURE.search, "a" * LARGE, 9)


def growth(place: str, pattern: re.Pattern[str]) -> tuple[float, str]:
    """Return the longest time of a text that grows too fast, and the text; 0 where none does."""
    use, worst = _use(place, pattern), (0.0, "")
    for lead, unit in pumped(pattern):
        for suffix in SUFFIXES:

            def text(size: int, lead: str = lead, unit: str = unit, suffix: str = suffix) -> str:
                return lead + unit * (size // len(unit) or 1) + suffix

            large = seconds(use, text(LARGE))
            if large < quick():
                continue
            large = min(large, seconds(use, text(LARGE), 5))
            small = max(seconds(use, text(SMALL), 5), 5e-5)
            if large >= quick() and large > GROWTH * small and large > worst[0]:
                worst = large, repr((lead, unit, suffix))
                if large >= SLOWEST:
                    return worst
    return worst


@pytest.mark.slow
def test_no_expression_takes_longer_than_its_text_is_long() -> None:
    slow = {
        place: worst
        for place, pattern in expressions().items()
        if (worst := growth(place, pattern))[0]
    }
    assert not slow, "possessive and atomic forms (*+, (?>...)), or words, read a text once"


def test_expressions_are_collected_where_they_are_kept_and_where_they_are_used() -> None:
    places = expressions()
    assert "analysis.commits" in {place.rpartition(".")[0] for place in places}
    assert any(".re.findall" in place for place in places)
