"""Both locks hold what pyproject.toml asks for, in the same versions, and name no place to get it."""

from __future__ import annotations

import itertools
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
RUN, DEVELOP = "requirements.lock", "requirements-dev.lock"


def locked(name: str) -> dict[str, str]:
    """Return the versions in a lock."""
    pairs = re.findall(r"^([a-z0-9-]+)==(\S+) \\$", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    return dict(pairs)


def wanted(*, develop: bool) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    texts = project["project"]["dependencies"]
    if develop:
        texts = texts + project["dependency-groups"]["dev"]
    return [Requirement(text) for text in texts]


@pytest.mark.parametrize("name", [RUN, DEVELOP])
def test_a_lock_holds_what_is_asked_for(name: str) -> None:
    versions = locked(name)
    for requirement in wanted(develop=name == DEVELOP):
        version = versions.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not in {name}: make lock"
        assert version in requirement.specifier, f"{requirement} is not {version}: make lock"


def test_tests_run_with_what_the_image_runs_with() -> None:
    assert locked(RUN).items() <= locked(DEVELOP).items()


@pytest.mark.parametrize("name", [RUN, DEVELOP])
def test_every_version_has_hashes_and_no_place(name: str) -> None:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    for line, following in itertools.pairwise(lines):
        if "==" in line:
            assert following.startswith("    --hash=sha256:"), line
    assert not [line for line in lines if "://" in line or line.startswith("--")]


def test_nothing_that_runs_is_an_extra() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert "optional-dependencies" not in project["project"]
