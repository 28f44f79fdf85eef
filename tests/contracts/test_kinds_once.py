"""What a kind means stands in its row: other code asks the row and does not spell the kind's name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from typing import TypeGuard

from diff_insight.kinds.catalogue import KINDS, ROWS
from support.messages import item_kinds
from support.source_trees import called, modules, parts

#: Calls that make a fact or an item, and so have to name its kind.
MAKERS = {"Fact", "ApiChange", "_change", "change_of", "StoryItem", "_join", "make_item", "replace"}
NAMES = item_kinds() | set(KINDS)
#: Places outside `kinds/` that still name a kind, by module. A number may only fall; a module without
#: any goes from the list. A new module is never added to it: give the row a trait instead.
LEFT = {
    "facts/data/workflows.py": 2,
    "facts/packages/dependencies.py": 2,
    "facts/pages/admonitions.py": 4,
    "story/joiners.py": 5,
    "story/relations.py": 3,
    "wording/sentences.py": 1,
}


@cache
def is_named(text: str) -> bool:
    """Tell whether a text is the name of a kind, or the beginning of several names."""
    return text in NAMES or (text.endswith((".", "-")) and any(n.startswith(text) for n in NAMES))


def named_kinds(tree: ast.AST) -> Iterator[str]:
    """Yield the kinds that a part of a module names without making something of that kind."""
    made: list[ast.AST] = []
    if isinstance(tree, ast.Call) and called(tree) in MAKERS:
        made = [*tree.args[:1], *(each for each in tree.keywords if each.arg == "kind")]
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in made:
            yield from [node.value] if is_named(node.value) else []
        elif node not in made and not isinstance(node, ast.JoinedStr):
            yield from named_kinds(node)


def own_subjects(module: str) -> set[str]:
    """Return the first parts of the kinds that the families of a folder make: these may name them."""
    # What lies below belongs to the same families.
    return subjects_below("/".join(module.split("/")[:-1][:2]))


@cache
def subjects_below(folder: str) -> set[str]:
    if not folder.startswith("facts"):
        return set()
    family = [
        nodes for name, nodes in parts().items() if "/".join(name.split("/")[:-1][:2]) == folder
    ]
    calls = [node for nodes in family for node in nodes if is_fact(node)]
    made = [node.args[0] if node.args else keyword_kind(node) for node in calls]
    texts = (
        node.value for kind in made for node in ast.walk(kind) if isinstance(node, ast.Constant)
    )
    return {str(text).partition(".")[0] for text in texts}


def is_fact(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and called(node) in {"Fact", "ApiChange"}


def keyword_kind(node: ast.Call) -> ast.expr:
    return next(each.value for each in node.keywords if each.arg == "kind")


def foreign_kinds(module: str, tree: ast.Module) -> int:
    """Return how often a module names a kind that its folder does not make."""
    own = own_subjects(module)
    return sum(name.partition(".")[0] not in own for name in named_kinds(tree))


def test_only_these_modules_still_name_kinds() -> None:
    counts = {
        module: foreign_kinds(module, tree)
        for module, tree in modules().items()
        if not module.startswith("kinds/")
    }
    assert {module: count for module, count in counts.items() if count > LEFT.get(module, 0)} == {}


def test_every_name_is_declared_once() -> None:
    names = [row.name for row in ROWS]
    assert len(names) == len(set(names))


def test_what_rows_name_are_kinds() -> None:
    assert {name for row in ROWS for name in row.holds} <= set(KINDS)
