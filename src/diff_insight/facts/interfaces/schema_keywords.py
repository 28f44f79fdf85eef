"""Which of two values of a keyword of JSON Schema allows less: limits, patterns, formats, flags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from diff_insight.facts.interfaces.schema_shape import Shape
from diff_insight.facts.interfaces.schema_values import as_number, json_text
from diff_insight.facts.trees.node import NOTHING, Node

_COUNTS = ("Length", "Items", "Properties", "Contains")
_PATTERNS_FOR_ALL = ("", ".*", "^.*$", "^.*", ".*$", "[\\s\\S]*", "^[\\s\\S]*$")
#: Formats that limit what is valid; others are hints for whoever shows a value.
_FORMATS = frozenset(
    "date date-time time duration email idn-email hostname idn-hostname ipv4 ipv6 uri uri-reference iri"
    " iri-reference uri-template uuid regex json-pointer relative-json-pointer int32 int64 uint32 uint64"
    " float double byte binary decimal".split()
)
#: Format -> formats that allow all of it.
_WITHIN: Mapping[str, tuple[str, ...]] = {
    "int32": ("int64",),
    "uint32": ("int64", "uint64"),
    "float": ("double",),
    "uri": ("uri-reference", "iri", "iri-reference"),
    "uri-reference": ("iri-reference",),
    "iri": ("iri-reference",),
    "email": ("idn-email",),
    "hostname": ("idn-hostname",),
}
#: Keywords whose value is one text.
_TEXTS = ("contentMediaType", "contentEncoding")


#: Keywords that are about values of one type only.
_ABOUT: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
        frozenset(("number", "integer")),
    ),
    **dict.fromkeys(("minLength", "maxLength", "pattern"), frozenset(("string",))),
    **dict.fromkeys(("minItems", "maxItems", "uniqueItems"), frozenset(("array",))),
    **dict.fromkeys(("minProperties", "maxProperties"), frozenset(("object",))),
}


class KeywordVerdict(NamedTuple):
    """How a keyword changed: what allows less, what allows more, and whether that is certain."""

    keyword: str
    old: Node
    new: Node
    narrows: bool
    widens: bool
    certain: bool = True


Keywords = Mapping[str, Node]


def applicable(shape: Shape) -> Keywords:
    """Return the keywords of a shape that say something about values of its types."""
    if shape.types is None:
        return shape.keywords
    return {
        name: node
        for name, node in shape.keywords.items()
        if name not in _ABOUT or not shape.types.isdisjoint(_ABOUT[name])
    }


def keyword_changes(old: Keywords, new: Keywords, *, whole: bool) -> Iterator[KeywordVerdict]:
    """Yield how the keywords with single values differ; `whole` says that numbers are whole."""
    for low, high in (("minimum", "maximum"), *((f"min{end}", f"max{end}") for end in _COUNTS)):
        yield from _bounds(low, old, new, 1, whole=whole)
        yield from _bounds(high, old, new, -1, whole=whole)
    yield from _multiples(old.get("multipleOf"), new.get("multipleOf"))
    if changed := _flag("uniqueItems", old, new):
        yield changed
    if changed := _pattern(old.get("pattern", NOTHING), new.get("pattern", NOTHING)):
        yield changed
    if changed := _format(old.get("format", NOTHING), new.get("format", NOTHING)):
        yield changed
    for name in _TEXTS:
        before, after = old.get(name, NOTHING), new.get(name, NOTHING)
        if before.text() != after.text():
            yield KeywordVerdict(
                name, before, after, bool(after.text()), bool(before.text()), certain=False
            )


class _Bound(NamedTuple):
    keyword: str
    node: Node
    value: float
    exclusive: bool


def _bounds(
    name: str, old: Keywords, new: Keywords, sign: int, *, whole: bool
) -> Iterator[KeywordVerdict]:
    before, after = (_bound(name, side, sign, whole=whole) for side in (old, new))
    if before is None and after is None:
        return
    if before is not None and after is not None:
        if before[2:] == after[2:]:
            return
        tighter = (sign * after.value, after.exclusive) > (sign * before.value, before.exclusive)
        narrows, widens = tighter, not tighter
    else:
        narrows, widens = after is not None, before is not None
    shown = after or before
    if shown is not None:
        nodes = (before.node if before else NOTHING, after.node if after else NOTHING)
        yield KeywordVerdict(shown.keyword, *nodes, narrows, widens)


def _bound(name: str, keywords: Keywords, sign: int, *, whole: bool) -> _Bound | None:
    """Return the tighter one of an inclusive and an exclusive limit, of any dialect."""
    bounds: list[_Bound] = []
    excluding = f"exclusive{name[:1].upper()}{name[1:]}"
    flag = keywords.get(excluding, NOTHING)
    for keyword, exclusive in ((name, flag.text() == "true"), (excluding, True)):
        node = keywords.get(keyword, NOTHING)
        value = as_number(node)
        if value is None:
            continue
        if whole and exclusive and value.is_integer():
            value, exclusive = value + sign, False  # noqa: PLW2901 - the same limit said inclusively
        bounds.append(_Bound(keyword, node, value, exclusive))
    if not bounds:
        return None
    tightest = max(bounds, key=lambda bound: (sign * bound.value, bound.exclusive))
    nothing = name.endswith(_COUNTS) and sign == 1 and tightest.value <= 0
    return None if nothing else tightest


def _multiples(old: Node | None, new: Node | None) -> Iterator[KeywordVerdict]:
    before, after = (None if node is None else as_number(node) for node in (old, new))
    if before == after:
        return
    narrows = bool(after) and not (before and after and (before / after).is_integer())
    widens = bool(before) and not (before and after and (after / before).is_integer())
    yield KeywordVerdict("multipleOf", old or NOTHING, new or NOTHING, narrows, widens)


def _flag(name: str, old: Keywords, new: Keywords) -> KeywordVerdict | None:
    old_node, new_node = old.get(name, NOTHING), new.get(name, NOTHING)
    before, after = old_node.text() == "true", new_node.text() == "true"
    return None if before is after else KeywordVerdict(name, old_node, new_node, after, before)


def _pattern(old: Node, new: Node) -> KeywordVerdict | None:
    before, after = ("" if node.text() in _PATTERNS_FOR_ALL else node.text() for node in (old, new))
    if before == after:
        return None
    # Which of two patterns matches more is not asked.
    # Nobody who reads relies on one that is exact.
    return KeywordVerdict(
        "pattern", old, new, bool(after), widens=False, certain=not (before and after)
    )


def _format(old: Node, new: Node) -> KeywordVerdict | None:
    before, after = (node.text() if node.text() in _FORMATS else "" for node in (old, new))
    if before == after:
        return None
    narrows = bool(after) and after not in _WITHIN.get(before, ())
    widens = bool(before) and before not in _WITHIN.get(after, ())
    # A format that is written down later often only says what has been so all the time.
    return KeywordVerdict("format", old, new, narrows, widens, certain=bool(before and after))


def dependent_properties(node: Node) -> dict[tuple[str, str], Node]:
    """Return (property, property that has to come with it) of `dependentRequired` and the like."""
    return {
        (name, item.text()): item
        for name, listed in node.entries().items()
        for item in listed.items()
    }


def same_value(old: Node, new: Node) -> bool:
    """Tell whether two values are equal, however they are written."""
    return json_text(old) == json_text(new)
