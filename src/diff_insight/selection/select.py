"""Sorts every changed file into exactly one place: a category, excluded, unmatched or unreadable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pathspec import GitIgnoreSpec

from diff_insight.model.changes import ChangeSet, FileChange
from diff_insight.selection.kinds import generated_kind
from diff_insight.settings.settings import Settings

#: The category of files that match none, with `unmatched: other`.
OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
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
    def reported(self) -> int:
        """Files that are reported with their content."""
        return self.changed - len(self.excluded) - len(self.unmatched) - len(self.unreadable)


def select(changes: ChangeSet, settings: Settings) -> Selection:
    """Distribute the files of a range.

    `include` and `exclude` have gitignore semantics; the first category that matches takes a file.
    """
    include = GitIgnoreSpec.from_lines(settings.include) if settings.include else None
    exclude = GitIgnoreSpec.from_lines(settings.exclude)
    specs: list[tuple[str, _Matcher | None]] = [
        (category.name, _Matcher(category.paths)) for category in settings.categories
    ]
    if settings.unmatched == OTHER:
        specs.append((OTHER, None))
    categories: dict[str, list[FileChange]] = {name: [] for name, _ in specs}
    excluded: list[tuple[FileChange, str]] = []
    unmatched: list[FileChange] = []
    unreadable: list[FileChange] = []
    for change in changes.files:
        path = change.path
        if exclude.match_file(path):
            excluded.append((change, "exclude"))
        elif include is not None and not include.match_file(path):
            excluded.append((change, "include"))
        elif (category := _first(specs, path)) is None:
            unmatched.append(change)
        else:
            kind = change.generated or generated_kind(path)
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


class _Matcher:
    """Matches the paths of one category: prefixes as in the reference, or gitignore patterns."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._prefixes: tuple[str, ...] = ()
        patterns: Sequence[str] = [path for path in paths if _is_pattern(path)]
        if any(path.startswith("!") for path in patterns):
            # What takes something back does so from the prefixes before it too.
            patterns = [path if _is_pattern(path) else _prefix_pattern(path) for path in paths]
        else:
            self._prefixes = tuple(_prefix(path) for path in paths if not _is_pattern(path))
        self._spec = GitIgnoreSpec.from_lines(patterns) if patterns else None

    def __call__(self, path: str) -> bool:
        if path.startswith(self._prefixes):
            return True
        return self._spec is not None and self._spec.match_file(path)


def _is_pattern(path: str) -> bool:
    return path.startswith("!") or any(mark in path for mark in "*?[")


def _prefix(path: str) -> str:
    """Return a prefix as git writes paths: without `./` or `/` in front."""
    return path.removeprefix("./").lstrip("/")


def _prefix_pattern(path: str) -> str:
    escaped = _prefix(path).replace("\\", "\\\\")
    return f"/{escaped}*"


def _first(specs: list[tuple[str, _Matcher | None]], path: str) -> str | None:
    return next((name for name, matches in specs if matches is None or matches(path)), None)
