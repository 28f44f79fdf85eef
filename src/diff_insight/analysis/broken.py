"""What the range breaks elsewhere: files at the head that link to a page, file or anchor that is gone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from urllib.parse import quote

from msgspec import Struct

from diff_insight.analysis.reference_targets import (
    DOCUMENTS,
    PACKAGES,
    PYTHON,
    SCRIPTS,
    Reference,
    is_shown,
    references,
)
from diff_insight.facts.protocol import base_line
from diff_insight.model.changes import SUBMODULE_MODE, FileChange, Status
from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.model.history import Mentions
from diff_insight.model.messages import Value

SUFFIXES = (*DOCUMENTS, *SCRIPTS, *PYTHON, *PACKAGES)
#: Files and lines named in a fact; the rest is counted.
MOST_NAMED = 12
#: Anchors of one page, and of the range, that are searched for.
_MOST_OF_PAGE, _MOST_ANCHORS = 60, 300
_CODE = re.compile(r"\.(?:[cm]?[jt]sx?|vue|svelte|astro|py)$", re.IGNORECASE)
_Place = tuple[str, int]


class Gone(Struct, frozen=True):
    """What is no longer where it was.

    Attributes:
        files: Path before -> path now, or an empty string where there is none.
        anchors: Path of a page at the head -> its anchors that went.
    """

    files: Mapping[str, str]
    anchors: Mapping[str, tuple[str, ...]]

    def words(self) -> list[bytes]:
        """Return fixed strings, one of which stands in every file that may refer to these."""
        words: dict[bytes, None] = {}
        for path in self.files:
            pure_path = PurePosixPath(path)
            names = {pure_path.name, quote(pure_path.name)}
            if _CODE.search(path):
                named = (
                    pure_path.parent.name
                    if pure_path.stem in ("index", "__init__")
                    else pure_path.stem
                )
                names.add(f"{'.' if path.endswith('.py') else '/'}{named}")
            words |= dict.fromkeys(name.encode() for name in sorted(names))
        for anchors in self.anchors.values():
            for anchor in anchors:
                words |= dict.fromkeys((f"#{anchor}".encode(), f"#{quote(anchor)}".encode()))
        return list(words)


def what_is_gone(
    changes: Sequence[FileChange], files: Sequence[FileAnalysis], served: Collection[str]
) -> Gone:
    """Return the files and anchors that went and whose address nothing serves any more.

    Args:
        changes: Every change of the range.
        files: The analysed files.
        served: Old paths of pages whose address the head still serves.
    """
    here = {change.path_bytes for change in changes if change.status is not Status.REMOVED}
    gone: dict[str, str] = {}
    for change in changes:
        path, now = change.path_bytes, b""
        if change.status is Status.RENAMED and change.previous_path_bytes:
            path, now = change.previous_path_bytes, change.path_bytes
        elif change.status is not Status.REMOVED:
            continue
        text = path.decode("utf-8", "replace")
        whole = path not in here and text.encode() == path and change.old_mode != SUBMODULE_MODE
        if whole and text not in served:
            gone[text] = now.decode("utf-8", "replace")
    anchors: dict[str, tuple[str, ...]] = {}
    left = _MOST_ANCHORS
    for analysis in files:
        names = tuple(analysis.anchors)[: min(left, _MOST_OF_PAGE)]
        if names:
            anchors[analysis.change.path] = names
            left -= len(names)
    return Gone(gone, anchors)


def with_broken(
    files: Sequence[FileAnalysis], gone: Gone, mentions: Mentions
) -> list[FileAnalysis]:
    """Return the files with facts about who still refers to what is gone of them."""
    places = _places(gone, mentions)
    return [_with(analysis, gone, places) if places else analysis for analysis in files]


def _places(gone: Gone, mentions: Mentions) -> Mapping[tuple[str, str], list[_Place]]:
    """Return where the head refers to what is gone, by path and anchor."""
    there = _with_folders({path.decode("utf-8", "replace") for path in mentions.tree})
    anchors = {path: {name.lower(): name for name in names} for path, names in gone.anchors.items()}
    locations: dict[tuple[str, str], list[_Place]] = defaultdict(list)
    for name, lines in sorted(mentions.lines.items()):
        path = name.decode("utf-8", "replace")
        # Most files that hold a word link to something else, and need not be read for that.
        near = (reference for line in lines for reference in references(path, line))
        if _by_lines(path) and not any(
            _target(neighbour, gone, there, anchors) for neighbour in near
        ):
            continue
        content = mentions.read(name) or b""
        for reference in references(path, content):
            target = _target(reference, gone, there, anchors)
            location = (path, reference.line)
            if (
                target is None
                or location in locations[target]
                or not is_shown(path, content, location[1])
            ):
                continue
            locations[target].append(location)
    return {target: places for target, places in locations.items() if places}


def _with_folders(paths: set[str]) -> set[str]:
    """Return paths and their folders, which end with a slash."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and f"{folder}/" not in folders:
            folders.add(f"{folder}/")
            folder = folder.rpartition("/")[0]
    return paths | folders


def _by_lines(path: str) -> bool:
    """Tell whether a line alone shows everything that it may refer to."""
    return not path.lower().endswith((".py", ".html", ".htm"))


def _target(
    reference: Reference,
    gone: Gone,
    there: set[str],
    anchors: Mapping[str, Mapping[str, str]],
) -> tuple[str, str] | None:
    """Return the path and anchor that a reference misses, or None."""
    present = next((option for option in reference.options if option in there), None)
    if present is not None:
        named = anchors.get(present, {}).get(reference.anchor) if reference.anchor else None
        return (present, named) if named else None
    missing = next((option for option in reference.options if option in gone.files), None)
    return (missing, "") if missing is not None else None


def _with(
    analysis: FileAnalysis, gone: Gone, places: Mapping[tuple[str, str], list[_Place]]
) -> FileAnalysis:
    new_facts = tuple(_facts(analysis, gone, places))
    return analysis.with_facts((*analysis.facts, *new_facts)) if new_facts else analysis


def _facts(
    analysis: FileAnalysis, gone: Gone, places: Mapping[tuple[str, str], list[_Place]]
) -> Iterator[Fact]:
    change = analysis.change
    old = change.previous_path if change.status is Status.RENAMED else change.path
    if old and old in gone.files and (old, "") in places:
        params: dict[str, Value] = {"target": old, "moved": gone.files[old]}
        yield Fact("reference.broken", params | _reference_params(places[old, ""]))
    for anchor, line in analysis.anchors.items():
        linking = places.get((change.path, anchor))
        if linking:
            yield Fact(
                "reference.broken-anchor",
                {"anchor": f"#{anchor}", "target": change.path} | _reference_params(linking),
                (base_line(line),),
            )


def _reference_params(places: Sequence[_Place]) -> dict[str, Value]:
    names = tuple(dict.fromkeys(path for path, _ in places))
    return {
        "count": len(names),
        "files": {"items": names[:MOST_NAMED], "total": len(names)},
        "places": tuple({"path": path, "line": line} for path, line in places[:MOST_NAMED]),
    }
