"""How grave a breaking finding is where the settings say so, by its kind."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from diff_insight.analysis.file_types_by_rule import decide_type
from diff_insight.errors import UsageError
from diff_insight.kinds.catalogue import KINDS
from diff_insight.model.facts import Fact, FileAnalysis
from diff_insight.nearest import nearest

Categories = Mapping[str, tuple[FileAnalysis, ...]]


def check_severities(rules: Mapping[str, str]) -> None:
    """See that the settings name kinds of facts.

    Raises:
        UsageError: They name something else.
    """
    unknown = next((kind for kind in rules if kind not in KINDS), None)
    if unknown is not None:
        near = nearest(unknown, tuple(KINDS))
        raise UsageError(
            f"rules: there is no kind of fact {unknown!r}",
            cause="diff-insight rules lists those that there are",
            cure=f"perhaps you meant {near}" if near else "name one of them",
        )


def with_severities(categories: Categories, rules: Mapping[str, str]) -> Categories:
    """Return the analyses with breaking findings as the settings want them.

    What no rule found to break anybody is not made breaking: a setting is no proof.

    Args:
        categories: The analysed files of every category.
        rules: Kind of fact -> one of `settings.SEVERITIES`.
    """
    if not rules:
        return categories
    return {
        name: tuple(_with_severity(analysis, rules) for analysis in analyses)
        for name, analyses in categories.items()
    }


def _with_severity(analysis: FileAnalysis, rules: Mapping[str, str]) -> FileAnalysis:
    facts = tuple(_as_wanted(fact, rules.get(fact.kind, "")) for fact in analysis.facts)
    if facts == analysis.facts:
        return analysis
    facts = tuple(sorted(facts, key=lambda fact: not fact.breaking))
    return analysis.with_facts(facts, decide_type(analysis.change, facts))


def _as_wanted(fact: Fact, severity: str) -> Fact:
    if not fact.breaking or not severity:
        return fact
    if severity == "info":
        return replace(fact, breaking=False, certainty="proved")
    return replace(fact, certainty="proved" if severity == "breaking" else "likely")
