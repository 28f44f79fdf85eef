"""Reads what a Rust file declares, module by module."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec.structs import replace

from diff_insight.facts.code.api.item import Item
from diff_insight.facts.code.api.rust_attributes import Attributes, attributes_of
from diff_insight.facts.code.api.rust_items import SORTS, ItemReader, RustOwner
from diff_insight.facts.code.api.rust_module import ChildModule, Impl, Module, UseDeclaration
from diff_insight.facts.code.api.rust_types import canonical, generics_of
from diff_insight.facts.code.api.syntax import (
    LARGEST,
    Node,
    children_of,
    damaged_lines,
    first_child,
    flat,
    has_token,
    parse,
    text_of,
)
from diff_insight.facts.code.grammars import RUST

_WORD = re.compile(rb"[A-Za-z_]\w+")
_DEEPEST = 30


def read_rust(text: str, path: str) -> Module | None:
    """Return the module of a file; None where the parser is not here or gets stuck."""
    if len(text) > LARGEST:
        return None
    source = text.encode("utf-8", "replace")
    root = parse(RUST, source)
    if root is None:
        return None
    texts = [flat(attribute, source) for attribute in children_of(root, "inner_attribute_item")]
    module = Module(path, conditions=attributes_of(texts).conditions)
    _RustReader(source, path).fill(module, root, 0)
    module.damaged = damaged_lines(root)
    return module


class _RustReader:
    def __init__(self, source: bytes, path: str) -> None:
        self._source = source
        self._path = path
        self._items = ItemReader(source, path)

    def fill(self, module: Module, node: Node, depth: int) -> None:
        """Put into a module what stands in its body."""
        for child, attributes in self._items.with_attributes(node):
            if attributes.test or depth > _DEEPEST:
                continue
            kind = child.type
            if kind in SORTS:
                self._item(module, child, attributes)
            elif kind == "mod_item":
                self._child(module, child, attributes, depth)
            elif kind == "foreign_mod_item":
                self._foreign(module, child, depth)
            elif kind in ("macro_invocation", "expression_statement"):
                self._call(module, child, depth)
            elif kind in self._others:
                self._others[kind](module, child, attributes)

    @cached_property
    def _others(self) -> Mapping[str, Callable[[Module, Node, Attributes], None]]:
        return {
            "use_declaration": self._uses,
            "extern_crate_declaration": self._extern_crate,
            "impl_item": self._impl,
            "macro_definition": self._macro,
        }

    def _words(self, node: Node) -> Iterator[str]:
        return (
            word.decode() for word in _WORD.findall(self._source[node.start_byte : node.end_byte])
        )

    def _call(self, module: Module, node: Node, depth: int) -> None:
        """Read what stands within a call of a macro as declarations, as far as it is some."""
        module.macro_words.update(self._words(node))
        call = node if node.type == "macro_invocation" else first_child(node, "macro_invocation")
        tree = first_child(call, "token_tree") if call is not None else None
        if tree is None or call is None or depth > 2:
            return
        name = text_of(call.child_by_field_name("macro"), self._source)
        inner = self._source[tree.start_byte + 1 : tree.end_byte - 1]
        row, column = tree.start_point[0], tree.start_point[1] + 1
        padded = b"\n" * row + b" " * column + inner  # what is read keeps its lines
        root = parse(RUST, padded)
        if root is None or root.has_error:
            return
        within = Module(self._path, module.prefix)
        _RustReader(padded, self._path).fill(within, root, depth + 1)
        mark = {} if name.startswith("cfg") else {"macro": name}
        module.items += [_as_called(item, name, mark) for item in within.items]
        module.uses += within.uses if not mark else []
        module.impls += within.impls if not mark else []
        for type_, members in within.members.items():
            module.members.setdefault(type_, []).extend(members)
        for child, declared in within.children.items():
            declared.item = _as_called(declared.item, name, {})
            module.children.setdefault(child, declared)

    def _foreign(self, module: Module, node: Node, depth: int) -> None:
        body = node.child_by_field_name("body")
        before = len(module.items)
        if body is not None:
            self.fill(module, body, depth + 1)
        module.items[before:] = [_as_foreign(item) for item in module.items[before:]]

    def _child(self, module: Module, node: Node, attributes: Attributes, depth: int) -> None:
        name = text_of(node.child_by_field_name("name"), self._source)
        body = node.child_by_field_name("body")
        public = self._items.is_public(node)
        prefix = f"{module.prefix}{name}."
        inner = Module(self._path, prefix) if body is not None else None
        item = self._items.plain_item(
            node, f"{module.prefix}{name}", "mod", attributes, public=public
        )
        module.children[name] = ChildModule(
            public, attributes.hidden, item, inner, attributes.marks.get("path", "")
        )
        if inner is not None and body is not None:
            texts = [
                flat(attribute, self._source)
                for attribute in children_of(body, "inner_attribute_item")
            ]
            module.children[name].hidden |= attributes_of(texts).hidden
            self.fill(inner, body, depth + 1)

    def _item(self, module: Module, node: Node, attributes: Attributes) -> None:
        name = text_of(node.child_by_field_name("name"), self._source)
        item = self._items.declaration(
            node, f"{module.prefix}{name}", attributes, public=self._items.is_public(node)
        )
        module.items.append(item)
        owner = RustOwner(item.key, item.sort, item.public, item.generics)
        body = node.child_by_field_name("body")
        if item.sort in ("struct", "union"):
            module.members.setdefault(name, []).extend(self._items.fields(body, owner))
        elif item.sort == "enum" and body is not None:
            module.members.setdefault(name, []).extend(self._items.variants(body, owner))
        elif item.sort == "trait" and body is not None:
            module.members.setdefault(name, []).extend(self._trait_items(body, owner))
            calls = children_of(body, "macro_invocation", "expression_statement")
            words = {word for child in calls for word in self._words(child)}
            module.macro_words |= words
            module.items[-1] = replace(item, marks={**item.marks, "calls": " ".join(words)})

    def _trait_items(self, body: Node, owner: RustOwner) -> Iterator[Item]:
        """Yield what a trait asks for or provides."""
        for child, attributes in self._items.with_attributes(body):
            if child.type in SORTS:
                key = f"{owner.key}.{text_of(child.child_by_field_name('name'), self._source)}"
                yield self._items.declaration(
                    child, key, attributes, public=owner.public, owner=owner
                )

    def _impl(self, module: Module, node: Node, attributes: Attributes) -> None:
        type_ = canonical(flat(node.child_by_field_name("type"), self._source))
        trait_node = node.child_by_field_name("trait")
        trait = canonical(flat(trait_node, self._source))
        if has_token(node, "!"):
            return
        generics = generics_of(node, self._source)
        name = re.sub(r"^&(?:mut )?|<.*", "", type_)
        body = node.child_by_field_name("body")
        owner = RustOwner(f"{module.prefix}{name}", "impl", True, generics)
        members: list[Item] = []
        written = flat(trait_node, self._source).partition("<")[0].split("::")
        for child, own_attributes in self._items.with_attributes(body) if body is not None else ():
            if child.type in ("macro_invocation", "expression_statement"):
                module.macro_words.update(self._words(child))
            if child.type not in SORTS or own_attributes.test:
                continue
            key = f"{owner.key}.{text_of(child.child_by_field_name('name'), self._source)}"
            public = self._items.is_public(child)
            concealed = attributes.hidden and not own_attributes.deprecated
            hidden = {"hidden": ""} if concealed else {}
            merged = Attributes(own_attributes.marks | hidden, own_attributes.derives, own_attributes.conditions | attributes.conditions,
                                own_attributes.hidden or concealed, own_attributes.deprecated, test=False)  # fmt: skip
            members.append(self._items.declaration(child, key, merged, public=public, owner=owner))
        blanket = any(generic.name == name for generic in generics)
        module.impls.append(Impl(
            type=name, trait=trait, members=tuple(members), generic=blanket, line=node.start_point[0] + 1,
            trait_path=tuple(part.strip() for part in written),
        ))  # fmt: skip

    def _macro(self, module: Module, node: Node, attributes: Attributes) -> None:
        name = text_of(node.child_by_field_name("name"), self._source)
        public = "macro_export" in attributes.marks
        module.items.append(
            self._items.plain_item(
                node, f"{module.prefix}{name}", "macro", attributes, public=public
            )
        )

    def _uses(self, module: Module, node: Node, attributes: Attributes) -> None:
        public = self._items.is_public(node)
        line = node.start_point[0] + 1
        argument = node.child_by_field_name("argument")
        for path, name in self._paths(argument, (), 0):
            module.uses.append(
                UseDeclaration(path, name, public, attributes.hidden, line, attributes.conditions)
            )

    def _extern_crate(self, module: Module, node: Node, attributes: Attributes) -> None:
        name = text_of(node.child_by_field_name("name"), self._source)
        alias = text_of(node.child_by_field_name("alias"), self._source) or name
        use = UseDeclaration(
            path=(name,), name=alias, public=self._items.is_public(node), hidden=attributes.hidden,
            line=node.start_point[0] + 1,
        )  # fmt: skip
        module.uses.append(use)

    def _paths(
        self, node: Node | None, before: tuple[str, ...], depth: int
    ) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield the path and the name of everything that a `use` takes."""
        if node is None or depth > _DEEPEST:
            return
        if node.type in ("use_list", "scoped_use_list"):
            path = (*before, *self._segments(node.child_by_field_name("path")))
            listed = node.child_by_field_name("list") or node
            for child in listed.named_children:
                yield from self._paths(child, path, depth + 1)
        elif node.type == "use_as_clause":
            path = (*before, *self._segments(node.child_by_field_name("path")))
            yield path, text_of(node.child_by_field_name("alias"), self._source)
        elif "comment" not in node.type:
            path = (*before, *self._segments(node))
            if path[-1:] == ("self",):
                path = path[:-1]
            if path:
                yield (path[:-1], "*") if path[-1] == "*" else (path, path[-1])

    def _segments(self, node: Node | None) -> tuple[str, ...]:
        return tuple(part.strip() for part in flat(node, self._source).split("::") if part.strip())


def _as_called(item: Item, name: str, mark: dict[str, str]) -> Item:
    """Return an item that a macro got: it may add to it, and may leave it out."""
    return replace(item, marks={**item.marks, **mark}, conditions=item.conditions | {f"{name}!"})


def _as_foreign(item: Item) -> Item:
    """Return a function of another language, which is unsafe unless it says otherwise."""
    if item.sort != "fn" or "safe" in item.modifiers:
        return item
    return replace(item, modifiers=item.modifiers | {"unsafe"})


def all_modules(
    module: Module, path: Sequence[str] = ()
) -> Iterator[tuple[tuple[str, ...], Module]]:
    """Yield a module and those within it, with their names below it."""
    yield tuple(path), module
    for name, child in module.children.items():
        if child.module is not None:
            yield from all_modules(child.module, (*path, name))
