"""Settings of the whole suite: where CI decides, hypothesis draws the same examples every time."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes says more of the machine than of the code.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

#: So many tests of one file in a row that reach nothing new for coverage, and the rest of them runs unmeasured.
PATIENCE = 6
_barren: Counter[Path] = Counter()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Measure a test only while those of its file still reach something new.

    To measure is to run at less than half the speed. What is left out can only make the figure
    smaller, never larger, so the floor holds all the same.
    """
    plugin = item.config.pluginmanager.getplugin("_cov")
    controller = plugin and plugin.cov_controller
    if not controller or not controller.cov:
        return (yield)
    if _barren[item.path] >= PATIENCE:
        item.add_marker("no_cover")
        return (yield)
    before = _reached(controller.cov)
    try:
        return (yield)
    finally:
        _barren[item.path] = 0 if _reached(controller.cov) > before else _barren[item.path] + 1


def _reached(cov: object) -> int:
    """Return how many steps from line to line were seen; only the collector itself knows that quickly."""
    return sum(map(len, cov._collector.data.values()))
