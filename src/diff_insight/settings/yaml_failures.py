"""Says in words what is wrong with a YAML text, and what helps."""

from __future__ import annotations

from typing import NamedTuple

from diff_insight.errors import UsageError

#: Characters that begin something else in YAML, so that a value may not.
_SPECIAL = "*&!%@`"
_LONGEST_LINE = 80


_BRACKETS = {"[": "]", "{": "}"}


class _Reason(NamedTuple):
    cause: str
    cure: str


_INDENTATION = _Reason(
    "the line is indented in another way than its neighbours",
    "begin keys of one level in one column, and items of a list as well",
)
_UNKNOWN = _Reason(
    "it cannot be read from there on", "check the indentation and quotes at that place"
)
#: Words of the parser -> what they come from.
_BY_PROBLEM = {
    "mapping values are not allowed": _Reason(
        "a colon with a blank behind it begins a value, and here is one already; or the line before "
        "is indented in another way",
        "put the value in quotes, or indent the line as its neighbours",
    ),
    "unexpected end of stream": _Reason(
        "a quotation mark opens and never closes", "close it, or take it away"
    ),
    "block": _INDENTATION,
    "document start": _INDENTATION,
}


def yaml_failure(error: Exception, content: str, where: str) -> UsageError:
    """Return the error for a text that is not valid YAML.

    Args:
        error: What the parser raised.
        content: The text.
        where: How messages call it.
    """
    mark = getattr(error, "problem_mark", None)
    lines = content.splitlines()
    problem = getattr(error, "problem", None) or str(error)
    if mark is None:
        reason = _Reason(
            "it is nested without end, or holds a date that no calendar has",
            "write such values in quotes",
        )
        return UsageError(f"{where} is not valid YAML", cause=reason.cause, cure=reason.cure)
    at = min(mark.line, len(lines) - 1)
    # An end that is missing is noticed behind the last line.
    while at > 0 and not lines[at].strip():
        at -= 1
    line = lines[at] if lines else ""
    reason = _reason(problem, line)
    shown = line.strip()[:_LONGEST_LINE]
    return UsageError(
        f"{where} is not valid YAML, line {at + 1}: {shown!r}",
        cause=reason.cause, cure=reason.cure,
    )  # fmt: skip


def _reason(problem: str, line: str) -> _Reason:
    """Return what is wrong at a place of a line, by its characters before the parser's words."""
    value = line.partition(": ")[2].strip() or line.strip().removeprefix("- ")
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return _Reason("a tab indents the line", "indent with blanks only")
    if value.startswith(tuple(_SPECIAL)):
        return _Reason(
            f"a value that begins with {value[0]} means something else in YAML",
            f'put it in quotes: "{value[:_LONGEST_LINE]}"',
        )
    opened = [mark for mark, end in _BRACKETS.items() if line.count(mark) > line.count(end)]
    if opened:
        return _Reason(
            f"a bracket {opened[0]} opens and never closes", f"close it with {_BRACKETS[opened[0]]}"
        )
    return next((reason for word, reason in _BY_PROBLEM.items() if word in problem), _UNKNOWN)
