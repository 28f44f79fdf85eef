"""Reads what a Java file declares: types with their members, also those that nobody writes down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.facts.code.api.item import Item, TypeParameter
from diff_insight.facts.code.api.java_types import canonical, erasure, variables_of
from diff_insight.facts.code.api.syntax import (
    LARGEST,
    Node,
    children_of,
    damaged_lines,
    first_child,
    flat,
    head_span,
    parse,
    text_of,
)
from diff_insight.facts.code.grammars import JAVA

_TYPES = {
    "class_declaration": "class", "interface_declaration": "interface", "enum_declaration": "enum",
    "record_declaration": "record", "annotation_type_declaration": "annotation",
}  # fmt: skip
_OPEN = ("interface", "annotation")
_WORDS = frozenset("public protected private static final abstract default sealed non-sealed "
                   "synchronized native".split())  # fmt: skip
#: Annotations that take a thing out of what callers may rely on, and those that promise little.
_INTERNAL = frozenset("Internal InternalApi VisibleForTesting RestrictTo InternalOnly ForInternalUse "
                      "InternalUseOnly Private PrivateApi".split())  # fmt: skip
_UNSTABLE = frozenset("Beta Experimental ExperimentalApi Incubating Unstable EvolvingApi".split())


class JavaFile(Struct, frozen=True):
    """What one file declares.

    Attributes:
        package: Its package.
        imports: Simple name -> qualified name.
        items: In the order of their lines; methods have the erased types of their parameters in the key.
        damaged: (start, end) lines that could not be read.
    """

    package: str
    imports: Mapping[str, str]
    items: tuple[Item, ...]
    damaged: list[tuple[int, int]]


class _JavaOwner(Struct, frozen=True):
    key: str = ""
    sort: str = ""
    public: bool = True
    heirs: bool = False
    variables: Mapping[str, str] = {}
    closed: bool = False


def read_java(text: str, path: str) -> JavaFile | None:
    """Return what a file declares; None where the parser is not here or gets stuck."""
    if len(text) > LARGEST:
        return None
    source = text.encode("utf-8", "replace")
    root = parse(JAVA, source)
    return None if root is None else _JavaReader(source, path).read(root)


class _JavaReader:
    def __init__(self, source: bytes, path: str) -> None:
        self._source = source
        self._path = path
        self._imports: dict[str, str] = {}

    def read(self, root: Node) -> JavaFile:
        package = flat(first_child(root, "package_declaration"), self._source)
        for node in children_of(root, "import_declaration"):
            words = flat(node, self._source).removesuffix(";").split()
            if words and not words[-1].endswith("*") and "static" not in words:
                self._imports[words[-1].rpartition(".")[2]] = words[-1]
        items = [
            item for node in root.named_children if node.type in _TYPES
            for item in self._type(node, _JavaOwner())
        ]  # fmt: skip
        name = package.removesuffix(";").rpartition(" ")[2].strip()
        return JavaFile(name, self._imports, tuple(items), damaged_lines(root))

    def _type(self, node: Node, owner: _JavaOwner, depth: int = 0) -> Iterator[Item]:
        sort = _TYPES[node.type]
        words, marks = self._modifiers(node)
        name = text_of(node.child_by_field_name("name"), self._source)
        public, heirs = self._access(words, marks, owner)
        generics = self._generics(node)
        variables = {**owner.variables, **variables_of(generics)}
        if sort == "record":
            words = words | {"final"}
        body = node.child_by_field_name("body")
        start, end = head_span(node, body)
        item = Item(
            key=f"{owner.key}.{name}" if owner.key else name, sort=sort, path=self._path,
            start=start, end=end, public=public, heirs=heirs, modifiers=words, marks=marks,
            generics=generics, bases=self._bases(node), shown=sort, deprecated=self._is_deprecated(node, marks),
        )  # fmt: skip
        yield item
        if body is None or depth > 20:
            return
        closed = sort in ("record", "enum") or bool({"final", "sealed"} & words)
        inner = _JavaOwner(item.key, sort, public, heirs, variables, closed)
        if sort == "record":
            yield from self._record(node, inner)
        members = list(self._members(body, inner, depth))
        yield from members
        made = f"{item.key}.{name}("
        if sort == "class" and not any(
            member.sort == "constructor" and member.key.startswith(made) for member in members
        ):
            yield Item(
                key=f"{item.key}.{name}()", sort="constructor", path=self._path, start=start, end=end,
                public=public and not (heirs and owner.closed), heirs=heirs or "abstract" in words,
                parameters=(), shown="()", marks={"implicit": ""},
            )  # fmt: skip

    def _members(self, body: Node, owner: _JavaOwner, depth: int) -> Iterator[Item]:
        for order, node in enumerate(body.named_children):
            if node.type in _TYPES:
                yield from self._type(node, owner, depth + 1)
            elif node.type in ("method_declaration", "annotation_type_element_declaration"):
                yield self._method(node, owner)
            elif node.type == "constructor_declaration":
                yield self._method(node, owner, sort="constructor")
            elif node.type in ("field_declaration", "constant_declaration"):
                yield from self._fields(node, owner)
            elif node.type == "enum_constant":
                start, end = head_span(node, node.child_by_field_name("body"))
                name = text_of(node.child_by_field_name("name"), self._source)
                marks = self._modifiers(node)[1]
                yield Item(
                    key=f"{owner.key}.{name}", sort="constant", path=self._path, start=start, end=end,
                    public=owner.public, heirs=owner.heirs, order=order, marks=marks, type=owner.key,
                    deprecated=self._is_deprecated(node, marks),
                )  # fmt: skip
            elif node.type == "enum_body_declarations":
                yield from self._members(node, owner, depth)

    def _method(self, node: Node, owner: _JavaOwner, sort: str = "method") -> Item:
        words, marks = self._modifiers(node)
        public, heirs = self._access(words, marks, owner)
        body = node.child_by_field_name("body")
        if sort == "constructor" and owner.sort == "enum":
            public = False
        if owner.sort in _OPEN and "static" not in words and body is None:
            words = words | {"abstract"}
        generics = self._generics(node)
        variables = {**owner.variables, **variables_of(generics)}
        taken = self._parameters(node.child_by_field_name("parameters"))
        name = text_of(node.child_by_field_name("name"), self._source)
        result = node.child_by_field_name("type")
        dims = flat(node.child_by_field_name("dimensions"), self._source)
        throws = {
            self._canonical(flat(exception, self._source)): flat(exception, self._source)
            for clause in children_of(node, "throws") for exception in clause.named_children
        }  # fmt: skip
        start, end = head_span(node, body)
        listed = flat(node.child_by_field_name("parameters"), self._source) or "()"
        default = node.child_by_field_name("value")
        return Item(
            key=f"{owner.key}.{name}({','.join(erasure(exception, variables) for exception in taken)})", sort=sort,
            path=self._path, start=start, end=end, public=public, heirs=heirs, modifiers=words,
            generics=generics, parameters=taken, type=self._canonical(flat(result, self._source) + dims),
            shown=f"{listed} {flat(result, self._source)}".strip() if sort == "method" else listed, bases=throws,
            marks=marks, provided=body is not None or default is not None,
            deprecated=self._is_deprecated(node, marks),
        )  # fmt: skip

    def _record(self, node: Node, owner: _JavaOwner) -> Iterator[Item]:
        """The constructor and the accessors that a record has by its head."""
        listed = node.child_by_field_name("parameters")
        taken = self._parameters(listed)
        start, end = head_span(listed or node, None)
        name = owner.key.rpartition(".")[2]
        key = ",".join(erasure(parameter, owner.variables) for parameter in taken)
        record = Item(
            key=f"{owner.key}.{name}({key})", sort="constructor", path=self._path, start=start, end=end,
            public=owner.public, parameters=taken, shown=flat(listed, self._source),
        )  # fmt: skip
        yield record
        for child in children_of(listed, "formal_parameter") if listed is not None else ():
            called = text_of(child.child_by_field_name("name"), self._source)
            type_ = flat(child.child_by_field_name("type"), self._source)
            yield replace(
                record, key=f"{owner.key}.{called}()", sort="method", parameters=(),
                type=self._canonical(type_), shown=f"() {type_}",
            )  # fmt: skip

    def _fields(self, node: Node, owner: _JavaOwner) -> Iterator[Item]:
        words, marks = self._modifiers(node)
        public, heirs = self._access(words, marks, owner)
        if owner.sort in _OPEN:
            words = words | {"static", "final"}
        type_ = flat(node.child_by_field_name("type"), self._source)
        start, end = head_span(node, None)
        for child in children_of(node, "variable_declarator"):
            dims = flat(child.child_by_field_name("dimensions"), self._source)
            name = text_of(child.child_by_field_name("name"), self._source)
            yield Item(
                key=f"{owner.key}.{name}", sort="field", path=self._path, start=start, end=min(end, start + 2),
                public=public, heirs=heirs, modifiers=words, type=self._canonical(type_ + dims),
                shown=type_ + dims, marks=marks, deprecated=self._is_deprecated(node, marks),
            )  # fmt: skip

    def _parameters(self, node: Node | None) -> tuple[str, ...]:
        parameters: list[str] = []
        for child in node.named_children if node is not None else ():
            if child.type == "formal_parameter":
                dims = flat(child.child_by_field_name("dimensions"), self._source)
                type_ = flat(child.child_by_field_name("type"), self._source) + dims
            elif child.type == "spread_parameter":
                named = next(
                    (part for part in child.named_children if part.type not in ("modifiers", "variable_declarator")
                     and "comment" not in part.type), None,
                )  # fmt: skip
                type_ = flat(named, self._source) + "..."
            else:
                continue
            parameters.append(self._canonical(type_))
        return tuple(parameters)

    def _generics(self, node: Node) -> tuple[TypeParameter, ...]:
        listed = node.child_by_field_name("type_parameters")
        generics: list[TypeParameter] = []
        for child in children_of(listed, "type_parameter") if listed is not None else ():
            names = [
                part
                for part in child.named_children
                if part.type in ("type_identifier", "identifier")
            ]
            bound = first_child(child, "type_bound")
            bounds = bound.named_children if bound is not None else ()
            generics.append(TypeParameter(
                "type", text_of(names[0], self._source) if names else "",
                frozenset(self._canonical(flat(part, self._source)) for part in bounds) - {"Object"},
            ))  # fmt: skip
        return tuple(generics)

    def _bases(self, node: Node) -> dict[str, str]:
        """Return what a type extends (with `extends ` before its name) and implements."""
        bases: dict[str, str] = {}
        for child in node.named_children:
            if child.type == "superclass":
                for part in child.named_children:
                    text = flat(part, self._source)
                    bases["extends " + self._canonical(text)] = text
            elif child.type in ("super_interfaces", "extends_interfaces"):
                for listed in child.named_children:
                    for part in listed.named_children or (listed,):
                        text = flat(part, self._source)
                        bases[self._canonical(text)] = text
        return bases

    def _modifiers(self, node: Node) -> tuple[frozenset[str], dict[str, str]]:
        modifiers = first_child(node, "modifiers")
        if modifiers is None:
            return frozenset(), {}
        words = frozenset(child.type for child in modifiers.children) & _WORDS
        marks: dict[str, str] = {}
        for child in children_of(modifiers, "marker_annotation", "annotation"):
            name = flat(child.child_by_field_name("name"), self._source).rpartition(".")[2]
            marks[name] = flat(child.child_by_field_name("arguments"), self._source)
        return words, marks

    def _access(
        self, words: frozenset[str], marks: Mapping[str, str], owner: _JavaOwner
    ) -> tuple[bool, bool]:
        """Return whether callers see a thing, and whether only heirs of its owner do."""
        if _INTERNAL & marks.keys() or not owner.public:
            return False, owner.heirs
        if owner.sort in _OPEN:
            return "private" not in words, owner.heirs
        if "protected" in words:
            return not owner.closed, True
        return "public" in words, owner.heirs

    def _is_deprecated(self, node: Node, marks: Mapping[str, str]) -> bool:
        return "Deprecated" in marks or bool(_UNSTABLE & marks.keys())

    def _canonical(self, text: str) -> str:
        return canonical(text, self._imports)
