"""Matches entries of changelogs with facts, by the names that people write as code."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from diff_insight.analysis.people.entries import ChangelogEntry
from diff_insight.analysis.people.gather import EntryOfFile
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Proof, Trait
from diff_insight.markup.plain import clip
from diff_insight.model.facts import Declared, Fact, FileAnalysis
from diff_insight.model.threads import ThreadKind

#: Kinds about what has a name of its own.
_NAMED = Trait.SYMBOL | Trait.INTERFACE | Trait.DEPENDENCY | Trait.CODE
_CODE = re.compile(r"`([^`]{2,80})`")
_SHORTEST = 3
_LONGEST_QUOTE = 120
#: Kinds of entries that announce that something is taken away.
_TAKING = (ThreadKind.BREAKING, ThreadKind.DEPRECATED)


def names_in(entry: ChangelogEntry) -> frozenset[str]:
    """Return the names of code in an entry, whole and by their last part."""
    names = {quoted.removesuffix("()") for quoted in _CODE.findall(entry.words.text)}
    names |= {name.rpartition(separator)[2] for name in names for separator in (".", "::")}
    return frozenset(name for name in names if len(name) >= _SHORTEST)


def proves(fact: Fact, entry: ChangelogEntry, names: frozenset[str]) -> bool:
    """Tell whether a fact shows what an entry says: it is about one of its names, gone or not as told.

    Args:
        fact: A fact of any file.
        entry: The entry.
        names: Its names.
    """
    if not names or not kind_of(fact.kind).traits & _NAMED:
        return False
    gone = fact.breaking or bool(kind_of(fact.kind).proof & Proof.GONE)
    return gone == (entry.kind is ThreadKind.BREAKING) and _is_about(fact, names)


def with_entries(
    files: Sequence[FileAnalysis], entries: Sequence[EntryOfFile]
) -> list[FileAnalysis]:
    """Return files whose breaking facts are declared where an entry of the range announces them.

    Args:
        files: The files of a category.
        entries: The entries that its changelogs gain.
    """
    taking = [
        (entry.entry, names_in(entry.entry)) for entry in entries if entry.entry.kind in _TAKING
    ]
    if not taking:
        return [*files]
    return [_with_taken_entries(file, taking) for file in files]


def _with_taken_entries(
    file: FileAnalysis, taking: Sequence[tuple[ChangelogEntry, frozenset[str]]]
) -> FileAnalysis:
    if not any(fact.is_unexpected for fact in file.facts):
        return file
    return replace(file, facts=tuple(_with(fact, taking) for fact in file.facts))


def _with(fact: Fact, taking: Sequence[tuple[ChangelogEntry, frozenset[str]]]) -> Fact:
    if not fact.is_unexpected:
        return fact
    entry = next((entry for entry, names in taking if _is_about(fact, names)), None)
    if entry is None:
        return fact
    return replace(fact, declared=Declared("changelog", clip(entry.words.text, _LONGEST_QUOTE)))


def _is_about(fact: Fact, names: frozenset[str]) -> bool:
    params = fact.params
    said = {str(params.get("name", "")).removesuffix("()")}
    said |= {name.rpartition(".")[2] for name in said}
    parameters = params.get("parameters")
    if isinstance(parameters, tuple):
        said |= {str(parameter) for parameter in parameters}
    return not said.isdisjoint(names)
