"""Settings of the whole suite: what hypothesis draws in CI, and what coverage measures."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Generator
from functools import wraps
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import is_hypothesis_test, settings

import diff_insight

# How long an example takes says more of the machine than of the code.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

# A hook and `git bisect run` name their repository to all that they start; tests make their own.
for variable in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
    os.environ.pop(variable, None)

# What is measured runs at less than half its speed, so that whatever would only be seen again runs
# unmeasured. What is left out makes the figure smaller, never larger: the floor of coverage holds.
#: Of so many tests of a file one is measured, by folder: a command that runs to its end reaches much the
#: same each time, and what agrees with what (`contracts`) is tested of code that others reach.
MEASURED_EVERY = {"unit": 1, "scenarios": 1, "pairs": 1, "integration": 5}
#: Of a property, so many examples are measured.
MEASURED_EXAMPLES = 15
#: `make test-measured` measures everything.
MEASURE_ALL = bool(os.environ.get("MEASURE_ALL"))
HERE = Path(__file__).parent


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Load the product measured, and then the tests unmeasured, which is most of what collecting is."""
    controller = _controller(session.config)
    if controller is None or not controller.started or _only_hands_out(session.config):
        return (yield)
    for module in walk_packages(diff_insight.__path__, f"{diff_insight.__name__}."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    controller.pause()
    try:
        return (yield)
    finally:
        controller.resume()


def _controller(config: pytest.Config) -> Any:
    plugin = config.pluginmanager.getplugin("_cov")
    return plugin.cov_controller if plugin else None


def _only_hands_out(config: pytest.Config) -> bool:
    """Tell whether other processes collect and run the tests."""
    return bool(config.getoption("numprocesses", None)) and not hasattr(config, "workerinput")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Choose what is measured, before the order is made random."""
    counts: Counter[Path] = Counter()
    for item in () if MEASURE_ALL else items:
        every = MEASURED_EVERY.get(item.path.relative_to(HERE).parts[0])
        if every is None or counts[item.path] % every:
            item.add_marker("no_cover")
        counts[item.path] += 1


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Do in this process what a measured run would share with forked children, which nobody counts."""
    if _controller(item.config) is None or item.get_closest_marker("no_cover"):
        return (yield)
    with patch("diff_insight.bootstrap.engine.can_fork", return_value=False):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Measure the first examples of a property only."""
    controller = _controller(item.config)
    test: Any = getattr(item, "obj", None)
    if controller is None or MEASURE_ALL or not controller.started or not is_hypothesis_test(test):
        return (yield)
    inner = test.hypothesis.inner_test
    count = 0

    @wraps(inner)
    def example(*arguments: Any, **named: Any) -> Any:
        nonlocal count
        count += 1
        if count == MEASURED_EXAMPLES + 1:
            controller.pause()
        return inner(*arguments, **named)

    test.hypothesis.inner_test = example
    try:
        return (yield)
    finally:
        test.hypothesis.inner_test = inner
        if not controller.started:
            controller.resume()
