"""Reads the attributes of a Rust declaration, as far as they matter to callers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

_DERIVE = re.compile(r"\bderive\s*\(([^()]*)\)")
_FEATURE = re.compile(r"feature\s*=\s*\"([^\"]*)\"")
_KEPT = ("repr", "non_exhaustive", "export_name", "no_mangle", "target_feature", "macro_export", "proc_macro",
         "proc_macro_attribute", "proc_macro_derive", "must_use", "path", "default")  # fmt: skip


class Attributes(Struct, frozen=True):
    """What the attributes of one declaration say."""

    marks: dict[str, str]
    derives: dict[str, str]
    conditions: frozenset[str]
    hidden: bool
    deprecated: bool
    test: bool


def attributes_of(texts: Iterable[str]) -> Attributes:
    """Return what the texts of attributes such as `#[derive(Debug)]` say."""
    marks: dict[str, str] = {}
    derives: dict[str, str] = {}
    conditions: set[str] = set()
    hidden = deprecated = test = False
    for text in texts:
        inner = " ".join(text.strip().removeprefix("#").removeprefix("!").strip()[1:-1].split())
        inner = re.sub(r"^unsafe\s*\((.*)\)$", r"\1", inner)
        name = re.split(r"[\s(=]", inner, maxsplit=1)[0]
        for match in _DERIVE.finditer(inner):
            for one in match[1].split(","):
                if bare := one.strip().rpartition("::")[2].strip():
                    derives[bare] = bare
        if name == "doc":
            hidden = hidden or re.search(r"\(\s*(?:\w+\s*,\s*)*hidden\b", inner) is not None
        elif name == "deprecated":
            deprecated = True
        elif name == "cfg":
            test = test or re.match(r"cfg\s*\(\s*(?:all\s*\(.*)?\b(test|doctest)\b", inner) is not None
            conditions.add(inner)
        elif name in ("test", "bench"):
            test = True
        elif name == "repr":
            marks["repr"] = ",".join(sorted({*f"{marks.get('repr', '')},{_argument(inner)}".replace(" ", "").split(",")} - {""}))
        elif name == "target_feature":
            told = re.findall(r"enable\s*=\s*\"([^\"]*)\"", inner)
            marks[name] = ",".join(sorted({marks.get(name, ""), *",".join(told).split(",")} - {""}))
        elif name in _KEPT:
            marks[name] = _argument(inner)
    if hidden:
        marks["hidden"] = ""
    return Attributes(marks, derives, frozenset(conditions), hidden, deprecated, test)


def features_of(condition: str) -> list[str]:
    """Return the features that a condition names."""
    return _FEATURE.findall(condition)


def _argument(inner: str) -> str:
    match = re.search(r"[(=]\s*(.*?)\)?$", inner)
    return match[1].strip().strip('"') if match else ""
