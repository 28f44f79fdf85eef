"""What callers have to prove about themselves: whether what let them in still does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diff_insight.facts.data.data_trees import at
from diff_insight.facts.trees.node import Node
from diff_insight.model.facts import Fact
from diff_insight.model.messages import Value

_Way = frozenset[tuple[str, str]]
#: What OpenAPI 2 calls flows that have another name in OpenAPI 3.
_FLOWS = {"application": "clientCredentials", "accessCode": "authorizationCode"}


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


def scheme_facts(
    old: Mapping[str, Node], new: Mapping[str, Node], *, public: bool
) -> Iterator[Fact]:
    """Yield a fact for each scheme that asks for another kind of proof, or for it in another place.

    Args:
        old: The schemes before, by name.
        new: The schemes after.
        public: Whether others rely on the description.
    """
    for name, node in old.items():
        after = new.get(name)
        if after is not None:
            yield from _addresses(name, node, after, public=public)
        asked = _proofs(node), _proofs(after) if after is not None else frozenset()
        if after is None or not all(asked) or asked[0] == asked[1]:
            continue
        kinds = [side.at("type").text() for side in (node, after)]
        if kinds == ["http", "http"] and frozenset(("http",)) in asked:
            continue  # one of them does not say how
        refused = public and not asked[0] <= asked[1]
        params: dict[str, Value] = {"what": "operation", "name": name,
                                    **{side: " | ".join(sorted(proofs)) for side, proofs in zip(("old", "new"), asked, strict=True)},
                                    "effect": "senders" * refused}  # fmt: skip
        yield Fact("operation.security", params, at(node, after), refused)


def _addresses(name: str, old: Node, new: Node, *, public: bool) -> Iterator[Fact]:
    """Yield another address at which callers get what they prove themselves with."""
    flows = [{_FLOWS.get(flow, flow): node for flow, node in _flows(side)} for side in (old, new)]
    pairs = [
        (before.at(key), flows[1][flow].at(key))
        for flow, before in flows[0].items() if flow in flows[1]
        for key in ("authorizationUrl", "tokenUrl")
    ]  # fmt: skip
    pairs.append((old.at("openIdConnectUrl"), new.at("openIdConnectUrl")))
    seen = set[str]()
    for before, after in pairs:
        was, now = before.text().rstrip("/"), after.text().rstrip("/")
        if was and now and was != now and was not in seen:
            seen.add(was)
            params: dict[str, Value] = {"what": "operation", "name": name, "old": was, "new": now,
                                        "effect": "senders" * public}  # fmt: skip
            # The old address may lead to the new one.
            yield Fact("operation.security", params, at(before, after), public,
                       certainty="likely" if public else "proved")  # fmt: skip


def _flows(scheme: Node) -> list[tuple[str, Node]]:
    """Return the flows of a scheme: OpenAPI 2 has one, in the scheme itself."""
    flow = scheme.at("flow").text()
    return [(flow, scheme)] if flow else list(scheme.at("flows").entries().items())


def _proofs(scheme: Node) -> frozenset[str]:
    """Return what a scheme takes as proof, each way in the words of OpenAPI 3; nothing where that is not known."""
    kind = scheme.at("type").text()
    if kind == "apiKey":
        holder, name = scheme.at("in").text(), scheme.at("name").text()
        name = name.lower() if holder == "header" else name
        return frozenset((f"{holder}: {name}",)) if holder and name else frozenset()
    if kind in ("basic", "http"):
        way = "basic" if kind == "basic" else scheme.at("scheme").text().lower()
        return frozenset((way or kind,))
    if kind == "oauth2":
        listed = [*scheme.at("flows").entries(), scheme.at("flow").text()]
        return frozenset(f"oauth2: {_FLOWS.get(flow, flow)}" for flow in listed if flow)
    return frozenset((kind,)) if kind in ("openIdConnect", "mutualTLS") else frozenset()


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
