"""Sorts every changed file into exactly one place: a category, excluded, unmatched or unreadable."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.file_types import generated_kind
from diff_insight.model.changes import ChangeSet, FileChange, Status
from diff_insight.settings.owners import owner_of
from diff_insight.settings.patterns import Patterns
from diff_insight.settings.settings import Settings

#: The category of files that match none, with `unmatched: other`.
OTHER = "other"


class Selection(Struct, frozen=True, kw_only=True):
    """Where every file of the range went.

    `categories` keeps the order of the configuration; unreadable files stand in their category
    too, where they keep a row.
    """

    categories: Mapping[str, tuple[FileChange, ...]]
    excluded: tuple[tuple[FileChange, str], ...]
    unmatched: tuple[FileChange, ...]
    unreadable: tuple[FileChange, ...]
    changed: int

    @property
    def reported_count(self) -> int:
        """Files that are reported with their content."""
        return self.changed - len(self.excluded) - len(self.unmatched) - len(self.unreadable)


def select(changes: ChangeSet, settings: Settings) -> Selection:
    """Distribute the files of a range.

    `include` and `exclude` have gitignore semantics; the first category that matches takes a file.
    A renamed file that has no place under its new name has the one of its name before.
    """
    category_of = _placing(settings)
    categories: dict[str, list[FileChange]] = {name: [] for name in settings.category_names()}
    excluded: list[tuple[FileChange, str]] = []
    unmatched: list[FileChange] = []
    unreadable: list[FileChange] = []
    for change in changes.files:
        category, setting = category_of(change.path)
        if category is None and change.status is Status.RENAMED:
            # A file does not leave the reports by the name that a change gives it.
            category, _ = category_of(change.previous_path or change.path)
        if category is None and setting:
            excluded.append((change, setting))
        elif category is None:
            unmatched.append(change)
        else:
            kind = change.generated or _kind_by_name(change)
            categories[category].append(replace(change, generated=kind) if kind else change)
            if change.unreadable:
                unreadable.append(change)
    return Selection(
        categories={name: tuple(files) for name, files in categories.items()},
        excluded=tuple(excluded),
        unmatched=tuple(unmatched),
        unreadable=tuple(unreadable),
        changed=len(changes.files),
    )


def _placing(settings: Settings) -> Callable[[str], tuple[str | None, str]]:
    """Return what tells the category of a path, or none and which setting keeps it out."""
    include = Patterns(settings.include) if settings.include else None
    exclude = Patterns(settings.exclude)
    category_for = _category_of_all(settings)

    def place(path: str) -> tuple[str | None, str]:
        if exclude.match(path):
            return None, "exclude"
        if include is not None and not include.match(path):
            return None, "include"
        return category_for(path), ""

    return place


def _kind_by_name(change: FileChange) -> str:
    """Return what a change's name says it is; a name that a rename gives it says nothing yet."""
    kind = generated_kind(change.path)
    return kind if change.previous_path is None or generated_kind(change.previous_path) else ""


def category_of(settings: Settings) -> Callable[[str], str | None]:
    """Return what tells the category of a path, without the one for the rest."""
    if settings.owners:
        return owner_of(settings.owners)
    specs = [spec for spec in _specs(settings) if spec[1] is not None]
    return lambda path: _first(specs, path)


def _category_of_all(settings: Settings) -> Callable[[str], str | None]:
    """Return what tells the category of a path, the one for the rest included."""
    if not settings.owners:
        specs = _specs(settings)
        return lambda path: _first(specs, path)
    own = owner_of(settings.owners)
    rest = OTHER if settings.unmatched == OTHER else None
    return lambda path: own(path) or rest


def _specs(settings: Settings) -> list[tuple[str, _Matcher | None]]:
    specs: list[tuple[str, _Matcher | None]] = [
        (category.name, _Matcher(category.paths)) for category in settings.categories
    ]
    if settings.unmatched == OTHER:
        specs.append((OTHER, None))
    return specs


class _Matcher:
    """Matches the paths of one category: prefixes as in the reference, or gitignore patterns.

    Patterns that begin with `!` take back what they match, wherever they stand.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        patterns = [path for path in paths if any(mark in path for mark in "*?[")]
        back = [path[1:] for path in paths if path.startswith("!")]
        plain = [path for path in paths if path not in patterns and not path.startswith("!")]
        # As git writes paths: without `./` or `/` in front.
        self._prefixes = tuple(path.removeprefix("./").lstrip("/") for path in plain)
        self._patterns = Patterns(path for path in patterns if not path.startswith("!"))
        self._back = Patterns(back)

    def __call__(self, path: str) -> bool:
        is_match = path.startswith(self._prefixes) or self._patterns.match(path)
        return is_match and not self._back.match(path)


def _first(specs: list[tuple[str, _Matcher | None]], path: str) -> str | None:
    return next((name for name, matches in specs if matches is None or matches(path)), None)
