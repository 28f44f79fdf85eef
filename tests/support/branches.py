"""Steps that publish to a branch of the fake, and what is on it afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from support.fake_github import FakeGitHub, Hosted
from support.remotes import SLUG, TOKEN
from support.step import Launch, Step, run_step

_AROUND = re.compile(r"(^|/)(feeds|index|badges)/|(^|/)(README\.md|index\.json)$|^\.diff-insight/")


def step(  # noqa: PLR0917 - what a step is made of
    fake: FakeGitHub,
    folder: Path,
    event: str,
    payload: Mapping[str, object],
    inputs: Mapping[str, str] | None = None,
    environ: Mapping[str, str] | None = None,
    launch: Launch | None = None,
) -> Step:
    """Run the action in an empty workspace beside the fake."""
    return run_step(
        folder,
        event=event,
        payload=payload,
        inputs={"github-token": TOKEN, **(inputs or {})},
        environ={
            "GITHUB_SERVER_URL": fake.url,
            "GITHUB_API_URL": fake.api,
            "GITHUB_REPOSITORY": SLUG,
            **(environ or {}),
        },
        launch=launch,
    )


def files_on(hosted: Hosted, branch: str) -> dict[str, bytes]:
    """Return every file of a branch."""
    listed = hosted.git("ls-tree", "-r", "-z", "--name-only", f"refs/heads/{branch}")
    paths = listed.decode().split("\0")[:-1]
    return {path: hosted.git("cat-file", "blob", f"{branch}:{path}") for path in paths}


def reports_in(files: Iterable[str]) -> set[str]:
    """Return the paths of reports and documents, without the index and the feeds around them."""
    return {path for path in files if not _AROUND.search(path)}


def committed(hosted: Hosted, branch: str, since: str) -> list[str]:
    """Return the commits of a branch after another, the newest first."""
    return hosted.git("rev-list", f"{since}..{branch}").decode().split()
