"""What of a range code elsewhere may use: the subjects of its findings, by how they are known there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from diff_insight.facts.pages.dates import find_dates
from diff_insight.facts.pages.deadlines import deadline_term
from diff_insight.file_types import is_page, is_test
from diff_insight.impact.reference import SymbolSubject
from diff_insight.impact.words import names_in
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Reach, Touch, Trait
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.threads import FactRef

#: Gives a line of the other repository, to see what it writes as code.
ReadLine = Callable[[FileAnalysis, Side, int], str]
_CODE = re.compile(r"(?<!`)`++([^`]++)`++")
#: Parts of an address below which it may be any page.
_LEAST_PARTS = 2
#: Rows above a row among which its header is looked for.
_MOST_ROWS = 500
_ENDING = re.compile(
    r"(?i)(?:/(?:index|_index|readme))?\.(?:md|mdx|markdown|rst|html?|adoc|ipynb)$"
)
_OPERATION = re.compile(r"(?:[A-Z]+ )?(/[^\s{?]*)(?:\{.*)?")


class NameSubject(Struct, frozen=True):
    """A finding about names that stand in text: of products, keys, options, endpoints."""

    names: tuple[str, ...]


class AddressSubject(Struct, frozen=True):
    """A finding about a file or page: the end of its address, and its path in the repository."""

    tail: str
    path: str


Subject = SymbolSubject | NameSubject | AddressSubject


def subjects(
    files: Sequence[FileAnalysis], read_line: ReadLine
) -> Iterator[tuple[FactRef, Subject]]:
    """Yield what can be looked for, with the fact that it is of.

    Args:
        files: The files of one category.
        read_line: Gives a line of a changed file.
    """
    for index, file in enumerate(files):
        for number, fact in enumerate(file.facts):
            subject = _subject(file, fact, read_line)
            if subject is not None:
                yield FactRef(index, number), subject


def _subject(file: FileAnalysis, fact: Fact, read_line: ReadLine) -> Subject | None:
    row = kind_of(fact.kind)
    used = row.usage
    if used is None or not _counts(fact, always=used.always):
        return None
    named = _label_of(fact)
    base = file.change.previous_path or file.change.path
    if used.reach is Reach.SYMBOL:
        return symbol_subject(file, fact)
    if used.reach is Reach.ADDRESS:
        return _address(base)
    if is_test(base) or (used.reach is Reach.DEADLINE and not _has_deadline(file, fact, read_line)):
        return None
    if used.reach is Reach.KEY:
        operation = _OPERATION.fullmatch(named)
        named = operation[1].rstrip("/") if operation and operation[1].count("/") > 1 else named
    code = {
        word
        for each in fact.evidence[:2]
        for matches in _CODE.findall(read_line(file, each.side, each.start))
        for word in matches.split()
    }
    names = names_in(named, code=frozenset(code))
    return NameSubject(names) if names else None


def symbol_subject(file: FileAnalysis, fact: Fact) -> SymbolSubject | None:
    """Return what a finding about a symbol is looked up by; None where it names none."""
    start = next((each.start for each in fact.evidence if each.side is Side.BASE), 0)
    key = _label_of(fact).partition("(")[0]
    base = file.change.previous_path or file.change.path
    return SymbolSubject(fact=fact, path=base, key=key, start=start) if key else None


def _label_of(fact: Fact) -> str:
    usage = kind_of(fact.kind).usage
    names = usage.names if usage is not None else ()
    return next((str(fact.params[name]) for name in names if fact.params.get(name)), "")


def _counts(fact: Fact, *, always: bool) -> bool:
    """Tell whether a fact takes something away: it breaks, is deprecated, or was public and is gone."""
    row = kind_of(fact.kind)
    # What imports a name where it is no longer offered proves that somebody relied on it.
    is_import = row.usage is not None and row.usage.touch is Touch.ORIGIN
    gone = row.has(Trait.NAME_GONE) or is_import
    return always or fact.breaking or (gone and bool(fact.surface))


def _has_deadline(file: FileAnalysis, fact: Fact, read_line: ReadLine) -> bool:
    """Tell whether a row has a date, in a table whose header or own words speak of an end."""
    row = fact.evidence[0]
    text = read_line(file, row.side, row.start)
    number = row.start
    while number > max(1, row.start - _MOST_ROWS) and _is_row(
        read_line(file, row.side, number - 1)
    ):
        number -= 1
    header = read_line(file, row.side, number)
    return any(find_dates(text)) and bool(deadline_term(f"{header}\n{text}"))


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|")


def _address(path: str) -> AddressSubject | None:
    """Return the address of a file by its path; a short one may be that of anything."""
    tail = _ENDING.sub("", path) if is_page(path) else path
    return AddressSubject(tail, path) if tail.count("/") >= _LEAST_PARTS - 1 else None
