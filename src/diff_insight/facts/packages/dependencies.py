"""Dependencies of manifests: added, removed, moved with the step, and the least runtime raised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import cast

from msgspec.structs import replace

from diff_insight.facts.data.data_trees import at, emit_and_claim, is_published, trees
from diff_insight.facts.file_view import BOTH_SIDES, FileView
from diff_insight.facts.packages.manifest_lines import is_line_manifest, read_lines
from diff_insight.facts.packages.manifests import (
    Dependency,
    Manifest,
    Pair,
    is_tree_manifest,
    moves_between,
    read_manifest,
)
from diff_insight.facts.packages.package_entries import (
    EntryLoss,
    is_implied,
    lost_entries,
    newly_closed,
)
from diff_insight.facts.packages.requirements import step_of
from diff_insight.facts.packages.runtime_facts import runtime_fact, shown_spec
from diff_insight.model.changes import Side
from diff_insight.model.facts import INSTALLED_GROUPS, Evidence, Fact
from diff_insight.model.messages import Value

#: Extras that are for those who work on a package, not for those who install it.
_FOR_DEVELOPERS = re.compile(
    r"(?i)(dev|develop(ment)?|tests?|testing|docs?|documentation|lint(ing|ers)?|typing|types|mypy|"
    r"style|format|qa|ci|build|release|bench(mark)?s?|examples?|tox|nox|pre-?commit)([-_.].*)?"
)
#: What whoever installs a package has to have besides.
_ASKED = ("peer-dependency", "extension")
_ALIKE = 0.7
_SWAPPED = ("dependency.removed", "dependency.added")


def applies(view: FileView) -> bool:
    """Manifests by their name, with two versions."""
    path = view.change.path
    return view.change.status in BOTH_SIDES and (is_tree_manifest(path) or is_line_manifest(path))


def facts(view: FileView) -> Iterator[Fact]:
    """Yield one fact a dependency and runtime."""
    both = _manifests(view)
    if both is None:
        return
    old, new = both
    offered = all(side.published or side.likely for side in both)
    public = offered and is_published(view.known_path)
    yield from emit_and_claim(view, _with_swaps(view, _all(old, new, public=public)))


def _manifests(view: FileView) -> tuple[Manifest, Manifest] | None:
    path = view.change.path
    if is_line_manifest(path):
        old, new = (read_lines(path, view.version(side).numbered_lines()) for side in Side)
    else:
        pair = trees(view)
        if pair is None:
            return None
        old, new = (read_manifest(path, tree) for tree in pair)
    return None if old is None or new is None else (old, new)


def _all(old: Manifest, new: Manifest, *, public: bool) -> Iterator[Fact]:
    for before, after in moves_between(old.runtimes, new.runtimes):
        if after is not None:
            yield _runtime(before, after, public=public, certain=_is_certain(old, new))
    yield from _rename(old, new, public=public)
    yield from _extras(old, new, public=public)
    yield from _entries(old, new, public=public)
    public = public and _is_certain(old, new)
    whole = old.extras.keys() ^ new.extras.keys()
    kept = (
        [dependency for dependency in side.dependencies if dependency.place not in whole]
        for side in (old, new)
    )
    for pair in moves_between(*kept):
        yield _fact(pair, public=public)


def _is_certain(old: Manifest, new: Manifest) -> bool:
    """Tell whether a manifest says that others install it."""
    return old.published and new.published


def _with_certainty(fact: Fact, *, certain: bool) -> Fact:
    return fact if certain or not fact.breaking else replace(fact, certainty="likely")


def _runtime(before: Dependency | None, after: Dependency, *, public: bool, certain: bool) -> Fact:
    return runtime_fact(before, after, _lines(before, after), public=public, certain=certain)


def _rename(old: Manifest, new: Manifest, *, public: bool) -> Iterator[Fact]:
    """Tell that a package is installed or imported by another name."""
    if old.name is not None and new.name is not None and old.name.name != new.name.name:
        params: dict[str, Value] = {
            "what": "package", "name": old.name.name, "within": "", "new": new.name.name,
        }  # fmt: skip
        fact = Fact("member.renamed", params, _lines(old.name, new.name), public)
        yield _with_certainty(fact, certain=_is_certain(old, new))


def _with_swaps(view: FileView, facts: Iterable[Fact]) -> Iterator[Fact]:
    """Yield facts, with one dependency that went and one that came in its place as one."""
    every = list(facts)
    places = {
        (side, number): at
        for at, block in enumerate(view.blocks)
        for side, number, _ in block.numbered_lines()
    }
    moved: dict[tuple[int, object], dict[str, list[Fact]]] = {}
    for fact in every:
        if fact.kind in _SWAPPED and fact.evidence:
            first = fact.evidence[0]
            block = places.get((first.side, first.start))
            if block is not None:
                kinds = moved.setdefault((block, fact.params["what"]), {})
                kinds.setdefault(fact.kind, []).append(fact)
    swaps: dict[int, Fact | None] = {}
    for (block, _), kinds in moved.items():
        gone, came = (kinds.get(kind, []) for kind in _SWAPPED)
        if len(gone) == len(came) == 1 and _is_swap(view, block, gone[0], came[0]):
            swaps[id(gone[0])] = None
            swaps[id(came[0])] = _swap(gone[0], came[0])
    for fact in every:
        swap = swaps.get(id(fact), fact)
        if swap is not None:
            yield swap


def _is_swap(view: FileView, at: int, gone: Fact, came: Fact) -> bool:
    """Tell whether one stands for the other: on its very line, or under nearly its name."""
    block = view.blocks[at]
    if len(block.old_lines) == len(block.new_lines) == 1:
        return True
    old, new = (str(fact.params["name"]).rpartition("/")[2].lower() for fact in (gone, came))
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= _ALIKE


def _swap(gone: Fact, came: Fact) -> Fact:
    params = {**gone.params, "replacement": came.params["name"], "new": came.params["new"]}
    return Fact("dependency.replaced", params, gone.evidence + came.evidence, came.breaking)


def _extras(old: Manifest, new: Manifest, *, public: bool) -> Iterator[Fact]:
    """Tell extras that came or went as a whole."""
    for name, node in new.extras.items():
        if name not in old.extras:
            yield Fact("member.added", _extra(name), at(None, node))
    for name, node in old.extras.items():
        if name not in new.extras:
            yield Fact("member.removed", _extra(name), at(node, None), public)


def _entries(old: Manifest, new: Manifest, *, public: bool) -> Iterator[Fact]:
    """Tell what a package is reached by, where that came or went."""
    for (what, name), node in new.entries.items():
        if (what, name) not in old.entries and not is_implied(name):
            params = {"what": what, "name": name, "within": ""}
            yield Fact("member.added", params, at(None, node))
    for (what, name), loss in lost_entries(old.entries, new.entries).items():
        if loss is EntryLoss.COVERED and is_implied(name):
            continue
        params = {"what": what, "name": name, "within": ""}
        breaking = public and loss is not EntryLoss.COVERED
        fact = Fact("member.removed", params, at(old.entries[what, name], None), breaking)
        certain = loss is EntryLoss.CERTAIN and _is_certain(old, new)
        yield _with_certainty(fact, certain=certain)
    for name, node in newly_closed(old.entries, old.closed, new.closed).items():
        params = {"what": "entry-point", "name": name, "within": ""}
        fact = Fact("member.removed", params, at(None, node), public)
        yield _with_certainty(fact, certain=False)  # there may be nothing below it


def _extra(name: str) -> dict[str, Value]:
    return {"what": "extra", "name": name, "within": ""}


def _fact(pair: Pair, *, public: bool) -> Fact:
    before, after = pair
    evidence = _lines(before, after)
    if before is None:
        # mypy does not carry what a pair rules out over to its other half.
        come = cast("Dependency", after)
        params = {"what": come.group, "name": come.name, "new": shown_spec(come)}
        # Whoever installs the package has to install this one besides.
        return Fact("dependency.added", params, evidence, public and come.group in _ASKED)
    if after is None:
        params = {"what": before.group, "name": before.name, "old": shown_spec(before)}
        return Fact("dependency.removed", params, evidence)
    step = step_of(before.spec, after.spec)
    params = {
        "what": after.group,
        "name": after.name,
        "old": shown_spec(before),
        "new": shown_spec(after),
    }
    breaking = public and step == "major" and _is_installed(after)
    return Fact("dependency.moved", {**params, "step": step}, evidence, breaking)


def _is_installed(dependency: Dependency) -> bool:
    """Tell whether users get a dependency with the package, or with an extra that they ask for."""
    extra = dependency.group == "optional-dependency" and bool(dependency.place)
    return dependency.group in INSTALLED_GROUPS or (
        extra and not _FOR_DEVELOPERS.fullmatch(dependency.place)
    )


def _lines(before: Dependency | None, after: Dependency | None) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(side, dependency.start, dependency.end)
        for side, dependency in ((Side.BASE, before), (Side.HEAD, after))
        if dependency is not None
    )
