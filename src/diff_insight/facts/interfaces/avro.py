"""Avro schemas: what a reader of the new version cannot make of records that the old one wrote, and the other way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from diff_insight.facts.data.data_trees import at, emit_and_claim, is_published_interface, trees
from diff_insight.facts.file_view import FileView
from diff_insight.facts.interfaces.avro_model import AvroType, AvroTypes, shown_type
from diff_insight.facts.trees.node import NOTHING, Node
from diff_insight.file_types import extension
from diff_insight.model.facts import Fact
from diff_insight.model.messages import Value

#: What is read from a type that was written as another one, by the specification.
_PROMOTED = {
    "int": {"long", "float", "double"}, "long": {"float", "double"}, "float": {"double"}, "string": {"bytes"},
    "bytes": {"string"},
}  # fmt: skip
_DEEPEST = 30


def applies(view: FileView) -> bool:
    """Schemas and protocols with two versions."""
    return extension(view.change.path) in ("avsc", "avpr") and trees(view) is not None


def facts(view: FileView) -> Iterator[Fact]:
    """Yield what changed for those who read or write records."""
    both = trees(view)
    if both is None:
        return
    public = is_published_interface(view.known_path)
    yield from emit_and_claim(view, _AvroComparison(both[0], both[1], public=public).facts())


class _AvroComparison:
    """Compares two schemas by the rules of how Avro resolves them."""

    def __init__(self, old: Node, new: Node, *, public: bool) -> None:
        self._old, self._new = AvroTypes(old), AvroTypes(new)
        self._public = public
        self._done: set[tuple[str, str]] = set()

    def facts(self) -> Iterator[Fact]:
        """Yield what differs: of the schema itself, or of each type of a protocol."""
        if self._old.top is not None and self._new.top is not None:
            yield from self._types(self._old.top, self._new.top, "", "", 0)
            return
        for name, before in self._old.named.items():
            after = self._new.named.get(name)
            if after is None:
                yield self._member("removed", "type", name, "", (before.node, NOTHING))
            else:
                yield from self._types(before, after, name, "", 0)

    def _types(
        self, old: AvroType, new: AvroType, name: str, within: str, depth: int
    ) -> Iterator[Fact]:
        """Compare two types; `name` is the field that holds them, in the record `within`."""
        old, new = self._old.resolve(old), self._new.resolve(new)
        pair = (old.full, new.full)
        if depth > _DEEPEST or (old.full and pair in self._done):
            return
        self._done.add(pair)
        if "union" in (old.kind, new.kind):
            yield from self._unions(old, new, name, within, depth)
        elif old.kind != new.kind:
            if new.kind not in _PROMOTED.get(old.kind, ()):
                yield self._change(old, new, name, within)
        elif old.full and old.full != new.full and old.full not in new.aliases:
            params: dict[str, Value] = {"new": new.full}
            yield self._member("renamed", "type", old.full, "", (old.node, new.node), more=params)
        else:
            yield from self._contents(old, new, name, within, depth)

    def _contents(
        self, old: AvroType, new: AvroType, name: str, within: str, depth: int
    ) -> Iterator[Fact]:
        """Compare what two types of one kind and name hold."""
        if old.kind == "record":
            yield from self._fields(old, new, depth)
        elif old.kind == "enum":
            yield from self._symbols(old, new)
        elif old.kind in ("array", "map"):
            yield from self._types(
                self._old.inner(old), self._new.inner(new), name, within, depth + 1
            )
        elif old.detail != new.detail:
            yield self._change(old, new, name, within)

    def _unions(
        self, old: AvroType, new: AvroType, name: str, within: str, depth: int
    ) -> Iterator[Fact]:
        """Branches that a reader no longer knows, and branches that came."""
        olds, news = self._old.branches(old), self._new.branches(new)
        kept = {self._new.resolve(branch).key: branch for branch in news}
        for branch in (self._old.resolve(branch) for branch in olds):
            after = kept.pop(branch.key, None)
            if after is not None:
                yield from self._types(branch, after, name, within, depth + 1)
            elif not any(
                branch in kept or branch in {self._new.resolve(b).key for b in news}
                for branch in _PROMOTED.get(branch.kind, ())
            ):
                yield self._change(old, new, name, within)
                return
        if kept and old.kind != "union":
            # Who reads with the old version does not know the branches that came.
            yield self._change(old, new, name, within, certain=False)
        elif kept:
            yield self._change(old, new, name, within, breaking=False)

    def _fields(self, old: AvroType, new: AvroType, depth: int) -> Iterator[Fact]:
        before, after = self._old.fields(old), self._new.fields(new)
        aliases = {alias: name for name, field in after.items() for alias in field.aliases}
        for name, field in before.items():
            other = after.get(name) or after.get(aliases.get(name, ""))
            if other is not None:
                yield from self._types(field.type, other.type, name, old.full, depth + 1)
                continue
            yield self._member(
                "removed",
                "field",
                name,
                old.full,
                (field.node, NOTHING),
                breaking=not field.default,
                certain=False,
            )
        for name, field in after.items():
            if name in before or before.keys() & set(field.aliases):
                continue
            nodes = NOTHING, field.node
            if field.default:
                yield self._member("added", "field", name, old.full, nodes, breaking=False)
            else:
                yield self._member("required", "field", name, old.full, nodes, more={"new": True})

    def _symbols(self, old: AvroType, new: AvroType) -> Iterator[Fact]:
        default = bool(new.node.at("default").text())
        for symbol, node in old.symbols().items():
            if symbol not in new.symbols():
                yield self._member(
                    "removed", "enum-value", symbol, old.full, (node, NOTHING), breaking=not default
                )
        for symbol, node in new.symbols().items():
            if symbol not in old.symbols():
                yield self._member(
                    "added", "enum-value", symbol, old.full, (NOTHING, node), breaking=False
                )

    def _change(
        self,
        old: AvroType,
        new: AvroType,
        name: str,
        within: str,
        *,
        breaking: bool = True,
        certain: bool = True,
    ) -> Fact:
        what = "field" if name else "type"
        texts: dict[str, Value] = {"old": shown_type(old), "new": shown_type(new)}
        nodes = old.node, new.node
        shown = name or old.full or shown_type(old)
        return self._member(
            "changed", what, shown, within, nodes, breaking=breaking, certain=certain, more=texts
        )

    def _member(  # noqa: PLR0913 - the parts of a fact
        self, kind: str, what: str, name: str, within: str, nodes: tuple[Node, Node], *, breaking: bool = True,
        certain: bool = True, more: Mapping[str, Value] = MappingProxyType({}),
    ) -> Fact:  # fmt: skip
        params: dict[str, Value] = {"what": what, "name": name, "within": within, **more}
        old, new = nodes
        evidence = at(old if old.start else None, new if new.start else None)
        breaks = breaking and self._public and kind != "added"
        return Fact(
            f"member.{kind}", params, evidence, breaks, certainty="proved" if certain else "likely"
        )
