"""Least versions that another manifest of the same folder, or of the workspace, asks for now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import dirname

from msgspec.structs import replace

from diff_insight.analysis.file_types_by_rule import decide_type
from diff_insight.facts.data.data_trees import is_published
from diff_insight.facts.line_ledger import MORE
from diff_insight.facts.packages.folder_runtimes import (
    INHERITED,
    FolderRuntimes,
    RuntimeRequirement,
)
from diff_insight.facts.packages.manifest_lines import is_line_manifest
from diff_insight.facts.packages.manifests import is_tree_manifest
from diff_insight.facts.packages.requirements import is_lower
from diff_insight.facts.packages.runtime_facts import is_limited, is_raised, runtime_fact
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.model.changes import Side, Status
from diff_insight.model.facts import Evidence, Fact, FileAnalysis
from diff_insight.model.messages import Value
from diff_insight.model.ranges import CommitRange
from diff_insight.ports import DiffSource


def with_moved_requirements(
    categories: Mapping[str, tuple[FileAnalysis, ...]], commits: CommitRange, source: DiffSource
) -> dict[str, tuple[FileAnalysis, ...]]:
    """Return the analyses with what a package asks for compared over all of its manifests.

    Args:
        categories: The analysed files of every category.
        commits: The range.
        source: Gives the files of both sides.
    """
    files = [analysis for of_category in categories.values() for analysis in of_category]
    folders = {dirname(analysis.change.path) for analysis in files if _matters(analysis)}
    trees = [source.tree(commits, side) for side in Side] if folders else [None, None]
    if trees[0] is None or trees[1] is None:
        return dict(categories)
    steps = _FolderSteps(FolderRuntimes(trees[0]), FolderRuntimes(trees[1]))
    return {
        name: tuple(
            steps.with_facts(analysis)
            if dirname(analysis.change.path) in folders and _is_manifest(analysis)
            else analysis
            for analysis in analyses
        )
        for name, analyses in categories.items()
    }


def _is_manifest(analysis: FileAnalysis) -> bool:
    path = analysis.change.path
    return is_tree_manifest(path) or is_line_manifest(path)


def _matters(analysis: FileAnalysis) -> bool:
    """Tell whether a manifest came or went, or asks for something that it did not ask for before."""
    if not _is_manifest(analysis):
        return False
    whole = analysis.change.status in (Status.ADDED, Status.REMOVED, Status.RENAMED)
    return whole or any(_is_new_here(fact) for fact in analysis.facts)


def _is_new_here(fact: Fact) -> bool:
    """Tell whether a version was or is said elsewhere, as far as its file shows."""
    if not kind_of(fact.kind).has(Trait.RUNTIME):
        return False
    return not fact.params["old"] or INHERITED in (fact.params["old"], fact.params["new"])


class _FolderSteps:
    """What the folders of both sides ask for."""

    def __init__(self, base: FolderRuntimes, head: FolderRuntimes) -> None:
        self._base, self._head = base, head

    def with_facts(self, analysis: FileAnalysis) -> FileAnalysis:
        """Return a manifest with what its folder asks for now in place of what it says itself."""
        folder = dirname(analysis.change.path)
        before, after = self._before(folder), self._head.requirements(folder)
        names = {
            id(fact): str(fact.params["name"]) for fact in analysis.facts
            if _is_new_here(fact) and fact.params["name"] in before.keys() & after.keys()
        }  # fmt: skip
        changed = [
            each for fact in analysis.facts if (name := names.get(id(fact)))
            for each in self._compare(folder, before[name], after[name], fact)
        ]  # fmt: skip
        if analysis.change.status is Status.ADDED:
            changed += [
                each for name in before.keys() & after.keys() - set(names.values())
                if before[name].path != after[name].path == analysis.change.path
                for each in self._compare(folder, before[name], after[name], None)
            ]  # fmt: skip
        if not changed:
            return analysis
        facts = [fact for fact in analysis.facts if id(fact) not in names]
        for fact in changed:
            facts = _with_more(facts, fact) if fact.kind == MORE else [*facts, fact]
        facts.sort(key=lambda fact: not fact.breaking)
        return analysis.with_facts(facts, decide_type(analysis.change, facts))

    def _before(self, folder: str) -> dict[str, RuntimeRequirement]:
        """Return what a folder asked for, or what the members asked for that inherit from it now."""
        asked = dict(self._base.requirements(folder))
        for member in self._base.members(folder) if "Rust" not in asked else ():
            now = self._head.own(member, "Rust")
            was = self._base.requirements(member).get("Rust")
            if was is not None and now is not None and now.spec == INHERITED:
                known = asked.get("Rust")
                if known is None or is_lower(known.runtime.spec, was.runtime.spec):
                    asked["Rust"] = was
        return asked

    def _compare(
        self, folder: str, old: RuntimeRequirement, new: RuntimeRequirement, fact: Fact | None
    ) -> Iterator[Fact]:
        before, after = old.runtime, new.runtime
        if not is_raised(before, after) and not is_limited(before, after):
            if fact is not None:  # another manifest asked for as much before
                params: dict[str, Value] = {
                    "lines": len(fact.evidence),
                    "quote": self._head.line(new),
                }
                yield Fact(MORE, params, fact.evidence)
            return
        offered = [self._base.is_installed(folder), self._head.is_installed(folder)]
        public = all(may for may, _ in offered) and is_published(new.path)
        lines = (Evidence(Side.HEAD, after.start, after.end),)
        evidence = lines if fact is None else fact.evidence
        certain = all(certain for _, certain in offered)
        yield runtime_fact(before, after, evidence, public=public, certain=certain)


def _with_more(facts: list[Fact], more: Fact) -> list[Fact]:
    """Return facts with one about lines of which no other speaks, together with what is so already."""
    known = next((fact for fact in facts if fact.kind == more.kind), None)
    if known is None:
        return [*facts, more]
    count = len(known.evidence) and int(str(known.params["lines"])) + int(str(more.params["lines"]))
    joined = replace(
        known, params={**known.params, "lines": count}, evidence=known.evidence + more.evidence
    )
    return [joined if fact is known else fact for fact in facts]
