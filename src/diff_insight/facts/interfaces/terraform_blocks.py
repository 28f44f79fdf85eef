"""The outermost blocks of a Terraform file with their attributes as texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from diff_insight.facts.trees.tokens import SchemaToken, tokens

_OPEN, _CLOSE = frozenset("{[("), frozenset("}])")


class TerraformBlock(Struct, frozen=True):
    """A block: `resource "type" "name" { … }`.

    Attributes:
        kind: Its first word.
        name: Its labels, joined by points.
        start: Its first line.
        end: Its last line.
        attributes: Those of the block itself, by name.
        inner: The first line of blocks in it, by their first word.
        providers: Versions of providers that it asks for.
        lines: First and last line of its attributes and of those providers, by name.
    """

    kind: str
    name: str
    start: int
    end: int
    attributes: Mapping[str, str] = field(default_factory=dict)
    inner: Mapping[str, str] = field(default_factory=dict)
    providers: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def blocks_of(text: str) -> Iterator[TerraformBlock]:
    """Yield the blocks on the outermost level."""
    header: list[SchemaToken] = []
    body: list[SchemaToken] = []
    depth = 0
    for token in tokens(text, hashes=True, slashes=True):
        if depth:
            depth += (token.text in _OPEN) - (token.text in _CLOSE)
            if depth:
                body.append(token)
            elif header:
                yield _block(
                    [token for token in header if token.line == header[-1].line], body, token.line
                )
                header, body = [], []
        elif token.text == "{":
            depth = 1
        else:
            header.append(token)


def _block(header: Sequence[SchemaToken], body: Sequence[SchemaToken], end: int) -> TerraformBlock:
    attributes, inner = _contents(body)
    lines = _lines(body)
    name = ".".join(token.text.strip('"') for token in header[1:])
    providers: dict[str, str] = {}
    if "required_providers" in inner:
        for match in re.finditer(
            r"(?<![\w-])([\w-]++)=\{[^{}]*?\bversion=\"([^\"]*)\"",
            "".join(token.text for token in body),
        ):
            providers[match[1]] = match[2]
        words = [token.text for token in body]
        start = words.index("required_providers") + 2
        lines = {**_lines(body[start:]), **lines}
    return TerraformBlock(
        header[0].text, name, header[0].line, end, attributes, inner, providers, lines
    )


def _contents(body: Sequence[SchemaToken]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the attributes of a body, and what the blocks in it hold."""
    attributes: dict[str, str] = {}
    inner: dict[str, str] = {}
    index = 0
    while index < len(body):
        word = body[index]
        following = body[index + 1].text if index + 1 < len(body) else ""
        if following == "=":
            index, value = _value(body, index + 2)
            attributes[word.text] = value
        elif following == "{":
            end, text = _value(body, index + 1)
            inner[word.text] = text.strip("{}").strip()[:60]
            index = end
        else:
            index += 1
    return attributes, inner


def _lines(body: Sequence[SchemaToken]) -> dict[str, tuple[int, int]]:
    """Return the first and the last line of each attribute of a body, up to where the body ends."""
    lines: dict[str, tuple[int, int]] = {}
    depth = index = 0
    while index < len(body) and depth >= 0:
        word = body[index]
        following = body[index + 1].text if index + 1 < len(body) else ""
        if not depth and following == "=":
            index, _ = _value(body, index + 2)
            lines[word.text] = (word.line, body[index - 1].line)
        else:
            depth += (word.text in _OPEN) - (word.text in _CLOSE)
            index += 1
    return lines


def _value(body: Sequence[SchemaToken], start: int) -> tuple[int, str]:
    """Return the index behind an expression, and its text: it goes to the end of its line, brackets beyond."""
    depth, index, words = 0, start, list[str]()
    while index < len(body):
        token = body[index]
        if words and not depth and token.line != body[index - 1].line:
            break
        depth += (token.text in _OPEN) - (token.text in _CLOSE)
        words.append(token.text)
        index += 1
    text = " ".join(words)
    text = re.sub(r"(?<!\s)\s*+([()\[\].])\s*+", r"\1", text)
    return index, re.sub(r"(?<!\s)\s*+,\s*+", ", ", text)
