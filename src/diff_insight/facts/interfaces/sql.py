"""SQL migrations: tables and columns that are dropped or renamed, and columns that must not be empty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from diff_insight.facts.data.data_trees import is_published
from diff_insight.facts.file_view import FileView
from diff_insight.facts.protocol import head_line
from diff_insight.file_types import extension
from diff_insight.model.changes import Status
from diff_insight.model.facts import Fact
from diff_insight.model.messages import Value

_NAME = r"[\"`\[]?([\w$.]+)[\"`\]]?"
_ALTER = re.compile(rf"(?i)\bALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?{_NAME}")
_DROP_TABLE = re.compile(rf"(?i)\bDROP\s+TABLE\s+(?:IF\s+EXISTS\s+)?{_NAME}")
_RENAME_TABLE = re.compile(rf"(?i)\bRENAME\s+TO\s+{_NAME}")
_DROP_COLUMN = re.compile(rf"(?i)\bDROP\s+COLUMN\s+(?:IF\s+EXISTS\s+)?{_NAME}")
_RENAME_COLUMN = re.compile(rf"(?i)\bRENAME\s+(?:COLUMN\s+)?{_NAME}\s+TO\s+{_NAME}")
_NOT_NULL = re.compile(rf"(?i)\bALTER\s+(?:COLUMN\s+)?{_NAME}\s+SET\s+NOT\s+NULL")
_CREATE = re.compile(rf"(?i)\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?{_NAME}")
_ADD = re.compile(rf"(?i)\bADD\s+COLUMN\s+(?:IF\s+NOT\s+EXISTS\s+)?{_NAME}")
_MIGRATION = re.compile(
    r"(?i)(^|/)(migrations?|migrate|alembic|flyway|liquibase)/|(^|/)V\d[\w.]*__"
)
_UNDONE = re.compile(r"(?i)(^|[._/-])(down|undo|rollback|revert)([._/-]|$)|(^|/)U\d[\w.]*__")
_DOWN_MARK = re.compile(r"(?i)^\s*--\s*(\+goose|migrate:|\+migrate)\s*down|^\s*--\s*rollback\b")
_LONGEST_LINE = 2000


def applies(view: FileView) -> bool:
    """New migrations; those that undo another one are left out."""
    path = view.change.path
    migrates = _MIGRATION.search(path) and not _UNDONE.search(path)
    return extension(path) == "sql" and view.change.status is Status.ADDED and bool(migrates)


def facts(view: FileView) -> Iterator[Fact]:
    """Yield what the statements of a new migration take away, rename or ask for."""
    public = is_published(view.change.path)
    table = ""
    for number, line in view.head.numbered():
        if _DOWN_MARK.match(line):
            return
        text = line[:_LONGEST_LINE].split("--")[0]
        found = _ALTER.search(text)
        table = found[1] if found else table
        for kind, params in (
            *_of_tables(text, table),
            *(_of_columns(text, table) if table else ()),
        ):
            breaking = public and kind in ("member.removed", "member.renamed")
            yield Fact(kind, params, (head_line(number),), breaking)
        if ";" in text:
            table = ""


def _of_tables(text: str, table: str) -> Iterator[tuple[str, dict[str, Value]]]:
    for kind, pattern in (("member.removed", _DROP_TABLE), ("member.added", _CREATE)):
        for found in pattern.finditer(text):
            yield kind, {"what": "table", "name": found[1], "within": ""}
    if table and (renamed := _RENAME_TABLE.search(text)):
        yield "member.renamed", {"what": "table", "name": table, "within": "", "new": renamed[1]}


def _of_columns(text: str, table: str) -> Iterator[tuple[str, dict[str, Value]]]:
    for kind, pattern in (("member.removed", _DROP_COLUMN), ("member.added", _ADD)):
        for found in pattern.finditer(text):
            yield kind, {"what": "column", "name": found[1], "within": table}
    for found in _RENAME_COLUMN.finditer(text):
        if found[1].upper() not in ("TO", "INDEX", "CONSTRAINT"):
            names = {"name": found[1], "within": table, "new": found[2]}
            yield "member.renamed", {"what": "column", **names}
    for found in _NOT_NULL.finditer(text):
        yield "member.required", {"what": "column", "name": found[1], "within": table, "new": False}
