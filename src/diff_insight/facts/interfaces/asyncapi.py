"""AsyncAPI 2 and 3: channels, operations, messages with their payloads, servers."""

from __future__ import annotations

from collections.abc import Iterator

from diff_insight.facts.data.data_trees import (
    at,
    described_trees,
    emit_and_claim,
    is_published_interface,
)
from diff_insight.facts.file_view import FileView
from diff_insight.facts.interfaces.asyncapi_model import AsyncApi, Channel, Message
from diff_insight.facts.interfaces.required_lines import with_required_lines
from diff_insight.facts.interfaces.schema_change import SchemaUse
from diff_insight.facts.interfaces.schema_compare import SchemaComparison
from diff_insight.facts.interfaces.schema_facts import distinct, message_subject, schema_facts
from diff_insight.facts.trees.node import Node
from diff_insight.model.facts import Fact
from diff_insight.model.messages import Value


def applies(view: FileView) -> bool:
    """JSON and YAML whose version before says that it is AsyncAPI."""
    return described_trees(view, _version_of) is not None


def _version_of(tree: Node) -> str:
    return tree.at("asyncapi").text()


def facts(view: FileView) -> Iterator[Fact]:
    """Yield what changed for those who send to, or receive from, the described application."""
    both = described_trees(view, _version_of)
    if both is None:
        return
    public = is_published_interface(view.known_path, api=True)
    old, new = (AsyncApi(tree, _version_of(tree) or _version_of(both[0])) for tree in both)
    comparison = _AsyncComparison(old, new, public=public)
    yield from emit_and_claim(view, with_required_lines(view, both, distinct(comparison.facts())))


class _AsyncComparison:
    def __init__(self, old: AsyncApi, new: AsyncApi, *, public: bool) -> None:
        self._old, self._new = old, new
        self._public = public
        self._schemas = SchemaComparison(old.schemas, new.schemas, frozenset(), directed=False)

    def facts(self) -> Iterator[Fact]:
        """Yield what differs: servers, channels with their messages, operations."""
        yield from self._names("server", self._old.servers, self._new.servers)
        for name, server in self._old.servers.items():
            after = self._new.servers.get(name)
            if after is not None:
                yield from self._value(
                    "server", name, "", server.at("protocol"), after.at("protocol")
                )
        old, new = self._old.channels, self._new.channels
        yield from self._names(
            "channel",
            {name: entry.node for name, entry in old.items()},
            {name: entry.node for name, entry in new.items()},
        )
        for name, channel in old.items():
            if name in new:
                yield from self._channel(name, channel, new[name])
        yield from self._names("operation", self._old.operations, self._new.operations)

    def _channel(self, name: str, old: Channel, new: Channel) -> Iterator[Fact]:
        yield from self._value("channel", name, "", old.address, new.address)
        yield from self._names("operation", old.operations, new.operations, within=name)
        olds, news = (
            {key: entry.node for key, entry in side.messages.items()} for side in (old, new)
        )
        yield from self._names("message", olds, news, within=name)
        for key, message in old.messages.items():
            after = new.messages.get(key)
            if after is not None:
                yield from self._message(name, key, message, after)

    def _message(self, channel: str, name: str, old: Message, new: Message) -> Iterator[Fact]:
        yield from self._value("message", name, channel, old.content_type, new.content_type)
        use = SchemaUse.NONE
        for entry in (old, new):
            use |= SchemaUse.SENT if entry.taken else SchemaUse.NONE
            use |= SchemaUse.RECEIVED if entry.given else SchemaUse.NONE
        use = use or SchemaUse.SENT | SchemaUse.RECEIVED  # nobody says which way it goes
        subject = message_subject(name, channel, use)
        for before, after in ((old.payload, new.payload), (old.headers, new.headers)):
            yield from schema_facts(
                self._schemas.inline(before, after, use), subject, public=self._public
            )

    def _names(
        self, what: str, old: dict[str, Node], new: dict[str, Node], *, within: str = ""
    ) -> Iterator[Fact]:
        for name, node in old.items():
            if name not in new:
                params: dict[str, Value] = {"what": what, "name": name, "within": within}
                yield Fact("member.removed", params, at(node, None), self._public)
        for name, node in new.items():
            if name not in old:
                yield Fact(
                    "member.added", {"what": what, "name": name, "within": within}, at(None, node)
                )

    def _value(self, what: str, name: str, within: str, old: Node, new: Node) -> Iterator[Fact]:
        if old.text() and new.text() and old.text() != new.text():
            params: dict[str, Value] = {
                "what": what, "name": name, "within": within, "old": old.text(), "new": new.text(),
            }  # fmt: skip
            yield Fact("member.changed", params, at(old, new), self._public)
