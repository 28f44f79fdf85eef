"""GraphQL schemas: types, fields, arguments, input fields and values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from msgspec.structs import replace

from diff_insight.facts.data.data_trees import emit_and_claim, is_published, whole_text
from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.interfaces.members import Key, Member, Rules, collected, compared, parts_of
from diff_insight.facts.trees.tokens import Token, tokens
from diff_insight.file_types import extension
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact

_RULES = Rules(
    removed=frozenset(("type", "field", "argument", "input-field", "enum-value")),
    changed=frozenset(("field", "argument", "input-field")),
    required=frozenset(("argument", "input-field")),
)
_END = Token("", 0)


def applies(view: FileView) -> bool:
    """Schema files with two versions."""
    return extension(view.change.path) in ("graphql", "graphqls", "gql") and (
        view.change.status in BOTH_SIDES
    )


def facts(view: FileView) -> Iterator[Fact]:
    """Yield what changed for those who query the schema."""
    texts = [whole_text(view, side) for side in Side]
    old, new = (members_of(text or "") for text in texts)
    if None not in texts:
        public = is_published(view.change.path)
        found = compared(old, new, _RULES, public=public, told=parts_of(old, new))
        yield from emit_and_claim(view, map(_bounded, found))


def members_of(text: str) -> dict[Key, Member]:
    """Return what a schema declares; of a file of queries nothing."""
    return collected(_Schema(text).members())


def _bounded(fact: Fact) -> Fact:
    """A field that is never empty now, or an argument that may be, breaks nobody."""
    old, new = str(fact.params.get("old", "")), str(fact.params.get("new", ""))
    if fact.kind != "member.changed" or old.replace("!", "") != new.replace("!", ""):
        return fact
    stricter = len(new) > len(old)
    return replace(fact, breaking=fact.breaking and stricter is (fact.params["what"] != "field"))


class _Schema:
    """Reads definitions as far as they go; what it does not know it passes over."""

    _WITH_FIELDS: ClassVar = ("type", "interface", "input")

    def __init__(self, text: str) -> None:
        found = tokens(text, hashes=True, slashes=False)
        self._tokens = [token for token in found if token.text != ","]
        self._place = 0

    def members(self) -> Iterator[Member]:
        while (token := self._next()) is not _END:
            extended = token.text == "extend"
            kind = self._next() if extended else token
            if kind.text in (*self._WITH_FIELDS, "enum", "union", "scalar"):
                yield from self._definition(kind, extended=extended)
            elif kind.text in ("{", "("):
                self._skip()

    def _definition(self, kind: Token, *, extended: bool) -> Iterator[Member]:
        name = self._next()
        inside: list[Member] = []
        while self._peek().text in ("implements", "&", "@", "=") or self._is_header():
            if self._next().text == "(":
                self._skip()
        if self._peek().text == "{" and kind.text != "union":
            self._next()
            inside = list(self._body(kind.text, name.text))
        last = self._tokens[self._place - 1].line
        if not extended:
            yield Member("type", name.text, "", name.line, max(name.line, last))
        yield from inside

    def _is_header(self) -> bool:
        """Words and directives between the name of a type and its body."""
        text = self._peek().text
        after = self._tokens[self._place - 1].text
        return (
            text == "("
            or (after in ("implements", "&", "@", "=", "|") and text not in ("{", ""))
            or text.startswith("@")
            or text == "|"
        )

    def _body(self, kind: str, within: str) -> Iterator[Member]:
        while (token := self._next()).text not in ("}", ""):
            if token.text.startswith(('"', "@")):
                if self._peek().text == "(":
                    self._next()
                    self._skip()
            elif kind == "enum":
                yield Member("enum-value", token.text, within, token.line, token.line)
            else:
                yield from self._field(token, kind, within)

    def _field(self, name: Token, kind: str, within: str) -> Iterator[Member]:
        if self._peek().text == "(":
            self._next()
            yield from self._arguments(f"{within}.{name.text}")
        if self._peek().text == ":":
            self._next()
            yield self._typed(name, "input-field" if kind == "input" else "field", within)

    def _arguments(self, within: str) -> Iterator[Member]:
        while (token := self._next()).text not in (")", ""):
            if self._peek().text == ":":
                self._next()
                yield self._typed(token, "argument", within)
            elif self._peek().text == "(":
                self._next()
                self._skip()

    def _typed(self, name: Token, what: str, within: str) -> Member:
        shape = ""
        while self._peek().text in ("[", "]", "!") or not shape.strip("["):
            if self._peek() is _END:
                break
            shape += self._next().text
        last = self._tokens[self._place - 1].line
        optional = self._default()
        required = shape.endswith("!") and not optional and what != "field"
        # Whether it has to be given is told apart from its type.
        shown = shape.removesuffix("!") if what != "field" else shape
        return Member(what, name.text, within, name.line, max(name.line, last), shown, required)

    def _default(self) -> bool:
        if self._peek().text != "=":
            return False
        self._next()
        if self._next().text in ("[", "{"):
            self._skip()
        return True

    def _peek(self) -> Token:
        return self._tokens[self._place] if self._place < len(self._tokens) else _END

    def _next(self) -> Token:
        token = self._peek()
        self._place += token is not _END
        return token

    def _skip(self) -> None:
        """Pass over everything up to the mark that closes what has been opened."""
        depth = 1
        while depth and (token := self._next()) is not _END:
            depth += (token.text in ("(", "{", "[")) - (token.text in (")", "}", "]"))
