"""Releases as GitHub keeps them: drafts have no page by tag, and notes have a limit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from support.fake_github.answers import NOT_FOUND, Answer
from support.fake_github.hosting import Hosted
from support.fake_github.samples import component

MOST_CHARACTERS = 125_000


def add_release(
    hosted: Hosted, tag: str, notes: str | None, *, draft: bool = False
) -> dict[str, Any]:
    """Make a release and return it; what is done to it later shows there."""
    number = len(hosted.releases) + 1
    made = component(
        "release", id=number, tag_name=tag, body=notes, draft=draft, name=f"Release {tag}",
        html_url=f"https://127.0.0.1/{hosted.slug}/releases/tag/{tag}",
    )  # fmt: skip
    hosted.releases.insert(0, made)
    return made


def of_tag(hosted: Hosted, url: str, tag: str, query: Mapping[str, str]) -> Answer:
    """Answer for the published release of a tag."""
    return _first(each for each in hosted.releases if each["tag_name"] == tag and not each["draft"])


def of_number(hosted: Hosted, url: str, number: str, query: Mapping[str, str]) -> Answer:
    """Answer for one release."""
    return _first(each for each in hosted.releases if each["id"] == int(number))


def listed(hosted: Hosted, url: str, _: str, query: Mapping[str, str]) -> Answer:
    """Answer with a page of all releases; only who may write sees drafts."""
    shown = [each for each in hosted.releases if not (each["draft"] and hosted.read_only)]
    size, page = int(query.get("per_page", "30")), int(query.get("page", "1"))
    return Answer(200, shown[(page - 1) * size : page * size])


def change(hosted: Hosted, number: int, body: Mapping[str, Any]) -> Answer:
    """Answer a PATCH of one release."""
    found = of_number(hosted, "", str(number), {})
    if found.status != 200:
        return found
    if len(body.get("body", "")) > MOST_CHARACTERS:
        return Answer(422, {"message": "Validation Failed", "errors": [
            {"resource": "Release", "code": "custom", "field": "body",
             "message": f"body is too long (maximum is {MOST_CHARACTERS} characters)"}],
            "documentation_url": "https://docs.github.com"})  # fmt: skip
    found.body.update(body)
    return found


def _first(found: Any) -> Answer:
    release = next(found, None)
    return NOT_FOUND if release is None else Answer(200, release)
