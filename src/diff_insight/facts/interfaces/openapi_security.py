"""What callers have to prove about themselves: whether what let them in still does."""

from __future__ import annotations

from collections.abc import Iterator

from diff_insight.facts.data.data_trees import at
from diff_insight.facts.trees.node import Node
from diff_insight.model.facts import Fact

_Way = frozenset[tuple[str, str]]


def security_facts(old: Node, new: Node, operation: str, *, public: bool) -> Iterator[Fact]:
    """Yield a fact when callers have to prove something else about themselves than before.

    Args:
        old: The ways in before: one of them has to be taken.
        new: The ways in after.
        operation: The operation, or empty for all that say nothing themselves.
        public: Whether others rely on the description.
    """
    before, after = _ways(old), _ways(new)
    if before == after:
        return
    # Who came in before still does when a way in asks for nothing more than theirs.
    refused = any(not any(way <= had for way in after) for had in before)
    params = {
        "what": "operation",
        "name": operation or "security",
        "old": _ways_text(before),
        "new": _ways_text(after),
    }
    evidence = at(old if old.start else None, new if new.start else None)
    effect = "senders" if refused and public else ""
    # Where nothing was said, the description may only have caught up with the service.
    breaking = refused and public
    params["effect"] = effect
    yield Fact(
        "operation.security", params, evidence, breaking,
        certainty="proved" if any(before) else "likely",
    )  # fmt: skip


def _ways(node: Node) -> tuple[_Way, ...]:
    """Return the ways in; each is what has to be proved together."""
    ways = []
    for way in node.items():
        asked: set[tuple[str, str]] = set()
        for scheme, scopes in way.entries().items():
            asked.add((scheme, ""))
            asked.update((scheme, scope.text()) for scope in scopes.items())
        ways.append(frozenset(asked))
    return tuple(dict.fromkeys(ways)) or (frozenset(),)


def _ways_text(ways: tuple[_Way, ...]) -> str:
    """Return ways in as one text, empty when nothing has to be proved."""
    shown = []
    for way in ways:
        schemes = sorted({scheme for scheme, _ in way})
        scopes = sorted(scope for _, scope in way if scope)
        shown.append(" + ".join(schemes) + (f" ({', '.join(scopes[:4])})" if scopes else ""))
    return " | ".join(text or "{}" for text in shown) if any(shown) else "[]"
