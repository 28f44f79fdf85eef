"""Java's types as texts: in one form, as the runtime knows them, and without packages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from diff_insight.facts.code.api.item import TypeParameter

_ANNOTATION = re.compile(r"@[\w.]+(?:\s*\((?:[^()]|\([^()]*\))*\))?\s*")
_NAME = re.compile(r"[A-Za-z_$][\w$]*(?:\s*\.\s*[A-Za-z_$][\w$]*)*")
#: Characters of a type above which it is compared as it is written.
LONGEST_TYPE = 4000
_WORDS = ("extends", "super")


def canonical(text: str, imports: Mapping[str, str]) -> str:
    """Return a type without annotations, its names qualified where the file imports them."""
    if len(text) > LONGEST_TYPE:
        return " ".join(text.split())

    def qualify(match: re.Match[str]) -> str:
        name = "".join(match[0].split())
        if name in _WORDS:
            return name
        head, _, rest = name.partition(".")
        full = imports.get(head, head) if head[:1].isupper() else head
        return f"{full}.{rest}" if rest else full

    bare = re.sub(r"\s+", " ", _NAME.sub(qualify, _ANNOTATION.sub("", text)))
    bare = re.sub(r" ?(\bextends\b|\bsuper\b) ?", r"|\1|", bare).replace(" ", "").replace("|", " ")
    return bare.strip().replace("? extends Object", "?")


def simple(type_: str) -> str:
    """Return a type without the packages of its names."""
    return re.sub(r"(?<![\w$])(?:[\w$]+\.)+(?=[\w$])", "", type_)


def erasure(type_: str, variables: Mapping[str, str]) -> str:
    """Return the type by which the runtime knows a parameter."""
    text = type_ if len(type_) <= LONGEST_TYPE else type_.partition("<")[0]
    while (shorter := re.sub(r"<[^<>]*>", "", text)) != text:
        text = shorter
    dims = text.count("[]") + text.count("...")
    bare = text.replace("[]", "").replace("...", "").strip()
    if bare in variables:
        bare = variables[bare]
    return simple(bare) + "[]" * dims


def variables_of(generics: tuple[TypeParameter, ...]) -> dict[str, str]:
    """Return what each parameter of a generic is to the runtime."""
    return {
        generic.name: erasure(min(generic.bounds), {}) if generic.bounds else "Object"
        for generic in generics
    }
