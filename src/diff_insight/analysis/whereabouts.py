"""Asks where a name may stand that one file lost, in languages whose packages are not compared as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.analysis.types import decide_type
from diff_insight.facts.code.api.readers import language_of
from diff_insight.facts.code.standing import Language, change_of, declared_types, language_by_path
from diff_insight.file_types import is_sample, is_test
from diff_insight.kinds.catalogue import KINDS
from diff_insight.kinds.kind import Trait
from diff_insight.model.changes import Side
from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.history import Mentions
from diff_insight.model.ranges import CommitRange
from diff_insight.ports import DiffSource

Categories = Mapping[str, tuple[FileAnalysis, ...]]
#: Steps from a type to its bases that are followed.
_DEEPEST = 4


class _Candidate(Struct, frozen=True):
    """A breaking fact that the text of one file alone tells, and where it stands."""

    category: str
    file: int
    fact: int
    path: str
    name: str


def with_whereabouts(
    categories: Categories, commits: CommitRange, source: DiffSource
) -> dict[str, tuple[FileAnalysis, ...]]:
    """Return the analyses without what is called gone and stands elsewhere.

    Args:
        categories: The analysed files of every category.
        commits: The range.
        source: Is asked for the head only where something may be gone.
    """
    by_language: dict[Language, list[_Candidate]] = defaultdict(list)
    for candidate in _candidates(categories):
        language = language_by_path(candidate.path)
        if language is not None:
            by_language[language].append(candidate)
    corrected = {name: list(files) for name, files in categories.items()}
    for language, candidates in by_language.items():
        search = _NameSearch(language, commits, source, [each.name for each in candidates])
        for each in candidates:
            analysis = corrected[each.category][each.file]
            fact = search.judge(analysis.facts[each.fact], each)
            if fact is not analysis.facts[each.fact]:
                facts = tuple(
                    fact if number == each.fact else other
                    for number, other in enumerate(analysis.facts)
                )
                type_, rule = decide_type(analysis.change, facts)
                corrected[each.category][each.file] = replace(
                    analysis, facts=facts, type=type_, rule=rule
                )
    return {name: tuple(files) for name, files in corrected.items()}


def _candidates(categories: Categories) -> Iterator[_Candidate]:
    for category, files in categories.items():
        for index, analysis in enumerate(files):
            path = analysis.change.previous_path or analysis.change.path
            if language_of(path):
                continue
            for number, fact in enumerate(analysis.facts):
                if fact.breaking and not fact.surface and KINDS[fact.kind].has(Trait.SYMBOL):
                    name = str(fact.params.get("old", fact.params.get("name", "")))
                    yield _Candidate(category, index, number, path, name.removesuffix("()"))


class _NameSearch:
    """Looks through the head for names that are gone from their files, once for each language."""

    def __init__(
        self, language: Language, commits: CommitRange, source: DiffSource, names: Sequence[str]
    ) -> None:
        self._language, self._commits, self._source = language, commits, source
        self._mentions = self._ask({_last(name) for name in names})
        base = source.tree(commits, Side.BASE)
        self._published = base is not None and language.is_published(base.paths)

    def judge(self, fact: Fact, candidate: _Candidate) -> Fact:
        """Return a fact as far as it is proved: the same, likely, not breaking, or a change."""
        mentions = self._mentions
        if not mentions.searched or mentions.notices:
            return replace(fact, certainty="likely")
        if not self._published:
            return replace(fact, breaking=False)
        if not KINDS[fact.kind].has(Trait.NAME_GONE):
            return fact
        stands, certain = self._standing(candidate)
        if stands:
            return change_of(fact)
        return fact if certain else replace(fact, certainty="likely")

    def _standing(self, candidate: _Candidate) -> tuple[bool, bool]:
        """Return whether a name stands somewhere it may have gone to, and whether that is certain."""
        owner, _, name = candidate.name.rpartition(".")
        name = name.lstrip("$")
        homes = self._homes(name)
        if candidate.path in homes or (homes and not owner) or name in self._language.inherited:
            return True, True
        if homes and name[:1].isupper() and not self._language.words_only:
            return True, True  # a type of this name, wherever it is nested now
        if self._language.words_only:
            return bool(homes), True
        return self._is_inherited(candidate.path, _last(owner), homes)

    def _homes(self, name: str) -> set[str]:
        """Return the files of the head that declare a name, but tests and samples."""
        declares = self._language.declaration(name)
        return {
            path
            for raw, lines in self._mentions.lines.items()
            if (path := raw.decode("utf-8", "replace"))
            and not is_test(path)
            and not is_sample(path)
            and any(declares.search(line.decode("utf-8", "replace")) for line in lines)
        }

    def _is_inherited(self, path: str, owner: str, homes: set[str]) -> tuple[bool, bool]:
        """Tell whether a base or mixin of a member's owner declares it, and whether all are known."""
        types_of_homes = {
            each for home in homes for each in declared_types(self._text(home), self._language)
        }
        if owner in types_of_homes:
            return True, True  # the type is open in another file
        waiting = [(path, owner)]
        seen: set[str] = set()
        certain = True
        for _ in range(_DEEPEST):
            bases = {
                base
                for path_of_type, type_ in waiting
                for base in self._language.bases(self._text(path_of_type), type_)
            } - seen
            if not bases:
                return False, certain
            if bases & types_of_homes:
                return True, True
            seen |= bases
            waiting = list(self._declarations(bases))
            certain = certain and {type_ for _, type_ in waiting} == bases
        return False, False

    def _declarations(self, types: set[str]) -> Iterator[tuple[str, str]]:
        """Yield the files of the head that declare some types."""
        mentions = self._ask(types)
        for raw, lines in mentions.lines.items():
            for type_ in types:
                declares = self._language.declaration(type_)
                if any(declares.search(line.decode("utf-8", "replace")) for line in lines):
                    yield raw.decode("utf-8", "replace"), type_

    def _ask(self, words: set[str]) -> Mentions:
        """Return the lines of the head that hold one of some words."""
        return self._source.mentions(
            self._commits, [word.encode() for word in sorted(words)], self._language.suffixes
        )

    def _text(self, path: str) -> str:
        return (self._mentions.read(path.encode()) or b"").decode("utf-8", "replace")


def _last(name: str) -> str:
    return name.rpartition(".")[2].lstrip("$")
