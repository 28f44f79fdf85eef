"""Reads YAML into a tree with lines, event by event: aliases stay names, so nothing can explode."""

from __future__ import annotations

import re
from typing import Any

from diff_insight.facts.trees.documents import as_documents
from diff_insight.facts.trees.node import Node, TreeBuilder, UnreadableError

#: Plain scalars that are no text in YAML 1.1 or 1.2: `3.10` is a number, `on` may be a boolean.
_LITERAL = re.compile(
    r"(?i)|~|null|true|false|yes|no|on|off|[-+]?\.?[0-9][0-9a-fx_.:eE+-]*|[-+]?\.(inf|nan)"
)
_OTHER_BREAKS = re.compile(r"\r(?!\n)|[\x85\u2028\u2029]")


def read_yaml(text: str) -> Node:
    """Return the tree of a YAML text; several documents are a map by what they are called. Raises `UnreadableError`."""
    import yaml  # noqa: PLC0415 - heavy

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    # What else ends a line in YAML ends none in git.
    text = _OTHER_BREAKS.sub(" ", text)
    last = text.removesuffix("\n").count("\n") + 1
    documents: list[Node] = []
    built = TreeBuilder()
    try:
        for event in yaml.parse(text, Loader=loader):
            name = type(event).__name__
            if name == "DocumentStartEvent":
                built = TreeBuilder()
            elif name == "DocumentEndEvent" and built.root is not None:
                documents.append(built.root)
            else:
                _feed(built, name, event, last)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise UnreadableError from error
    if not documents:
        raise UnreadableError
    if len(documents) == 1:
        return documents[0]
    return as_documents(documents)


def _feed(built: TreeBuilder, name: str, event: Any, last: int) -> None:  # noqa: ANN401 - events have no stubs
    line = min(event.start_mark.line + 1, last)
    if name == "MappingStartEvent":
        built.open({}, line)
    elif name == "SequenceStartEvent":
        built.open([], line)
    elif name in ("MappingEndEvent", "SequenceEndEvent"):
        flow = event.end_mark.index > event.start_mark.index  # a bracket closes it
        built.close(line if flow else 0)
    elif name == "AliasEvent":
        built.scalar(f"*{event.anchor}", line, line)
    elif name == "ScalarEvent":
        plain = not event.style
        tag = f"{event.tag} " if event.tag and not event.tag.startswith("tag:yaml.org") else ""
        # A block scalar ends where the next line begins.
        end = event.end_mark.line + (event.style not in ("|", ">"))
        end = max(line, min(end, last))
        literal = plain and not tag and _LITERAL.fullmatch(event.value) is not None
        built.scalar(tag + event.value, line, end, literal=literal)
