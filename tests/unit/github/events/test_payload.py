"""Event files become checked events; a wrong field is named, and nothing in a file can do harm."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.errors import DiffInsightError, EnvironmentFailure
from diff_insight.github.events.payload import read_event
from diff_insight.github.events.wanted import wanted_range
from diff_insight.model.events import Event, RangeInputs, WantedRange
from support.events import FILES, SHA, environ, event, event_name, payload

A, B = "a1" * 20, "b2" * 20


def test_a_pull_request_is_read_whole() -> None:
    pull = event("pull_request-labeled").pull_request
    assert pull is not None
    assert (pull.number, pull.title) == (2, "Update the README with new information.")
    assert pull.body == "This is a pretty simple change that we need to pull into master."
    assert (pull.base_ref, pull.head_ref) == ("master", "changes")
    assert (pull.head_repository, pull.is_fork) == ("Codertocat/Hello-World", False)
    assert (pull.author, pull.draft, pull.labels) == ("Codertocat", False, ("bug",))


def test_a_fork_is_told_from_a_branch() -> None:
    fork = event("pull_request-fork").pull_request
    assert fork is not None
    assert (fork.head_repository, fork.is_fork, fork.head_ref) == ("mallory/manual", True, "trunk")
    assert fork.title == "Fix `tables` ::add-mask::x"
    assert fork.body == ""


def test_a_fork_that_is_gone_is_still_a_fork_and_its_author_nobody() -> None:
    gone = event("pull_request-deleted-fork").pull_request
    assert gone is not None
    assert (gone.head_repository, gone.is_fork, gone.author, gone.draft) == ("", True, "", True)


def test_a_base_without_a_repository_counts_as_a_fork() -> None:
    file = payload("pull_request-labeled")
    del file["pull_request"]["base"]["repo"]
    pull = read_event(environ("pull_request"), file).pull_request
    assert pull is not None
    assert pull.is_fork


def test_the_environment_beats_the_file_about_the_repository() -> None:
    assert event("push-new-tag").repository == "octo-org/manual"
    assert event("push-new-tag", GITHUB_REPOSITORY="").repository == "Codertocat/Hello-World"


def test_servers_of_enterprises_are_taken() -> None:
    found = event("schedule", GITHUB_SERVER_URL="https://git.example.com:8443/")
    assert found.server == "https://git.example.com:8443"
    assert event("schedule", GITHUB_SERVER_URL="").server == "https://github.com"


def test_a_push_is_about_the_pushed_ref() -> None:
    found = event("push-deleted-branch", GITHUB_REF="refs/heads/trunk")
    assert found.ref == "refs/heads/feature/tables"
    assert set(found.after) == {"0"}


def test_a_schedule_without_a_repository_runs_on_the_default_branch() -> None:
    assert event("schedule-bare").default_branch == "trunk"
    assert event("schedule-bare", GITHUB_REF="refs/tags/x").default_branch == ""
    # A push says nothing about it.
    assert read_event(environ("push"), {}).default_branch == ""


def test_commit_ids_are_lower_case() -> None:
    assert event("schedule", GITHUB_SHA=SHA.upper()).sha == SHA


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("GITHUB_EVENT_NAME", ""),
        ("GITHUB_EVENT_NAME", "push\n::error::x"),
        ("GITHUB_REPOSITORY", "octo-org"),
        ("GITHUB_REPOSITORY", "-x/y"),
        ("GITHUB_SERVER_URL", "file:///etc"),
        ("GITHUB_SERVER_URL", "https://a b"),
        ("GITHUB_SERVER_URL", "https://token@github.com"),
        ("GITHUB_REF", "-x"),
        ("GITHUB_REF", "refs/heads/a\nb"),
        ("GITHUB_SHA", "HEAD"),
        ("GITHUB_SHA", "a" * 41),
    ],
)
def test_a_wrong_variable_is_named(variable: str, value: str) -> None:
    with pytest.raises(EnvironmentFailure, match=variable) as caught:
        event("schedule", **{variable: value})
    assert all(line.isprintable() for line in caught.value.lines())


def test_a_repository_is_needed() -> None:
    with pytest.raises(EnvironmentFailure, match="GITHUB_REPOSITORY") as caught:
        event("schedule-bare", GITHUB_REPOSITORY="")
    assert "is not set" in caught.value.cause


def _set(file: dict[str, Any], place: str, value: object) -> dict[str, Any]:
    """Put a value into a copy of an event file, at a place such as `a.b[0].c`."""
    changed = copy.deepcopy(file)
    *above, last = (
        int(step) if step.isdigit() else step for step in re.findall(r"[^.\[\]]+", place)
    )
    inside: Any = changed
    for step in above:
        inside = inside[step]
    inside[last] = value
    return changed


@pytest.mark.parametrize(
    ("file", "place", "value"),
    [
        ("pull_request-labeled", "pull_request", None),
        ("pull_request-labeled", "pull_request", []),
        ("pull_request-labeled", "pull_request.base", "master"),
        ("pull_request-labeled", "pull_request.base.sha", None),
        ("pull_request-labeled", "pull_request.base.sha", 7),
        ("pull_request-labeled", "pull_request.base.sha", "master"),
        ("pull_request-labeled", "pull_request.base.sha", "0" * 40),
        ("pull_request-labeled", "pull_request.head.sha", A + "\n"),
        ("pull_request-labeled", "pull_request.head.sha", "--output=x"),
        ("pull_request-labeled", "pull_request.head.ref", "-x"),
        ("pull_request-labeled", "pull_request.head.ref", "a\x1b[31mb"),
        ("pull_request-labeled", "pull_request.head.ref", ["a"]),
        ("pull_request-labeled", "pull_request.head.repo.full_name", "a/b/../c"),
        ("pull_request-labeled", "pull_request.number", True),
        ("pull_request-labeled", "pull_request.number", "2"),
        ("pull_request-labeled", "pull_request.number", 0),
        ("pull_request-labeled", "pull_request.title", {}),
        ("pull_request-labeled", "pull_request.body", 1.5),
        ("pull_request-labeled", "pull_request.draft", "no"),
        ("pull_request-labeled", "pull_request.labels", {"name": "bug"}),
        ("pull_request-labeled", "pull_request.labels", ["bug"]),
        ("pull_request-labeled", "pull_request.labels[0].name", 3),
        ("pull_request-labeled", "pull_request.user.login", []),
        ("pull_request-labeled", "repository", "octo-org/manual"),
        ("pull_request-labeled", "repository.default_branch", "a..b"),
        ("pull_request-labeled", "action", []),
        ("push-commits", "ref", "refs/heads/a b"),
        ("push-commits", "before", "HEAD~1"),
        ("push-commits", "after", {}),
        ("push-commits", "forced", 1),
        ("push-new-tag", "head_commit.id", "--help"),
        ("merge_group", "merge_group", None),
        ("merge_group", "merge_group.base_sha", ""),
        ("merge_group", "merge_group.head_sha", "refs/heads/x"),
        ("release-published", "release", None),
        ("release-published", "release.tag_name", "v1^{/x}"),
        ("release-published", "release.tag_name", "--all"),
        ("workflow_run-fork", "workflow_run.head_sha", None),
        ("repository_dispatch-range", "client_payload", "x"),
        ("repository_dispatch-range", "client_payload.base", "v1:x"),
        ("repository_dispatch-range", "client_payload.head", 12),
    ],
)
def test_a_wrong_field_is_named(file: str, place: str, value: object) -> None:
    changed = _set(payload(file), place, value)
    with pytest.raises(EnvironmentFailure) as caught:
        read_event(environ(event_name(file)), changed)
    assert place in caught.value.what
    assert place in caught.value.cause
    assert all(line.isprintable() and len(line) < 300 for line in caught.value.lines())


def _places(value: object, place: str = "") -> list[str]:
    """Return the places of all values of an event file."""
    items: list[tuple[str, object]] = []
    if isinstance(value, dict):
        items = [(f"{place}.{name}".strip("."), inner) for name, inner in value.items()]
    elif isinstance(value, list):
        items = [(f"{place}[{number}]", inner) for number, inner in enumerate(value)]
    return [each for name, inner in items for each in (name, *_places(inner, name))]


_PLACES = [(file, place) for file in FILES for place in _places(payload(file))]
_WORDS = st.sampled_from(
    [
        "",
        "-",
        "--exec=x",
        "0" * 40,
        A,
        "b2" * 32,
        "refs/heads/x",
        "refs/tags/-v",
        "::error::x",
        "\ud800",
    ]
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | _WORDS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
_TYPED = st.text(max_size=20) | _WORDS | st.sampled_from(["", "24h", "octo-org/other", "auto"])
_INPUTS = st.builds(
    RangeInputs, repository=_TYPED, base=_TYPED, head=_TYPED, since=_TYPED, comparison=_TYPED
)
_REVISION = re.compile(r"(?!-)[^\x00-\x20\x7f-\x9f]+")


def _read(file: str, changed: Any, inputs: RangeInputs) -> tuple[Event, WantedRange] | None:
    try:
        found = read_event(environ(event_name(file)), changed)
        return found, wanted_range(found, inputs)
    except DiffInsightError as error:
        told = error
    assert told.cure
    assert all(line.isprintable() for line in told.lines())
    return None


@settings(deadline=None, max_examples=400)
@given(st.sampled_from(_PLACES), _JSON)
def test_whatever_a_field_holds_the_range_is_safe_or_refused(
    place: tuple[str, str], value: object
) -> None:
    file, field = place
    read = _read(file, _set(payload(file), field, value), RangeInputs())
    if read is None:
        return
    found, wanted = read
    for request in (wanted.request, wanted.fallback):
        names = (request.base, request.head) if request else ()
        assert all(name is None or _REVISION.fullmatch(name) for name in names)
    assert re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", wanted.trusted)
    found_text = found.pull_request.title if found.pull_request else ""
    found_text.encode()


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(sorted({event_name(file) for file in FILES})), st.dictionaries(st.text(), _JSON)
)
def test_any_object_is_an_event_file_or_refused(name: str, value: dict[str, object]) -> None:
    read = _read(name, value, RangeInputs())
    assert read is None or read[0].name == name


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(FILES), _INPUTS)
def test_any_inputs_are_safe_or_refused(file: str, inputs: RangeInputs) -> None:
    read = _read(file, payload(file), inputs)
    if read is None:
        return
    request = read[1].request
    names = (request.base, request.head)
    assert all(name is None or _REVISION.fullmatch(name) for name in names)
    assert request.base is None or request.since is None
