"""SQL files that hold a whole schema: tables and columns that a newer version no longer creates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import replace

from diff_insight.facts.data.data_trees import emit_and_claim, is_published, whole_text
from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.interfaces.members import (
    Member,
    MemberRules,
    diff_members,
    index_members,
    parts_of,
)
from diff_insight.facts.interfaces.sql_statements import Word, statements
from diff_insight.facts.interfaces.sql_steps import Names
from diff_insight.file_types import extension
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact

_RULES = MemberRules(
    removed=frozenset(("table", "column", "view")),
    required=frozenset(("column",)),
    changed=frozenset(("column",)),
)
_NO_COLUMNS = frozenset(
    "CONSTRAINT PRIMARY FOREIGN UNIQUE CHECK KEY INDEX EXCLUDE LIKE FULLTEXT SPATIAL PERIOD".split()
)
_MIGRATION = re.compile(r"(?i)(^|/)(?:migrations?|migrate|changes)/|(^|/)[VU]?\d[\w.]*_")
_FILLED = frozenset("DEFAULT GENERATED AUTO_INCREMENT IDENTITY SERIAL BIGSERIAL".split())
#: Words behind the type of a column.
_BEHIND = frozenset("NOT NULL DEFAULT PRIMARY UNIQUE REFERENCES CHECK GENERATED COLLATE CONSTRAINT COMMENT ON "
                    "AUTO_INCREMENT IDENTITY".split())  # fmt: skip


def applies(view: FileView) -> bool:
    """SQL with two versions, outside of migrations."""
    path = view.change.path
    return (
        extension(path) == "sql"
        and view.change.status in BOTH_SIDES
        and not _MIGRATION.search(path)
    )


def facts(view: FileView) -> Iterator[Fact]:
    """Yield tables and columns that came, went or are of another type.

    A file alone does not say how databases come from one version to the next.
    """
    texts = [whole_text(view, side) for side in Side]
    if None in texts:
        return
    old, new = (index_members(_members(text or "")) for text in texts)
    if not old or not new:
        return
    public = is_published(view.known_path)
    differences = diff_members(
        old, new, _RULES, public=public, is_told_elsewhere=parts_of(old, new), is_safe=_is_safe
    )
    likely = (replace(fact, certainty="likely") if fact.breaking else fact for fact in differences)
    yield from emit_and_claim(view, likely)


def _members(text: str) -> Iterator[Member]:
    for statement in statements(text):
        names = Names(statement)
        if names.take() != "CREATE":
            continue
        names.skip("OR", "REPLACE")
        names.skip_all(frozenset(("UNLOGGED", "MATERIALIZED", "FOREIGN")), frozenset())
        what = names.take()
        names.skip("IF", "NOT", "EXISTS")
        name = names.name() if what in ("TABLE", "VIEW") else ""
        if not name:
            continue
        yield Member(what.lower(), name, "", names.first, statement[-1].line)
        if what == "TABLE" and names.skip("("):
            yield from _columns(name, names)


def _columns(table: str, names: Names) -> Iterator[Member]:
    while not names.is_done:
        part = Names(_inside(names.until_comma()))
        if part.is_done or part.peek() in _NO_COLUMNS:
            continue
        name, line = part.name(), part.first
        words = part.until_end()
        upper = [word.upper for word in words]
        end = next((index for index, word in enumerate(upper) if word in _BEHIND), len(words))
        type_ = " ".join(word.text for word in words[:end]).replace("( ", "(").replace(" )", ")")
        must = any(pair == ("NOT", "NULL") for pair in pairwise(upper)) and _FILLED.isdisjoint(
            upper
        )
        if name:
            yield Member("column", name, table, line, line, type_.replace(" (", "(").lower(), must)


def _inside(words: list[Word]) -> list[Word]:
    """Return words up to the bracket that ends the list of columns."""
    depth = 0
    for index, word in enumerate(words):
        depth += (word.text == "(") - (word.text == ")")
        if depth < 0:
            return words[:index]
    return words


def _is_safe(old: Member, new: Member) -> bool:
    """Tell whether another type holds all that the old one held."""
    sizes = [re.fullmatch(r"([\w ]+)\((\d+)\)", member.shape) for member in (old, new)]
    if sizes[0] and sizes[1]:
        return sizes[0][1] == sizes[1][1] and int(sizes[0][2]) <= int(sizes[1][2])
    wide = new.shape in ("bigint", "text") or (old.shape, new.shape) == ("smallint", "integer")
    return wide and not old.shape.startswith(("json", "bytea", "blob"))
