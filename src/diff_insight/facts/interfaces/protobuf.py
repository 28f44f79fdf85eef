"""Protocol buffers: messages, enumerations, services, and fields by their number."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec.structs import replace

from diff_insight.facts.data.data_trees import emit_and_claim, is_published_interface, whole_text
from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.interfaces.protobuf_blocks import file_facts
from diff_insight.facts.interfaces.protobuf_model import ProtoFile
from diff_insight.facts.interfaces.protobuf_reader import read_proto
from diff_insight.facts.protocol import base_line
from diff_insight.facts.trees.tokens import LARGEST
from diff_insight.file_types import extension
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact


def applies(view: FileView) -> bool:
    """Files of that name with two versions."""
    return extension(view.change.path) == "proto" and view.change.status in BOTH_SIDES


def facts(view: FileView) -> Iterator[Fact]:
    """Yield what changed for those who exchange messages."""
    texts = [whole_text(view, side, limit=LARGEST) for side in Side]
    if None in texts:
        return
    old, new = (read_proto(text or "") for text in texts)
    yield from emit_and_claim(
        view, file_facts(old, new, public=is_published_interface(view.known_path))
    )


def move_facts(
    old: str, new: str, names: Collection[str], path: str, *, public: bool
) -> Iterator[Fact]:
    """Yield how what another file declares now differs from what stood here.

    Args:
        old: The text in which it stood.
        new: The text that declares it now.
        names: The messages, enumerations and services that moved.
        path: The file that declares them now.
        public: Whether others rely on the file.
    """
    before, after = (_part_of(read_proto(text), names) for text in (old, new))
    for fact in file_facts(before, after, public=public):
        if fact.kind == "member.moved" or not fact.breaking:
            continue
        # Lines of the other file are none of this one's.
        lines = tuple(line for line in fact.evidence if line.side is Side.BASE)
        within = str(fact.params.get("within", ""))
        holder = before.blocks.get(within)
        yield replace(
            fact, params={**fact.params, "declared_in": path},
            evidence=lines or ((base_line(holder.lines[0]),) if holder else ()),
        )  # fmt: skip


def _part_of(file: ProtoFile, names: Collection[str]) -> ProtoFile:
    """Return a file as if it declared nothing but some blocks, with all that stands in them."""
    blocks = {
        key: block for key, block in file.blocks.items()
        if any(key == name or key.startswith(f"{name}.") for name in names)
    }  # fmt: skip
    return ProtoFile(syntax=file.syntax, package=file.package, blocks=blocks)


def names_of(text: str) -> frozenset[str]:
    """Return the names of all that a file declares."""
    file = read_proto(text)
    return frozenset(
        f"{block.name}.{item.name}" if item is not None else block.name
        for block in file.blocks.values()
        for item in (None, *block.fields, *block.values, *block.methods)
    )
