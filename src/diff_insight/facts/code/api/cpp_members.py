"""Reads members of C and C++: functions, fields, values, macros, and what they are put into."""

from __future__ import annotations

import re

from msgspec import Struct, field
from msgspec.structs import replace

from diff_insight.facts.code.api.cpp_types import Declarator, canonical
from diff_insight.facts.code.api.item import Argument, Item, TypeParameter
from diff_insight.facts.code.api.syntax import Node, children_of, flat, head_span, text_of

_WORDS = frozenset(
    "static virtual explicit inline constexpr extern friend noexcept final override".split()
)
_GUARD = re.compile(r"(?i)(?:^|_)H(?:PP|XX|_)?_*$|_INCLUDED_*$")


class CppMacros(Struct, frozen=True):
    """What a header does with macros: the one that guards it, and those that it sets under a condition alone."""

    guard: str = ""
    conditional: frozenset[str] = frozenset()


class CppOwner(Struct):
    """A namespace or a type while it is read."""

    key: str = ""
    sort: str = "namespace"
    access: str = "public"
    seen: bool = True
    members: dict[str, Item] = field(default_factory=dict)

    def full_name(self, name: str) -> str:
        """Return the full name of a type or namespace in this one."""
        return f"{self.key}::{name}" if self.key else name


class CppWords(Struct, frozen=True):
    """What stands before a declarator: words and the parameters of a template."""

    words: frozenset[str] = frozenset()
    generics: tuple[TypeParameter, ...] = ()


class CppMembers:
    """Puts what a text declares into its owners."""

    def __init__(self, source: bytes, path: str) -> None:
        """Read from a text that is parsed, which stands at a path."""
        self._source = source
        self._path = path

    def values(self, body: Node, target: CppOwner, owner: str) -> None:
        """Put the values of an enum."""
        for order, element in enumerate(children_of(body, "enumerator")):
            name = text_of(element.child_by_field_name("name"), self._source)
            value = flat(element.child_by_field_name("value"), self._source)
            start, end = head_span(element, None)
            target.members[name] = Item(
                key=f"{owner}.{name}" if owner else name, sort="value", path=self._path, start=start, end=end,
                public=target.seen, type=value, shown=value, order=order,
            )  # fmt: skip

    def declare(self, node: Node, owner: CppOwner, declared: Declarator, before: CppWords) -> None:
        """Put a function, a field or a variable."""
        outside = owner.sort == "namespace"
        if outside and "::" in declared.name:
            return  # a definition of what a class declares
        if declared.called:
            self._function(node, owner, declared, before)
            return
        item = self.put(node, owner, declared.name, "variable" if outside else "field")
        owner.members[declared.name] = replace(
            item, modifiers=before.words, type=canonical(declared.type), shown=declared.type.strip()
        )

    def _function(
        self, node: Node, owner: CppOwner, declared: Declarator, before: CppWords
    ) -> None:
        body = node.child_by_field_name("body")
        sort = "function" if owner.sort == "namespace" else "method"
        if declared.name == owner.key.rpartition("::")[2] and sort == "method":
            sort = "constructor"
        text = flat(node, self._source)
        words = before.words | declared.words
        words |= {"= 0"} if re.search(r"=\s*0\s*;?$", text) else set()
        gone = re.search(r"=\s*delete\s*;?$", text) is not None
        name = f"{declared.name}({','.join(declared.parameters)})"
        name += "const" if "const" in declared.words else ""
        item = self.put(node, owner, name, sort, body)
        owner.members[name] = replace(
            item, parameters=declared.parameters, optional=declared.optional,
            key=f"{owner.key}.{declared.name}" if owner.key else declared.name, provided=body is not None,
            signature=tuple(Argument(name="", type=element) for element in declared.parameters), generics=before.generics,
            modifiers=words | ({"deleted"} if gone else set()), shown=declared.shown,
            type=canonical(declared.type) if sort != "constructor" else "",
        )  # fmt: skip

    def macro(self, node: Node, space: CppOwner, macros: CppMacros) -> None:
        """Put a macro that has a value."""
        name = text_of(node.child_by_field_name("name"), self._source)
        if name == macros.guard or name.startswith("_") or _GUARD.search(name):
            return
        listed = node.child_by_field_name("parameters")
        value = flat(node.child_by_field_name("value"), self._source)
        if listed is None and not value:
            return  # a mark for the preprocessor
        start, end = head_span(node, None)
        taken = tuple(
            element.strip()
            for element in flat(listed, self._source).strip("()").split(",")
            if element.strip()
        )
        space.members[name] = Item(
            key=name, sort="macro", path=self._path, start=start, end=min(end, start + 3), shown=flat(listed, self._source),
            parameters=taken if listed is not None else None, type="",
            conditions=frozenset(("#if",)) if name in macros.conditional else frozenset(),
        )  # fmt: skip

    def put(
        self, node: Node, owner: CppOwner, name: str, sort: str, body: Node | None = None
    ) -> Item:
        """Put one item, and return it."""
        start, end = head_span(node, body)
        simple = name.partition("(")[0]
        hidden = owner.access == "private" or (simple.startswith("_") and owner.sort == "namespace")
        item = Item(
            key=f"{owner.key}.{simple}" if owner.key else simple, sort=sort, path=self._path, start=start, end=end,
            public=owner.seen and not hidden, heirs=owner.access == "protected", order=len(owner.members),
            marks={"access": owner.access},
        )  # fmt: skip
        owner.members[name] = item
        return item

    def words(self, node: Node) -> frozenset[str]:
        """Return the words of a declaration that change its use."""
        words = set[str]()
        for child in node.children:
            if child.type in (
                "storage_class_specifier",
                "virtual",
                "explicit_function_specifier",
                "type_qualifier",
            ):
                words.add(re.sub(r"\(.*", "", flat(child, self._source)))
        return frozenset(words & _WORDS)
