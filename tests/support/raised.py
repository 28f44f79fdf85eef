"""Libraries with tags on the fake, and pull requests that raise them as a bot does."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from support.branches import step
from support.fake_github import Conversation, FakeGitHub
from support.pulls import pull
from support.remotes import SLUG
from support.repos import TestRepo
from support.step import Step
from support.uses import Files

PROJECT = '[project]\nname = "{name}"\nversion = "1"\n[build-system]\nrequires = []\n'
#: What the application asks for, before and after the bot.
REQUIREMENTS = "alpha=={}\nbeta=={}\ngamma=={}\n"
CONFIG = "upstream:\n  alpha: libs/alpha\n  beta: libs/mono\n  gamma: libs/gamma\n"
APP: Files = {
    "app/one.py": "from alpha import old_call\n\nold_call(1)\n",
    "app/two.py": "import alpha\n\nalpha.old_call(2)\n",
    "app/three.py": "import beta\n\nbeta.stay()\n",
}


def library(
    fake: FakeGitHub,
    folder: Path,
    slug: str,
    package: str,
    versions: Mapping[str, str],
    *,
    changelog: str = "",
    token: str = "",
) -> TestRepo:
    """A public repository with a tag for each version of a package."""
    repo = TestRepo(folder / slug)
    for tag, code in versions.items():
        repo.write({"pyproject.toml": PROJECT.format(name=package), f"{package}/__init__.py": code})
        if changelog and tag == list(versions)[-1]:
            repo.write({"CHANGELOG.md": changelog})
        elif changelog:
            repo.write({"CHANGELOG.md": "# Changelog\n"})
        repo.commit(tag)
        repo.git("tag", "-a", tag, "-m", tag)
    fake.host(slug, repo, token=token)
    return repo


def three_libraries(fake: FakeGitHub, tmp_path: Path, token: str = "") -> Path:
    """Three libraries: one breaks what is used, one what is not, one nothing; two may need a token."""
    library(
        fake, tmp_path, "libs/alpha", "alpha",
        {"v1.0.0": "def old_call(x):\n    return x\n\n\ndef unused(x):\n    return x\n\n\ndef stay():\n    pass\n",
         "v2.0.0": "def stay():\n    pass\n"},
        changelog="# Changelog\n\n## 2.0.0\n\n### Breaking changes\n\n- Removed `old_call`, use `new_call` instead.\n- @octocat `::warning::x` gone\n",
        token=token,
    )  # fmt: skip
    library(
        fake, tmp_path, "libs/mono", "beta",
        {"beta@0.1.0": "def stay():\n    pass\n\n\ndef gone_here():\n    pass\n",
         "beta@0.2.0": "def stay():\n    pass\n"},
        token=token,
    )  # fmt: skip
    library(
        fake,
        tmp_path,
        "libs/gamma",
        "gamma",
        {"3.1": "def stay():\n    return 1\n", "3.2": "def stay():\n    return 2\n"},
    )
    return tmp_path


def proposed(
    fake: FakeGitHub, folder: Path, base: str, head: str, own: Files, config: str = CONFIG
) -> tuple[Path, dict[str, object]]:
    """The checkout of a pull request that changes requirements.txt."""
    repo = TestRepo(folder / "run/workspace")
    repo.git("remote", "add", "origin", f"{fake.url}/{SLUG}.git")
    repo.write({".github/diff-insight.yml": config, "requirements.txt": base, **own})
    first = repo.commit("base")
    repo.git("checkout", "-q", "-b", "topic")
    repo.write({"requirements.txt": head})
    second = repo.commit("bump")
    fake.host(SLUG, repo)
    fake.converse(SLUG, 7, Conversation(head=second, base=first))
    return folder / "run", pull(first, second)


def run_on_pull(
    fake: FakeGitHub,
    folder: Path,
    payload: dict[str, object],
    inputs: Mapping[str, str] | None = None,
) -> Step:
    return step(
        fake, folder, "pull_request", payload, {"publish": "summary, comment", **(inputs or {})}
    )
