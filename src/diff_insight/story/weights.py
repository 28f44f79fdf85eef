"""What raises an item beyond its kind: a version step, words that people said, having nothing better beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from diff_insight.kinds.catalogue import REPEATED, kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.model.facts import INSTALLED_GROUPS, Fact, FileAnalysis
from diff_insight.model.messages import Params, Value
from diff_insight.model.story import Relation, Role, StoryItem
from diff_insight.story.salience import AROUND, BREAKING, LIFTED, VERSION_STEPS

_PLAIN = re.compile(r"[A-Z]?[a-z]*")
#: A commit speaks for a range when it touches this share of the files: of many commits none does.
SPEAKING = 1 / 3
_LETTER = re.compile(r"[^\W\d_]")
_SUBJECTS = ("name", "subject", "heading", "title", "key", "row")
_SHORTEST = 3
#: Kinds below this stay minor whoever names them.
_LEAST_LIFTED = 20


def of_step(kind: str, params: Params) -> int:
    """Return what the step of a version, and whether the package is installed, add to an item."""
    row = kind_of(kind)
    if not row.has(Trait.STEP | Trait.DEPENDENCY):
        return 0
    weight = VERSION_STEPS.get(str(params.get("step")), 0) if row.has(Trait.STEP) else 0
    around = row.has(Trait.DEPENDENCY) and params.get("what") not in INSTALLED_GROUPS
    return weight + (AROUND if around else 0)


def words_said(analysis: FileAnalysis, title: str, least: float) -> tuple[str, str]:
    """Return what the commits of a file and the title of the pull request say, without case.

    Second comes what is left of it without commits that touch fewer than `least` of the files.
    """
    subjects = [fact for fact in analysis.facts if fact.kind == "commit.subject"]
    wide = [fact for fact in subjects if _reach(fact) >= least]
    said = _said(title, subjects)
    return said, said if len(wide) == len(subjects) else _said(title, wide)


def _said(title: str, subjects: Sequence[Fact]) -> str:
    return "\n".join((title, *(str(fact.params["quote"]) for fact in subjects))).casefold()


def _reach(fact: Fact) -> int:
    files = fact.params.get("files")
    return files if isinstance(files, int) else 0


def lifted(items: Sequence[StoryItem], said: Sequence[str]) -> list[StoryItem]:
    """Return items with more weight for those whose subject people name, heaviest first.

    Args:
        items: Items about the same or several files.
        said: The words about each file of the category.
    """
    raised = [_raised(item, said) for item in items]
    return sorted(raised, key=lambda item: -item.salience)


def _raised(item: StoryItem, said: Sequence[str]) -> StoryItem:
    if (
        (len(item.files) != 1 and not item.kind.endswith(REPEATED))
        or item.salience >= BREAKING - 1
        or kind_of(item.kind).has(Trait.UNNAMED)
    ):
        return item
    files = item.files
    words = said[files[0]] if len(files) == 1 else "\0".join({said[file] for file in files})
    minor = kind_of(item.kind).salience < _LEAST_LIFTED
    if minor or not words or not _names(words, item):
        return item
    return item.weighing(min(BREAKING - 1, item.salience + LIFTED))


def _names(words: str, item: StoryItem) -> bool:
    """Tell whether a text names what an item is about."""
    for value in _subjects(item):
        subject = value.strip() if isinstance(value, str) else ""
        # Few subjects stand in the text at all: what they are is asked last.
        found = len(subject) >= _SHORTEST and _stands(subject.casefold(), words)
        if found and _telling(subject, item):
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


def with_content(items: Sequence[StoryItem]) -> list[StoryItem]:
    """Return items where a lock file, or else comments, are content if there is nothing better."""
    told = [item for item in items if item.relation is Relation.NONE]
    if any(
        item.role is not Role.HOUSEKEEPING and not kind_of(item.kind).has(Trait.UNTOLD)
        for item in told
    ):
        return [*items]
    best = max((kind_of(item.kind).alone for item in told), default=0)
    return [
        item.weighing(best, Role.CHANGE) if best and kind_of(item.kind).alone == best else item
        for item in items
    ]
