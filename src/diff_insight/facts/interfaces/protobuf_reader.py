"""Reads protocol buffers as far as they go; what it does not know it passes over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from diff_insight.facts.interfaces.protobuf_model import (
    Field,
    Lines,
    Method,
    ProtobufBlock,
    ProtoFile,
    Value,
)
from diff_insight.facts.trees.tokens import SchemaToken, tokens

_BLOCKS = ("message", "enum", "service", "extend")
_LABELS = ("optional", "required", "repeated")
#: Digits of a number that is read; longer ones are no numbers of fields.
_NUMBER = re.compile(r"-?(?:0[xX][0-9a-fA-F]{1,8}|\d{1,10})")


def read_proto(text: str) -> ProtoFile:
    """Return what a text declares."""
    return _ProtobufReader(text).file


class _ProtobufReader:
    """Goes through the statements of a text with a stack of what is open."""

    def __init__(self, text: str) -> None:
        self.file = ProtoFile()
        self._open: list[tuple[str, ProtobufBlock | None, str]] = []
        statement: list[SchemaToken] = []
        for token, closes in _statements(text):
            if token.text == "{" and not closes:
                self._begin(statement)
                statement = []
            elif token.text == "}" and not closes:
                if self._open:
                    self._open.pop()
                statement = []
            elif token.text == ";":
                self._statement(statement)
                statement = []
            else:
                statement.append(token)

    @property
    def _block(self) -> ProtobufBlock | None:
        return self._open[-1][1] if self._open else None

    def _begin(self, statement: Sequence[SchemaToken]) -> None:
        words = [token.text for token in statement]
        outer = self._block
        kind = words[0] if words else ""
        if kind == "oneof" and len(words) > 1 and outer is not None:
            outer.oneofs[words[1]] = _lines(statement)
            self._open.append(("oneof", outer, words[1]))
        elif kind in _BLOCKS and len(words) > 1:
            self._add(kind, words[1], statement, outer)
        elif "group" in words[:2] and "=" in words and outer is not None:
            name = words[words.index("group") + 1]
            self._field(
                [
                    *statement[: words.index("group")],
                    statement[words.index("group")],
                    *statement[words.index("group") + 1 :],
                ],
                outer,
            )
            self._add("message", name, statement, outer)
        elif kind == "rpc" and outer is not None:
            self._method(statement, outer)
            self._open.append(("rpc", outer, words[1] if len(words) > 1 else ""))
        else:
            self._open.append(("", None, ""))

    def _add(
        self, kind: str, name: str, statement: Sequence[SchemaToken], outer: ProtobufBlock | None
    ) -> None:
        if kind == "extend":
            full = f"extend {name.lstrip('.')}"
        else:
            holder = outer.name if outer is not None and outer.kind == "message" else ""
            full = f"{holder}.{name}" if holder else name
        block = self.file.blocks.setdefault(full, ProtobufBlock(kind, full, _lines(statement)))
        self._open.append((kind, block, ""))

    def _statement(self, statement: Sequence[SchemaToken]) -> None:
        words = [token.text for token in statement]
        if not words:
            return
        if not self._open:
            self._of_file(words, _lines(statement))
            return
        kind, block, inner = self._open[-1]
        if block is not None and not self._of_block(words[0], block, statement):
            if kind == "enum":
                self._value(statement, block)
            elif kind in ("message", "extend", "oneof"):
                self._field(statement, block, oneof=inner if kind == "oneof" else "")

    def _of_block(self, first: str, block: ProtobufBlock, statement: Sequence[SchemaToken]) -> bool:
        """Read a statement that says something of a whole block; tell whether it does."""
        kind, _, inner = self._open[-1]
        words = [token.text for token in statement[1:]]
        if first == "option":
            self._option(kind, block, inner, statement)
        elif first in ("reserved", "extensions"):
            held = block.reserved if first == "reserved" else block.extensions
            held.update(dict.fromkeys(_ranges(words), _lines(statement)))
        elif kind == "service" and first == "rpc":
            self._method(statement, block)
        else:
            return False
        return True

    @staticmethod
    def _value(statement: Sequence[SchemaToken], block: ProtobufBlock) -> None:
        words = [token.text for token in statement]
        number = _number(words[words.index("=") + 1 :]) if "=" in words else None
        if number is not None:
            block.values.append(Value(words[0], number, _options(words), _lines(statement)))

    def _of_file(self, words: list[str], lines: Lines) -> None:
        if words[0] in ("syntax", "edition") and len(words) > 2:
            self.file.syntax = words[2].strip("\"'")
            self.file.lines["syntax"] = lines
        elif words[0] == "package" and len(words) > 1:
            self.file.package = "".join(words[1:])
            self.file.lines["package"] = lines
        elif words[0] == "option" and "=" in words:
            equals = words.index("=")
            name = "".join(words[1:equals])
            self.file.options[name] = " ".join(words[equals + 1 :]).strip("\"'")
            self.file.lines[name] = lines

    @staticmethod
    def _option(
        kind: str, block: ProtobufBlock, inner: str, statement: Sequence[SchemaToken]
    ) -> None:
        words = [token.text for token in statement]
        if "=" not in words:
            return
        equals = words.index("=")
        name, value = "".join(words[1:equals]), " ".join(words[equals + 1 :]).strip("\"'")
        if kind == "rpc":
            method = next(
                (own_method for own_method in block.methods if own_method.name == inner), None
            )
            if method is not None:
                block.methods.remove(method)
                options = {**method.options, name: value}
                block.methods.append(
                    Method(method.name, method.takes, method.gives, options, method.lines)
                )
        elif kind != "oneof":
            block.options[name] = value
            block.option_lines[name] = _lines(statement)

    @staticmethod
    def _field(statement: Sequence[SchemaToken], block: ProtobufBlock, oneof: str = "") -> None:
        words = [token.text for token in statement]
        if "=" not in words[1:]:
            return
        equals = words.index("=")
        number = _number(words[equals + 1 :])
        label = words[0] if words[0] in _LABELS else ""
        type_ = "".join(words[bool(label) : equals - 1])
        if number is None or not type_ or equals < 2:
            return
        name = words[equals - 1].lower() if type_ == "group" else words[equals - 1]
        field = Field(name, number, type_, label, oneof, _options(words), _lines(statement))
        block.fields.append(field)

    @staticmethod
    def _method(statement: Sequence[SchemaToken], block: ProtobufBlock) -> None:
        text = " ".join(token.text for token in statement)
        match = re.match(
            r"rpc (\S+) \( (stream )?([^()]*?) ?\) returns \( (stream )?([^()]*?) ?\)", text[:2000]
        )
        if match:
            takes, gives = (f"{match[at] or ''}{match[at + 1].replace(' ', '')}" for at in (2, 4))
            block.methods.append(Method(match[1], takes, gives, {}, _lines(statement)))


def _statements(text: str) -> Iterator[tuple[SchemaToken, bool]]:
    """Yield tokens, and whether a brace belongs to the value of an option."""
    depth, value, previous = 0, False, ""
    for token in tokens(text, hashes=False, slashes=True):
        if token.text == "[":
            depth += 1
        elif token.text == "]":
            depth -= 1
        elif token.text == "{" and (depth or previous in ("=", ":", ",") or value):
            depth += 1
            value = True
            yield token, True
            previous = token.text
            continue
        elif token.text == "}" and depth and value:
            depth -= 1
            value = depth > 0
            yield token, True
            previous = token.text
            continue
        if token.text == ";" and not value:
            depth = 0
        if not (value and token.text == ";"):
            yield token, False
        previous = token.text


def _lines(statement: Sequence[SchemaToken]) -> Lines:
    return (statement[0].line, statement[-1].line) if statement else (0, 0)


def _number(words: Sequence[str]) -> int | None:
    text = "".join(words[:2]) if words[:1] == ["-"] else "".join(words[:1])
    if not _NUMBER.fullmatch(text):
        return None
    digits = text.lstrip("-")
    base = 16 if digits[:2] in ("0x", "0X") else 8 if digits[:1] == "0" and len(digits) > 1 else 10
    try:
        return int(text, base)
    except ValueError:
        return None


def _options(words: Sequence[str]) -> dict[str, str]:
    """Return the options in brackets behind a field or a value."""
    if "[" not in words:
        return {}
    text = list(words[words.index("[") + 1 : -1])
    options: dict[str, str] = {}
    while "=" in text:
        equals = text.index("=")
        end, depth = equals + 1, 0
        while end < len(text) and (depth or text[end] != ","):
            depth += (text[end] in ("{", "[")) - (text[end] in ("}", "]"))
            end += 1
        options["".join(text[:equals])] = " ".join(text[equals + 1 : end]).strip("\"'")
        text = text[end + 1 :]
    return options


def _ranges(words: Sequence[str]) -> Iterator[str]:
    """Yield what a list reserves: `2`, `5 to 9`, `10 to max`, or a name."""
    body = list(words[: words.index("[")]) if "[" in words else list(words)
    part: list[str] = []
    for word in [*body, ","]:
        if word != ",":
            part.append(word)
        elif part:
            yield _range(part)
            part = []


def _range(part: Sequence[str]) -> str:
    ends = " ".join(part).replace("- ", "-").split(" to ")
    numbers = [_number([end]) for end in ends]
    shown = [
        str(number) if number is not None else end
        for number, end in zip(numbers, ends, strict=True)
    ]
    return " to ".join(end.strip("\"'") for end in shown)
