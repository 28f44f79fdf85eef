"""Protocol buffers: messages, enumerations, services, and fields by their number."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from diff_insight.facts.data.data_trees import emit_and_claim, is_published, whole_text
from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.interfaces.members import Key, Member, Rules, collected, compared, parts_of
from diff_insight.facts.trees.tokens import Token, tokens
from diff_insight.file_types import extension
from diff_insight.model.changes import Side
from diff_insight.model.facts import Evidence, Fact

_RULES = Rules(
    removed=frozenset(("message", "enum", "service", "rpc", "proto-field", "enum-value")),
    changed=frozenset(("proto-field", "rpc")),
)
_BLOCKS = ("message", "enum", "service", "oneof", "extend")
_LABELS = frozenset(("optional", "required"))


def applies(view: FileView) -> bool:
    """Files of that name with two versions."""
    return extension(view.change.path) == "proto" and view.change.status in BOTH_SIDES


def facts(view: FileView) -> Iterator[Fact]:
    """Yield what changed for those who exchange messages."""
    texts = [whole_text(view, side) for side in Side]
    if None in texts:
        return
    old, new = (_Messages(text or "") for text in texts)
    before, after = (collected(one.members()) for one in (old, new))
    public = is_published(view.change.path)
    yield from emit_and_claim(view, _all(before, after, new.reserved, public=public))


def members_of(text: str) -> dict[Key, Member]:
    """Return what a file of protocol buffers declares."""
    return collected(_Messages(text).members())


def _all(
    old: dict[Key, Member], new: dict[Key, Member], reserved: set[tuple[str, str]], *, public: bool
) -> Iterator[Fact]:
    """Tell fields that kept their number under another name, then compare the rest by name."""
    for before, after in _renamed(old, new):
        del old[before.key], new[after.key]
        shapes = [one.shape.rpartition(" = ")[0] for one in (before, after)]
        params = {
            "what": "field-number",
            "name": _number(after),
            "within": after.within,
            "old": f"{shapes[0]} {before.name}",
            "new": f"{shapes[1]} {after.name}",
        }
        lines = (
            Evidence(Side.BASE, before.start, before.end),
            Evidence(Side.HEAD, after.start, after.end),
        )
        yield Fact("member.changed", params, lines, public and shapes[0] != shapes[1])
    for fact in compared(old, new, _RULES, public=public, told=parts_of(old, new)):
        gone = fact.kind == "member.removed" and fact.params["what"] == "proto-field"
        within, name = str(fact.params["within"]), str(fact.params["name"])
        if gone and (within, _number(old["proto-field", within, name])) in reserved:
            yield replace(fact, breaking=False)
        else:
            yield fact


def _renamed(old: dict[Key, Member], new: dict[Key, Member]) -> list[tuple[Member, Member]]:
    """Return fields whose name went and whose number another new name has."""
    gone = {(one.within, _number(one)): one for key, one in old.items() if key not in new}
    return [
        (gone[one.within, _number(one)], one)
        for key, one in new.items()
        if key not in old
        and one.what == "proto-field"
        and (one.within, _number(one)) in gone
        and gone[one.within, _number(one)].what == "proto-field"
    ]


def _number(member: Member) -> str:
    return member.shape.rpartition(" = ")[2]


class _Messages:
    """Reads statements; `reserved` holds (message, number or name) pairs."""

    def __init__(self, text: str) -> None:
        self._tokens = tokens(text, hashes=False, slashes=True)
        self.reserved: set[tuple[str, str]] = set()

    def members(self) -> Iterator[Member]:
        scopes: list[tuple[str, str]] = []
        statement: list[Token] = []
        for token in self._tokens:
            if token.text not in ("{", "}", ";"):
                statement.append(token)
                continue
            if token.text == "{":
                scopes.append(self._scope(statement, scopes))
                yield from self._opened(statement, scopes)
            elif token.text == "}":
                scopes = scopes[:-1]
            elif scopes and statement:
                yield from self._statement(statement, *scopes[-1])
            statement = []

    def _scope(self, statement: list[Token], scopes: list[tuple[str, str]]) -> tuple[str, str]:
        kind = statement[0].text if statement else ""
        outer = scopes[-1][1] if scopes else ""
        if kind == "oneof" and scopes:
            return scopes[-1]
        if kind not in _BLOCKS or len(statement) < 2:
            return "", outer
        name = statement[1].text
        return kind, f"{outer}.{name}" if outer else name

    def _opened(self, statement: list[Token], scopes: list[tuple[str, str]]) -> Iterator[Member]:
        kind, name = scopes[-1]
        if statement and statement[0].text in ("message", "enum", "service") and kind:
            line = statement[0].line
            outer, _, inner = name.rpartition(".")
            yield Member(kind, inner, outer, line, line)
        elif len(scopes) > 1 and scopes[-2][0] == "service":
            yield from self._statement(statement, *scopes[-2])

    def _statement(self, statement: list[Token], kind: str, within: str) -> Iterator[Member]:
        words = [token.text for token in statement]
        first, last = statement[0].line if statement else 0, statement[-1].line if statement else 0
        if words[:1] == ["reserved"]:
            self._reserve(words[1:], within)
        elif kind == "service" and words[:1] == ["rpc"] and len(words) > 2:
            yield Member("rpc", words[1], within, first, last, " ".join(words[2:]))
        elif "=" in words[1:-1] and words[0] != "option":
            place = words.index("=")
            name, number = words[place - 1], words[place + 1]
            if kind == "enum":
                yield Member("enum-value", name, within, first, last)
            elif kind == "message":
                types = "".join(word for word in words[: place - 1] if word not in _LABELS)
                types = types.replace("repeated", "repeated ")
                yield Member("proto-field", name, within, first, last, f"{types} = {number}")

    def _reserve(self, words: list[str], within: str) -> None:
        numbers = " ".join(words).split(",")
        for part in numbers:
            ends = [word for word in part.split() if word.isdecimal()]
            if len(ends) == 2 and "to" in part.split() and len(ends[1]) < 6 and len(ends[0]) < 6:
                ends = [
                    str(n) for n in range(int(ends[0]), min(int(ends[1]), int(ends[0]) + 999) + 1)
                ]
            self.reserved.update((within, end) for end in ends)
