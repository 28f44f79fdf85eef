"""Corrects what single files say by what the range as a whole shows: symbols and passages that only moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from diff_insight.analysis.file_types_by_rule import decide_type
from diff_insight.facts.cross_file import moved_symbols, moved_texts
from diff_insight.model.facts import Fact, FileAnalysis

Categories = Mapping[str, tuple[FileAnalysis, ...]]


def with_moves(categories: Categories) -> dict[str, tuple[FileAnalysis, ...]]:
    """Return the analyses with symbols called moved that one file lost and another gained.

    Args:
        categories: The analysed files of every category: a symbol may move from one to another.
    """
    order = [(name, index) for name, files in categories.items() for index in range(len(files))]
    files = [categories[name][index] for name, index in order]
    changed: dict[int, dict[int, Fact]] = defaultdict(dict)
    facts_by_path = [(analysis.change.path, analysis.facts) for analysis in files]
    moved = moved_symbols(facts_by_path) | moved_texts(facts_by_path)
    for (file, fact), fact_here in moved.items():
        changed[file][fact] = fact_here
    corrected = {name: list(files_of_category) for name, files_of_category in categories.items()}
    for file, instead in changed.items():
        name, index = order[file]
        corrected[name][index] = _replace_facts(files[file], instead)
    return {name: tuple(files_of_category) for name, files_of_category in corrected.items()}


def _replace_facts(analysis: FileAnalysis, instead: Mapping[int, Fact]) -> FileAnalysis:
    facts = tuple(instead.get(number, fact) for number, fact in enumerate(analysis.facts))
    return analysis.with_facts(facts, decide_type(analysis.change, facts))
