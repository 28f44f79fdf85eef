"""Key paths of JSON, YAML, TOML and INI files: what came, what went, what has another value."""

from __future__ import annotations

from collections.abc import Iterator

from diff_insight.facts.data.data_trees import at, scalar_text, trees
from diff_insight.facts.file_view import FileView
from diff_insight.facts.trees.tree_comparison import TreeChange, compare, same
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
    view.claim_all()


def _is_open(view: FileView, change: TreeChange) -> bool:
    """Tell whether no specific family has told the lines of a change.

    The first line of something longer is only its key.
    """
    return any(
        (proof.side, line) not in view.claimed
        for proof in at(change.old, change.new)
        for line in range(min(proof.start + 1, proof.end), proof.end + 1)
    )


def _fact(change: TreeChange) -> Fact:
    old, new = change.old, change.new
    evidence = at(old, new)
    if old is not None and new is not None:
        exact = old.value == new.value
        params: dict[str, Value] = {"key": change.path or _ROOT}
        values = scalar_text(old, exact=exact), scalar_text(new, exact=exact)
        # A value that is too long to be quoted leaves no comparison: neither side is quoted.
        params |= {"old": values[0], "new": values[1]} if all(values) else {"old": "", "new": ""}
        return Fact("key.changed", params, evidence)
    item = "item-" if change.item and scalar_text(new or old) else ""
    end = "added" if old is None else "removed"
    return Fact(
        f"key.{item}{end}",
        {"key": change.path or _ROOT, "value": scalar_text(new or old)},
        evidence,
    )
