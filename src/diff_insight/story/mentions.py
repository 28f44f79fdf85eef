"""What commits and the pull request say about each file, and whether that names what an item is about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.messages import Value
from diff_insight.model.story import StoryItem

#: A commit speaks for a range when it touches this share of the files: of many commits none does.
SPEAKING = 1 / 3
_PLAIN = re.compile(r"[A-Z]?[a-z]*")
_LETTER = re.compile(r"[^\W\d_]")
_SUBJECTS = ("name", "subject", "heading", "title", "key", "row")
_SHORTEST = 3


def words_about(analysis: FileAnalysis, title: str, least: float) -> tuple[str, str]:
    """Return what the commits of a file and the title of the pull request say, without case.

    Second comes what is left of it without commits that touch fewer than `least` of the files.
    """
    subjects = [fact for fact in analysis.facts if kind_of(fact.kind).has(Trait.SUBJECT)]
    wide = [fact for fact in subjects if _reach(fact) >= least]
    words = _join(title, subjects)
    return words, words if len(wide) == len(subjects) else _join(title, wide)


def _join(title: str, subjects: Sequence[Fact]) -> str:
    return "\n".join((title, *(str(fact.params["quote"]) for fact in subjects))).casefold()


def _reach(fact: Fact) -> int:
    files = fact.params.get("files")
    return files if isinstance(files, int) else 0


def is_mentioned(item: StoryItem, words: str) -> bool:
    """Tell whether a text (without case) names what an item is about."""
    for value in _subjects(item):
        subject = value.strip() if isinstance(value, str) else ""
        # Few subjects stand in the text at all: what they are is asked last.
        stands = len(subject) >= _SHORTEST and _stands(subject.casefold(), words)
        if stands and _telling(subject, item):
            return True
    return False


def _stands(subject: str, words: str) -> bool:
    """Tell whether a text holds a subject as words of its own."""
    if subject not in words:
        return False
    return re.search(rf"(?<!\w){re.escape(subject)}(?!\w)", words) is not None


def _telling(subject: str, item: StoryItem) -> bool:
    """Tell whether a subject can be known again in a text: a plain word only where it is a name."""
    plain = _PLAIN.fullmatch(subject.removesuffix("()")) and not kind_of(item.kind).has(Trait.NAMED)
    return not plain and _LETTER.search(subject) is not None


def _subjects(item: StoryItem) -> list[Value]:
    """Return what an item is about."""
    params = item.params
    values: list[Value] = [params[name] for name in _SUBJECTS if name in params]
    names = params.get("names")
    listed = names.get("items") if isinstance(names, Mapping) else None
    values += listed if isinstance(listed, tuple) else ()
    if kind_of(item.kind).has(Trait.NEW_NAME):
        values.append(params.get("new"))
    return values
