"""Says where in a repository a category changes, by the folders that part its files, and what sort of thing it changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from diff_insight.localization.speaker import Speaker
from diff_insight.model.story import Relation, Role, StoryItem

#: Files before it is sentences where they are, areas that are named, and sorts of things.
_LEAST_FILES = 4
_MOST_AREAS, _MOST_THEMES = 3, 3
#: Files of an area that is worth a name.
_LEAST_OF_AREA = 2
#: First part of a kind -> what a reader calls it; the terms are `theme.…` of the catalogs.
_THEMES = {
    "page": "pages", "pages": "pages", "fragment": "pages", "fragments": "pages",
    "outline": "sections", "table": "tables", "text": "text", "admonition": "text",
    "code-block": "examples", "code-blocks": "examples", "code": "code", "symbol": "code", "symbols": "code",
    "image": "images", "images": "images", "link": "links", "links": "links", "reference": "links",
    "dependency": "versions", "dependencies": "versions", "version": "versions", "runtime": "versions",
    "key": "settings", "keys": "settings", "setting": "settings", "member": "interfaces", "deadline": "deadlines",
}  # fmt: skip


def areas_of(paths: Sequence[str]) -> list[str]:
    """Return for each path the folder that parts it from others; empty where it is in none of its own."""
    folders = [path.split("/")[:-1] for path in paths]
    depth = _common(folders)
    named = [folder[depth] if len(folder) > depth else "" for folder in folders]
    counts = Counter(named)
    return [name if name and counts[name] >= _LEAST_OF_AREA else "" for name in named]


def _common(folders: Sequence[Sequence[str]]) -> int:
    """Return how many folders all paths share."""
    depth = 0
    shortest = min(map(len, folders), default=0)
    while depth < shortest and len({folder[depth] for folder in folders}) == 1:
        depth += 1
    return depth


def opening(paths: Sequence[str], items: Sequence[StoryItem], speaker: Speaker) -> list[str]:
    """Return the sentences that say where a category changes and what; none where few files do."""
    if len(paths) < _LEAST_FILES:
        return []
    counts = Counter(filter(None, areas_of(paths)))
    named = dict(counts.most_common(_MOST_AREAS))
    if 2 * sum(named.values()) <= len(paths):
        return []
    parts = [
        speaker.fill(
            "article.area", area=speaker.forms.code(area), count=speaker.forms.number(count)
        )
        for area, count in named.items()
    ]
    files = speaker.forms.counted_noun("files", len(paths))
    areas = speaker.forms.lists.join(parts, code=True)
    sentences = [speaker.fill("article.opening", files=files, areas=areas)]
    themes = _themes(items)
    if len(themes) > 1:
        names = [speaker.say(f"theme.{theme}") for theme in themes]
        sentences.append(speaker.fill("article.themes", themes=speaker.forms.lists.join(names)))
    return sentences


def _themes(items: Sequence[StoryItem]) -> list[str]:
    """Return what is changed in most files, the widest first."""
    files: dict[str, set[int]] = {}
    for item in items:
        for each in (item, *item.proofs):
            theme = _THEMES.get(each.kind.partition(".")[0])
            if theme and each.relation is Relation.NONE and each.role is not Role.HOUSEKEEPING:
                files.setdefault(theme, set()).update(each.files)
    ranked = sorted(files, key=lambda theme: -len(files[theme]))
    return ranked[:_MOST_THEMES]
