"""The families in the order they run: specific ones first, so that generic ones tell the rest."""

from __future__ import annotations

from diff_insight.facts import (
    admonitions,
    code_blocks,
    cosmetic,
    files,
    front_matter,
    functions,
    links,
    outline,
    prose,
    tables,
)
from diff_insight.facts.protocol import FactFamily
from diff_insight.facts.symbols import family as symbols

FAMILIES: tuple[FactFamily, ...] = (
    files,
    cosmetic,
    front_matter,
    outline,
    tables,
    links,
    code_blocks,
    admonitions,
    prose,
    symbols,
    functions,
)
