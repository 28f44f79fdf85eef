"""Reads what a Ruby file declares: classes and modules with methods, attributes, constants and mixins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from diff_insight.facts.code.api.classes import ApiUnit
from diff_insight.facts.code.api.item import Argument, Item, Passing
from diff_insight.facts.code.api.syntax import (
    Node,
    children_of,
    first_child,
    flat,
    head_span,
    text_of,
)
from diff_insight.facts.code.api.unit_reader import read_units
from diff_insight.facts.code.grammars import RUBY

#: What stands outside of classes and modules.
LOOSE = "*"
_HIDDEN = re.compile(r"@private\b|@api\s+private\b|:nodoc:|@!visibility\s+private")
_ACCESS = frozenset(("public", "protected", "private"))
_READERS = {"attr_reader": ("",), "attr": ("",), "attr_writer": ("=",), "attr_accessor": ("", "="),
            "cattr_accessor": ("", "="), "mattr_accessor": ("", "="), "class_attribute": ("", "="),
            "cattr_reader": ("",), "mattr_reader": ("",)}  # fmt: skip
#: Calls that make methods whose names cannot be read.
_MAKES = re.compile(
    r"\b(?:define_method|define_singleton_method|method_missing|class_eval|module_eval|instance_eval|delegate_missing_to|"
    r"DelegateClass|SimpleDelegator|const_missing|autoload_under)\b"
)
_DELEGATES = frozenset(("delegate", "def_delegators", "def_delegator", "def_instance_delegators", "def_instance_delegator",
                        "instance_delegate"))  # fmt: skip
_MIXES = ("include", "prepend", "extend")
#: Modules that help to write a class, and that give its users nothing.
_HELPERS = frozenset(("Forwardable", "SingleForwardable", "ActiveSupport::Concern", "ActiveSupport::Autoload"))  # fmt: skip
_ACCESSING = (
    *_ACCESS,
    "private_class_method",
    "private_constant",
    "module_function",
    "public_class_method",
)
#: Calls whose blocks declare what cannot be seen from here.
_OPENING = ("included", "class_methods", "concerning", "prepended")
_NESTING = (
    "if",
    "unless",
    "then",
    "else",
    "begin",
    "body_statement",
    "if_modifier",
    "unless_modifier",
)
_DEEPEST = 12


class _RubyOwner(Struct):
    """A class or module while it is read: what its next methods are, and what it holds so far."""

    key: str
    kind: str = "class"
    access: str = "public"
    shared: bool = False
    hidden: bool = False
    members: dict[str, Item] = field(default_factory=dict)
    parents: list[str] = field(default_factory=list)
    complete: bool = True


def read_ruby(text: str, path: str) -> list[ApiUnit]:
    """Return the classes and modules of a file."""
    return read_units(text, path, RUBY, _RubyReader)


class _RubyReader:
    def __init__(self, source: bytes, path: str, *, complete: bool) -> None:
        self._source = source
        self._path = path
        self._complete = complete
        self._units: list[ApiUnit] = []

    def units(self, root: Node) -> Iterator[ApiUnit]:
        """Yield what the file declares."""
        loose = _RubyOwner("", "module")
        self._body(root, loose, 0)
        yield from self._units
        if loose.members:
            item = Item(key=LOOSE, sort="file", path=self._path)
            members = {
                name: element
                for name, element in loose.members.items()
                if element.sort == "constant"
            }
            yield ApiUnit(item, members, complete=self._complete)

    def _body(self, node: Node, owner: _RubyOwner, depth: int) -> None:
        for child in node.named_children if depth < _DEEPEST else ():
            kind = child.type
            if kind in ("class", "module"):
                self._type(child, owner, depth)
            elif kind == "singleton_class":
                self._singleton(child, owner, depth)
            elif kind in _NESTING:
                self._body(child, owner, depth + 1)
            elif kind == "call":
                self._call(child, owner)
            else:
                self._statement(child, owner)

    def _singleton(self, node: Node, owner: _RubyOwner, depth: int) -> None:
        """Methods of the class itself: `class << self`."""
        inner = _RubyOwner(
            owner.key, owner.kind, shared=True, members=owner.members, parents=owner.parents
        )
        body = node.child_by_field_name("body")
        if body is not None:
            self._body(body, inner, depth + 1)
        owner.complete = owner.complete and inner.complete

    def _statement(self, node: Node, owner: _RubyOwner) -> None:
        if node.type in ("method", "singleton_method"):
            self._method(node, owner)
        elif node.type == "assignment":
            self._constant(node, owner)
        elif node.type == "identifier":
            self._word(text_of(node, self._source), owner)
        elif node.type == "alias":
            name = text_of(node.child_by_field_name("name"), self._source)
            self._add(node, owner, name.lstrip(":"), "method")

    def _type(self, node: Node, owner: _RubyOwner, depth: int) -> None:
        name = flat(node.child_by_field_name("name"), self._source).removeprefix("::")
        key = f"{owner.key}::{name}" if owner.key else name
        body = node.child_by_field_name("body")
        inner = _RubyOwner(key, node.type)
        base = flat(node.child_by_field_name("superclass"), self._source).removeprefix("<").strip()
        if body is not None:
            self._body(body, inner, depth + 1)
        text = text_of(body, self._source) if body is not None else ""
        start, end = head_span(node, body)
        hidden = owner.hidden or bool(_HIDDEN.search(self._docs(node)))
        named = re.fullmatch(r"[A-Z]\w*(?:::[A-Z]\w*)*", base) is not None
        bases = {base.removeprefix("::"): base} if named else {}
        mixed = [element for element in inner.parents if element]
        bases |= {element: element for element in mixed}
        item = Item(
            key=key, sort=node.type, path=self._path, start=start, end=end, public=not hidden, bases=bases,
        )  # fmt: skip
        complete = (
            self._complete and inner.complete and not _MAKES.search(text) and (named or not base)
        )
        self._units.append(ApiUnit(item, inner.members, tuple(bases), complete))

    def _word(self, word: str, owner: _RubyOwner) -> None:
        if word in _ACCESS:
            owner.access = word
        elif word == "module_function":
            owner.shared = True

    def _method(self, node: Node, owner: _RubyOwner, access: str = "") -> None:
        name = text_of(node.child_by_field_name("name"), self._source)
        shared = node.type == "singleton_method" or owner.shared
        self._add(node, owner, name, "method", shared=shared, access=access)

    def _add(
        self, node: Node, owner: _RubyOwner, name: str, sort: str, *, shared: bool | None = None, access: str = "",
    ) -> None:  # fmt: skip
        shared = owner.shared if shared is None else shared
        listed = node.child_by_field_name("parameters")
        body = node.child_by_field_name("body")
        start, end = head_span(node, body)
        declared = node.type in ("method", "singleton_method")
        said = access or ("public" if node.type == "singleton_method" else owner.access)
        hidden = bool(_HIDDEN.search(self._docs(node))) or (
            said == "private" and name != "initialize"
        )
        arguments = tuple(self._arguments(listed)) if listed is not None else ()
        name = f"self.{name}" if shared else name
        owner.members[name] = Item(
            key=f"{owner.key}.{name}", sort=sort, path=self._path, start=start, end=end, public=not hidden,
            heirs=said == "protected", modifiers=frozenset((said,)), parameters=() if sort == "method" else None,
            signature=arguments if declared else None, shown=flat(listed, self._source) or "()",
        )  # fmt: skip

    def _arguments(self, listed: Node) -> Iterator[Argument]:
        for node in listed.named_children:
            name = text_of(node.child_by_field_name("name"), self._source)
            value = flat(node.child_by_field_name("value"), self._source)
            if node.type in ("identifier", "destructured_parameter"):
                yield Argument(name=flat(node, self._source), passing=Passing.POSITION)
            elif node.type == "optional_parameter":
                yield Argument(name=name, passing=Passing.POSITION, default=value, optional=True)
            elif node.type == "keyword_parameter":
                optional = node.child_by_field_name("value") is not None
                yield Argument(name=name, passing=Passing.NAME, default=value, optional=optional)
            elif node.type in ("splat_parameter", "forward_parameter"):
                yield Argument(name=name, passing=Passing.REST, optional=True)
            if node.type in ("hash_splat_parameter", "forward_parameter"):
                yield Argument(name=name, passing=Passing.NAMED_REST, optional=True)

    def _constant(self, node: Node, owner: _RubyOwner) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or left.type != "constant":
            return
        name = text_of(left, self._source)
        text = flat(right, self._source)
        if re.match(r"(?:Struct\.new|Data\.define)\b", text) and right is not None:
            self._struct(right, f"{owner.key}::{name}" if owner.key else name)
            return
        start, end = head_span(node, None)
        owner.members[name] = Item(
            key=f"{owner.key}.{name}" if owner.key else name, sort="constant", path=self._path, start=start, end=end,
            public=not _HIDDEN.search(self._docs(node)), shown=text[:100],
        )  # fmt: skip

    def _struct(self, node: Node, key: str) -> None:
        """A class that `Struct.new` or `Data.define` makes of its fields."""
        inner = _RubyOwner(key)
        data = flat(node, self._source).startswith("Data")
        names = self._symbols(node.child_by_field_name("arguments"))
        for name in names:
            for end in ("",) if data else ("", "="):
                self._add(node, inner, name + end, "method")
        block = node.child_by_field_name("block")
        body = block.child_by_field_name("body") if block is not None else None
        if body is not None:
            self._body(body, inner, 1)
        start, end_line = head_span(node, block)
        item = Item(key=key, sort="class", path=self._path, start=start, end=end_line)
        self._units.append(ApiUnit(item, inner.members, (), self._complete))

    def _call(self, node: Node, owner: _RubyOwner) -> None:
        if node.child_by_field_name("receiver") is not None:
            return
        method = text_of(node.child_by_field_name("method"), self._source)
        listed = node.child_by_field_name("arguments")
        names = self._symbols(listed)
        if method in _MIXES:
            mixed = listed.named_children if listed is not None else ()
            mixed_in = [flat(element, self._source).removeprefix("::") for element in mixed]
            owner.parents += [name for name in mixed_in if name not in _HELPERS]
        elif method in _ACCESSING:
            self._access(method, names, listed, owner)
        else:
            for name in _made_names(method, names):
                self._add(node, owner, name, "method")
        block = node.child_by_field_name("block")
        if method in _OPENING or (block is not None and _MAKES.search(flat(block, self._source))):
            owner.complete = False

    def _access(
        self, method: str, names: list[str], listed: Node | None, owner: _RubyOwner
    ) -> None:
        said = method if method in _ACCESS else ""
        for element in (
            children_of(listed, "method", "singleton_method") if listed is not None else ()
        ):
            self._method(element, owner, access=said)
        for call in children_of(listed, "call") if listed is not None else ():
            kept, owner.access = owner.access, said or owner.access
            self._call(call, owner)
            owner.access = kept
        hides = method.startswith("private")
        if not hides and method != "public":
            return
        shared = method == "private_class_method"
        for key in (f"self.{name}" if shared else name for name in names):
            item = owner.members.get(key)
            if item is not None:
                word = "private" if hides else "public"
                owner.members[key] = replace(item, public=not hides, modifiers=frozenset((word,)))

    def _symbols(self, listed: Node | None) -> list[str]:
        return [
            flat(element, self._source).strip(":\"'")
            for element in (listed.named_children if listed is not None else ())
            if element.type in ("simple_symbol", "string")
        ]

    def _docs(self, node: Node) -> str:
        """Return the comments right before a declaration, and the one behind its head."""
        texts: list[str] = []
        before, above = node.prev_sibling, node.parent
        if before is None and above is not None and above.type == "body_statement":
            before = (
                above.prev_sibling
            )  # what stands before the first statement of a body is outside of it
            holder = above.parent
            if (
                before is not None
                and holder is not None
                and before.start_point[0] == holder.start_point[0]
            ):
                before = None  # it is about the whole type
        line = node.start_point[0]
        while before is not None and before.type == "comment" and before.end_point[0] >= line - 1:
            texts.append(text_of(before, self._source))
            line, before = before.start_point[0], before.prev_sibling
        head = text_of(node, self._source).split("\n", 1)[0]
        if first_child(node, "comment") is not None or "#" in head:
            texts.append(head.partition("#")[2])
        return "\n".join(texts)


def _made_names(method: str, names: list[str]) -> list[str]:
    """Return the names of the methods that a call declares."""
    if method in _READERS:
        return [name + end for name in names for end in _READERS[method]]
    if method == "alias_method":
        return names[:1]
    return names if method in _DELEGATES else []
