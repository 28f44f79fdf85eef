"""Declared or not: by a commit that touches the file, the pull request, a label, a changelog."""

from __future__ import annotations

from typing import Any

import pytest

from diff_insight.analysis.commits import read_message
from diff_insight.analysis.declared import declarations, unsupported_declarations, with_declarations
from diff_insight.model.facts import Declared, Fact, FileAnalysis
from diff_insight.model.history import Commit, History, PullRequestText
from support.analyses import analysis_of

GONE = Fact("page.removed", {"title": "T", "lines": 3}, breaking=True)


def broken(path: str = "docs/page.md") -> FileAnalysis:
    return analysis_of(GONE, Fact("front-matter.date"), path=path)


def judged(
    *messages: tuple[str, frozenset[bytes] | None],
    files: list[FileAnalysis] | None = None,
    accepted: frozenset[str] = frozenset(),
    proposal: PullRequestText | None = None,
) -> tuple[list[Declared | None], list[tuple[Any, ...]]]:
    commits = tuple(
        Commit(id=str(number), message=message, paths=paths)
        for number, (message, paths) in enumerate(messages)
    )
    files = [broken()] if files is None else files
    read = {commit.id: read_message(commit.message) for commit in commits}
    found = declarations(History(commits=commits, read=True), read, proposal, files)
    marked = [with_declarations(file, found, accepted) for file in files]
    alone = [(note.key, *note.params.values()) for note in unsupported_declarations(found, files)]
    return [file.facts[0].declared for file in marked if file.facts], alone


def test_a_commit_that_touches_the_file() -> None:
    touching = ("feat!: drop the page", frozenset({b"docs/page.md"}))
    assert judged(touching) == ([Declared("commit", "feat!: drop the page")], [])
    elsewhere = ("feat!: drop the rest", frozenset({b"x.md"}))
    assert judged(elsewhere) == ([None], [("declared-commit", "feat!: drop the rest")])
    everywhere = ("feat!: drop the rest", None)
    assert judged(everywhere)[0] == [Declared("commit", "feat!: drop the rest")]


def test_the_pull_request() -> None:
    title = PullRequestText(title="feat!: drop it all")
    assert judged(proposal=title) == ([Declared("pull-request", "feat!: drop it all")], [])
    body = PullRequestText(title="Drop", body="words\n\nBREAKING CHANGE: all of it")
    assert judged(proposal=body)[0] == [Declared("pull-request", "all of it")]
    assert judged(proposal=body, files=[analysis_of()])[1] == [
        ("declared-pull-request", "all of it")
    ]


@pytest.mark.parametrize(
    ("label", "counts"),
    [
        ("breaking", True), ("breaking-change", True), ("Breaking Change", True),
        ("type: breaking", True), ("semver/breaking", True), ("breaking!", True),
        ("groundbreaking", False), ("non-breaking", False), ("not breaking", False), ("bug", False),
        ("breakings", False),
    ],
)  # fmt: skip
def test_labels(label: str, *, counts: bool) -> None:
    expected = [Declared("label", label)] if counts else [None]
    assert judged(proposal=PullRequestText(title="x", labels=("bug", label)))[0] == expected


def test_a_heading_that_a_changelog_gains() -> None:
    added = Fact("outline.section-added", {"heading": "Breaking changes", "level": 2})
    changelog = analysis_of(added, path="CHANGELOG.md")
    declared, alone = judged(files=[broken(), changelog])
    assert declared[0] == Declared("changelog", "Breaking changes")
    assert alone == []
    other = analysis_of(added, path="docs/page.md")
    assert judged(files=[broken("a.md"), other])[0][0] is None


def test_what_is_declared_alone_is_bounded() -> None:
    many = [(f"feat!: drop number {number}", frozenset[bytes]()) for number in range(7)]
    alone = judged(*many)[1]
    assert len(alone) == 6
    assert alone[-1] == ("declared-more", 2)


def test_accepted_by_fingerprint() -> None:
    known = GONE.fingerprint(b"docs/page.md")
    marked = with_declarations(broken(), [], frozenset({known}))
    assert marked.facts[0].accepted
    assert not marked.facts[0].is_unexpected
    assert with_declarations(broken("b.md"), [], frozenset({known})).facts[0].is_unexpected


def test_a_fingerprint_outlives_edits_elsewhere() -> None:
    longer = Fact("page.removed", {"title": "T", "lines": 99}, breaking=True)
    other = Fact("page.removed", {"title": "U", "lines": 3}, breaking=True)
    assert longer.fingerprint(b"a") == GONE.fingerprint(b"a")
    assert other.fingerprint(b"a") != GONE.fingerprint(b"a")
    assert GONE.fingerprint(b"b") != GONE.fingerprint(b"a")
    # Written down: a changed fingerprint would make people accept everything again.
    assert GONE.fingerprint(b"docs/page.md") == "d82a1e2e21f73b5c"


def test_files_without_breaking_facts_stay_as_they_are() -> None:
    plain = analysis_of(Fact("front-matter.date"))
    assert with_declarations(plain, [], frozenset()) is plain


def test_what_a_commit_declares_is_not_said_again_by_a_heading() -> None:
    heading = Fact("outline.section-added", {"heading": "⚠ BREAKING CHANGES", "level": 3})
    files = [analysis_of(heading, path="CHANGELOG.md")]
    commit = ("feat!: ask for version 6", frozenset({b"main.tf"}))
    assert [key for key, *_ in judged(commit, files=files)[1]] == ["declared-commit"]
    assert [key for key, *_ in judged(files=files)[1]] == ["declared-changelog"]
