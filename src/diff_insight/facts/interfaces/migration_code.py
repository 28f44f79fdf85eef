"""Migrations that frameworks write as code: what Rails, Django, Alembic and Laravel take from a database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from diff_insight.facts.data.data_trees import is_published, whole_text
from diff_insight.facts.file_view import FileView
from diff_insight.file_types import extension
from diff_insight.model.changes import Side, Status
from diff_insight.model.facts import Evidence, Fact
from diff_insight.model.messages import Value


class _Call(NamedTuple):
    """A call that takes something away: how it is told, what it is about, and the names in its arguments."""

    how: str
    what: str
    pattern: re.Pattern[str]


class _Framework(NamedTuple):
    """Where migrations of a framework stand, what they say, and where the part begins that undoes them."""

    path: re.Pattern[str]
    mark: str
    undone: re.Pattern[str]
    calls: tuple[_Call, ...]


def _call(how: str, what: str, pattern: str) -> _Call:
    return _Call(how, what, re.compile(pattern))


_NAME = r"[:\"'](?P<{0}>\w[\w.]*)[\"']?"
_TABLE, _COLUMN, _NEW = (_NAME.format(name) for name in ("table", "name", "new"))
_FRAMEWORKS = {
    "rb": _Framework(
        re.compile(r"(^|/)db/(?:\w+/)?migrate/"), "Migration", re.compile(r"(?m)^[^\S\n]*+def (?:self\.)?down\b"),
        (
            _call("removed", "table", rf"\bdrop_table\s*+(?:\(\s*+)?{_COLUMN}"),
            _call("removed", "column", rf"\bremove_column\s*+(?:\(\s*+)?{_TABLE}\s*,\s*{_COLUMN}"),
            _call("renamed", "column", rf"\brename_column\s*+(?:\(\s*+)?{_TABLE}\s*,\s*{_COLUMN}\s*,\s*{_NEW}"),
            _call("renamed", "table", rf"\brename_table\s*+(?:\(\s*+)?{_COLUMN}\s*,\s*{_NEW}"),
        ),
    ),
    "py": _Framework(
        re.compile(r"(^|/)(?:migrations|versions|alembic)/"), "", re.compile(r"(?m)^def downgrade\b"),
        (
            _call("removed", "table", rf"\bop\.drop_table\(\s*{_COLUMN}"),
            _call("removed", "column", rf"\bop\.drop_column\(\s*{_TABLE}\s*,\s*{_COLUMN}"),
            _call("renamed", "table", rf"\bop\.rename_table\(\s*{_COLUMN}\s*,\s*{_NEW}"),
            _call("removed", "table", rf"\bmigrations\.DeleteModel\(\s*(?:name\s*=\s*)?{_COLUMN}"),
            _call("removed", "column",
                  rf"\bmigrations\.RemoveField\(\s*(?:model_name\s*=\s*)?{_TABLE}\s*,\s*(?:name\s*=\s*)?{_COLUMN}"),
            _call("renamed", "column",
                  rf"\bmigrations\.RenameField\(\s*(?:model_name\s*=\s*)?{_TABLE}\s*,\s*(?:old_name\s*=\s*)?{_COLUMN}"
                  rf"\s*,\s*(?:new_name\s*=\s*)?{_NEW}"),
            _call("renamed", "table",
                  rf"\bmigrations\.RenameModel\(\s*(?:old_name\s*=\s*)?{_COLUMN}\s*,\s*(?:new_name\s*=\s*)?{_NEW}"),
        ),
    ),
    "php": _Framework(
        re.compile(r"(^|/)database/migrations/"), "Migration", re.compile(r"\bfunction\s+down\b"),
        (
            _call("removed", "table", rf"\bSchema::drop(?:IfExists)?\(\s*{_COLUMN}"),
            _call("renamed", "table", rf"\bSchema::rename\(\s*{_COLUMN}\s*,\s*{_NEW}"),
            _call("removed", "column", rf"->dropColumn\(\s*+(?:\[\s*+)?{_COLUMN}"),
            _call("renamed", "column", rf"->renameColumn\(\s*{_COLUMN}\s*,\s*{_NEW}"),
        ),
    ),
}  # fmt: skip
_LARGEST = 200_000


def applies(view: FileView) -> bool:
    """New migrations of a framework."""
    framework = _FRAMEWORKS.get(extension(view.change.path))
    added = view.change.status is Status.ADDED
    return added and framework is not None and bool(framework.path.search(view.change.path))


def facts(view: FileView) -> Iterator[Fact]:
    """Yield what a migration takes away or renames."""
    framework = _FRAMEWORKS[extension(view.change.path)]
    text = whole_text(view, Side.HEAD) or ""
    if len(text) > _LARGEST or framework.mark not in text:
        return
    undone = framework.undone.search(text)
    done = text[: undone.start()] if undone is not None else text
    public = is_published(view.change.path)
    made = set(re.findall(r"\b(?:create_table|create)\s*+(?:\(\s*+)?[:\"'](\w+)", done))
    for call in framework.calls:
        for match in call.pattern.finditer(done):
            names = match.groupdict()
            if names["name"] in made or names.get("table") in made:
                continue
            line = done.count("\n", 0, match.start()) + 1
            params: dict[str, Value] = {
                "what": call.what, "name": names["name"], "within": names.get("table") or "",
            }  # fmt: skip
            if call.how == "renamed":
                params["new"] = names["new"]
            yield Fact(f"member.{call.how}", params, (Evidence(Side.HEAD, line, line),), public)
