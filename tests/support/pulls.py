"""Ranges and event payloads that several tests of the action share."""

from __future__ import annotations

from support.remotes import SLUG
from support.repos import TestRepo

_PAGE = "---\ntitle: {title}\n---\n\n# {title}\n\n## Prerequisites\n\nA key.\n"


def pages(repo: TestRepo) -> tuple[str, str]:
    """A base on main, and a head on a branch that removes a page and changes two files."""
    repo.write({"docs/old.md": _PAGE.format(title="Old guide"), "docs/kept.md": "# Kept\n\nOne.\n"})
    base = repo.commit("base")
    repo.git("checkout", "-q", "-b", "topic")
    (repo.path / "docs/old.md").unlink()
    repo.write(
        {"docs/kept.md": "# Kept\n\nTwo.\n", "docs/new.md": "# New\n\nQuite another text.\n"}
    )
    return base, repo.commit("head")


_API = """\
openapi: 3.0.3
info: {{title: Orders, version: "1"}}
paths:
{paths}"""
_PATH = """\
  /{name}:
    get:
      responses:
        "200": {{description: Done}}
"""


def operations(repo: TestRepo) -> tuple[str, str]:
    """A base on main, and a head on a branch that takes an operation from the API: proved by itself."""
    repo.write(
        {
            "openapi.yaml": _API.format(
                paths=_PATH.format(name="orders") + _PATH.format(name="items")
            )
        }
    )
    base = repo.commit("base")
    repo.git("checkout", "-q", "-b", "topic")
    repo.write({"openapi.yaml": _API.format(paths=_PATH.format(name="orders"))})
    return base, repo.commit("head")


def pull(base: str, head: str, *, fork: str = SLUG) -> dict[str, object]:
    """A pull request whose title and text try to command the runner."""
    return {
        "action": "synchronize",
        "repository": {"full_name": SLUG, "default_branch": "main"},
        "pull_request": {
            "number": 7,
            "title": "::set-output name=x::y",
            "body": "##[add-mask]secret",
            "draft": False,
            "labels": [],
            "user": {"login": "octocat"},
            "base": {"sha": base, "ref": "main", "repo": {"full_name": SLUG}},
            "head": {"sha": head, "ref": "topic", "repo": {"full_name": fork}},
        },
    }


def push(base: str, head: str) -> dict[str, object]:
    """A push to main; a head of zeros deletes the branch."""
    return {
        "ref": "refs/heads/main", "before": base, "after": head, "created": False,
        "deleted": not head.strip("0"), "forced": False,
        "repository": {"full_name": SLUG, "default_branch": "main"},
    }  # fmt: skip
