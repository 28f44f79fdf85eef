"""What earlier reports told is told as that: the same once more, taken back, announced, translated."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from diff_insight.analysis.people.causes import Cause
from diff_insight.analysis.people.cues import read_words
from diff_insight.model.earlier import Continuation, Continues, EarlierReport, EarlierThread
from diff_insight.model.facts import Fact
from diff_insight.model.story import Role, StoryItem
from diff_insight.model.threads import SaidBy, Thread, ThreadKind
from diff_insight.story.threads.continuity import EarlierWords
from diff_insight.story.threads.thread_salience import with_told_deadlines
from support.analyses import analysis_of
from support.commit_stories import story_of_commits

COMMIT = "ab12" * 10
DAY = "2026-11-24"


def earlier(*threads: EarlierThread, pages: Sequence[str] = (), day: str = DAY) -> EarlierReport:
    return EarlierReport(date=day, head=COMMIT, threads=threads, pages=frozenset(pages))


def told(title: str, kind: ThreadKind = ThreadKind.FEATURE, **more: object) -> EarlierThread:
    return EarlierThread(title=title, kind=kind, **more)  # type: ignore[arg-type]


def thread(title: str, kind: ThreadKind = ThreadKind.FEATURE, **more: object) -> Thread:
    values: dict[str, object] = {"id": "x", "said_by": SaidBy.COMMIT, **more}
    return Thread(title=title, kind=kind, **values)  # type: ignore[arg-type]


def cause(title: str, body: str = "") -> Cause:
    return Cause(
        id="x", said_by=SaidBy.COMMIT, title=title, words=read_words(title), commits=(), body=body
    )


@pytest.mark.parametrize(
    ("again", "before"),
    [
        (thread("Other words", number="7"), told("Add a switch", number="7")),
        (thread("Other words", commits=(COMMIT,)), told("Add a switch", commits=(COMMIT,))),
        (
            thread("Keep `open` for folders of links.", said_by=SaidBy.CHANGELOG),
            told("Keep open for folders of links", by_changelog=True),
        ),
    ],
)  # fmt: skip
def test_the_same_once_more(again: Thread, before: EarlierThread) -> None:
    words = EarlierWords([earlier(before)])
    assert words.continuation(again, None, []) == Continuation(Continues.TOLD, DAY)


@pytest.mark.parametrize(
    ("again", "before"),
    [
        (thread("Update the list of sponsors"), told("Update the list of sponsors")),
        (thread("Fix it", said_by=SaidBy.CHANGELOG), told("Fix it", by_changelog=True)),
        (thread("Add", number=""), told("Add", number="")),
    ],
)
def test_equal_titles_prove_nothing(again: Thread, before: EarlierThread) -> None:
    assert EarlierWords([earlier(before)]).continuation(again, None, []) is None


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ('Revert "Add a switch for links"', ""),
        ("Revert the switch", f"This reverts commit {COMMIT[:12]}."),
        ("Revert the switch (#9)", "Reverts octo/docs#7"),
    ],
)
def test_what_takes_back(title: str, body: str) -> None:
    words = EarlierWords([earlier(told("Add a switch for `links`", number="7", commits=(COMMIT,)))])
    again = thread(read_words(title).text, reverts=True)
    made = words.continuation(again, cause(title, body), [])
    assert made == Continuation(Continues.REVERTED, DAY)
    other = thread("Revert another", reverts=True)
    assert (
        words.continuation(other, cause("Revert another", "This reverts commit 99999999."), [])
        is None
    )


def test_what_was_announced() -> None:
    words = EarlierWords([earlier(told("Deprecate `Client.mode`", ThreadKind.DEPRECATED))])
    gone = thread("Remove `Client.mode()`", ThreadKind.BREAKING)
    assert words.continuation(gone, None, []) == Continuation(Continues.ANNOUNCED, DAY)
    assert words.continuation(thread("Remove `Client`", ThreadKind.BREAKING), None, []) is None


@pytest.mark.parametrize(
    ("page", "known", "days"),
    [
        ("docs/ja/guide/a.md", ["docs/en/guide/a.md"], DAY),
        ("docs/ja/guide/a.md", ["docs/guide/a.md"], DAY),
        ("ja/a.md", ["a.md"], DAY),
        ("docs/ja/guide/a.md", ["docs/fr/guide/a.md"], ""),
        ("docs/ja/guide/a.md", ["docs/en/guide/b.md"], ""),
        ("docs/ja/guide/a.md", ["docs/ja/guide/a.md"], ""),
    ],
)
def test_translations_of_pages_that_were_told(page: str, known: list[str], days: str) -> None:
    words = EarlierWords([earlier(pages=known)])
    made = words.continuation(
        thread("", id="translations", files=(0,)), None, [analysis_of(path=page)]
    )
    assert made == (Continuation(Continues.TRANSLATED, days) if days else None)


def test_a_deadline_that_was_told_stands_behind_what_is_new() -> None:
    report = EarlierReport(date=DAY, head=COMMIT, deadlines=frozenset({("`m`", "2027-01-01")}))
    items = [
        StoryItem(kind="deadline.moved", role=Role.DEADLINE, salience=100, params={"subject": subject, "new": "2027-01-01"}, facts=(), files=(0,))
        for subject in ("`m`", "`n`")
    ]  # fmt: skip
    known, fresh = with_told_deadlines(items, EarlierWords([report]))
    assert (known.params["told_on"], known.salience < fresh.salience) == (DAY, True)
    assert fresh is items[1]


def test_a_story_without_earlier_reports_is_as_it_was_and_with_one_it_leads_with_what_is_new() -> (
    None
):
    files = [
        analysis_of(Fact("outline.section-added", {"heading": name}), path=f"docs/{name}.md")
        for name in "ab"
    ]
    commits = (
        ("a", "Describe how to raise a limit (#4)", [0]),
        ("b", "Explain how limits are counted (#5)", [1]),
    )
    plain = story_of_commits(files, *commits)
    assert not any("told_on" in item.params for item in plain.items)
    first = str(plain.items[0].params["number"])
    again = story_of_commits(files, *commits, earlier=[earlier(told("x", number=first))])
    assert again.items[0].params["number"] != first
    assert {item.params["number"]: item.params.get("told_on") for item in again.items}[first] == DAY
