"""Commit messages: what is quoted, what is silent, what they declare."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.analysis.commits import (
    LONGEST_QUOTE,
    by_path,
    read_message,
    subject_facts,
    touching,
)
from diff_insight.model.history import Commit
from support.analyses import analysis_of


@pytest.mark.parametrize(
    "subject",
    [
        "Update foo.md", "Update docs/a b.md and README", "Merge branch 'main' into x", "wip", "🔖 Release version 0.128.0", "v1.2.3", "Bump x from 1 to 2",
        "⬆ Bump the python-packages group with 12 updates (#16121)", "build(deps): bump a from 1.0 to 2.0 in /docs",
        "Bump the actions group across 1 directory with 4 updates", "Prepare release 2.0.1",
        "WIP: something new", "fix typo", "Fix typos (#12)", "chore: update docs", "fixup! good words here",
        "Add files via upload", "Initial commit", "docs: fixes", "...", "", "   ", "PR feedback",
        "📝 Update release notes", "Acrolinx edits", "Delete old/page.md", "Update translations", "#12",
        ":memo: Update docs", "minor changes",
    ],
)  # fmt: skip
def test_silent_subjects(subject: str) -> None:
    assert not read_message(subject).telling


@pytest.mark.parametrize(
    "subject",
    [
        "Postpone the retirement of gpt-4o", "feat(api)!: drop version 1", "fix: never wait",
        "Fix the crash when a page is empty", "Update the limits of the free tier",
        "提供終了日を延期する", "推迟停用日期说明", "⬆️ Raise the minimum of pytest-xdist (#16170)",
        "Remove the pages of version 1 (#42)", "bump Sphinx to 9.0+, limit docutils to <0.22",
        "Bump astro to 7 and move the content collections", "Release 2.0 notes list every key",
    ],
)  # fmt: skip
def test_telling_subjects(subject: str) -> None:
    assert read_message(subject).telling


@pytest.mark.parametrize(
    ("message", "type_", "breaking"),
    [
        ("feat!: drop it now", "feat", "feat!: drop it now"),
        ("feat(api)!: drop it", "feat", "feat(api)!: drop it"),
        ("FIX: a thing\n\nBREAKING CHANGE: the key is gone", "fix", "the key is gone"),
        ("Plain words\r\n\r\nBREAKING-CHANGE: x  y\r\n", "", "x y"),
        ("fix: a\nBREAKING CHANGES: other now", "fix", "other now"),
        ("fix: a\n\nBREAKING CHANGE:\n\nThe key is gone.", "fix", "The key is gone."),
        ("Words (#1)\n\nMINOR BREAKING CHANGE: other now", "", "other now"),
        ("fix: a\n\nBREAKING CHANGE: none", "fix", ""),
        ("fix: a\n\nBREAKING CHANGES: N/A.\n\nBREAKING CHANGE: it is", "fix", "it is"),
        ("fix: a\n\nBREAKING CHANGE: no key is left", "fix", "no key is left"),
        ("feat: a\n\nbreaking change: lower case is prose", "feat", ""),
        ("feat: a\n\nThis is no BREAKING CHANGE: really", "feat", ""),
        ("Fix! a thing", "", ""),
        ("Note!: see", "note", "Note!: see"),
        ("feat:no space", "", ""),
    ],
)
def test_what_is_declared(message: str, type_: str, breaking: str) -> None:
    found = read_message(message)
    assert (found.type, found.breaking) == (type_, breaking)


def test_long_lines_are_clipped() -> None:
    found = read_message("word " * 400 + "\n\nBREAKING CHANGE: " + "word " * 400)
    assert len(found.subject) <= LONGEST_QUOTE + 1
    assert len(found.breaking) <= LONGEST_QUOTE + 1
    assert found.subject.endswith("…")


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=300))
def test_any_message_is_one_short_line(message: str) -> None:
    found = read_message(message)
    assert "\n" not in found.subject
    assert len(found.subject) <= LONGEST_QUOTE + 1


@pytest.mark.parametrize(
    "sign", ["a", " ", "#1 ", "bump 1 ", "1", "bump 1/", "!", "update ", "(", ":", "x!", "fix "]
)
def test_long_messages_take_no_time(sign: str) -> None:
    assert len(read_message(sign * 20_000).subject) <= LONGEST_QUOTE + 1


def test_commits_are_placed_by_both_names_of_a_file() -> None:
    one = Commit(id="1", message="a", paths=frozenset({b"docs/page.md", b"b"}))
    two = Commit(id="2", message="b", paths=frozenset({b"other"}))
    placed = by_path([one, two])
    assert touching(analysis_of(), placed, [one, two]) == [one]


def test_a_single_commit_without_paths_touches_everything() -> None:
    alone = Commit(id="1", message="a")
    assert touching(analysis_of(), by_path([alone]), [alone]) == [alone]
    both = [alone, Commit(id="2", message="b")]
    assert touching(analysis_of(), by_path(both), both) == []


def test_telling_subjects_become_facts_once_and_at_most_three() -> None:
    subjects = [
        "Say one thing",
        "wip",
        "Say one thing",
        "Say two things",
        "Say more of it",
        "Say the rest",
    ]
    commits = [Commit(id=str(number), message=subject) for number, subject in enumerate(subjects)]
    messages = {commit.id: read_message(commit.message) for commit in commits}
    facts = subject_facts(commits, messages, dict.fromkeys(messages, 2))
    assert [fact.params["quote"] for fact in facts] == [
        "Say one thing", "Say two things", "Say more of it",
    ]  # fmt: skip
    assert facts[0].params == {"quote": "Say one thing", "commit": "0", "type": "", "files": 2}


@pytest.mark.parametrize(
    ("subject", "telling"),
    [
        ("Auto Publish – main to live - 2026-08-11 22:05 UTC", False),
        ("Resolve syncing conflicts from repo_sync_working_branch to main (#470)", False),
        ("Merging changes synced from https://example.org/docs-pr (branch live)", False),
        ("Sync translations from upstream to main", False),
        ("release-9 -> master", False),
        ("Apply suggestion from @ann-lee", False),
        ("Fix sync of settings between devices", True),
        ("Auto-merge adjacent tables of a document", True),
        ("Document how to deploy to production", True),
        ("Publish metrics to a second endpoint", True),
    ],
)
def test_what_only_carries_other_work_says_nothing(subject: str, *, telling: bool) -> None:
    assert read_message(subject).telling is telling
