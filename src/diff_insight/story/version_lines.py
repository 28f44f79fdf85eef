"""Joins the versions of one product that moved at once: the release of several lines is one piece of news."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.model.story import Role, StoryItem
from diff_insight.story.joiners import names_of
from diff_insight.story.salience import Moment, SalienceContext, weigh

#: What a version is called where only its own project is meant.
_OWN = re.compile(
    r"(?i)(?:_*(?:set|app|package|project|crate|module|lib|library|current|build)?_?version_?(?:name|string|number|info|code)?_*|tag)?"
)
#: What tells of a version that moved, be it of a part of the project that another part asks for.
_MOVES = Trait.LINES | Trait.DEPENDENCY
#: Lines of one product that move before they are members_of_lines as one.
_LEAST_LINES = 2


def join_version_lines(items: Sequence[StoryItem]) -> list[StoryItem]:
    """Return items with those of one product's versions as one, where several of its lines moved."""
    moved: dict[str, list[StoryItem]] = defaultdict(list)
    for item in items:
        if kind_of(item.kind).has(Trait.LINES) and item.role is not Role.BREAKING:
            moved[str(item.params.get("subject") or "").casefold()].append(item)
    moved.pop("", None)  # what has no name is not one product
    lines = {subject: _steps(members) for subject, members in moved.items()}
    joined = [
        _join(members, lines[subject])
        for subject, members in moved.items()
        if len(lines[subject]) >= _LEAST_LINES
    ]
    members_of_lines = {
        id(member)
        for subject, members in moved.items()
        if len(lines[subject]) >= _LEAST_LINES
        for member in members
    }
    rest = [item for item in items if id(item) not in members_of_lines]
    return [*joined, *_without_repeated(rest)]


def _without_repeated(items: Sequence[StoryItem]) -> list[StoryItem]:
    """Return items with one for the step of a project's own version, in however many places it is written."""
    steps: dict[tuple[str, str], list[StoryItem]] = defaultdict(list)
    for item in items:
        if kind_of(item.kind).has(_MOVES) and item.role is not Role.BREAKING:
            steps[str(item.params.get("old")), str(item.params.get("new"))].append(item)
    repeated: set[int] = set()
    for members in steps.values():
        if not any(map(_is_of_project, members)):
            continue
        members.sort(key=lambda item: (_is_of_project(item), -len(item.files)))
        repeated |= {id(item) for item in members[1:]}
    subjects: set[tuple[str, str, str]] = set()
    for item in items:
        if kind_of(item.kind).has(Trait.LINES) and id(item) not in repeated:
            named = (
                _subject(item).casefold(),
                str(item.params.get("old")),
                str(item.params.get("new")),
            )
            repeated |= {id(item)} if named in subjects else set()
            subjects.add(named)
    return [item for item in items if id(item) not in repeated]


def _is_of_project(item: StoryItem) -> bool:
    """Tell whether an item is about the version of the project itself, and not of something that it uses."""
    return kind_of(item.kind).has(Trait.LINES) and _OWN.fullmatch(_subject(item)) is not None


def _subject(item: StoryItem) -> str:
    return str(item.params.get("subject") or "")


def _steps(items: Sequence[StoryItem]) -> list[str]:
    """Return the steps of one product, the most members_of_lines first."""
    files: dict[str, int] = defaultdict(int)
    for item in items:
        files[f"{item.params.get('old')} → {item.params.get('new')}"] += len(item.files)
    return sorted(files, key=lambda step: -files[step])


def _join(items: Sequence[StoryItem], steps: Sequence[str]) -> StoryItem:
    files = tuple(dict.fromkeys(file for item in items for file in item.files))
    item = StoryItem(
        kind="versions.moved", role=Role.CHANGE, salience=0,
        params={"subject": items[0].params["subject"], "names": names_of(steps), "count": len(files)},
        facts=tuple(ref for item in items for ref in item.facts), files=files, count=len(files),
    )  # fmt: skip
    return weigh(item, Moment.SHARED, SalienceContext(total=len(files) * 2 + 1))
