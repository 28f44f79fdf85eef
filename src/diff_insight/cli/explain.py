"""Plain text that explains the rules: what every kind of fact means, and why an item weighs what it does."""

from __future__ import annotations

from collections.abc import Iterator

from diff_insight.kinds.catalogue import ROWS
from diff_insight.kinds.kind import Kind, Proof, Trait
from diff_insight.kinds.known_misses import misses_of
from diff_insight.markup.escape import visible
from diff_insight.model.insight import Insight
from diff_insight.model.story import Relation

#: What each part of a proof is called.
PROOFS = {
    Proof.GONE: "gone",
    Proof.NEW: "new",
    Proof.SAME_CONTENT: "same content",
    Proof.WHOLE: "whole reading",
}

#: Stands before what a rule is known to miss.
MISSED = "  misses: "


def kind_lines() -> Iterator[str]:
    """Yield a heading and a line for every kind of fact, and below it what its rule is known to miss."""
    yield f"{'KIND':28} {'ROLE':12} {'SALIENCE':>8}  {'BREAKING':8} PROOF"
    for row in ROWS:
        if not row.has(Trait.ITEM):
            breaks = "may" if row.has(Trait.BREAKS) else "never"
            yield f"{row.name:28} {row.role:12} {row.salience:8}  {breaks:8} {proof_of(row)}".rstrip()
            for text in misses_of(row.name) or ("none known",):
                yield f"{MISSED}{text}"


def proof_of(row: Kind) -> str:
    """Return what the claim of a kind needs, in words; empty where it claims nothing of the kind."""
    return ", ".join(words for proof, words in PROOFS.items() if proof in row.proof)


def why_lines(insight: Insight) -> Iterator[str]:
    """Yield a line for each item about the range: what it weighs, and after which rules.

    Each rule stands with what it left; relations, which are told behind other items, weigh nothing.
    """
    yield f"why: category {insight.category}"
    for item in insight.story:
        if item.relation is Relation.NONE:
            steps = " > ".join(f"{name} {salience}" for name, salience in item.rules)
            first = insight.files[item.files[0]].analysis.change.path
            more = f" and {len(item.files) - 1} more" if len(item.files) > 1 else ""
            yield f"why: {item.salience:3} {item.role} {item.kind} ({visible(first)}{more}): {steps}"
