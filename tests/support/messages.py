"""Finds the message keys that the code and the templates use, by reading them.

A key is used when it stands in the source as a text of its own, when one of the tables names its kind,
or when it belongs to a family whose last part comes from data (`term.`, `count.`, ...).
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypeGuard

from jinja2 import nodes

from diff_insight.facts import whole_file
from diff_insight.facts.pages import admonitions, dates, deadlines
from diff_insight.file_types import generated_kind
from diff_insight.kinds.catalogue import KINDS, REPEATED
from diff_insight.kinds.kind import Trait
from diff_insight.localization.speaker import parts_of
from diff_insight.model.changes import Status
from diff_insight.model.earlier import Continues
from diff_insight.model.facts import ModificationType
from diff_insight.model.threads import ThreadKind
from diff_insight.render import html
from diff_insight.render.environment import environment
from diff_insight.wording import areas, negative_findings
from support.catalogs import entries
from support.source_trees import SOURCE, modules, parts

#: Packages whose `say` and `text` are not about catalogs.
_NO_CATALOGS = ("cli", "git", "sources", "diffs")
_KEY = re.compile(r"[a-z][a-z0-9-]*(\.[a-z0-9-]+( [a-z]+)?)*")


@dataclass(frozen=True, slots=True)
class Call:
    """A call of `say`, `fill` or `text`: its key, or the fixed beginning of it, and what it gives."""

    place: str
    method: str
    key: str
    whole: bool
    parameters: frozenset[str] | None


@cache
def constants() -> set[str]:
    """Return every text that stands in the source or in a template."""
    found = {
        node.value
        for nodes_of in parts().values()
        for node in nodes_of
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for tree in templates().values():
        found |= {node.value for node in tree.find_all(nodes.Const) if isinstance(node.value, str)}
    return found


@cache
def templates() -> dict[str, nodes.Template]:
    """Return every template, parsed as it will be rendered."""
    return {
        path.name: environment(html=".html" in path.name).parse(path.read_text("utf-8"))
        for path in sorted((SOURCE / "render" / "templates").glob("*.j2"))
    }


@cache
def calls() -> list[Call]:
    """Return every call that names a message, in modules and in templates."""
    found = [
        call
        for place, nodes_of in parts().items()
        if place.split("/")[0] not in _NO_CATALOGS
        for call in _calls_in(place, nodes_of)
    ]
    for place, template in templates().items():
        for node in template.find_all(nodes.Call):
            if isinstance(node.node, nodes.Name) and node.node.name in ("say", "fill"):
                key, whole = _template_key(node.args[0])
                given = frozenset(pair.key for pair in node.kwargs)
                parameters = given if node.node.name == "fill" else None
                found.append(Call(place, node.node.name, key, whole, parameters))
    return found


def _calls_in(place: str, nodes_of: Iterable[ast.AST]) -> Iterator[Call]:
    for node in nodes_of:
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        method = node.func.attr
        if method not in ("say", "fill", "text", "counted_noun", "plural") or not node.args:
            continue
        if method in ("text", "plural") and "catalog" not in ast.unparse(node.func.value):
            continue
        first = node.args[0]
        prefix = "count." if method == "counted_noun" else ""
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield Call(place, method, prefix + first.value, whole=True, parameters=_given(node))
        elif isinstance(first, ast.JoinedStr) and isinstance(first.values[0], ast.Constant):
            yield Call(place, method, str(first.values[0].value), whole=False, parameters=None)


def _given(node: ast.Call) -> frozenset[str] | None:
    """Return the names of the parameters that a call gives, when they can be read."""
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if method == "fill":
        return frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
    if method == "say" and len(node.args) > 1 and isinstance(node.args[1], ast.Dict):
        keys = node.args[1].keys
        if all(isinstance(key, ast.Constant) for key in keys):
            return frozenset(str(key.value) for key in keys if isinstance(key, ast.Constant))
    return frozenset() if method == "say" and len(node.args) == 1 else None


def _template_key(node: nodes.Expr) -> tuple[str, bool]:
    if isinstance(node, nodes.Const):
        return str(node.value), True
    first = node.nodes[0] if isinstance(node, nodes.Concat) else node
    return (str(first.value), False) if isinstance(first, nodes.Const) else ("", False)


#: Where a breaking change can be declared, as the schema lists it.
DECLARED_BY = {"commit", "pull-request", "label", "changelog"}


def _schema_parts() -> list[str]:
    """Return why a file may be read in part, as the published schema lists it."""
    schema = json.loads((SOURCE.parents[1] / "docs" / "insight.schema.json").read_text("utf-8"))
    reasons: list[str] = schema["$defs"]["part"]["enum"]
    return reasons


def families(forms_used: set[str]) -> dict[str, set[str]]:
    """Return the families whose last part is data: the beginning of the key -> all that may follow.

    Args:
        forms_used: Every form that some message uses, for the counted nouns.
    """
    ends = {term for term, _ in deadlines._TERMS}
    statuses = {str(status) for status in Status}
    machine_written = {generated_kind(path) for path in ("go.sum", "vendor/a", "a.min.js")}
    counted = {form.removeprefix("n_") for form in forms_used if form.startswith("n_")}
    counted |= {
        call.key.removeprefix("count.") for call in calls() if call.method == "counted_noun"
    }
    counted |= {noun for row in KINDS.values() for noun, _ in row.counts}
    return {
        "verb.": ends,
        "term.": ends | set(admonitions._WHAT.values()) | {"date", "file"} | statuses | machine_written | set(whole_file._KINDS.values())
        | _values_named("unreadable") | _values_named("reason") | _terms_of_members() | set(negative_findings.CHECKS),
        "part.": set(_schema_parts()),
        "when.": {
            name + month
            for name in ("plain", *(name for name, _ in dates._QUALIFIERS))
            for month in ("", "-month")
        },
        "count.": counted,
        "effect.": {"senders", "receivers", "both", "documents"},
        "member.": {"in", "bare"},
        "type.": {str(type_) for type_ in ModificationType},
        "notice.": {key for place, key in notices() if not place.startswith(("localization/", "action/"))}
        | {f"declared-{by}" for by in DECLARED_BY},
        "notice.declared-": DECLARED_BY,
        "relation.declared-": DECLARED_BY,
        "thread.": {str(kind) for kind in ThreadKind if kind not in html._TYPES},
        "theme.": set(areas._THEMES.values()),
        "continues.": {str(how) for how in Continues},
        "section.": {"new-features", "breaking-changes", "other-updates"},
    }  # fmt: skip


def _terms_of_members() -> set[str]:
    """Return the terms that families of structured files give to what they tell."""
    terms = {key.removeprefix("term.") for key in entries("en_US") if key.startswith("term.")}
    texts = {
        node.value
        for place, nodes_of in parts().items()
        if place.startswith("facts/")
        for node in nodes_of
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return terms & texts


@cache
def notices() -> set[tuple[str, str]]:
    """Return where notices are made, and their keys."""
    return {
        (place, node.args[0].value)
        for place, nodes_of in parts().items()
        for node in nodes_of
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Notice"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def _values_named(name: str) -> set[str]:
    """Return the texts that the source gives to a keyword or puts under a key of that name."""
    given: list[ast.expr] = []
    for place, nodes_of in parts().items():
        if place.startswith(("cli/", "selection/")):
            continue
        for node in nodes_of:
            if isinstance(node, ast.keyword) and node.arg == name:
                given.append(node.value)
            elif isinstance(node, ast.Dict):
                given += (
                    value
                    for key, value in zip(node.keys, node.values, strict=True)
                    if isinstance(key, ast.Constant) and key.value == name
                )
    texts = (
        part.value
        for value in given
        if isinstance(value, ast.Constant | ast.IfExp)
        for part in ast.walk(value)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )
    return {text for text in texts if _KEY.fullmatch(text)}


def item_kinds() -> set[str]:
    """Return every kind of story item that needs words."""
    rows = KINDS.values()
    repeated = {row.name for row in rows if row.same and not row.has(Trait.ANY_VALUE)}
    repeated |= {row.join.plural for row in rows if row.join and row.has(Trait.WITH_SAME_FILES)}
    across = {row.across.plural for row in rows if row.across}
    single = {row.name for row in rows if not row.has(Trait.QUOTED)}
    return single | across | {name + REPEATED for name in repeated}


def fact_kinds() -> set[str]:
    """Return the kinds of facts that families make, as expressions where a part is left open."""
    found = set()
    for place, nodes_of in parts().items():
        for node in nodes_of if place.startswith("facts/") else ():
            if _makes_a_fact(node):
                kind = node.args[0]
                if isinstance(kind, ast.Constant):
                    found.add(re.escape(str(kind.value)))
                elif isinstance(kind, ast.JoinedStr):
                    found.add(
                        "".join(
                            re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
                            for part in kind.values
                        )
                    )
    return found


def _makes_a_fact(node: ast.AST) -> TypeGuard[ast.Call]:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Fact"
        and bool(node.args)
    )


def worded_keys() -> set[str]:
    """Return the phrase and sentence of every kind, their variants, and the relations."""
    keys = {f"{form}.{kind}" for form in ("phrase", "sentence") for kind in item_kinds()}
    for row in KINDS.values():
        for variant in row.variants:
            names = [row.name, row.name + REPEATED] if variant.repeated else [row.name]
            forms = [form.name.lower() for form in variant.form if form.name]
            keys |= {f"{form}.{name}{variant.suffix}" for form in forms for name in names}
    keys |= {f"sentence.{row.name}.rest" for row in KINDS.values() if row.has(Trait.REST)}
    return keys | relation_keys()


def relation_keys() -> set[str]:
    """Return the keys of relations, with both sides where the source leaves the side open."""
    keys = set()
    for node in ast.walk(modules()["story/relations.py"]):
        if isinstance(node, ast.Constant) and str(node.value).startswith("relation."):
            keys.add(str(node.value))
        if isinstance(node, ast.JoinedStr):
            start = node.values[0]
            if isinstance(start, ast.Constant) and str(start.value).startswith("relation."):
                keys |= {str(start.value) + side for side in ("old", "new")}
    return {key for key in keys if not key.endswith(("-", "."))}


def parameters(message: str) -> dict[str, set[str]]:
    """Return the parameters of a message and the forms it shows them in."""
    found: dict[str, set[str]] = {}
    for part in parts_of(message):
        if not isinstance(part, str):
            found.setdefault(part[0], set()).add(part[1])
    return found


def literal(message: str) -> str:
    """Return a message without its parameters and without the code that it shows."""
    words = "\0".join(part for part in parts_of(message) if isinstance(part, str))
    return re.sub("`[^`]*`", "\0", words)
