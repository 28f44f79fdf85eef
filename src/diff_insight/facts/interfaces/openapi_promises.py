"""What a description promises of how long something stays, and how stable it is."""

from __future__ import annotations

from collections.abc import Iterator

from diff_insight.facts.data.data_trees import at
from diff_insight.facts.trees.node import Node
from diff_insight.model.facts import Fact
from diff_insight.model.messages import Value

#: From what may change any day to what does not.
_LEVELS = ("draft", "alpha", "beta", "stable")
_SUNSET, _STABILITY = "x-sunset", "x-stability-level"


def promise_facts(
    old: Node, new: Node, named: tuple[str, str, str], *, public: bool
) -> Iterator[Fact]:
    """Yield promises that are taken back: an earlier end, no word of it any more, less stability.

    Args:
        old: The operation or parameter before.
        new: The same after.
        named: Its term, its name and what holds it.
        public: Whether others rely on the description.
    """
    before, after = old.at(_SUNSET), new.at(_SUNSET)
    deprecated = new.at("deprecated").text() == "true"
    if before.text() and after.text() and after.text() < before.text():
        yield _fact("changed", named, _SUNSET, (before, after), public=public)
    elif before.text() and not after.text() and deprecated:
        yield _fact("removed", named, _SUNSET, (before, after), public=public)
    levels = old.at(_STABILITY), new.at(_STABILITY)
    ranks = [_LEVELS.index(level.text()) if level.text() in _LEVELS else None for level in levels]
    first = len(_LEVELS) - 1 if ranks[0] is None and not levels[0].start else ranks[0]
    if first is not None and ranks[1] is not None and ranks[1] < first:
        how = "changed" if levels[0].start else "added"
        yield _fact(how, named, _STABILITY, levels, public=public and levels[0].start > 0)


def _fact(
    how: str, named: tuple[str, str, str], keyword: str, nodes: tuple[Node, Node], *, public: bool
) -> Fact:
    what, name, within = named
    old, new = nodes
    params: dict[str, Value] = {
        "what": what,
        "name": name,
        "within": within,
        "keyword": keyword,
        "effect": "",
    }
    params |= {"old": old.text()} if how != "added" else {}
    params |= {"new": new.text()} if how != "removed" else {}
    evidence = at(old if old.start else None, new if new.start else None)
    return Fact(f"schema.keyword-{how}", params, evidence, public, certainty="likely")
