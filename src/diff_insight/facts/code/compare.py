"""Two outlines to changes: what came, went, took another name, or changed, and for whom."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.facts.code.declaration_tokens import Tokens, tokens_of
from diff_insight.facts.code.model import Access, Symbol, SymbolKind, SymbolOutline
from diff_insight.facts.code.parsing import raw

Spans = tuple[tuple[int, int], ...]
#: Words of a body that must be the same before another name counts as a new name for it.
_LEAST_RENAMED = 12
#: Lines of a declaration that only names another one, at the most.
_LINES_OF_ALIAS = 4
_WORDS = re.compile(r"\w+")
#: Pairs of symbols that are looked at for a new name.
_MOST_RENAMES = 40


class Pair(Struct, frozen=True):
    """One symbol in both versions, and what differs of it."""

    old: Symbol
    new: Symbol
    head: bool
    body: bool
    comments: bool


class SymbolComparison(Struct, frozen=True):
    """What differs between two versions of a file."""

    removed: tuple[Symbol, ...]
    added: tuple[Symbol, ...]
    renamed: tuple[Pair, ...]
    changed: tuple[Pair, ...]
    overloaded: tuple[Symbol, ...]
    touched: tuple[tuple[Symbol, Symbol], ...]


def compare(
    base: SymbolOutline, head: SymbolOutline, old_lines: Spans, new_lines: Spans
) -> SymbolComparison:
    """Return what differs.

    Args:
        base: The version before.
        head: The version after.
        old_lines: (start, end) runs of lines that the change removes.
        new_lines: (start, end) runs of lines that the change adds.
    """
    base = _under_new_names(base, head)
    removed = _without_types_alone(_one_sided(base, head), head)
    added = _without_types_alone(_one_sided(head, base), base)
    members = _members(base), _members(head)
    renamed = _renames(removed, added, members)
    pairs, overloaded = _both(base, head)
    touched = [
        (old, new) for old, new in pairs
        if overlaps(old, old_lines) or overlaps(new, new_lines)
        or (new.is_deprecated and not old.is_deprecated)  # by a comment or an attribute before it
    ]  # fmt: skip
    changed = [
        pair for old, new in touched if (pair := _pair(old, new, members)) is not None
    ]  # fmt: skip
    gone = {pair.old.key for pair in renamed}
    come = {pair.new.key for pair in renamed}
    return SymbolComparison(
        removed=tuple(symbol for symbol in removed if symbol.key not in gone),
        added=tuple(symbol for symbol in added if symbol.key not in come),
        renamed=tuple(renamed),
        changed=tuple(changed),
        overloaded=tuple(
            symbol for symbol in overloaded if overlaps(symbol, new_lines)
        ),
        touched=tuple(touched),
    )  # fmt: skip


def overlaps(symbol: Symbol, runs: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a symbol has lines in one of some runs, which are in order."""
    low, high = 0, len(runs)
    while low < high:  # the first run that ends at or behind the symbol's start
        middle = (low + high) // 2
        if runs[middle][1] < symbol.start:
            low = middle + 1
        else:
            high = middle
    return low < len(runs) and runs[low][0] <= symbol.end


def _under_new_names(base: SymbolOutline, head: SymbolOutline) -> SymbolOutline:
    """Return the version before with members under the new name of a type whose old name stands for it now."""
    gone = {symbol.owner for symbol in base.symbols} - {symbol.owner for symbol in head.symbols}
    known = {symbol.key for symbol in base.symbols}
    come = [
        symbol.key for symbol in head.symbols
        if symbol.what is SymbolKind.TYPE and symbol.key not in known
    ]  # fmt: skip
    names: dict[str, str] = {}
    for alias in head.symbols:
        # Blocks of Rust that implement a type name it without its modules.
        owners = {alias.key, _last(alias.key)} & gone
        if owners and come and alias.end - alias.start < _LINES_OF_ALIAS:
            text = raw(alias.node, alias.source).decode("utf-8", "replace")
            words = set(_WORDS.findall(text))
            new = [key for key in come if _last(key) in words]
            if len(new) == 1:
                names |= {
                    owner: new[0] if owner == alias.key else _last(new[0]) for owner in owners
                }
    if not names:
        return base
    symbols = (
        replace(symbol, key=f"{names[symbol.owner]}.{_last(symbol.key)}", owner=names[symbol.owner])
        if symbol.owner in names else symbol
        for symbol in base.symbols
    )  # fmt: skip
    return replace(base, symbols=tuple(symbols))


def _last(key: str) -> str:
    return key.rpartition(".")[2]


def _one_sided(outline: SymbolOutline, other: SymbolOutline) -> list[Symbol]:
    """Return the symbols that only one version has, without the members of such symbols."""
    known = {symbol.key for symbol in other.symbols}
    here = {symbol.key for symbol in outline.symbols}
    lost = here - known
    symbols = {
        symbol.key: symbol for symbol in reversed(outline.symbols)
        if symbol.key in lost and not _within(symbol.key, lost)
    }  # fmt: skip
    return sorted(symbols.values(), key=lambda symbol: symbol.start)


def _without_types_alone(symbols: list[Symbol], other: SymbolOutline) -> list[Symbol]:
    """Return symbols without those that give a type to what the other version's class has as well.

    `count: int` in a class of Python declares nothing: the methods of the class make the attribute.
    """
    if not any(symbol.is_type_alone for symbol in symbols):
        return symbols
    owners = {symbol.key: symbol for symbol in other.symbols if symbol.what is SymbolKind.TYPE}

    def has_it(symbol: Symbol) -> bool:
        owner = owners.get(symbol.owner)
        word = re.compile(rf"\bself\.{re.escape(_last(symbol.key))}\b".encode())
        return owner is not None and word.search(raw(owner.node, owner.source)) is not None

    return [symbol for symbol in symbols if not (symbol.is_type_alone and has_it(symbol))]


def _within(key: str, lost: set[str]) -> bool:
    owner = key.rpartition(".")[0]
    while owner:
        if owner in lost:
            return True
        owner = owner.rpartition(".")[0]
    return False


def _members(outline: SymbolOutline) -> frozenset[tuple[int, int]]:
    return frozenset((symbol.node.start_byte, symbol.node.end_byte) for symbol in outline.symbols)


def _both(
    base: SymbolOutline, head: SymbolOutline
) -> tuple[list[tuple[Symbol, Symbol]], list[Symbol]]:
    """Return symbols of both versions in pairs, and the rest of those that share one name."""
    old_by_key, new_by_key = _by_key(base), _by_key(head)
    pairs: list[tuple[Symbol, Symbol]] = []
    overloaded: list[Symbol] = []
    for key, news in new_by_key.items():
        olds = old_by_key.get(key, [])
        if len(olds) == len(news) == 1:
            pairs.append((olds[0], news[0]))
        elif olds:
            overloaded += _unmatched_symbols(olds, news)
    return pairs, overloaded


def _unmatched_symbols(olds: Sequence[Symbol], news: Sequence[Symbol]) -> list[Symbol]:
    """Return a symbol of several that share a name, when they are not the same as before."""
    before = {raw(symbol.node, symbol.source) for symbol in olds}
    different = [symbol for symbol in news if raw(symbol.node, symbol.source) not in before]
    return different[:1] or (list(news[:1]) if len(olds) > len(news) else [])


def _by_key(outline: SymbolOutline) -> dict[str, list[Symbol]]:
    symbols: dict[str, list[Symbol]] = defaultdict(list)
    for symbol in outline.symbols:
        symbols[symbol.key].append(symbol)
    return symbols


def _pair(old: Symbol, new: Symbol, members: tuple[frozenset[tuple[int, int]], ...]) -> Pair | None:
    head, body, comments = tokens_of(old, members[0])
    new_head, new_body, new_comments = tokens_of(new, members[1])
    pair = Pair(old, new, head != new_head, body != new_body, comments != new_comments)
    same = not (pair.head or pair.body or pair.comments) and (
        (old.parameters, old.access, old.is_deprecated)
        == (new.parameters, new.access, new.is_deprecated)
        and old.result == new.result
    )
    return None if same else pair


def _renames(
    removed: Sequence[Symbol], added: Sequence[Symbol],
    members: tuple[frozenset[tuple[int, int]], ...],
) -> list[Pair]:  # fmt: skip
    """Return symbols that took another name and nothing else, where there is no doubt."""
    if not removed or not added or len(removed) * len(added) > _MOST_RENAMES:
        return []
    old_bodies = _bodies(removed, members[0])
    new_bodies = _bodies(added, members[1])
    return [
        Pair(olds[0], news[0], head=False, body=False, comments=False)
        for body, olds in old_bodies.items()
        if len(olds) == 1 and len(news := new_bodies.get(body, [])) == 1
        and olds[0].owner == news[0].owner
    ]  # fmt: skip


def _bodies(
    symbols: Sequence[Symbol], members: frozenset[tuple[int, int]]
) -> dict[tuple[object, ...], list[Symbol]]:
    by_body: dict[tuple[object, ...], list[Symbol]] = defaultdict(list)
    for symbol in symbols:
        if (
            symbol.what in (SymbolKind.CALLABLE, SymbolKind.TYPE)
            and symbol.access is not Access.PRIVATE
        ):
            own = frozenset[tuple[int, int]]()
            body: Tokens = tokens_of(symbol, own)[1]
            if len(body) >= _LEAST_RENAMED:
                by_body[symbol.what, symbol.parameters, tuple(body)].append(symbol)
    return by_body
