"""An empty repository, and the checkout source over it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from diff_insight.git.command import Git
from diff_insight.git.repository import Repository
from diff_insight.sources.checkout import CheckoutSource
from support.repos import TestRepo


@pytest.fixture
def made(tmp_path: Path) -> TestRepo:
    return TestRepo(tmp_path / "repo")


@pytest.fixture
def source(made: TestRepo) -> Iterator[CheckoutSource]:
    opened = CheckoutSource(Repository(Git(made.path, os.environ)))
    yield opened
    opened.close()
