"""SQL migrations: what they take away, rename or ask for of tables, columns, views, types, functions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from diff_insight.facts.data.data_trees import emit_and_claim, is_published, whole_text
from diff_insight.facts.file_view import FileView
from diff_insight.facts.interfaces.sql_columns import SqlTable, column_steps
from diff_insight.facts.interfaces.sql_outcome import outcome
from diff_insight.facts.interfaces.sql_statements import LARGEST, Word, statements
from diff_insight.facts.interfaces.sql_steps import Names, SqlStep
from diff_insight.file_types import extension
from diff_insight.model.changes import Side, Status
from diff_insight.model.facts import Evidence, Fact
from diff_insight.model.messages import Value

_MIGRATION = re.compile(
    r"(?i)(^|/)(migrations?|migrate|alembic|flyway|liquibase)/|(^|/)V\d[\w.]*__"
)
_UNDONE = re.compile(r"(?i)(^|[._/-])(down|undo|rollback|revert)([._/-]|$)|(^|/)U\d[\w.]*__")
_THINGS = {
    "TABLE": "table",
    "VIEW": "view",
    "TYPE": "database-type",
    "DOMAIN": "database-type",
    "FUNCTION": "function",
    "PROCEDURE": "function",
    "SCHEMA": "database-schema",
    "SEQUENCE": "sequence",
    "TRIGGER": "database-trigger",
}
#: A type that keeps everything which fits into smaller ones.
_WIDE = re.compile(
    r"(?i)^(?:bigint|int8|text|nvarchar\(max\)|varchar\(max\)|longtext|double precision|jsonb?)$"
)
#: Words between the verb and the thing.
_BETWEEN = frozenset(
    "OR REPLACE MATERIALIZED FOREIGN EXTERNAL UNLOGGED GLOBAL LOCAL RECURSIVE".split()
)
_TEMPORARY = frozenset(("TEMP", "TEMPORARY"))


def applies(view: FileView) -> bool:
    """New migrations; those that undo another one are left out."""
    path = view.change.path
    migrates = _MIGRATION.search(path) and not _UNDONE.search(path)
    return extension(path) == "sql" and view.change.status is Status.ADDED and bool(migrates)


def facts(view: FileView) -> Iterator[Fact]:
    """Yield what the statements of a new migration take away, rename or ask for."""
    text = whole_text(view, Side.HEAD, limit=LARGEST)
    if text is None:
        return
    migration = _Migration()
    for statement in statements(text):
        migration.read(statement)
    public = is_published(view.known_path)
    yield from emit_and_claim(view, migration.facts(public=public))


class _Migration(Struct):
    """What the statements of one file do, in their order."""

    steps: list[SqlStep] = []
    made: set[tuple[str, str]] = set()
    passing: set[str] = set()

    def read(self, statement: list[Word]) -> None:
        """Note what a statement does."""
        names = Names(statement)
        verb = names.take()
        if verb == "RENAME" and names.skip("TABLE"):
            self._rename_tables(names)
        elif verb == "CREATE" and names.skip("UNIQUE"):
            self._unique_index(names)
        elif verb not in ("CREATE", "DROP", "ALTER"):
            self._other(verb, names)
        else:
            temporary = names.skip_all(_BETWEEN | _TEMPORARY, _TEMPORARY)
            thing = _THINGS.get(names.take(), "")
            if thing and verb == "CREATE":
                self._create(names, thing, temporary=temporary)
            elif thing and verb == "DROP":
                self._drop(names, thing)
            elif thing:
                self._alter(names, thing)

    def _create(self, names: Names, thing: str, *, temporary: bool) -> None:
        names.skip("IF", "NOT", "EXISTS")
        line = names.line
        name = names.name()
        if not name:
            return
        if temporary or name.startswith("#"):
            self.passing.add(name.lower())
            return
        self.made.add((thing, name.lower()))
        self.steps.append(SqlStep("added", thing, name, "", (line, names.last)))

    def _drop(self, names: Names, thing: str) -> None:
        names.skip("IF", "EXISTS")
        while name := names.name():
            names.skip_brackets()
            self.steps.append(SqlStep("removed", thing, name, "", (names.first, names.last)))
            if not names.skip(","):
                return

    def _other(self, verb: str, names: Names) -> None:
        if verb == "TRUNCATE":
            self._truncate(names)
        elif verb in ("EXEC", "EXECUTE") and names.name().lower() in ("sp_rename", "sys.sp_rename"):
            self._procedure_rename(names)

    def _truncate(self, names: Names) -> None:
        names.skip("TABLE")
        while name := names.name():
            self.steps.append(
                SqlStep("emptied", "table", name, "", (names.first, names.last), new="TABLE")
            )
            if not names.skip(","):
                return

    def _procedure_rename(self, names: Names) -> None:
        """`EXEC sp_rename 'dbo.orders', 'sales'`, in which the names are texts."""
        words = [word for word in names.until_comma() if word.text != "@objname"]
        rest = names.until_comma()
        old, new = (side[-1].text.strip("'N\"") if side else "" for side in (words, rest))
        what = names.until_comma()
        if old and new:
            column = bool(what) and "COLUMN" in what[-1].text.upper()
            holder, _, name = old.rpartition(".")
            thing, named, within = ("column", name, holder) if column else ("table", old, "")
            lines = (names.first, names.last)
            self.steps.append(SqlStep("renamed", thing, named, within, lines, new=new))

    def _unique_index(self, names: Names) -> None:
        for words in (("INDEX",), ("CONCURRENTLY",), ("IF", "NOT", "EXISTS")):
            names.skip(*words)
        if names.peek() != "ON":
            names.name()
        if names.skip("ON") and (table := names.name()):
            listed = (
                " ".join(word.text for word in names.until_end())
                .replace("( ", "(")
                .replace(" )", ")")
            )
            lines = (names.first, names.last)
            self.steps.append(
                SqlStep("limited", "table", table, "", lines, new=f"UNIQUE {listed}"[:60])
            )

    def _rename_tables(self, names: Names) -> None:
        while name := names.name():
            if not names.skip("TO"):
                return
            self._rename("table", name, names.name(), names)
            if not names.skip(","):
                return

    def _alter(self, names: Names, thing: str) -> None:
        names.skip("IF", "EXISTS")
        names.skip("ONLY")
        name = names.name()
        if not name:
            return
        if names.skip("RENAME", "TO") or names.skip("RENAME", "AS"):
            self._rename(thing, name, names.name(), names)
        elif thing == "database-type" and names.skip("RENAME", "VALUE"):
            old = names.name()
            if names.skip("TO"):
                lines = (names.first, names.last)
                self.steps.append(
                    SqlStep("renamed", "enum-label", old, name, lines, new=names.name())
                )
        elif names.skip("SET", "SCHEMA"):
            schema = names.name()
            self._rename(thing, name, f"{schema}.{name.rpartition('.')[2]}", names)
        elif thing == "table":
            self.steps += column_steps(SqlTable(name, names))

    def _rename(self, thing: str, old: str, new: str, names: Names) -> None:
        if new:
            # Within its schema, a table is renamed without naming that again.
            if "." in old and "." not in new:
                new = f"{old.rpartition('.')[0]}.{new}"
            self.made.add((thing, new.lower()))
            lines = (names.first, names.last)
            self.steps.append(SqlStep("renamed", thing, old, "", lines, new=new))

    def facts(self, *, public: bool) -> Iterator[Fact]:
        """Yield what is left when the whole file has run."""
        removed = {
            (other_step.thing, other_step.name.lower())
            for other_step in self.steps
            if other_step.how == "removed"
        }
        created = {
            (other_step.thing, other_step.name.lower())
            for other_step in self.steps
            if other_step.how == "added"
        }
        for step in outcome(self.steps):
            name = step.name.lower()
            holder = step.within.lower()
            own = step.how in ("limited", "emptied") and ("table", name) in created
            if (
                own
                or name in self.passing
                or holder in self.passing
                or ("table", holder) in created
            ):
                continue
            key = (step.thing, name)
            again = step.how == "removed" and not holder and key in self.made
            # What is made here and renamed, or made in place of what went, is not new to anybody.
            moved = step.how == "renamed" and key in created
            anew = step.how == "added" and key in removed
            if not (again or moved or anew):
                yield _fact(step, public=public)


#: What a step is told as where it limits what a table or a column holds.
_KEYWORDS = {"retyped": "TYPE", "limited": "CONSTRAINT", "emptied": "TRUNCATE"}


def _fact(step: SqlStep, *, public: bool) -> Fact:
    params: dict[str, Value] = {"what": step.thing, "name": step.name, "within": step.within}
    kind = f"member.{step.how}"
    certain = step.how in ("removed", "renamed")
    breaking = certain or step.how in ("limited", "emptied") or (step.how == "required")
    if step.how == "renamed":
        params["new"] = step.new
    elif step.how == "required":
        params["new"] = step.fresh
    elif step.how in _KEYWORDS:
        kind = "schema.keyword-added"
        params |= {"keyword": _KEYWORDS[step.how], "new": step.new, "effect": ""}
        breaking = breaking or not _WIDE.match(step.new)
    elif step.how == "undefaulted":
        kind = "schema.keyword-removed"
        params |= {"keyword": "DEFAULT", "old": "…", "effect": ""}
        breaking = True
    return Fact(
        kind, params, (Evidence(Side.HEAD, *step.lines),), public and breaking,
        certainty="proved" if certain else "likely",
    )  # fmt: skip
