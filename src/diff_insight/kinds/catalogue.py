"""Looks rows up by name: of kinds of facts, and of the kinds that join several of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from diff_insight.kinds import code, files, interfaces, packages, pages, range, texts  # noqa: A004 - the range
from diff_insight.kinds.kind import Kind, Many, Trait
from diff_insight.model.story import Role

#: Every row, by subject; where the order of kinds matters it is theirs.
ROWS: tuple[Kind, ...] = (
    *files.ROWS, *pages.ROWS, *texts.ROWS, *code.ROWS, *interfaces.ROWS, *packages.ROWS, *range.ROWS,
)  # fmt: skip
#: What is added to the name of a kind when many files share one edit.
REPEATED = ".repeated"


def _plurals() -> Iterator[Kind]:
    """Yield what joins several facts and has no row of its own: it means what each of them means."""
    for row in ROWS:
        if row.join is not None:
            traits = row.traits | Trait.ITEM
            variants = row.join.variants if isinstance(row.join, Many) else ()
            yield Kind(
                row.join.plural, row.role, row.salience,
                variants=variants, traits=traits, proof=row.proof,
            )  # fmt: skip


KINDS: dict[str, Kind] = {row.name: row for row in (*_plurals(), *ROWS)}


def kind_of(name: str) -> Kind:
    """Return the row of a kind, shared by many files or not; an unknown kind is a plain change."""
    row = KINDS.get(name) or KINDS.get(name.removesuffix(REPEATED))
    return row or Kind(name, Role.CHANGE, 20)


@cache
def names_with(trait: Trait) -> tuple[str, ...]:
    """Return the names of all kinds with a trait, in the order of their rows."""
    return tuple(row.name for row in ROWS if row.has(trait))
