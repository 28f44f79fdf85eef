"""Facts about how something is built and run: the members of an interface that only its own team sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from diff_insight.model.facts import Fact


def as_internal_config(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Yield facts about members as facts about a setup, which is no interface."""
    for fact in facts:
        yield replace(fact, kind=fact.kind.replace("member.", "setup."))
