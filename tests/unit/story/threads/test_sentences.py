"""Sentences of commits and notes that ask something of readers, or give a reason."""

from __future__ import annotations

import pytest

from diff_insight.story.threads.telling_sentences import action_in, reason_in


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("The helper is old. Use `post()` instead of it.", "Use `post()` instead of it."),
        ("# Use `a` instead\n\nYou must set `proxy`.", "You must set `proxy`."),
        ("The file is opened with the encoding of the stream.", ""),
    ],
)
def test_the_first_sentence_that_asks_something(text: str, action: str) -> None:
    assert action_in(text) == action


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("- a list\n\nSockets stayed open behind each retry. More.", "Sockets stayed open behind each retry"),
        ("Closes #4\nSigned-off-by: Ann <ann@x.example>", ""),
        ("Too short.", ""),
    ],
)  # fmt: skip
def test_the_first_sentence_of_prose(text: str, reason: str) -> None:
    assert reason_in(text) == reason


def test_an_example_is_no_reason() -> None:
    assert reason_in("app.render('index', null, callback); // now works as expected here") == ""


@pytest.mark.parametrize(
    ("text", "title", "reason"),
    [
        ("The old name was chosen together with\n`other-name`, which is gone.", "", "The old name was chosen together with `other-name`, which is gone"),
        ("This PR adds a macro called `X`. Fixtures were made anew for each run.", "", "Fixtures were made anew for each run"),
        ("* chore: add a guide page", "Add a guide", ""),
        ("`onerror` was called\nbefore the timeout.", "", "`onerror` was called before the timeout"),
        ("Support for several clauses in the dialect.", "Add support for several clauses in the dialect", ""),
        ("It reads the file twice. This was slow because of locks.", "", "This was slow because of locks"),
        ("The rules are these:\n\n- one", "", ""),
        ("Deprecated single pools, i.e. `Static`, for these addresses.", "", "Deprecated single pools, i.e. `Static`, for these addresses"),
    ],
)  # fmt: skip
def test_a_reason_is_whole_and_is_not_the_title_again(text: str, title: str, reason: str) -> None:
    assert reason_in(text, title) == reason


SQUASHED = """* {first}

Fixes a grammar error where the article was wrong.

* {second}

Old versions failed because the option was removed there.
"""


def test_of_squashed_commits_the_one_of_the_title_speaks() -> None:
    text = SQUASHED.format(
        first="fix: a typo elsewhere", second="docs: Update the setup of plugins"
    )
    assert (
        reason_in(text, "Update the setup of plugins")
        == "Old versions failed because the option was removed there"
    )
    assert reason_in(text, "Something that none of them says") == ""


def test_the_comments_of_a_template_are_nobodys_words() -> None:
    text = "<!--\n  Thank you for sending this to us, it was needed.\n\n  Please add the number of the issue here.\n-->\n\nPages were slow because of locks."
    assert reason_in(text) == "Pages were slow because of locks"
    assert reason_in("<!-- never closed. It was never closed at all here.") == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Could you take a look and suggest what needs to be fixed and improved?", ""),
        ("검증: pnpm run build 통과, 코드 펜스·병기 중복 검사 통과", ""),
        ("DOCS-374 Users could not find the section because its anchor was gone.", "Users could not find the section because its anchor was gone"),
        ("Hey @ann and @bob, I came up with some steps for deploying the thing.", ""),
        ("Please review this. The old text was wrong about the default port.", "The old text was wrong about the default port"),
    ],
)  # fmt: skip
def test_what_is_said_to_reviewers_is_no_reason(text: str, reason: str) -> None:
    assert reason_in(text) == reason
