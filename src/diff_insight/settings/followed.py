"""Reads which repositories a configuration follows, each with settings of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from diff_insight.settings.settings import FollowedRepository
from diff_insight.settings.wrong_values import wrong

_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9._-]+")
#: Keys of an entry that are about the repository; all others are settings.
_OWN = ("repository", "head")
#: Repositories of one configuration.
MOST_FOLLOWED = 1000


def read_follow(name: str, value: object) -> tuple[FollowedRepository, ...]:
    """Return followed repositories from a list of `OWNER/NAME` or of mappings with `repository`.

    Raises:
        UsageError: An entry is neither, or a repository is named twice.
    """
    if not isinstance(value, list) or len(value) > MOST_FOLLOWED:
        raise wrong(name, value, f"a list of at most {MOST_FOLLOWED} repositories")
    entries = tuple(_entry(f"{name}[{at}]", entry) for at, entry in enumerate(value))
    names = [entry.repository.lower() for entry in entries]
    twice = next((entry for entry in entries if names.count(entry.repository.lower()) > 1), None)
    if twice is not None:
        raise wrong(name, twice.repository, "each repository once")
    return entries


def _entry(name: str, value: object) -> FollowedRepository:
    entry: Mapping[object, object]
    entry = value if isinstance(value, Mapping) else {"repository": value}
    slug, head = entry.get("repository"), entry.get("head", "")
    if not isinstance(slug, str) or not _SLUG.fullmatch(slug):
        raise wrong(f"{name}.repository", slug, "OWNER/NAME")
    if not isinstance(head, str):
        raise wrong(f"{name}.head", head, "the name of a branch")
    settings = {str(key): each for key, each in entry.items() if key not in _OWN}
    return FollowedRepository(repository=slug, head=head, settings=settings)
