"""Says of each breaking fact whether people declared it, and what they declared that no fact shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from diff_insight.analysis.commits import CommitMessage, read_message
from diff_insight.file_types import stem
from diff_insight.kinds.catalogue import kind_of
from diff_insight.kinds.kind import Trait
from diff_insight.markup.plain import clip
from diff_insight.model.facts import Declared, Fact, FileAnalysis
from diff_insight.model.history import History, PullRequestText
from diff_insight.model.messages import Notice

#: Declarations without a fact that are told one by one.
_MOST_ALONE = 5
_LABEL = re.compile(r"(?:[\w-]+\s*[:/]\s*)?breaking(?:\W.*)?", re.IGNORECASE)
_CHANGELOG = re.compile(r"change|history|news|release|upgrad|migrat|breaking", re.IGNORECASE)
_HEADING = re.compile(r"\bbreaking\b|破壊的変更|重大变[化更]|不兼容", re.IGNORECASE)


class Declaration(Struct, frozen=True):
    """One declaration of a breaking change; without paths it is about the whole range."""

    by: str
    quote: str
    paths: frozenset[bytes] | None = None

    def covers(self, analysis: FileAnalysis) -> bool:
        """Tell whether a file is among what the declaration is about."""
        change = analysis.change
        names = {change.path_bytes, change.previous_path_bytes or change.path_bytes}
        return self.paths is None or not self.paths.isdisjoint(names)


def declarations(
    history: History,
    messages: Mapping[str, CommitMessage],
    proposal: PullRequestText | None,
    files: Sequence[FileAnalysis],
) -> list[Declaration]:
    """Return what commits, the pull request and changelogs declare, the most exact first."""
    declared = [
        Declaration("commit", messages[commit.id].breaking, commit.paths)
        for commit in history.commits
        if messages[commit.id].breaking
    ]
    if proposal is not None:
        title = read_message(f"{proposal.title}\n{proposal.body}")
        if title.breaking:
            declared.append(Declaration("pull-request", title.breaking))
        labels = (clip(label, 60) for label in proposal.labels if _LABEL.fullmatch(label.strip()))
        declared += (Declaration("label", label) for label in labels)
    declared += (Declaration("changelog", heading) for heading in _changelogs(files))
    return declared


def with_declarations(
    analysis: FileAnalysis, declared: Sequence[Declaration], accepted: frozenset[str]
) -> FileAnalysis:
    """Return a file whose breaking facts say who declared them and whether they are accepted."""
    if not any(fact.breaking for fact in analysis.facts):
        return analysis
    declaration = next((each for each in declared if each.covers(analysis)), None)
    by = Declared(declaration.by, declaration.quote) if declaration else None
    return analysis.with_facts(_with(fact, by, accepted, analysis) for fact in analysis.facts)


def unsupported_declarations(
    declared: Sequence[Declaration], files: Sequence[FileAnalysis]
) -> tuple[Notice, ...]:
    """Return notices of declarations that no breaking fact stands behind."""
    if not declared:
        return ()
    breaking = [file for file in files if any(fact.breaking for fact in file.facts)]
    alone = [each for each in declared if not any(each.covers(file) for file in breaking)]
    if any(each.by != "changelog" for each in alone):
        # The heading of a list is about what commits of the range say more exactly.
        alone = [each for each in alone if each.by != "changelog"]
    quotes = list(dict.fromkeys((each.by, each.quote) for each in alone))
    notices = [Notice(f"declared-{by}", {"quote": quote}) for by, quote in quotes[:_MOST_ALONE]]
    if len(quotes) > _MOST_ALONE:
        notices.append(Notice("declared-more", {"count": len(quotes) - _MOST_ALONE}))
    return tuple(notices)


def _with(
    fact: Fact, by: Declared | None, accepted: frozenset[str], analysis: FileAnalysis
) -> Fact:
    if not fact.breaking:
        return fact
    known = fact.fingerprint(analysis.change.path_bytes) in accepted
    return replace(fact, declared=by, accepted=known)


def _changelogs(files: Sequence[FileAnalysis]) -> Iterator[str]:
    """Yield headings about breaking changes that the range adds to changelogs."""
    for analysis in files:
        if not _CHANGELOG.search(stem(analysis.change.path)):
            continue
        for fact in analysis.facts:
            heading = str(fact.params.get("heading", ""))
            if kind_of(fact.kind).has(Trait.SECTION_COMES) and _HEADING.search(heading):
                yield clip(heading, 120)
