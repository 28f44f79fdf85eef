"""Questions to nodes of Python's syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from diff_insight.facts.code.api.item import Argument, Passing

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


def statements_within(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield every statement of a function, not those of functions and classes within."""
    waiting: list[ast.stmt] = list(reversed(body))
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        for name in ("finalbody", "orelse", "body"):
            waiting += reversed(getattr(node, name, None) or ())
        for handler in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
            waiting += reversed(handler.body)


def targets_of(statement: ast.stmt) -> Iterator[tuple[ast.expr, ast.expr | None]]:
    """Yield what a statement assigns to, with its annotation."""
    if isinstance(statement, ast.Assign):
        for target in statement.targets:
            for element in target.elts if isinstance(target, ast.Tuple) else (target,):
                yield element, None
    elif isinstance(statement, ast.AnnAssign):
        yield statement.target, statement.annotation


def arguments_of(args: ast.arguments, *, skip_first: bool = False) -> tuple[Argument, ...]:
    """Return the parameters of a function; `skip_first` leaves `self` out."""
    placed = [*args.posonlyargs, *args.args]
    defaults: list[ast.expr | None] = [None] * (len(placed) - len(args.defaults)) + list(
        args.defaults
    )
    arguments = [
        _argument(argument, Passing.POSITION if index < len(args.posonlyargs) or _is_private_argument(argument)
                  else Passing.EITHER, default)
        for index, (argument, default) in enumerate(zip(placed, defaults, strict=True))
    ][1 if skip_first and placed else 0 :]  # fmt: skip
    if args.vararg is not None:
        arguments.append(_argument(args.vararg, Passing.REST, None, optional=True))
    arguments += [
        _argument(argument, Passing.NAME, default)
        for argument, default in zip(args.kwonlyargs, args.kw_defaults, strict=True)
    ]
    if args.kwarg is not None:
        arguments.append(_argument(args.kwarg, Passing.NAMED_REST, None, optional=True))
    return tuple(arguments)


def _is_private_argument(argument: ast.arg) -> bool:
    """`__x` is positional-only by an older convention (PEP 484)."""
    return argument.arg.startswith("__") and not argument.arg.endswith("__")


def _argument(
    argument: ast.arg, passing: Passing, default: ast.expr | None, *, optional: bool = False
) -> Argument:
    return Argument(
        argument.arg, passing, "" if argument.annotation is None else source_of(argument.annotation),
        "" if default is None else source_of(default), optional or default is not None,
    )  # fmt: skip


def is_opaque(marks: dict[str, str]) -> bool:
    """Tell whether a decorator makes another signature, as those of command lines and test fixtures do."""
    return any(
        name.rpartition(".")[2]
        in ("command", "group", "option", "argument", "fixture", "task", "pass_context")
        for name in marks
    )


def without_subscript(node: ast.expr) -> ast.expr:
    """Return the `Base` of `Base[T]`."""
    return node.value if isinstance(node, ast.Subscript) else node


def is_reference(value: ast.expr | None) -> bool:
    """Tell whether a value is another name, so that an assignment is an alias."""
    while isinstance(value, ast.Attribute):
        value = value.value
    return isinstance(value, ast.Name)


def is_name(node: ast.expr, name: str) -> bool:
    """Tell whether an expression is this name."""
    return isinstance(node, ast.Name) and node.id == name


def is_public_name(name: str) -> bool:
    """Tell whether a name is one for others: it has no underscore, or two on both sides."""
    return not name.startswith("_") or (name.startswith("__") and name.endswith("__"))


def source_of(node: ast.expr) -> str:
    """Return an expression as code, or nothing where it is too deep."""
    try:
        return ast.unparse(node)
    except (ValueError, RecursionError):
        return ""


def key_of(owner: str, name: str) -> str:
    """Return the name of a member with its owner."""
    return f"{owner}.{name}" if owner else name


def first_line(node: Function | ast.ClassDef) -> int:
    """Return the first line of a declaration, with its decorators."""
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def head_end(node: Function | ast.ClassDef) -> int:
    """Return the last line before the body."""
    return max(
        node.lineno, min(node.body[0].lineno - 1, node.lineno + 40) if node.body else node.lineno
    )


def last_line(node: ast.stmt) -> int:
    """Return the last line of a statement, ten below the first at the most."""
    return min(node.end_lineno or node.lineno, node.lineno + 10)


def warns_always(node: Function) -> bool:
    """Tell whether a function begins with a warning that it is deprecated, whatever it is called with."""
    for statement in node.body[:4]:
        call = statement.value if isinstance(statement, ast.Expr) else None
        if isinstance(call, ast.Call) and source_of(call.func).rpartition(".")[2].startswith(
            "warn"
        ):
            values = (*call.args, *(each.value for each in call.keywords))
            return any("Deprecat" in source_of(value) for value in values)
    return False
