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
#: What rows that are there already may not meet.
_LIMITS = frozenset("UNIQUE CHECK FOREIGN PRIMARY EXCLUDE".split())
_LONGEST_TYPE, _LONGEST_RULE = 40, 60


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
        yield from _constraint(table, verb, names)
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


def _constraint(table: str, verb: str, names: Names) -> Iterator[SqlStep]:
    """A constraint that every row has to meet from now on, or a primary key that is gone."""
    line = names.first
    named = names.skip("CONSTRAINT")
    if named:
        names.skip("IF", "EXISTS")
    name = names.name() if named and names.peek() not in _LIMITS else ""
    kind = names.peek()
    if verb == "DROP":
        primary = kind == "PRIMARY" or name.lower().endswith("_pkey")
        if primary:
            yield SqlStep("removed", "constraint", name or "PRIMARY KEY", table, (line, names.last))
        return
    words = names.until_comma()
    texts = [word.text for word in words]
    upper = [word.upper for word in words]
    later = any(pair == ("NOT", "VALID") for pair in pairwise(upper)) or "USING" in upper
    if verb == "ADD" and kind == "PRIMARY" and later:
        yield SqlStep("added", "constraint", name or "PRIMARY KEY", table, (line, names.last))
    if verb == "ADD" and kind in _LIMITS and not later:
        rule = " ".join(texts).replace("( ", "(").replace(" )", ")")[:_LONGEST_RULE]
        yield SqlStep("limited", "table", table, "", (line, names.last), new=rule)


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
    return SqlStep(how, "column", name, table, lines, fresh=True, must=must, filled=filled)


def _alterations(
    table: str, name: str, names: Names, lines: tuple[int, int], *, typed: bool
) -> Iterator[SqlStep]:
    if names.skip("SET", "NOT", "NULL"):
        yield SqlStep("required", "column", name, table, lines)
        return
    if names.skip("DROP", "DEFAULT"):
        yield SqlStep("undefaulted", "column", name, table, lines)
        return
    if names.skip("SET", "DATA", "TYPE") or names.skip("TYPE"):
        typed = True
    elif names.peek() in ("SET", "DROP", "RESTART", "ADD", ""):
        return
    rest = names.until_comma()
    type_ = _type_text(rest)
    if typed and any(pair == ("NOT", "NULL") for pair in pairwise(word.upper for word in rest)):
        yield SqlStep("required", "column", name, table, lines)
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
