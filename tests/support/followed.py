"""A repository that is followed day by day, with commits at chosen times."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

from support.branches import step
from support.fake_github import FakeGitHub, Hosted
from support.repos import TestRepo
from support.step import Launch, Step

SOURCE = "other/docs"
BRANCH = "diff-insight-reports"
SCHEDULE: dict[str, object] = {"schedule": "17 5 * * *"}
INPUTS = {"repository": SOURCE, "since": "last-report", "publish": "summary, commit"}


def now() -> datetime:
    """This moment in whole seconds: the action runs in processes with the machine's clock."""
    return datetime.now(UTC).replace(microsecond=0)


class Followed:
    """A public repository on the fake that grows."""

    def __init__(self, fake: FakeGitHub, folder: Path, slug: str = SOURCE) -> None:
        self.repo = TestRepo(folder)
        self._fake = fake
        self.slug = slug
        self.hosted: Hosted | None = None

    def change(self, ago: timedelta, files: Mapping[str, str], message: str = "change") -> str:
        """Commit files as if made some time ago, and push; force where that is needed."""
        self.repo.write(cast("Mapping[str | bytes, bytes | str]", files))
        return self.commit(ago, message)

    def commit(self, ago: timedelta, message: str = "change") -> str:
        """Commit the work tree as if made some time ago, and push."""
        moment = (now() - ago).isoformat()
        self.repo.git("add", "-A")
        subprocess.run(
            ["git", "-C", str(self.repo.path), "commit", "-q", "-m", message],
            check=True,
            env=os.environ
            | {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment, "GIT_CONFIG_GLOBAL": os.devnull}
            | {f"GIT_{who}_{what}": "ada@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        )  # fmt: skip
        self.push()
        return self.repo.git("rev-parse", "HEAD").decode().strip()

    def push(self) -> None:
        """Bring the fake up to date."""
        if self.hosted is None:
            self.hosted = self._fake.host(self.slug, self.repo)
        else:
            self.repo.git("push", "-q", "--force", str(self.hosted.path), "main:main")


def scheduled(
    fake: FakeGitHub,
    folder: Path,
    inputs: Mapping[str, str] | None = None,
    environ: Mapping[str, str] | None = None,
    launch: Launch | None = None,
) -> Step:
    """Run one scheduled step that follows the other repository."""
    return step(
        fake, folder, "schedule", SCHEDULE, {**INPUTS, **(inputs or {})},
        {"GITHUB_REF": "refs/heads/main", "GITHUB_WORKFLOW_REF": "octo/demo/.github/workflows/follow.yml@refs/heads/main", **(environ or {})}, launch,
    )  # fmt: skip
