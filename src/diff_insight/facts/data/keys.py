"""Key paths of JSON, YAML, TOML and INI files: what came, what went, what has another value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from diff_insight.facts.data.data_trees import LONGEST_VALUE, at, scalar_text, trees
from diff_insight.facts.file_view import FileView
from diff_insight.facts.news.terms import clip_apart
from diff_insight.facts.trees.node import Node
from diff_insight.facts.trees.tree_comparison import TreeChange, compare, same
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact
from diff_insight.model.messages import Value

#: Facts of this family in one file; the lines of what is beyond are counted.
MOST = 40
#: What the whole of a file is called.
_ROOT = "$"


def applies(view: FileView) -> bool:
    """Files of these formats of which both versions are known and valid."""
    return trees(view) is not None


def facts(view: FileView) -> Iterator[Fact]:
    """Yield up to `MOST` facts."""
    both = trees(view)
    if both is None:
        return
    changes = compare(*both)
    open_changes = [change for change in changes if _is_open(view, change)]
    yield from map(_fact, open_changes[:MOST])
    if not changes and not view.claimed:
        yield Fact("keys.kept" if same(*both) else "keys.reordered", {})
    # Lines that only moved, and comments, are nothing that came or went.
    view.claim_all(but=frozenset(_lines_of_texts(open_changes)))


def _is_open(view: FileView, change: TreeChange) -> bool:
    """Tell whether no specific family has told the lines of a change.

    The first line of something longer is only its key.
    """
    return any(
        (proof.side, line) not in view.claimed
        for proof in at(change.old, change.new)
        for line in range(min(proof.start + 1, proof.end), proof.end + 1)
    )


def _lines_of_texts(changes: Iterable[TreeChange]) -> Iterator[tuple[Side, int]]:
    """Yield the lines of values that are texts of several lines, which are told line by line."""
    for change in changes:
        for side, node in ((Side.BASE, change.old), (Side.HEAD, change.new)):
            if node is not None and _is_text(change):
                yield from ((side, line) for line in range(node.start + 1, node.end + 1))


def _is_text(change: TreeChange) -> bool:
    """Tell whether both versions of a value are texts, one at least of several lines."""
    sides = change.old, change.new
    texts = [side for side in sides if side is not None and isinstance(side.value, str)]
    return len(texts) == len(sides) and any(text.end > text.start + 1 for text in texts)


def _values(old: Node, new: Node) -> tuple[str, str]:
    """Return both values as they are quoted: in part where they are long, not at all where they are no line each."""
    exact = old.value == new.value
    quoted = exact or "" in (old.value, new.value)
    values = scalar_text(old, exact=quoted), scalar_text(new, exact=quoted)
    if all(values):
        return values
    texts = old.text(), new.text()
    if exact or not all(texts) or any("\n" in text.strip() for text in texts):
        return "", ""
    parts = clip_apart(*texts, LONGEST_VALUE)
    return parts if parts[0] != parts[1] else ("", "")


def _fact(change: TreeChange) -> Fact:
    old, new = change.old, change.new
    evidence = at(old, new)
    if old is not None and new is not None:
        params: dict[str, Value] = {"key": change.path or _ROOT}
        if _is_text(change):
            evidence = at(old._replace(end=old.start), new._replace(end=new.start))
        params["old"], params["new"] = _values(old, new)
        return Fact("key.changed", params, evidence)
    item = "item-" if change.item and scalar_text(new or old) else ""
    end = "added" if old is None else "removed"
    return Fact(
        f"key.{item}{end}",
        {"key": change.path or _ROOT, "value": scalar_text(new or old)},
        evidence,
    )
