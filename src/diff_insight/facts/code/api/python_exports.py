"""What a Python module lists in `__all__`, however it puts it together."""

from __future__ import annotations

import ast

from diff_insight.facts.code.api.python_nodes import is_name


class ExportList:
    """The names that `__all__` holds.

    Attributes:
        names: None where there is no `__all__`.
        line: The line that last said something of it.
        is_open: Whether it holds what cannot be read.
    """

    def __init__(self) -> None:
        self.names: list[str] | None = None
        self.line = 1
        self.is_open = False

    def begin(self, value: ast.expr, line: int) -> None:
        """`__all__ = …`."""
        self.names, self.is_open = [], False
        self.extend(value, line)

    def call(self, value: ast.expr) -> None:
        """`__all__.extend([...])` and `__all__.append("x")`."""
        if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
            return
        if is_name(value.func.value, "__all__") and value.args:
            if value.func.attr == "extend":
                self.extend(value.args[0], value.lineno)
            elif value.func.attr == "append" and isinstance(value.args[0], ast.Constant):
                self.names = [*(self.names or ()), str(value.args[0].value)]

    def extend(self, value: ast.expr, line: int) -> None:
        """Take in a list, a tuple, or a sum of these."""
        self.names = self.names if self.names is not None else []
        self.line = line
        parts = [value]
        while parts:
            part = parts.pop()
            if isinstance(part, ast.BinOp):
                parts += (part.left, part.right)
            elif isinstance(part, ast.List | ast.Tuple | ast.Set):
                for element in part.elts:
                    if isinstance(element, ast.Constant) and isinstance(element.value, str):
                        self.names.append(element.value)
                    else:
                        self.is_open = True
            else:
                self.is_open = True
