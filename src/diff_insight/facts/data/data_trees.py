"""Both versions of a structured file as trees, and what the families that read them share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.protocol import speaks_of_one_side
from diff_insight.facts.trees.documents import as_documents
from diff_insight.facts.trees.node import NOTHING, Node, TooLargeError, UnreadableError
from diff_insight.facts.trees.read import format_of, parse_tree
from diff_insight.file_types import is_sample, is_test
from diff_insight.model.changes import Side
from diff_insight.model.facts import Evidence, Fact

#: Characters of a value that is told as it is.
LONGEST_VALUE = 80


def trees(view: FileView) -> tuple[Node, Node] | None:
    """Return both versions as trees; None when there are not two, or one of them is not read."""
    if "trees" not in view.cache:
        view.cache["trees"] = _trees(view)
    pair = view.cache["trees"]
    return pair if isinstance(pair, tuple) else None


def _trees(view: FileView) -> tuple[Node, Node] | None:
    if view.change.status not in BOTH_SIDES or not format_of(view.change.path) or not view.hunks:
        return None
    old_path = view.change.previous_path or view.change.path
    old = _tree(view, Side.BASE, old_path)
    new = _tree(view, Side.HEAD, view.change.path) if old is not None else None
    if old is None or new is None:
        return None
    if old.documents != new.documents:  # the first one is compared with the only one
        old, new = (side if side.documents else as_documents([side]) for side in (old, new))
    return old, new


def described_trees(view: FileView, says: Callable[[Node], object]) -> tuple[Node, Node] | None:
    """Return both versions as trees where the one before describes something; else None.

    Who relies on a description goes by what it was: when the new version no longer says that it is
    one, is of no structured format or says nothing at all, what it described is gone. Of several
    documents in a file the first one that says so counts.

    Args:
        view: The file.
        says: Tells whether a tree says that it is such a description.
    """
    pair = trees(view) or _trees_of_former(view)
    if pair is None:
        return None
    old, new = (_describing(tree, says) for tree in pair)
    return (old, new) if says(old) else None


def _describing(tree: Node, says: Callable[[Node], object]) -> Node:
    documents = tree.entries().values() if tree.documents else ()
    return next((document for document in documents if says(document)), tree)


def _trees_of_former(view: FileView) -> tuple[Node, Node] | None:
    """Return the tree of a version whose successor has none, though it was read whole."""
    change = view.change
    differs = bool(view.hunks) or not format_of(change.path)
    if change.status not in BOTH_SIDES or not format_of(view.known_path) or not differs:
        return None
    if view.skipped or whole_text(view, Side.HEAD) is None:
        return None
    old = _tree(view, Side.BASE, view.known_path)
    return None if old is None else (old, NOTHING)


def _tree(view: FileView, side: Side, path: str) -> Node | None:
    text = whole_text(view, side)
    if text is None:
        return None
    try:
        return parse_tree(path, text)
    except TooLargeError:
        view.skip("limit")
    except UnreadableError:
        view.skip("syntax-error")
    return None


def whole_text(view: FileView, side: Side, *, limit: int = 0) -> str | None:
    """Return the whole text of a version, or None when only hunks of it are known.

    Args:
        view: The file.
        side: The version.
        limit: Characters beyond which it is not read, which the view is told; 0 is no limit.
    """
    version = view.version(side)
    if not version.complete:
        return None
    text = version.texts[0][1] if version.texts else ""
    if limit and len(text) > limit:
        view.skip("limit")
        return None
    return text


def is_published(path: str) -> bool:
    """Tell whether others may rely on a file.

    No test, sample, fixture or page of documentation, and nothing below `.github/`: what stands
    there is for the repository's own workflows.
    """
    return not (is_test(path) or is_sample(path) or path.startswith(".github/"))


#: Folders of documentation, where APIs are described to those who call them.
_DOCS = frozenset("doc docs documentation".split())
_SPECS = frozenset("spec specs specification specifications".split())
_SPEC_NAME = re.compile(r"(?i)[-_.]?spec(?=\.)")


def is_published_interface(path: str, *, api: bool = False) -> bool:
    """Tell whether others may rely on a description of an interface.

    It is a document itself, so that folders of documentation do not hide it, and `-spec` in its name
    makes no test of it. `api` says that the file describes an API by its own words: then neither
    does a folder `spec`, in which others keep their tests.
    """
    *folders, name = path.split("/")
    passed = _DOCS | _SPECS if api else _DOCS
    kept = [folder for folder in folders if folder.lower() not in passed]
    return is_published("/".join((*kept, _SPEC_NAME.sub("", name) or name)))


def at(old: Node | None, new: Node | None) -> tuple[Evidence, ...]:
    """Return the lines of nodes of either side as evidence."""
    return tuple(
        Evidence(side, node.start, node.end)
        for side, node in ((Side.BASE, old), (Side.HEAD, new))
        if node is not None and node.start
    )


def emit_and_claim(view: FileView, facts: Iterable[Fact]) -> Iterator[Fact]:
    """Yield facts, and claim their lines so that generic families leave them alone."""
    for fact in facts:
        view.claim(*fact.evidence)
        if speaks_of_one_side(fact):
            view.alone.update(
                (lines.side, line)
                for lines in fact.evidence
                for line in range(lines.start, lines.end + 1)
            )
        yield fact


def scalar_text(node: Node | None, *, exact: bool = False) -> str:
    """Return a scalar in one line, or nothing when it is long, has lines or is no scalar.

    `exact` shows text with quotation marks, to tell it from a number of the same looks.
    """
    if node is None or not isinstance(node.value, str):
        return ""
    text = f'"{node.value}"' if exact and not node.literal else node.value
    return text if len(text) <= LONGEST_VALUE and "\n" not in text.strip() else ""
