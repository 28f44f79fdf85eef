"""What one file of protocol buffers declares: messages with fields by number, enumerations, services."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

#: Line of the first and of the last token.
Lines = tuple[int, int]


class Field(Struct, frozen=True):
    """A field of a message, or an extension of one."""

    name: str
    number: int
    type: str
    label: str
    oneof: str
    options: Mapping[str, str]
    lines: Lines


class Value(Struct, frozen=True):
    """A value of an enumeration."""

    name: str
    number: int
    options: Mapping[str, str]
    lines: Lines


class Method(Struct, frozen=True):
    """A method of a service; types with `stream` before them where they are streamed."""

    name: str
    takes: str
    gives: str
    options: Mapping[str, str]
    lines: Lines


class ProtobufBlock(Struct):
    """A message, an enumeration, a service, or the extensions of a message."""

    kind: str
    name: str
    lines: Lines
    fields: list[Field] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    methods: list[Method] = field(default_factory=list)
    oneofs: dict[str, Lines] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)
    option_lines: dict[str, Lines] = field(default_factory=dict)
    reserved: dict[str, Lines] = field(default_factory=dict)
    extensions: dict[str, Lines] = field(default_factory=dict)

    def reserves(self, number: int) -> bool:
        """Tell whether a number may not be used again."""
        return any(_holds(text, number) for text in self.reserved)


class ProtoFile(Struct):
    """One version of a file.

    Attributes:
        syntax: `proto2`, `proto3`, or the edition.
        package: Its package, or empty.
        blocks: By name without the package; extensions begin with `extend `.
    """

    syntax: str = "proto2"
    package: str = ""
    options: dict[str, str] = field(default_factory=dict)
    lines: dict[str, Lines] = field(default_factory=dict)
    blocks: dict[str, ProtobufBlock] = field(default_factory=dict)

    def full_type(self, name: str, scope: str) -> str:
        """Return the name of a type in full where it can be told, without the file's package."""
        stream, _, bare = name.rpartition(" ")
        full_name = self._resolve(bare, scope)
        return f"{stream} {full_name}" if stream else full_name

    def _resolve(self, name: str, scope: str) -> str:
        if name.startswith("map<"):
            key, _, value = name[4:-1].partition(",")
            return f"map<{key}, {self._resolve(value.strip(), scope)}>"
        own = f"{self.package}." if self.package else ""
        if name.startswith("."):
            return name[1:].removeprefix(own)
        for holder in _scopes(scope):
            candidate = f"{holder}.{name}" if holder else name
            if candidate in self.blocks:
                return candidate
        for holder in _scopes(self.package):
            # A part of the package may stand before the name.
            full = f"{holder}.{name}" if holder else name
            if full.startswith(own) and full.removeprefix(own) in self.blocks:
                return full.removeprefix(own)
        return name.removeprefix(own)


def _scopes(name: str) -> Iterator[str]:
    while name:
        yield name
        name = name.rpartition(".")[0]
    yield ""


def _holds(text: str, number: int) -> bool:
    first, _, last = text.partition(" to ")
    if not first.lstrip("-").isdecimal():
        return False
    end = 2**31 if last == "max" else int(last) if last.lstrip("-").isdecimal() else int(first)
    return int(first) <= number <= end
