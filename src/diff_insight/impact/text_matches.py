"""Matches names and addresses in the lines that hold them: what stands there exactly, and what is a word alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache

from diff_insight.file_types import extension, is_page
from diff_insight.impact.languages import uses_of
from diff_insight.impact.reference import SymbolSubject
from diff_insight.impact.subjects import AddressSubject, NameSubject, Subject
from diff_insight.impact.words import is_distinct, standing
from diff_insight.model.uses import Certainty

#: Path -> number and text of its lines.
HitLines = Mapping[str, Sequence[tuple[int, str]]]
#: Number of a subject, path, line, and how certain it is.
TextMatch = tuple[int, str, int, Certainty]
_ADDRESS = re.compile(r"https?://[^\s\"'`<>()\[\]]+")
#: Last parts of an address that are searched for, and those that make it no other one.
_SEARCHED_PARTS, _PROVING_PARTS = 2, 3


def words_of(subject: Subject) -> tuple[str, ...]:
    """Return what a line has to hold to use a subject that is known by text alone."""
    if isinstance(subject, NameSubject):
        return subject.names
    if isinstance(subject, AddressSubject):
        return ("/".join(subject.tail.split("/")[-_SEARCHED_PARTS:]),)
    name = re.split(r"[.:]+", subject.key)[-1]
    return (name,) if uses_of(subject.path) is None and is_distinct(name) else ()


def text_matches(
    subjects: Sequence[Subject], hits: HitLines, repository: str, text_of: Callable[[str], str]
) -> Iterator[TextMatch]:
    """Yield where names, addresses, and symbols of languages that nothing resolves, stand.

    Args:
        subjects: What is looked for.
        hits: The lines that hold some word.
        repository: `OWNER/NAME` that the subjects are of.
        text_of: Gives a file of one's own; empty for one that does not count.
    """
    by_word: dict[str, list[int]] = defaultdict(list)
    for number, subject in enumerate(subjects):
        for word in words_of(subject):
            by_word[word].append(number)
    if not by_word:
        return
    packages = _package_words(repository)
    for path, line, text, word in _words_in(hits, by_word):
        for number in by_word[word]:
            certainty = _certainty(subjects[number], word, text, path, repository)
            if certainty and _counts(subjects[number], text_of(path), path, packages):
                yield number, path, line, certainty


def _words_in(hits: HitLines, words: Collection[str]) -> Iterator[tuple[str, int, str, str]]:
    """Yield path, number and text of each line with each word of it; also those within longer ones."""
    pattern = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))

    @cache
    def within(longest: str) -> tuple[str, ...]:
        return tuple(word for word in words if word in longest)

    for path, matches in hits.items():
        for line, text in matches:
            # Two words that overlap on a line cannot both stand there as whole names.
            names = {word for match in pattern.findall(text) for word in within(match)}
            yield from ((path, line, text, word) for word in sorted(names))


def _counts(subject: Subject, text: str, path: str, packages: Sequence[str]) -> bool:
    """Tell whether a file may use a subject: a symbol only where its package is named, in its language."""
    if not isinstance(subject, SymbolSubject):
        return bool(text)
    alike = extension(path) == extension(subject.path)
    return alike and any(_has_word(text, word) for word in packages)


def _has_word(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _package_words(repository: str) -> tuple[str, ...]:
    """Return what code calls the package of a repository, most likely."""
    name = repository.rpartition("/")[2].lower()
    return tuple({name, name.replace("-", "_")}) if len(name) > 1 else ()


def _certainty(
    subject: Subject, word: str, text: str, path: str, repository: str
) -> Certainty | None:
    if isinstance(subject, AddressSubject):
        return _of_address(subject, text, repository)
    matches = standing(word, text, path)
    # In prose a name is spoken of, not used; a symbol by its word alone may be another one.
    doubtful = is_page(path) or isinstance(subject, SymbolSubject)
    return "likely" if matches and doubtful else matches


def _of_address(subject: AddressSubject, text: str, repository: str) -> Certainty | None:
    """Return how certainly a line has the address of a file or page of the repository."""
    best: Certainty | None = None
    for match in _ADDRESS.finditer(text):
        address = re.split("[?#]", match[0].rstrip(".,;:!?"))[0].rstrip("/")
        if repository and f"/{repository.lower()}/" in f"{address.lower()}/":
            if address.endswith(f"/{subject.path}"):
                return "proved"
        elif _shared_end(address, subject.tail) >= min(_PROVING_PARTS, subject.tail.count("/") + 1):
            best = "likely"
    return best


def _shared_end(address: str, tail: str) -> int:
    """Return how many of their last parts an address and a path have in common."""
    parts = address.lower().removesuffix(".html").split("/")[3:]
    shared = 0
    for each, other in zip(reversed(parts), reversed(tail.lower().split("/")), strict=False):
        if each != other:
            break
        shared += 1
    return shared
