"""Reads AsyncAPI 2 and 3 into one model: channels with messages, and which way these go."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.facts.interfaces.schema_model import Schemas
from diff_insight.facts.trees.node import NOTHING, Node

#: Version 2: who subscribes receives from the application, who publishes sends to it.
_WAYS = ("subscribe", "publish")


class Message(Struct, frozen=True):
    """A message; `taken` and `given` tell whether the application receives it, and whether it sends it."""

    node: Node
    payload: Node
    headers: Node
    content_type: Node
    taken: bool = False
    given: bool = False


class Channel(Struct, frozen=True):
    """A channel: its address where it has one, its messages, and in version 2 its operations."""

    node: Node
    address: Node
    messages: dict[str, Message]
    operations: dict[str, Node]


class AsyncApi:
    """One version of a description.

    Attributes:
        schemas: What looks up its references.
        servers: By name.
        channels: By name.
        operations: Of version 3, by name.
    """

    def __init__(self, tree: Node, version: str) -> None:
        """Read a document that is written in a version of AsyncAPI."""
        self.schemas = Schemas(tree)
        self.servers = tree.at("servers").entries()
        self.operations = tree.at("operations").entries()
        self._content = tree.at("defaultContentType")
        newer = version.startswith("3")
        self.channels = {
            name: self._newer(name, self._resolve(node))
            if newer
            else self._older(name, self._resolve(node))
            for name, node in tree.at("channels").entries().items()
        }

    def _resolve(self, node: Node) -> Node:
        target = self.schemas.target(node)
        return target[0] if target is not None else NOTHING

    def _older(self, channel: str, node: Node) -> Channel:
        messages: dict[str, Message] = {}
        ways = {way: node.at(way) for way in _WAYS if node.at(way).start}
        for way, operation in ways.items():
            for name, listed in self._messages_of(operation.at("message"), channel):
                message = self._message(listed)
                other = messages.get(name)
                received = way == "publish" or (other is not None and other.taken)
                sent = way == "subscribe" or (other is not None and other.given)
                messages[name] = replace(message, taken=received, given=sent)
        return Channel(node, NOTHING, messages, ways)

    def _messages_of(self, node: Node, channel: str) -> list[tuple[str, Node]]:
        choices = node.at("oneOf").items()
        listed = choices or ([node] if node.start else [])
        single = len(listed) == 1
        messages = []
        for number, element in enumerate(listed, 1):
            target = self.schemas.target(element)
            body = target[0] if target is not None else element
            named = body.at("name").text() or (target[1] if target is not None else "")
            # The only message of a channel is the same one, wherever it is written down.
            messages.append((channel if single else named or str(number), element))
        return messages

    def _newer(self, channel: str, node: Node) -> Channel:
        reference = f"#/channels/{channel.replace('~', '~0').replace('/', '~1')}"
        actions = {
            operation.at("action").text() for operation in map(self._resolve, self.operations.values())
            if operation.at("channel", "$ref").text() == reference
        }  # fmt: skip
        messages = {
            name: replace(
                self._message(listed), taken="receive" in actions, given="send" in actions
            )
            for name, listed in node.at("messages").entries().items()
        }
        return Channel(node, node.at("address"), messages, {})

    def _message(self, listed: Node) -> Message:
        node = self._resolve(listed)
        payload = node.at("payload")
        if payload.at("schema").start and payload.at("schemaFormat").start:
            payload = payload.at("schema")
        content = node.at("contentType")
        return Message(
            listed, payload, node.at("headers"), content if content.start else self._content
        )
