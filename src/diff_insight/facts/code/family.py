"""The family of symbols: reads both versions, and tells what differs for those who use the code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from diff_insight.facts.code.access import (
    access_word,
    changed_params,
    is_exported_below,
    named_params,
)
from diff_insight.facts.code.api.readers import language_of
from diff_insight.facts.code.compare import Pair, compare
from diff_insight.facts.code.grammars import BY_EXTENSION
from diff_insight.facts.code.model import WIDTH, Access, Grammar, Symbol, SymbolKind, SymbolOutline
from diff_insight.facts.code.parsing import PartlyReadError
from diff_insight.facts.code.reading import outline_of
from diff_insight.facts.code.signature import differences, result_difference
from diff_insight.facts.code.spans import (
    all_lines,
    both_heads,
    head_lines,
    joined_spans,
    lines_in,
)
from diff_insight.facts.code.surface import is_offered
from diff_insight.facts.code.tool_comments import are_within, lines_for_tools
from diff_insight.facts.deprecation_notes import note_params
from diff_insight.facts.file_view import FileView
from diff_insight.facts.pages.versions_moved import moved_version
from diff_insight.file_types import extension
from diff_insight.model.changes import Side, Status
from diff_insight.model.facts import Evidence, Fact
from diff_insight.model.messages import Value

#: What the view's cache holds when the symbols of a file have been read.
READ = "symbols.read"
#: Characters of a value that is shown.
LONGEST_VALUE = 80
_MANIFEST = "package.swift"
#: Bytes of a declaration in which its modifiers stand.
_LONGEST_HEAD = 120
_EMPTY = SymbolOutline((), frozenset(), (), 1)
_STATUSES = (Status.ADDED, Status.REMOVED, Status.MODIFIED, Status.RENAMED, Status.COPIED)


def applies(view: FileView) -> bool:
    """Code in one of the languages of the table."""
    change = view.change
    manifest = change.path.lower().endswith(
        _MANIFEST
    )  # one expression, which its lines tell better
    known = extension(change.path) in BY_EXTENSION and not manifest
    return known and change.status in _STATUSES and bool(view.hunks)


def facts(view: FileView) -> Iterator[Fact]:
    """Yield changes of symbols, public ones first; claims the lines of what it tells."""
    grammar = BY_EXTENSION[extension(view.change.path)]
    base = _outline(view, Side.BASE, grammar)
    head = _outline(view, Side.HEAD, grammar) if base is not None else None
    if base is None or head is None:
        return
    view.cache[READ] = True
    teller = _SymbolFacts(view, grammar, base, head)
    symbol_facts = list(teller.tell())
    yield from sorted(symbol_facts, key=lambda fact: not fact.breaking)
    teller.claim()
    if not symbol_facts and view.change.status is Status.MODIFIED:
        yield from teller.quiet()


def _outline(view: FileView, side: Side, grammar: Grammar) -> SymbolOutline | None:
    """Return the outline of one side; None when it is not known whole or cannot be read."""
    absent = Status.ADDED if side is Side.BASE else Status.REMOVED
    if view.change.status is absent:
        return _EMPTY
    version = view.version(side)
    if not version.complete:
        return None
    try:
        outline = outline_of("".join(text for _, text in version.texts), grammar)
    except PartlyReadError as error:
        view.skip(error.reason)
        return None
    if outline.broken:
        view.skip("syntax-error")
    if outline.macros:
        view.skip("macro")
    return outline


class _SymbolFacts:
    """Turns one comparison into facts."""

    def __init__(
        self, view: FileView, grammar: Grammar, base: SymbolOutline, head: SymbolOutline
    ) -> None:
        self._view = view
        self._grammar = grammar
        self._base, self._head = base, head
        blocks = view.blocks
        self._old_runs = tuple(
            (block.old_start, block.old_start + len(block.old_lines) - 1)
            for block in blocks if block.old_lines
        )  # fmt: skip
        self._new_runs = tuple(
            (block.new_start, block.new_start + len(block.new_lines) - 1)
            for block in blocks if block.new_lines
        )  # fmt: skip
        self._told: list[tuple[Side, Symbol]] = []
        self._kept = set(lines_for_tools(view))
        self._found = compare(base, head, self._old_runs, self._new_runs)
        old_path = view.change.previous_path or view.change.path
        old = self._text(Side.BASE)
        self._offered = (
            not language_of(old_path) and bool(base.symbols) and is_offered(old_path, grammar, old)
        )

    def tell(self) -> Iterator[Fact]:
        """Yield the facts."""
        comparison = self._found
        for symbol in comparison.removed:
            yield self._removal(symbol)
        for pair in comparison.renamed:
            params: dict[str, Value] = {"old": pair.old.display_name, "new": pair.new.display_name}
            gone = self._breaks(pair.old, by_rule=True)
            breaking = gone and not pair.old.is_deprecated
            yield Fact("symbol.renamed", params, both_heads(pair), breaking)
            self._told += [(Side.BASE, pair.old), (Side.HEAD, pair.new)]
        for pair in sorted(comparison.changed, key=lambda pair: -WIDTH[pair.new.access]):
            yield from self._changes(pair)
        for symbol in comparison.overloaded:
            yield Fact(
                "symbol.changed", {"name": symbol.display_name}, (all_lines(symbol, Side.HEAD),)
            )
            self._told.append((Side.HEAD, symbol))
        for symbol in sorted(comparison.added, key=lambda symbol: -WIDTH[symbol.access]):
            spare = symbol.what is SymbolKind.VALUE and symbol.key in self._head.imported
            if (
                symbol.what is not SymbolKind.EXPORT and not spare
            ):  # it stands in for an import that fails
                known = symbol.key in self._base.assigned or self._may_stand(symbol, Side.BASE)
                kind = "changed" if known else "added"
                params = named_params(symbol) if kind == "added" else changed_params(symbol)
                yield Fact(f"symbol.{kind}", params, (all_lines(symbol, Side.HEAD),))
            self._told.append((Side.HEAD, symbol))
        self._told += [(Side.BASE, old) for old, _ in comparison.touched]
        self._told += [(Side.HEAD, new) for _, new in comparison.touched]

    def quiet(self) -> Iterator[Fact]:
        """Say that nothing but imports or comments changed, when that is so."""
        sides = (Side.BASE, self._base), (Side.HEAD, self._head)
        quiet = {side: _numbers(outline.quiet) for side, outline in sides}
        changed = [
            (side, number, line)
            for block in self._view.blocks
            for side, start, lines in (
                (Side.BASE, block.old_start, block.old_lines),
                (Side.HEAD, block.new_start, block.new_lines),
            )
            for number, line in enumerate(lines, start)
            if line.strip()
        ]
        changed = [line for line in changed if line[:2] not in self._kept]
        if changed and all(number in quiet[side] for side, number, _ in changed):
            importing = {side: _numbers(outline.imports) for side, outline in sides}
            imports = any(number in importing[side] for side, number, _ in changed)
            yield Fact("symbol.imports" if imports else "symbol.comments")

    def claim(self) -> None:
        """Claim the changed lines of all symbols told, and those of imports and comments."""
        spans: dict[Side, list[tuple[int, int]]] = {
            Side.BASE: list(self._base.quiet),
            Side.HEAD: list(self._head.quiet),
        }
        for side, symbol in self._told:
            spans[side].append((symbol.start, symbol.end))
        for side, runs in ((Side.BASE, self._old_runs), (Side.HEAD, self._new_runs)):
            covered = joined_spans(spans[side])
            for start, end in runs:
                self._view.claimed.update(
                    (side, number)
                    for number in lines_in(start, end, covered)
                    if (side, number) not in self._kept
                )

    def _removal(self, symbol: Symbol) -> Fact:
        self._told.append((Side.BASE, symbol))
        proof = (all_lines(symbol, Side.BASE),)
        if self._may_stand(symbol, Side.HEAD):
            return Fact("symbol.changed", {"name": symbol.display_name}, proof)
        top = symbol.key.partition(".")[0]
        # An alias has the words of the name in its statement, and yet another name.
        declared = any(other.key == top for other in self._head.symbols)
        if top in self._head.imported and not declared:
            return Fact("symbol.imported", {"name": symbol.display_name}, proof)
        # A base class or a decorator may give what a special method or an attribute gave before.
        special = symbol.key.endswith("__")
        python = self._grammar.package == "tree_sitter_python"
        inherited = python and "." in symbol.key and symbol.what is not SymbolKind.CALLABLE
        gone = self._breaks(symbol, by_rule=True)
        # What overrode a member of a base class leaves that one behind.
        overrides = (
            b"override"
            in symbol.source[symbol.node.start_byte : symbol.core.end_byte][:_LONGEST_HEAD]
        )
        breaking = gone and not (symbol.is_deprecated or special or inherited or overrides)
        return Fact("symbol.removed", named_params(symbol), proof, breaking)

    def _changes(self, pair: Pair) -> Iterator[Fact]:
        old, new = pair.old, pair.new
        if old.what is not new.what:
            kind = "symbol.imported" if new.what is SymbolKind.EXPORT else "symbol.changed"
            yield Fact(kind, {"name": new.display_name}, both_heads(pair))
            return
        is_named = False
        for fact in (*self._access(pair), *self._parameters(pair), *self._value(pair)):
            is_named = True
            yield fact
        if is_named:
            return  # that its body changed along with it need not be said
        if pair.body or pair.head:
            if not self._is_version(pair):
                yield Fact("symbol.changed", changed_params(new), self._touched_spans(pair))
        elif pair.comments and not are_within(self._touched_spans(pair), self._kept):
            yield Fact("symbol.documented", {"name": new.display_name}, self._touched_spans(pair))

    def _access(self, pair: Pair) -> Iterator[Fact]:
        old, new = pair.old, pair.new
        if old.access is not new.access and not is_exported_below(new, self._grammar):
            params: dict[str, Value] = {
                "name": new.display_name, "old": access_word(old, self._grammar),
                "new": access_word(new, self._grammar),
            }  # fmt: skip
            narrowed = WIDTH[new.access] < WIDTH[old.access]
            breaking = narrowed and self._breaks(old, by_rule=True)
            owner = next(
                (
                    changed_pair
                    for changed_pair in self._found.changed
                    if changed_pair.new.key == new.owner
                ),
                None,
            )
            if owner is None or owner.old.access is owner.new.access:
                yield Fact("symbol.visibility", params, both_heads(pair), breaking)
        if new.is_deprecated and not old.is_deprecated:
            params = {"name": new.display_name, **note_params(new.deprecation)}
            yield Fact("symbol.deprecated", params, (self._with_mark(new),))

    def _with_mark(self, new: Symbol) -> Evidence:
        """Return the head of a symbol with the changed lines before it that call it deprecated."""
        head = head_lines(new, Side.HEAD)
        runs = [run for run in self._new_runs if run[0] < new.start <= run[1] + 1]
        if not runs:
            return head
        mark = new.start - new.deprecation.count("\n") - 1
        return Evidence(Side.HEAD, max(runs[0][0], mark), head.end)

    def _parameters(self, pair: Pair) -> Iterator[Fact]:
        old, new = pair.old, pair.new
        if old.parameters is None or new.parameters is None:
            return
        for difference in differences(old.parameters, new.parameters, self._grammar):
            breaking = self._breaks(old, by_rule=difference.breaking)
            params = {**named_params(new), **difference.params}
            yield Fact(f"symbol.{difference.end}", params, both_heads(pair), breaking)
        returned = result_difference(old.result, new.result, self._grammar)
        if returned is not None:
            breaking = returned.breaking and self._breaks(old, by_rule=True)
            params = {**named_params(new), **returned.params}
            yield Fact("symbol.result", params, both_heads(pair), breaking)

    def _value(self, pair: Pair) -> Iterator[Fact]:
        old, new = pair.old.value, pair.new.value
        if old is None or new is None or old.split() == new.split() or self._is_version(pair):
            return
        short = max(len(old), len(new)) <= LONGEST_VALUE and "\n" not in old + new
        if short:
            params = {**named_params(pair.new), "old": old, "new": new}
            yield Fact("symbol.value", params, both_heads(pair))

    def _is_version(self, pair: Pair) -> bool:
        """Tell whether a version moved, which a family of its own tells; keeps its line for it."""
        old, new = pair.old.value, pair.new.value
        if old is None or new is None or moved_version(old, new, subject="") is None:
            return False
        self._kept.update((Side.BASE, number) for number in range(pair.old.start, pair.old.end + 1))
        self._kept.update((Side.HEAD, number) for number in range(pair.new.start, pair.new.end + 1))
        return True

    def _touched_spans(self, pair: Pair) -> tuple[Evidence, ...]:
        """Return the changed lines of a symbol as one span of each side that has some."""
        spans = []
        for side, symbol, runs in (
            (Side.HEAD, pair.new, self._new_runs),
            (Side.BASE, pair.old, self._old_runs),
        ):
            inside = [
                (max(start, symbol.start), min(end, symbol.end))
                for start, end in runs
                if start <= symbol.end and end >= symbol.start
            ]
            if inside:
                spans.append(Evidence(side, inside[0][0], inside[-1][1]))
        return tuple(spans) or (all_lines(pair.new, Side.HEAD),)

    def _may_stand(self, symbol: Symbol, side: Side) -> bool:
        """Tell whether a symbol may stand where the parser lost its way, or in a macro."""
        outline = self._head if side is Side.HEAD else self._base
        if not outline.broken and not outline.macros:
            return False
        *owners, name = symbol.key.split(".")
        word = re.compile(rf"\b{re.escape(name)}\b")
        if outline.broken:
            return word.search(self._text(side)) is not None
        lines = self._text(side).split("\n")
        # What a macro makes of a type may have all the members of before.
        word = re.compile(rf"\b(?:{'|'.join(map(re.escape, (*owners, name)))})\b")
        return any(word.search("\n".join(lines[start - 1 : end])) for start, end in outline.macros)

    def _breaks(self, symbol: Symbol, *, by_rule: bool) -> bool:
        """Tell whether users notice; where packages are compared as a whole, no file says so alone."""
        seen = symbol.access is Access.PUBLIC and not symbol.internal
        return by_rule and self._offered and seen

    def _text(self, side: Side) -> str:
        return "".join(text for _, text in self._view.version(side).texts)


def _numbers(spans: Sequence[tuple[int, int]]) -> set[int]:
    return {number for start, end in spans for number in range(start, end + 1)}
