"""Finds the words that what is new in several files has in common: what a day of many pages is about."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Proof, Trait
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.messages import Value
from diff_insight.model.story import Role, StoryItem

#: Files whose new words share a phrase, texts that are not one in many files, and the words of a phrase.
_LEAST_FILES, _LEAST_TEXTS = 3, 2
_LONGEST, _SHORTEST = 3, 2
#: Parameters that hold what is new.
_NEW = ("heading", "title", "row", "quote", "says", "new")
_CLAUSE = re.compile(r"[,;:()\"“”]|[.!?](?=\s|$)")
_WORD = re.compile(r"[A-Za-z][\w.-]*\w")
#: Words that say nothing at the edge of a phrase.
_EMPTY = frozenset(
    "the of and is are to with that this for you your be it or if not from can by when a an in on at as use using used see new more "
    "how what which all any its their into via per we our one two was were has have had will may must should also only now then than "
    "before after about these those each other no yes learn get set up run create add next steps step section page overview related "
    "content article information example examples sample samples note following available supported preview".split()
)


def theme_of(
    items: Sequence[StoryItem], files: Sequence[FileAnalysis]
) -> tuple[str, tuple[int, ...]]:
    """Return the phrase that what is new in most files has, and these files; nothing where there is none.

    Args:
        items: The items of a range.
        files: Its files, whose titles and paths say what all of them are about anyway.
    """
    places: dict[tuple[str, ...], set[int]] = defaultdict(set)
    texts = Counter[tuple[str, ...]]()
    old: set[tuple[str, ...]] = set()
    for item in items:
        old.update(_phrases(_texts(item.params, ("old", "first_removed", "removed"))))
        if _is_new(item):
            for phrase in set(_phrases(_new_texts(item))):
                places[phrase].update(item.files)
                texts[phrase] += 1
    everywhere = _counts(files)
    fitting = [
        (phrase, indexes)
        for phrase, indexes in places.items()
        if len(indexes) >= _LEAST_FILES
        and texts[phrase] >= _LEAST_TEXTS
        and phrase not in old
        and 3 * everywhere[phrase] <= len(files)
    ]
    if not fitting:
        return "", ()
    phrase, indexes = max(fitting, key=lambda each: (len(each[1]), len(each[0]), each[0]))
    return _as_written(phrase, items), tuple(sorted(indexes))


def _as_written(phrase: Sequence[str], items: Sequence[StoryItem]) -> str:
    """Return a phrase in the letters in which most of the new text has it."""
    words = re.compile(r"\W+".join(map(re.escape, phrase)), re.IGNORECASE)
    texts = (text for item in items if _is_new(item) for text in _new_texts(item))
    written = Counter(match[0] for text in texts for match in words.finditer(text))
    return written.most_common(1)[0][0] if written else " ".join(phrase)


def speaks_of(item: StoryItem, phrase: str) -> bool:
    """Tell whether an item is new and holds the phrase."""
    words = tuple(word.casefold() for word in _WORD.findall(phrase))
    return bool(words) and _is_new(item) and words in set(_phrases(_new_texts(item)))


def _is_new(item: StoryItem) -> bool:
    row = kind_of(item.kind)
    new = item.role is Role.NEW or bool(row.proof & Proof.NEW) or row.has(Trait.NEW_TEXT)
    return new and not row.has(Trait.CODE)


def _counts(files: Sequence[FileAnalysis]) -> Mapping[tuple[str, ...], int]:
    counts: dict[tuple[str, ...], int] = defaultdict(int)
    for file in files:
        path = re.sub(r"[/_.-]", " ", file.change.path)
        for phrase in set(_phrases([path, *file.titles.values()])):
            counts[phrase] += 1
    return counts


def _new_texts(item: StoryItem) -> Iterator[str]:
    """Yield what is new in all files of an item; a list of many files names each but once."""
    return _texts(item.params, (*_NEW, "names") if len(item.files) == 1 else _NEW)


def _texts(params: Mapping[str, Value], names: Sequence[str]) -> Iterator[str]:
    for name in names:
        value = params.get(name)
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping) and isinstance(listed := value.get("items"), tuple):
            yield from map(str, listed)


def _phrases(texts: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield the phrases of two and three words that neither begin nor end with an empty one."""
    for text in texts:
        if "/" in text and " " not in text:
            continue  # a path
        for clause in _CLAUSE.split(text[:400]):
            words = [word.casefold() for word in _WORD.findall(clause)]
            for length in range(_SHORTEST, _LONGEST + 1):
                for at in range(len(words) - length + 1):
                    phrase = tuple(words[at : at + length])
                    if phrase[0] not in _EMPTY and phrase[-1] not in _EMPTY:
                        yield phrase
