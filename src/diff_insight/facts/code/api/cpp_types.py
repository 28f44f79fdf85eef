"""Types and declarators of C and C++ as texts in one form."""

from __future__ import annotations

import re

from msgspec import Struct

from diff_insight.facts.code.api.syntax import Node, flat, text_of

LONGEST_TYPE = 2000
_ELABORATE = re.compile(r"\b(?:struct|class|enum|union|typename|register|auto)\s+")
#: Names of integers that C has without a namespace, and C++ with one.
_STANDARD = re.compile(
    r"(?<![\w:])(?:::)?+std::(?=(?:u?int(?:_fast|_least)?\d++|u?intptr|u?intmax|size|ptrdiff|time)_t\b)"
)
_INTEGERS = {
    "unsigned": "unsigned int", "long int": "long", "signed int": "int", "signed": "int", "short int": "short",
    "long long int": "long long", "unsigned long int": "unsigned long", "unsigned short int": "unsigned short",
    "unsigned long long int": "unsigned long long", "long unsigned int": "unsigned long",
}  # fmt: skip


_BUILT_IN = frozenset(
    "void bool char short int long float double size_t ssize_t ptrdiff_t intptr_t uintptr_t int8_t int16_t int32_t int64_t "
    "uint8_t uint16_t uint32_t uint64_t wchar_t char8_t char16_t char32_t FILE time_t off_t string string_view".split()
)  # fmt: skip
_SIGN = re.compile(r"\b(?:const|volatile|unsigned|signed|std::)\s*")


class Declarator(Struct, frozen=True):
    """What a declarator makes of a type: a name, and the type or the parameters that go with it."""

    name: str = ""
    type: str = ""
    called: bool = False
    parameters: tuple[str, ...] = ()
    optional: int = 0
    shown: str = ""
    words: frozenset[str] = frozenset()


def canonical(text: str) -> str:
    """Return a type in one spelling: `const` in front, no `struct`, no blanks that mean nothing."""
    if len(text) > LONGEST_TYPE:
        return " ".join(text.split())
    bare = _STANDARD.sub("", _ELABORATE.sub("", " ".join(text.split())))
    bare = re.sub(r"\b((?:\w|::|<[^<>]*>)+)\s+const\b(?=\s*[*&]|\s*$)", r"const \1", bare)
    bare = re.sub(r"(?<!\s)\s*+([<>,*&\[\]()])\s*+", r"\1", bare)
    return _INTEGERS.get(bare, bare.strip())


def is_other(old: str, new: str) -> bool | None:
    """Tell whether two types are certainly different; None where a name may stand for the other type."""
    if old == new:
        return False
    names, marks = zip(*(_parts(text) for text in (old, new)), strict=True)
    known = [bool(set(name.split()) <= _BUILT_IN) and bool(name) for name in names]
    if names[0] == names[1]:
        qualified = [re.sub(r"(?<!\s)\s*+[*&\[\]\d].*", "", text) for text in (old, new)]
        return True if marks[0] != marks[1] or qualified[0] != qualified[1] else None
    if all(known):
        return True
    # A name of one's own may stand for anything but a type of another shape.
    return True if any(known) and "*" in marks[known.index(True)] and "<" not in old + new else None


def reads_alike(old: str, new: str) -> bool:
    """Tell whether callers give, or get, a value as before: by value or by a reference that cannot change it."""
    values = [re.sub(r"^const\s++(.*)&$", r"\1", text) for text in (old, new)]
    return values[0] == values[1] and not re.search(r"[*&\[]", values[0])


def _parts(text: str) -> tuple[str, str]:
    """Return a type without its qualifiers, and its pointers, references and sizes."""
    bare = re.sub(r"\bunsigned\b", "unsigned ", text)
    name = re.sub(r"[*&].*|\[.*", "", _SIGN.sub("", bare)).strip()
    sign = "u" if "unsigned" in text else ""
    return name or "int", sign + re.sub(
        r"[^*&\[\]\d]", "", text[text.find(name) + len(name) :] if name in text else text
    )


def declarator_of(node: Node, before: str, source: bytes) -> Declarator:
    """Return what a declarator declares, given the type in front of it."""
    marks = ""
    words: set[str] = set()
    while True:
        kind = node.type
        if kind in ("pointer_declarator", "reference_declarator"):
            marks += next(
                (child.type for child in node.children if child.type in ("*", "&", "&&")), "*"
            )
            inner = node.child_by_field_name("declarator") or (node.named_children or [None])[-1]
        elif kind in ("init_declarator", "attributed_declarator", "variadic_declarator"):
            inner = node.child_by_field_name("declarator") or (node.named_children or [None])[0]
        elif kind == "array_declarator":
            size = flat(node.child_by_field_name("size"), source)
            marks += f"[{size}]"
            inner = node.child_by_field_name("declarator")
        elif kind in ("function_declarator", "abstract_function_declarator", "operator_cast"):
            return _function(node, before + marks, source)
        else:
            break
        if inner is None:
            return Declarator()
        node = inner
    name = re.sub(r"\s+", "", flat(node, source))
    return Declarator(name, f"{before}{marks}", words=frozenset(words))


def _function(node: Node, before: str, source: bytes) -> Declarator:
    inner = node.child_by_field_name("declarator")
    if node.type == "operator_cast":
        type_ = flat(node.child_by_field_name("type"), source)
        return Declarator(f"operator {type_}", type_, called=True, shown="()")
    listed = node.child_by_field_name("parameters")
    if inner is not None and inner.type == "parenthesized_declarator":
        # A pointer to a function: a value.
        name = re.sub(r"[()*&^\s]|(?<!\w)\w++::", "", flat(inner, source))
        return Declarator(name, f"{before} (*){flat(listed, source)}")
    types, optional = parameters_of(listed, source)
    words = {text_of(child, source) for child in node.children
             if child.type in ("type_qualifier", "virtual_specifier")}  # fmt: skip
    if any(
        child.type == "noexcept" and "false" not in text_of(child, source)
        for child in node.children
    ):
        words.add("noexcept")
    trailing = next(
        (child for child in node.children if child.type == "trailing_return_type"), None
    )
    type_ = flat(trailing, source).removeprefix("->").strip() if trailing is not None else before
    name = (
        re.sub(r"\s+", " ", flat(inner, source)).replace("operator ", "operator")
        if inner is not None
        else ""
    )
    shown = f"({', '.join(types)})" + (" const" if "const" in words else "")
    return Declarator(name, type_, called=True, parameters=types, optional=optional, shown=shown,
                      words=frozenset(words))  # fmt: skip


def parameters_of(listed: Node | None, source: bytes) -> tuple[tuple[str, ...], int]:
    """Return the types that a function takes, and how many of the last may be left out."""
    types: list[str] = []
    optional = 0
    for child in listed.children if listed is not None else ():
        if child.type in (
            "parameter_declaration",
            "optional_parameter_declaration",
            "variadic_parameter_declaration",
        ):
            before = " ".join(
                flat(element, source) for element in child.named_children
                if element.type == "type_qualifier" or element == child.child_by_field_name("type")
            )  # fmt: skip
            inner = child.child_by_field_name("declarator")
            declared = (
                declarator_of(inner, before, source)
                if inner is not None
                else Declarator(type=before)
            )
            text = declared.type
            if declared.called:
                text = f"{declared.type}{declared.shown}"
            types.append(_as_passed(canonical(text)))
            optional = optional + 1 if child.type == "optional_parameter_declaration" else 0
        elif child.type == "...":
            types.append("...")
    return (() if types == ["void"] else tuple(types)), optional


def _as_passed(type_: str) -> str:
    """Return a type as it is passed: arrays as pointers, `const` of a value means nothing to callers."""
    type_ = re.sub(r"\[\w*\]$", "*", type_)
    return (
        type_ if re.search(r"[*&]", type_) else re.sub(r"^const\s++|(?<!\s)\s++const$", "", type_)
    )
