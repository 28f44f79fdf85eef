"""What `ALTER TABLE` does to columns, in the spellings of all dialects."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from diff_insight.facts.interfaces.sql_statements import Word
from diff_insight.facts.interfaces.sql_steps import Names, SqlStep

#: What else a table can add, lose or rename.
_NO_COLUMNS = frozenset(
    "CONSTRAINT INDEX KEY PRIMARY FOREIGN UNIQUE CHECK PARTITION DEFAULT NOT IDENTITY EXPRESSION FULLTEXT"
    " SPATIAL PERIOD SYSTEM STATISTICS TRIGGER RULE POLICY TO".split()
)
_LONGEST_TYPE = 40


class SqlTable(NamedTuple):
    """A table, and the words of a statement behind its name."""

    name: str
    names: Names


def column_steps(table: SqlTable) -> Iterator[SqlStep]:
    """Yield what the actions of a statement do; a verb also holds for the names behind commas."""
    verb = ""
    while not table.names.is_done:
        names = Names(table.names.until_comma())
        if names.is_done:
            continue
        first = names.peek()
        if first in ("DROP", "ADD", "RENAME", "CHANGE", "MODIFY", "ALTER"):
            verb = names.take()
        elif verb not in ("DROP", "ADD"):
            continue
        yield from _step(table.name, verb, names)


def _step(table: str, verb: str, names: Names) -> Iterator[SqlStep]:
    if not names.skip("COLUMN") and names.peek() in _NO_COLUMNS:
        return
    names.skip("IF")
    names.skip("NOT")
    names.skip("EXISTS")
    if verb == "ADD":
        names.skip("(")
    name = names.name()
    lines = names.first, names.last
    if not name:
        return
    if verb == "DROP":
        yield SqlStep("removed", "column", name, table, lines)
    elif verb == "ADD":
        yield _addition(table, name, names, lines)
    elif verb in ("ALTER", "MODIFY"):
        yield from _alterations(table, name, names, lines, typed=verb == "MODIFY")
    else:
        yield from _rename(table, name, names, lines, named=verb == "CHANGE")


def _rename(
    table: str, name: str, names: Names, lines: tuple[int, int], *, named: bool
) -> Iterator[SqlStep]:
    new = names.name() if named or names.skip("TO") else ""
    if new and new.lower() != name.lower():
        yield SqlStep("renamed", "column", name, table, lines, new=new)


def _addition(table: str, name: str, names: Names, lines: tuple[int, int]) -> SqlStep:
    rest = [word.upper for word in names.until_comma()]
    filled = not {
        "DEFAULT",
        "GENERATED",
        "AUTO_INCREMENT",
        "IDENTITY",
        "SERIAL",
        "BIGSERIAL",
    }.isdisjoint(rest)
    must = any(pair == ("NOT", "NULL") for pair in pairwise(rest))
    how = "required" if must and not filled else "added"
    return SqlStep(how, "column", name, table, lines, fresh=True)


def _alterations(
    table: str, name: str, names: Names, lines: tuple[int, int], *, typed: bool
) -> Iterator[SqlStep]:
    if names.skip("SET", "NOT", "NULL"):
        yield SqlStep("required", "column", name, table, lines)
        return
    if names.skip("SET", "DATA", "TYPE") or names.skip("TYPE"):
        typed = True
    elif names.peek() in ("SET", "DROP", "RESTART", "ADD", ""):
        return
    rest = names.until_comma()
    type_ = _type_text(rest)
    if typed or type_:
        yield SqlStep("retyped", "column", name, table, lines, new=type_)


def _type_text(words: list[Word]) -> str:
    """Return the type that a column begins with: a word, and what stands in brackets behind it."""
    text, depth = "", 0
    for word in words:
        if text and not depth and word.text != "(":
            break
        depth += (word.text == "(") - (word.text == ")")
        text += word.text
    return text[:_LONGEST_TYPE]
