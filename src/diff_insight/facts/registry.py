"""The families in the order they run: specific ones first, so that generic ones tell the rest."""

from __future__ import annotations

from diff_insight.facts import (
    admonitions,
    code_blocks,
    cosmetic,
    dependencies,
    dockerfile,
    files,
    front_matter,
    functions,
    graphql,
    json_schema,
    keys,
    links,
    openapi,
    outline,
    prose,
    protobuf,
    sql,
    tables,
    terraform,
    workflows,
)
from diff_insight.facts.protocol import FactFamily

#: What reads Markdown and reStructuredText; most ranges of documentation have nothing else.
PAGE_FAMILIES: tuple[FactFamily, ...] = (
    files,
    cosmetic,
    front_matter,
    outline,
    tables,
    links,
    code_blocks,
    admonitions,
    prose,
)
FAMILIES: tuple[FactFamily, ...] = (
    *PAGE_FAMILIES[:-1],
    dependencies,
    workflows,
    dockerfile,
    openapi,
    json_schema,
    graphql,
    protobuf,
    terraform,
    sql,
    keys,
    prose,
    functions,
)
