"""Settings of the whole suite: what hypothesis draws in CI, and what coverage measures."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import settings

# How long an example takes says more of the machine than of the code.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

# A hook and `git bisect run` name their repository to all that they start; tests make their own.
for variable in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
    os.environ.pop(variable, None)

#: What agrees with what is tested of code that others reach.
UNMEASURED = "contracts"
HERE = Path(__file__).parent


def _is_measured(config: pytest.Config) -> bool:
    """Tell whether coverage is measured, in this process or in those that it hands the tests to."""
    plugin = config.pluginmanager.getplugin("_cov")
    return bool(plugin and plugin.cov_controller)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what would only be run again by `make coverage`, which measures and does not judge."""
    if not _is_measured(config):
        return
    left_out = [item for item in items if _reaches_nothing_new(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if not _reaches_nothing_new(item)]


def _reaches_nothing_new(item: pytest.Item) -> bool:
    folder = item.path.relative_to(HERE).parts[0]
    return folder == UNMEASURED or item.get_closest_marker("no_cover") is not None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Do in this process what a measured run would share with forked children, which nobody counts."""
    if not _is_measured(item.config):
        return (yield)
    with patch("diff_insight.bootstrap.engine.can_fork", return_value=False):
        return (yield)
