"""What callers of a reusable workflow, and of an action, give and get: inputs, secrets, outputs, the runner they need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from diff_insight.facts.interfaces.members import (
    Member,
    MemberRules,
    diff_members,
    index_members,
    parts_of,
)
from diff_insight.facts.trees.node import Node
from diff_insight.model.facts import Fact

_RULES = MemberRules(
    removed=frozenset(("input", "output", "secret", "trigger")),
    required=frozenset(("input", "secret")),
    changed=frozenset(("input",)),
)
_CALL = "workflow_call"
_NODE = re.compile(r"node(\d+)")


def triggers_of(tree: Node) -> Node:
    """Return what starts a workflow; YAML of old reads `on` as a truth."""
    return tree.at("on") if "on" in tree.entries() else tree.at("true")


def reusable_facts(old: Node, new: Node) -> Iterator[Fact]:
    """Yield what changed for workflows that call this one, and for people who start it by hand.

    Whether anybody outside of the repository calls it is said nowhere.
    """
    facts = (*_call_changes(old, new), *_options(old, new))
    yield from (replace(fact, certainty="likely") if fact.breaking else fact for fact in facts)


def _call_changes(old: Node, new: Node) -> Iterator[Fact]:
    before, after = (triggers_of(tree) for tree in (old, new))
    if _CALL not in _names(before):
        return
    if _CALL in _names(after):
        olds, news = (index_members(_members(tree)) for tree in (old, new))
        yield from diff_members(
            olds, news, _RULES, public=True, is_told_elsewhere=parts_of(olds, news)
        )
    else:
        trigger = Member("trigger", _CALL, "", before.start, before.end)
        yield from diff_members(
            {trigger.key: trigger}, {}, _RULES, public=True, is_told_elsewhere=_is_never_within
        )


def _is_never_within(member: Member) -> bool:
    del member
    return False


def _names(started: Node) -> set[str]:
    return {started.text(), *(item.text() for item in started.items()), *started.entries()}


def _members(tree: Node) -> Iterator[Member]:
    called = triggers_of(tree).at(_CALL)
    for what in ("input", "output", "secret"):
        for name, node in called.at(f"{what}s").entries().items():
            needed = node.at("required").text() == "true" and "default" not in node.entries()
            default = node.at("default").text() if what == "input" else ""
            type_ = node.at("type").text() if what == "input" else ""
            yield Member(what, name, _CALL, node.start, node.end, type_, needed, default)


def _options(old: Node, new: Node) -> Iterator[Fact]:
    """Yield choices that a workflow no longer offers to those who start it."""
    inputs = [triggers_of(tree).at("workflow_dispatch", "inputs").entries() for tree in (old, new)]
    for name, before in inputs[0].items():
        after = inputs[1].get(name)
        if after is None or not before.at("options").start or not after.at("options").start:
            continue
        olds, news = (index_members(_choices(node, name)) for node in (before, after))
        rules = MemberRules(removed=frozenset(("enum-value",)))
        yield from diff_members(olds, news, rules, public=True, is_told_elsewhere=_is_never_within)


def _choices(node: Node, within: str) -> Iterator[Member]:
    for item in node.at("options").items():
        yield Member("enum-value", item.text(), within, item.start, item.end)


def with_runtime(facts: Iterable[Fact], *, public: bool) -> Iterator[Fact]:
    """Yield facts of an action; a newer Node.js needs a newer runner, which self-hosted ones have to be."""
    for fact in facts:
        versions = [_NODE.fullmatch(str(fact.params.get(name, ""))) for name in ("old", "new")]
        if fact.params.get("name") == "runs.using" and versions[0] and versions[1]:
            old, new = (match[1] for match in versions if match)
            raised = int(new) > int(old)
            params = {"name": "Node.js", "old": old, "new": new}
            yield Fact(
                "runtime.raised" if raised else "runtime.moved", params, fact.evidence,
                public and raised, certainty="likely",
            )  # fmt: skip
        else:
            yield fact
