"""Files of several documents: each is called by what it says of itself, whatever its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from diff_insight.facts.trees.node import Node

#: Keys by which a document calls itself, in this order of trust.
_NAMES = ("name", "id", "title", "uid")


def as_documents(documents: Sequence[Node]) -> Node:
    """Return one tree of several documents; those that are called alike are counted."""
    named: dict[str, Node] = {}
    for number, document in enumerate(documents, 1):
        label = label_of(document) or f"document {number}"
        name, count = label, 1
        while name in named:
            count += 1
            name = f"{label} ({count})"
        named[name] = document
    repeated = tuple(node for document in documents for node in document.repeated)
    last = max((document.end for document in documents), default=1)
    return Node(named, 1, last, repeated=repeated, documents=True)


def label_of(document: Node) -> str:
    """Return what a document calls itself: `Service web`; an empty string when it does not."""
    kind = document.at("kind").text()
    name = _first(document.at("metadata", key).text() for key in _NAMES)
    return " ".join(filter(None, (kind, name or _first(document.at(key).text() for key in _NAMES))))


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if 0 < len(text) <= 80 and "\n" not in text), "")
