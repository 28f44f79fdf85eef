"""Commits of a range become pull requests, squashed or merged, and single commits."""

from __future__ import annotations

import pytest

from diff_insight.analysis.people.causes import causes_of, commits_behind_merges
from diff_insight.model.history import Commit, History, PullRequestText
from diff_insight.model.threads import SaidBy


def commit(name: str, message: str, *parents: str) -> Commit:
    return Commit(id=name * 40, message=message, parents=tuple(parent * 40 for parent in parents))


def test_a_squashed_pull_request_has_its_number() -> None:
    (cause,) = causes_of(
        History(commits=(commit("a", "Add a hook (#12)\n\nBody.", "0"),), read=True), None
    )
    assert (cause.said_by, cause.number, cause.words.text) == (
        SaidBy.PULL_REQUEST,
        "12",
        "Add a hook",
    )
    assert cause.id == "pull-request-12"


def test_a_merged_pull_request_covers_its_commits() -> None:
    history = History(
        commits=(commit("d", "Unrelated fix of the parser", "m"), commit("b", "more work", "c"), commit("c", "start the work", "0")),
        merges=(commit("m", "Merge pull request #7 from ann/x\n\nCall every callback\n", "0", "b"),),
        read=True,
    )  # fmt: skip
    single, merged = causes_of(history, None)
    assert single.said_by is SaidBy.COMMIT
    assert (merged.words.text, merged.number, merged.commits) == (
        "Call every callback",
        "7",
        ("b" * 40, "c" * 40),
    )


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("feat: add gRPC to the glossary", "feat: add gRPC to the glossary"),
        (
            "docs: mend the links of the security guide",
            "docs: mend the links of the security guide",
        ),
        ("blog: tell of ten years", "blog: tell of ten years"),
        ("Signed-off-by: Ann <ann@example.org>", "start the work"),
        ("Change-Id: I8f3c", "start the work"),
        ("Closes: #12", "start the work"),
    ],
)
def test_a_merge_is_titled_by_what_is_no_trailer(line: str, title: str) -> None:
    history = History(
        commits=(commit("c", "start the work", "0"),),
        merges=(commit("m", f"Merge pull request #7 from ann/x\n\n{line}\n", "0", "c"),),
        read=True,
    )
    assert [cause.title for cause in causes_of(history, None)] == [title]


def test_a_merge_to_be_up_to_date_is_no_cause() -> None:
    history = History(
        commits=(commit("b", "Describe the new limit", "c"), commit("c", "Describe the old limit", "0")),
        merges=(commit("m", "Merge branch 'main' into live", "0", "b"),),
        read=True,
    )  # fmt: skip
    assert [cause.commits for cause in causes_of(history, None)] == [("b" * 40,), ("c" * 40,)]


def test_merge_requests_of_other_hosts() -> None:
    message = "Merge branch 'x' into 'main'\n\nLimit the size of headers\n\nSee merge request group/project!34"
    history = History(
        commits=(commit("b", "wip", "0"),), merges=(commit("m", message, "0", "b"),), read=True
    )
    (cause,) = causes_of(history, None)
    assert (cause.words.text, cause.number) == ("Limit the size of headers", "34")


def test_a_pull_request_that_is_the_range_is_the_only_cause() -> None:
    history = History(commits=(commit("a", "one", "0"), commit("b", "two", "a")), read=True)
    (cause,) = causes_of(history, PullRequestText(title="fix: keep the order", body="Because."))
    assert (cause.words.text, cause.commits, cause.body) == (
        "keep the order",
        ("a" * 40, "b" * 40),
        "Because.",
    )


def test_commits_of_one_title_are_one_cause() -> None:
    history = History(
        commits=(
            commit("c", "Improve the layout\n\nOf tables.", "b"),
            commit("b", "Add a reader", "a"),
            commit("a", "improve the layout", "0"),
        ),
        read=True,
    )
    layout, reader = causes_of(history, None)
    assert (layout.words.text, layout.commits, layout.body) == (
        "Improve the layout", ("c" * 40, "a" * 40), "\nOf tables.",
    )  # fmt: skip
    assert reader.commits == ("b" * 40,)


def test_a_title_that_a_tool_gives_every_merge_says_nothing() -> None:
    boilerplate = "Use a pull request to merge to the target branch"
    history = History(
        commits=(commit("d", "Document the new stat visual (#71)", "c"), commit("c", "Delete the settings of the checker", "0")),
        merges=(
            commit("n", f"Merge pull request #8 from team/sync_2\n\n{boilerplate}\n", "m", "d"),
            commit("m", f"Merge pull request #7 from team/sync_1\n\n{boilerplate}\n", "0", "c"),
        ),
        read=True,
    )  # fmt: skip
    assert [cause.words.text for cause in causes_of(history, None)] == [
        "Document the new stat visual",
        "Delete the settings of the checker",
    ]


def test_commits_of_another_branch_are_those_behind_a_merge() -> None:
    history = History(
        commits=(commit("d", "On the branch", "0"), commit("b", "On the old line", "c"), commit("c", "Before it", "9")),
        merges=(commit("m", "Merge branch '3.x' into 4.x", "d", "b"),),
        read=True,
    )  # fmt: skip
    assert commits_behind_merges(history) == {"b" * 40, "c" * 40}


@pytest.mark.parametrize(
    ("title", "messages", "told"),
    [
        ("Version 0.28.0", ["Drop the argument `app`", "Version 0.28.0"], ["Drop the argument `app`", "Version 0.28.0"]),
        ("Version 0.28.0", ["Version 0.28.0"], ["Version 0.28.0"]),
        ("Drop the argument `app`", ["wip", "Drop `app` of the client"], ["Drop the argument `app`"]),
    ],
)  # fmt: skip
def test_a_pull_request_whose_title_says_nothing_is_told_by_its_commits(
    title: str, messages: list[str], told: list[str]
) -> None:
    commits = tuple(
        Commit(id=f"{at}" * 40, message=message, parents=())
        for at, message in enumerate(messages, 1)
    )
    proposal = PullRequestText(title=title, body="")
    assert [cause.title for cause in causes_of(History(commits=commits), proposal)] == told
