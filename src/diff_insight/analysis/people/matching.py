"""Matches entries of changelogs with facts, by the names that people write as code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from diff_insight.analysis.people.changelog_entry import ChangelogEntry
from diff_insight.analysis.people.gather import EntryOfFile
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Proof, Touch, Trait
from diff_insight.markup.plain import clip
from diff_insight.model.facts import Declared, Fact, FileAnalysis
from diff_insight.model.messages import Params
from diff_insight.model.threads import FactRef, ThreadKind

#: Kinds about what has a name of its own.
_NAMED = Trait.SYMBOL | Trait.INTERFACE | Trait.DEPENDENCY | Trait.CODE
_CODE = re.compile(r"`([^`]{2,80})`")
#: What a call gives to what it names: `ship(int)`.
_CALL = re.compile(r"\([^()]*\)$")
_SEPARATOR = re.compile(r"::|->|[.#\\/]")
_FILE_NAME = re.compile(r"[\w-]+\.\w{1,4}")
_SHORTEST = 3
_LONGEST_QUOTE = 120
#: How people call what a runtime of a manifest is called.
_RUNTIMES: Mapping[str, str] = {
    "Node.js": r"(?i)\bnode\b", "Rust": r"\bRust\b|\bMSRV\b|\brustc\b", "Java": r"\b(?:Java|JDK|JRE)\b", ".NET": r"\.NET\b|\bnet(?:standard|coreapp)?\d",
    "Android API": r"(?i)\bandroid\b|\bminSdk|\bSDK\b|\bAPI\b",
}  # fmt: skip
_RUNTIME = re.compile(
    r"(?i)\b(?:python|node|rust|msrv|java|jdk|php|ruby|go|net|ios|macos|tvos|watchos|android|sdk|swift|kotlin|dart|flutter|elixir)\b[^\d]{0,40}\d"
)
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
#: Uses that another list of parameters reaches, and how entries speak of them.
_OF_CALLS = (Touch.CALL, Touch.PASSES, Touch.BY_NAME, Touch.BY_PLACE, Touch.LACKS)
_ON_CALLS = re.compile(
    r"(?i)\b(?:arguments?|parameters?|keywords?|positional|signatures?)\b|引数|参数"
)
#: Kinds of entries that announce that something is taken away.
_TAKING = (ThreadKind.BREAKING, ThreadKind.DEPRECATED)


def names_in(entry: ChangelogEntry) -> frozenset[str]:
    """Return the names of code in an entry, whole and by their last part."""
    names = {_CALL.sub("", quoted) for quoted in _CODE.findall(entry.words.text)}
    names |= {_last(name) for name in names} | {name.rpartition("/")[2] for name in names}
    return frozenset(name for name in names if len(name) >= _SHORTEST)


def may_be_shown(entry: ChangelogEntry, names: frozenset[str]) -> bool:
    """Tell whether facts can show what an entry says: it names code, or a runtime with its version."""
    return bool(names) or names_runtime(entry)


def names_runtime(entry: ChangelogEntry) -> bool:
    """Tell whether an entry names a runtime with a version."""
    return speaks_of_runtime(entry.words.text)


def speaks_of_runtime(text: str) -> bool:
    """Tell whether a text names a runtime with a version."""
    return _RUNTIME.search(text) is not None


def _last(name: str) -> str:
    """Return the last part of a name, whatever separates parts in its language."""
    return _SEPARATOR.split(name)[-1].lstrip("$")


class NamedFacts:
    """Finds the facts that show what entries say: about one of their names, gone or not as told.

    Entries may be thousands and so may files: the facts are looked at once for all of them.

    Args:
        files: The facts of files by their places.
        entries: All entries that will be asked about.
    """

    def __init__(
        self, files: Iterable[tuple[int, Sequence[Fact]]], entries: Iterable[ChangelogEntry]
    ) -> None:
        self._by_name: dict[tuple[str, bool], list[FactRef]] = {
            (name, gone): [] for entry in entries for name in names_in(entry) for gone in (True, False)
        }  # fmt: skip
        self._runtimes: list[tuple[FactRef, Fact, bool]] = []
        for file, facts in files:
            for number, fact in enumerate(facts):
                kind = kind_of(fact.kind)
                if kind.traits & _NAMED:
                    gone = fact.breaking or bool(kind.proof & Proof.GONE)
                    self._add(FactRef(file, number), fact, gone)

    def proofs_of(self, entry: ChangelogEntry, names: frozenset[str]) -> list[FactRef]:
        """Return the facts that show what an entry with these names says, in the order of files."""
        gone = entry.kind is ThreadKind.BREAKING
        refs = {ref for name in names for ref in self._by_name.get((name, gone), ())}
        refs |= {
            ref
            for ref, fact, is_gone in self._runtimes
            if is_gone == gone and _is_about(fact, entry, names)
        }
        return sorted(refs, key=lambda ref: (ref.file, ref.fact))

    def _add(self, ref: FactRef, fact: Fact, gone: bool) -> None:  # noqa: FBT001 - as it is told
        if kind_of(fact.kind).has(Trait.RUNTIME):
            self._runtimes.append((ref, fact, gone))
            return
        for name in _names_of(fact):
            if (name, gone) in self._by_name:
                self._by_name[name, gone].append(ref)


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
    if not any(_is_open(fact) for fact in file.facts):
        return file
    return file.with_facts(_with(fact, taking) for fact in file.facts)


def _with(fact: Fact, taking: Sequence[tuple[ChangelogEntry, frozenset[str]]]) -> Fact:
    if not _is_open(fact):
        return fact
    entry = next((entry for entry, names in taking if _is_about(fact, entry, names)), None)
    if entry is None:
        return fact
    return replace(fact, declared=Declared("changelog", clip(entry.words.text, _LONGEST_QUOTE)))


def _is_open(fact: Fact) -> bool:
    """Tell whether an entry may say more than is known: that of a section which may be about anything."""
    return fact.is_unexpected or (fact.declared is not None and fact.declared.by == "changelog")


def _is_about(fact: Fact, entry: ChangelogEntry, names: frozenset[str]) -> bool:
    if kind_of(fact.kind).has(Trait.RUNTIME):
        return _is_about_runtime(str(fact.params.get("name", "")), fact.params, entry.words.text)
    said = _names_of(fact)
    used = kind_of(fact.kind).used
    if used is not None and used.touch in _OF_CALLS and _ON_CALLS.search(entry.words.text):
        # An entry on how a type is called is about all of its members.
        said |= _owners_of(str(fact.params.get("name", "")))
    return not said.isdisjoint(names)


def _owners_of(name: str) -> set[str]:
    """Return the types that a name stands within, whole and by their last part."""
    owner = _SEPARATOR.split(_CALL.sub("", name))[:-1]
    return {owner[-1]} if owner and len(owner[-1]) >= _SHORTEST else set()


def _names_of(fact: Fact) -> set[str]:
    """Return the names by which an entry may speak of what a fact is about."""
    params = fact.params
    name = str(params.get("name", ""))
    said = {_CALL.sub("", name).removeprefix("./")}
    said |= {_last(each) for each in said if not _FILE_NAME.fullmatch(each)}
    parameters = params.get("parameters")
    if isinstance(parameters, tuple):
        said |= {str(parameter) for parameter in parameters}
    return said


def _is_about_runtime(name: str, params: Params, text: str) -> bool:
    """Tell whether an entry names a runtime with the version that a package asks for now, or asked for before."""
    words = _RUNTIMES.get(name, rf"\b{re.escape(name)}\b")
    if not re.search(words, text):
        return False
    versions = {
        number.removeprefix("1.") if name == "Java" else number
        for spec in (str(params.get("old", "")), str(params.get("new", "")))
        for number in _NUMBER.findall(spec)
    }
    said = {number.rstrip(".") for number in _NUMBER.findall(text)}
    return any(each == number or each.startswith(f"{number}.") or number.startswith(f"{each}.")
               for each in said for number in versions)  # fmt: skip
