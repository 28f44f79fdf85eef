"""Protocol buffers: messages, enumerations, services, and fields by their number."""

from __future__ import annotations

from collections.abc import Iterator

from diff_insight.facts.data.data_trees import emit_and_claim, is_published_interface, whole_text
from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.interfaces.protobuf_blocks import file_facts
from diff_insight.facts.interfaces.protobuf_reader import read_proto
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
        view, file_facts(old, new, public=is_published_interface(view.change.path))
    )


def names_of(text: str) -> frozenset[str]:
    """Return the names of all that a file declares."""
    file = read_proto(text)
    return frozenset(
        f"{block.name}.{item.name}" if item is not None else block.name
        for block in file.blocks.values()
        for item in (None, *block.fields, *block.values, *block.methods)
    )
