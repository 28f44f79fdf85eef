"""Refactorings that change nothing for callers, over generated programs: never a breaking finding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.api import PYPROJECT, api_changes, breaking


class Method(NamedTuple):
    """A function or method: its name and its parameters, each with a default or without."""

    name: str
    parameters: tuple[str, ...]
    optional: int


class Program(NamedTuple):
    """A class with methods, functions beside it, and functions that nobody else sees."""

    methods: tuple[Method, ...]
    functions: tuple[Method, ...]
    private: tuple[Method, ...]


NAMES = st.sampled_from("send close open_it read write pack ship track cancel refund".split())
PARAMETERS = st.lists(
    st.sampled_from("order address note weight limit count".split()), unique=True, max_size=4
)


@st.composite
def methods(draw: st.DrawFn, least: int = 0) -> tuple[Method, ...]:
    names = draw(st.lists(NAMES, unique=True, min_size=least, max_size=4))
    found = []
    for name in names:
        parameters = tuple(draw(PARAMETERS))
        found.append(Method(name, parameters, draw(st.integers(0, len(parameters)))))
    return tuple(found)


PROGRAMS = st.builds(Program, methods(least=1), methods(), methods(least=1))


def python_function(one: Method, *, indent: str = "", name: str = "", own: bool = False) -> str:
    needed = len(one.parameters) - one.optional
    listed = [
        *(["self"] if own else ()),
        *(p if i < needed else f"{p}=None" for i, p in enumerate(one.parameters)),
    ]
    return f"{indent}def {name or one.name}({', '.join(listed)}):\n{indent}    return 1\n\n\n"


def script_function(one: Method, *, name: str = "", start: str = "export function ") -> str:
    needed = len(one.parameters) - one.optional
    listed = ", ".join(
        f"{p}{'' if i < needed else '?'}: string" for i, p in enumerate(one.parameters)
    )
    return f"{start}{name or one.name}({listed}): number {{ return 1 }}\n"


def python_class(found: tuple[Method, ...], head: str = "class Order") -> str:
    return f"{head}:\n    x = 1\n\n" + "".join(
        python_function(one, indent="    ", own=True) for one in found
    )


def script_class(found: tuple[Method, ...], head: str = "export class Order") -> str:
    return (
        f"{head} {{\n  x = 1\n" + "".join(script_function(one, start="  ") for one in found) + "}\n"
    )


def python_module(program: Program) -> list[str]:
    return [
        python_class(program.methods),
        *(python_function(one, name=f"{one.name}_all") for one in program.functions),
        *(python_function(one, name=f"_{one.name}") for one in program.private),
    ]


def script_module(program: Program) -> list[str]:
    return [
        script_class(program.methods),
        *(script_function(one, name=f"{one.name}All") for one in program.functions),
        *(
            script_function(one, name=f"{one.name}Own", start="function ")
            for one in program.private
        ),
    ]


Files = Mapping[str, str]
PYTHON_LIB = {**PYPROJECT, "lib/__init__.py": "from ._core import *\n"}
SCRIPT_LIB = {
    "package.json": '{"name": "lib", "main": "dist/index.js"}',
    "src/index.ts": "export * from './core.js'\n",
}
PYTHON: dict[str, Callable[[Program], Files]] = {
    "reorder": lambda p: {"lib/_core.py": "".join(reversed(python_module(p)))},
    "extract a base class": lambda p: {
        "lib/_core.py": python_class(p.methods, "class _Base") + "class Order(_Base):\n    pass\n\n\n"
        + "".join(python_module(p)[1:]),
    },
    "extract a base class into a sibling": lambda p: {
        "lib/_base.py": python_class(p.methods, "class Base"),
        "lib/_core.py": "from ._base import Base\nclass Order(Base):\n    x = 2\n\n\n" + "".join(python_module(p)[1:]),
    },
    "move to a sibling and pass on": lambda p: {
        "lib/_new.py": "".join(python_module(p)), "lib/_core.py": "from ._new import *\n",
    },
    "make a package of a module": lambda p: {
        "lib/_core.py": "", "lib/_core/__init__.py": "from .all import *\n", "lib/_core/all.py": "".join(python_module(p)),
    },
    "split": lambda p: {
        "lib/_core.py": python_module(p)[0] + "from ._rest import *\n", "lib/_rest.py": "".join(python_module(p)[1:]),
    },
    "wrap in a conditional": lambda p: {
        "lib/_core.py": "if True:\n" + "".join(f"    {line}\n" for line in "".join(python_module(p)).split("\n")),
    },
    "wrap in try": lambda p: {
        "lib/_core.py": "try:\n" + "".join(f"    {line}\n" for line in "".join(python_module(p)).split("\n"))
        + "except ImportError:\n    pass\n",
    },
    "rename what is private": lambda p: {
        "lib/_core.py": "".join(python_module(p)).replace("def _", "def _other_"),
    },
    "change what is private": lambda p: {
        "lib/_core.py": "".join(python_module(p._replace(private=()))) + "def _helper(a, b, c): ...\n",
    },
    "list the exports": lambda p: {
        "lib/__init__.py": "from ._core import Order" + "".join(f", {one.name}_all" for one in p.functions) + "\n",
    },
    "add what is optional": lambda p: {
        "lib/_core.py": "".join(python_module(p)).replace("):\n", ", **more):\n").replace("(, ", "("),
    },
}  # fmt: skip
SCRIPT: dict[str, Callable[[Program], Files]] = {
    "reorder": lambda p: {"src/core.ts": "".join(reversed(script_module(p)))},
    "extract a base class": lambda p: {
        "src/core.ts": script_class(p.methods, "class Base") + "export class Order extends Base {}\n"
        + "".join(script_module(p)[1:]),
    },
    "extract a base class into a sibling": lambda p: {
        "src/base.ts": script_class(p.methods, "export class Base"),
        "src/core.ts": "import { Base } from './base'\nexport class Order extends Base { x = 2 }\n"
        + "".join(script_module(p)[1:]),
    },
    "move to a sibling and pass on": lambda p: {
        "src/new.ts": "".join(script_module(p)), "src/core.ts": "export * from './new.js'\n",
    },
    "split": lambda p: {
        "src/core.ts": script_module(p)[0] + "export * from './rest'\n", "src/rest.ts": "".join(script_module(p)[1:]),
    },
    "list the exports": lambda p: {
        "src/index.ts": "export { Order" + "".join(f", {one.name}All" for one in p.functions) + " } from './core.js'\n",
    },
    "export at the end": lambda p: {
        "src/core.ts": "".join(script_module(p)).replace("export ", "")
        + "export { Order" + "".join(f", {one.name}All" for one in p.functions) + " }\n",
    },
    "functions to constants": lambda p: {
        "src/core.ts": script_module(p)[0] + "".join(
            script_function(one, name=f"{one.name}All", start="export const ")
            .replace("All(", "All = (", 1).replace(" { return", " => { return") for one in p.functions),
    },
    "rename parameters": lambda p: {
        "src/core.ts": "".join(script_module(p)).replace("order", "parcel").replace("note", "remark"),
    },
    "change what is private": lambda p: {
        "src/core.ts": "".join(script_module(p._replace(private=()))) + "function helper(a: string) {}\n",
    },
    "import and export apart": lambda p: {
        "src/index.ts": "import { Order } from './core'\nexport { Order }\n"
        + "".join(f"import {{ {one.name}All }} from './core'\nexport {{ {one.name}All }}\n" for one in p.functions),
    },
}  # fmt: skip


@pytest.mark.parametrize("refactoring", PYTHON)
@given(PROGRAMS)
@settings(deadline=None, max_examples=12)
def test_python(refactoring: str, program: Program) -> None:
    old = {**PYTHON_LIB, "lib/_core.py": "".join(python_module(program))}
    new = {path: text for path, text in {**old, **PYTHON[refactoring](program)}.items() if text}
    assert breaking(api_changes(old, new)) == []


@pytest.mark.parametrize("refactoring", SCRIPT)
@given(PROGRAMS)
@settings(deadline=None, max_examples=12)
def test_script(refactoring: str, program: Program) -> None:
    old = {**SCRIPT_LIB, "src/core.ts": "".join(script_module(program))}
    assert breaking(api_changes(old, {**old, **SCRIPT[refactoring](program)})) == []


@given(PROGRAMS)
@settings(deadline=None, max_examples=20)
def test_what_is_taken_away_is_found(program: Program) -> None:
    """The programs are such that a removal shows: the properties above hold for a reason."""
    less = program._replace(methods=program.methods[1:])
    for lib, path, module in (
        (PYTHON_LIB, "lib/_core.py", python_module), (SCRIPT_LIB, "src/core.ts", script_module),
    ):  # fmt: skip
        old, new = ({**lib, path: "".join(module(one))} for one in (program, less))
        assert breaking(api_changes(old, new)) == [
            ("symbol.removed", f"Order.{program.methods[0].name}()")
        ]
