"""Reads the attributes of a Rust declaration, as far as they matter to callers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

_DERIVE = re.compile(r"\bderive\s*\(([^()]*)\)")
_FEATURE = re.compile(r"feature\s*=\s*\"([^\"]*)\"")
#: Features that promise nothing: of nightly compilers, of tests, and those with an underscore.
_UNSTABLE = re.compile(
    r"^_|^(?:unstable|nightly|bench|no_std|internal)|[-_](?:unstable|nightly|test|internal)$"
)
_OF_DOCS = re.compile(r"\b(?:docsrs|tokio_unstable|doc)\b(?!\s*=)")
_HIDDEN = re.compile(r"\(\s*(?:\w+\s*,\s*)*hidden\b")
_OF_TESTS = re.compile(r"cfg\s*\(\s*(?:all\s*\(.*)?\b(?:test|doctest)\b")
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
    names: set[str] = set()
    test = False
    for text in texts:
        inner = " ".join(text.strip().removeprefix("#").removeprefix("!").strip()[1:-1].split())
        inner = re.sub(r"^unsafe\s*\((.*)\)$", r"\1", inner)
        name = re.split(r"[\s(=]", inner, maxsplit=1)[0]
        names.add(name)
        traits = (
            trait.strip().rpartition("::")[2]
            for match in _DERIVE.findall(inner)
            for trait in match.split(",")
        )
        derives.update((trait, trait) for trait in traits if trait)
        if name == "doc" and _HIDDEN.search(inner):
            marks["hidden"] = ""
        elif name == "cfg":
            test = test or _OF_TESTS.match(inner) is not None
            conditions.add(inner)
        elif name == "cfg_attr" and "non_exhaustive" in inner:
            marks["non_exhaustive_if"] = ""
        elif name in _KEPT:
            marks[name] = _join_arguments(marks.get(name, ""), inner, name)
    if "deprecated" in names:
        # Hidden because its time is over: whoever calls it still may.
        marks.pop("hidden", None)
    return Attributes(
        marks=marks, derives=derives, conditions=frozenset(conditions), hidden="hidden" in marks,
        deprecated="deprecated" in names, test=test or not names.isdisjoint(("test", "bench")),
    )  # fmt: skip


def _join_arguments(before: str, inner: str, name: str) -> str:
    """Return the argument of an attribute; of those that may come twice, all of them in order."""
    if name == "repr":
        parts = _argument(inner).replace(" ", "").split(",")
    elif name == "target_feature":
        parts = ",".join(re.findall(r"enable\s*=\s*\"([^\"]*)\"", inner)).split(",")
    else:
        return _argument(inner)
    return ",".join(sorted({*before.split(","), *parts} - {""}))


def is_unstable(name: str) -> bool:
    """Tell whether a feature promises nothing to those who switch it on."""
    return _UNSTABLE.search(name) is not None


def needs_unstable(conditions: Iterable[str]) -> bool:
    """Tell whether something is only there with a feature that promises nothing."""
    return any(
        _OF_DOCS.search(condition) or any(is_unstable(name) for name in features_of(condition))
        for condition in conditions
    )


def features_of(condition: str) -> list[str]:
    """Return the features that a condition names."""
    return _FEATURE.findall(condition)


def _argument(inner: str) -> str:
    match = re.search(r"[(=]\s*(.*?)\)?$", inner)
    return match[1].strip().strip('"') if match else ""
