"""Settings of the whole suite: what hypothesis draws in CI, and what coverage measures."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Generator
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from hypothesis import is_hypothesis_test, settings

# How long an example takes says more of the machine than of the code.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

# What is measured runs at less than half its speed, so that whatever would only be seen again runs
# unmeasured. What is left out makes the figure smaller, never larger: the floor of coverage holds.
#: Folders whose tests are all measured; of the others the first tests of each file are.
MEASURED_WHOLE = ("unit", "scenarios")
MEASURED_TESTS = 2
#: Of a property, so many examples are measured.
MEASURED_EXAMPLES = 15
HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Choose what is measured, before the order is made random."""
    counts: Counter[Path] = Counter()
    for item in items:
        counts[item.path] += 1
        folder = item.path.relative_to(HERE).parts[0]
        if folder not in MEASURED_WHOLE and counts[item.path] > MEASURED_TESTS:
            item.add_marker("no_cover")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Measure the first examples of a property only."""
    plugin = item.config.pluginmanager.getplugin("_cov")
    controller = plugin.cov_controller if plugin else None
    test: Any = getattr(item, "obj", None)
    if controller is None or not controller.started or not is_hypothesis_test(test):
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
