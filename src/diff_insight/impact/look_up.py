"""Looks up what a range takes away in the reader's own code: one search, then each file that holds a word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from time import process_time

from msgspec import Struct

from diff_insight.file_types import generated_kind, is_changelog
from diff_insight.impact.languages import uses_of
from diff_insight.impact.reference import LanguageUses, OutsideName, SymbolSubject
from diff_insight.impact.subjects import Subject
from diff_insight.impact.text_matches import HitLines, TextMatch, text_matches, words_of
from diff_insight.impact.touch import TouchedLine, reach_of
from diff_insight.model.messages import Notice
from diff_insight.model.source_tree import SourceTree
from diff_insight.model.uses import Certainty, Use
from diff_insight.ports import OwnCode

#: Files that are read whole for their imports, and seconds of computing for all of them.
MOST_FILES = 2_000
MOST_SECONDS = 60.0
#: Lines that are kept of one finding.
MOST_USES = 100
#: What the reports of this program hold: they speak of everything and use nothing.
_REPORT_MARKS = ("<!-- diff-insight ", '"tool": {"name": "diff-insight"')


class OtherRepository(Struct, frozen=True):
    """The other repository: `OWNER/NAME`, and its files before the change."""

    repository: str
    base: SourceTree


class FoundUses(Struct, frozen=True):
    """Where the subjects are used, each by its place in the list, and what limits kept out."""

    uses: Mapping[int, tuple[Use, ...]]
    notices: tuple[Notice, ...] = ()


def look_up(subjects: Sequence[Subject], upstream: OtherRepository, own: OwnCode) -> FoundUses:
    """Return where one's own code uses the subjects of findings.

    Args:
        subjects: What is looked for.
        upstream: The repository that they are of.
        own: The code in which they are looked for.
    """
    languages = _languages(subjects, upstream.base)
    words = {word for language in languages for word in language.words()}
    words |= {word for subject in subjects for word in words_of(subject)}
    if not words:
        return FoundUses({})
    answer = own.search([word.encode() for word in sorted(words)])
    if not answer.searched:
        return FoundUses({}, (Notice("impact-unsearched"),))
    hits = {path: lines for path, lines in answer.lines.items() if not _is_machine_made(path)}
    files = _OwnFiles(own)
    matches = list(text_matches(subjects, hits, upstream.repository, files.text))
    resolution = _Resolution(subjects, hits, files)
    for language in languages:
        if not language.is_own(own):
            matches += resolution.matches(language)
    return _merge(matches, cut=answer.cut or resolution.is_cut)


class _OwnFiles:
    """Reads one's own files, each once, and none that this program has written."""

    def __init__(self, own: OwnCode) -> None:
        self._own = own
        self._texts: dict[str, str] = {}

    def text(self, path: str) -> str:
        """Return a file; empty where it is not there or is a report."""
        if path not in self._texts:
            text = self._own.read(path) or ""
            is_report = any(mark in text for mark in _REPORT_MARKS)
            self._texts[path] = "" if is_report else text
        return self._texts[path]


class _Resolution:
    """Follows the imports of files that name a package, within limits of files and time."""

    def __init__(self, subjects: Sequence[Subject], hits: HitLines, files: _OwnFiles) -> None:
        self._subjects = subjects
        self._hits = hits
        self._files = files
        self._left = MOST_FILES
        self._until = process_time() + MOST_SECONDS
        self.is_cut = False

    def matches(self, language: LanguageUses) -> Iterator[TextMatch]:
        """Yield the uses of the subjects of one language."""
        by_path: dict[str, list[tuple[int, SymbolSubject]]] = defaultdict(list)
        for number, subject in enumerate(self._subjects):
            if isinstance(subject, SymbolSubject) and uses_of(subject.path) is type(language):
                by_path[subject.path].append((number, subject))
        for path in self._paths(language):
            for reference in language.references(path, self._files.text(path)):
                for number, reach in _reach(language, reference, by_path):
                    yield number, path, reach.line, reach.certainty

    def _paths(self, language: LanguageUses) -> Iterator[str]:
        words = tuple(language.words())
        for path, lines in sorted(self._hits.items()):
            if not path.endswith(language.suffixes):
                continue
            if any(word in text for _, text in lines for word in words):
                self._left -= 1
                if self._left < 0 or process_time() > self._until:
                    self.is_cut = True
                    return
                yield path


def _reach(
    language: LanguageUses,
    reference: OutsideName,
    subjects: Mapping[str, Sequence[tuple[int, SymbolSubject]]],
) -> Iterator[tuple[int, TouchedLine]]:
    """Yield the subjects that a reference leads to, as far as their change reaches it."""
    for meant in language.leads_to(reference):
        for number, subject in subjects.get(meant.path, ()):
            reach = reach_of(subject.fact, reference, meant) if subject.is_meant(meant) else None
            if reach is not None:
                yield number, reach


def _languages(subjects: Sequence[Subject], base: SourceTree) -> list[LanguageUses]:
    paths: dict[type[LanguageUses], list[str]] = defaultdict(list)
    for subject in subjects:
        if isinstance(subject, SymbolSubject) and (kind := uses_of(subject.path)) is not None:
            paths[kind].append(subject.path)
    return [kind(base, dict.fromkeys(matches)) for kind, matches in paths.items()]


def _is_machine_made(path: str) -> bool:
    return bool(generated_kind(path)) or is_changelog(path)


def _merge(matches: Sequence[TextMatch], *, cut: bool) -> FoundUses:
    """Return the uses of each subject, the certain ones first, each line once."""
    places: dict[int, dict[tuple[str, int], Certainty]] = defaultdict(dict)
    for number, path, line, certainty in matches:
        if places[number].get((path, line)) != "proved":
            places[number][path, line] = certainty
    uses = {}
    for number, known in places.items():
        every = sorted(Use(path, line, certainty) for (path, line), certainty in known.items())
        cut = cut or len(every) > MOST_USES
        uses[number] = tuple(sorted(every, key=lambda use: use.certainty != "proved")[:MOST_USES])
    return FoundUses(uses, (Notice("impact-cut"),) if cut else ())
