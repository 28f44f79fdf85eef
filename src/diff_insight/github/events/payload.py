"""The runner's environment and the event file become one checked `Event`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from diff_insight.errors import EnvironmentFailure
from diff_insight.github.events.fields import Fields, is_ref, is_slug, is_zero
from diff_insight.model.events import Event, FinishedRun, PullRequest
from diff_insight.model.ranges import is_full_id

_SERVER = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?")
_BRANCH, _TAG = "refs/heads/", "refs/tags/"


def read_event(environ: Mapping[str, str], payload: Mapping[str, object]) -> Event:
    """Return what started the run.

    Raises:
        EnvironmentFailure: A variable or a field that the event always has is missing or wrong.
    """
    fields = Fields(payload)
    event = _common(environ, fields)
    if event.name.startswith("pull_request"):
        pull = read_pull_request(fields.part("pull_request"))
        return replace(event, pull_request=pull, pull_number=pull.number)
    reader = _READERS.get(event.name)
    return reader(event, fields) if reader else event


def _common(environ: Mapping[str, str], fields: Fields) -> Event:
    """Return what all events have."""
    name = environ.get("GITHUB_EVENT_NAME", "")
    if not re.fullmatch(r"[A-Za-z0-9_.-]{1,100}", name):
        raise _unset("GITHUB_EVENT_NAME", name, "the name of an event")
    # A schedule's event file may be without its repository; the environment never is.
    stored = fields.inner("repository") or Fields({})
    repository = environ.get("GITHUB_REPOSITORY", "") or stored.slug("full_name")
    if not is_slug(repository):
        raise _unset("GITHUB_REPOSITORY", repository, "OWNER/NAME")
    server = environ.get("GITHUB_SERVER_URL", "") or "https://github.com"
    if not _SERVER.fullmatch(server):
        raise _unset("GITHUB_SERVER_URL", server, "a web address")
    ref, sha = environ.get("GITHUB_REF", ""), environ.get("GITHUB_SHA", "")
    if ref and not is_ref(ref):
        raise _unset("GITHUB_REF", ref, "a full ref")
    if sha and not is_full_id(sha):
        raise _unset("GITHUB_SHA", sha, "a commit id of 40 or 64 hexadecimal digits")
    default = stored.ref("default_branch")
    if not default and name == "schedule" and ref.startswith(_BRANCH):
        default = ref.removeprefix(_BRANCH)  # schedules run on the default branch only
    return Event(
        name=name,
        action=fields.text("action"),
        repository=repository,
        server=server.rstrip("/"),
        default_branch=default,
        ref=ref,
        sha=sha.lower(),
    )


def read_pull_request(fields: Fields) -> PullRequest:
    """Return a pull request, as payloads and the API describe it.

    Raises:
        EnvironmentFailure: A field that every pull request has is missing or wrong.
    """
    base, head = fields.part("base"), fields.part("head")
    ours = base.inner("repo") or Fields({})
    theirs = head.inner("repo") or Fields({})  # a fork that was deleted leaves null
    home, from_where = ours.slug("full_name"), theirs.slug("full_name")
    author = fields.inner("user") or Fields({})
    return PullRequest(
        number=fields.number("number"),
        title=fields.text("title"),
        body=fields.text("body"),
        base_sha=base.commit("sha"),
        base_ref=base.ref("ref"),
        head_sha=head.commit("sha"),
        head_ref=head.ref("ref"),
        head_repository=from_where,
        is_fork=not from_where or from_where.lower() != home.lower(),
        draft=fields.flag("draft"),
        author=author.text("login"),
        labels=tuple(label.text("name") for label in fields.parts("labels")),
    )


def _push(event: Event, fields: Fields) -> Event:
    ref, after = fields.ref("ref") or event.ref, fields.sha("after")
    if ref.startswith(_TAG) and after and not is_zero(after):
        # The payload gives an annotated tag's own id; reports name commits.
        pushed = fields.inner("head_commit") or Fields({})
        after = pushed.sha("id") or after
    return replace(
        event, ref=ref, before=fields.sha("before"), after=after, forced=fields.flag("forced")
    )


def _merge_group(event: Event, fields: Fields) -> Event:
    group = fields.part("merge_group")
    return replace(event, base=group.commit("base_sha"), head=group.commit("head_sha"))


def _release(event: Event, fields: Fields) -> Event:
    return replace(event, tag=fields.part("release").ref("tag_name"))


def _workflow_run(event: Event, fields: Fields) -> Event:
    run = fields.part("workflow_run")
    theirs = run.inner("head_repository") or Fields({})
    finished = FinishedRun(
        event=run.text("event"),
        id=run.whole("id"),
        head_repository=theirs.slug("full_name"),
        head_branch=run.ref("head_branch"),
        pulls=tuple(pull.number("number") for pull in run.parts("pull_requests")),
    )
    return replace(event, head=run.commit("head_sha"), run=finished)


def _repository_dispatch(event: Event, fields: Fields) -> Event:
    sent = fields.inner("client_payload") or Fields({})
    return replace(event, base=sent.ref("base"), head=sent.ref("head"))


_READERS = {
    "push": _push,
    "merge_group": _merge_group,
    "release": _release,
    "workflow_run": _workflow_run,
    "repository_dispatch": _repository_dispatch,
}


def _unset(name: str, value: str, expected: str) -> EnvironmentFailure:
    return EnvironmentFailure(
        f"the environment gives no usable {name}",
        cause=f"{name} is {value[:80]!r}, not {expected}" if value else f"{name} is not set",
        cure="run this as a step of a workflow, or set what the runner sets",
    )
