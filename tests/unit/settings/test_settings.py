"""The settings value: defaults that the contract names, and the categories that may be written."""

from __future__ import annotations

from diff_insight.settings.settings import CategoryPaths, Settings


def test_defaults_of_the_contract() -> None:
    plain = Settings()
    assert plain.locales == ("en_US",)
    assert plain.output == "reports/%Y%m/{locale}/report-%Y%m%d-{category}.md"
    assert plain.formats == ("markdown",)
    assert plain.category_names() == ("all",)
    assert (plain.fail_on, plain.dry_run, plain.timezone) == ("never", False, "UTC")
    assert (plain.max_patch_bytes, plain.max_report_patch_bytes) == (200_000, 5_000_000)


def test_the_category_of_the_rest_comes_last_and_once() -> None:
    docs = CategoryPaths("docs", ("docs",))
    assert Settings(categories=(docs,), unmatched="other").category_names() == ("docs", "other")
    named = Settings(categories=(CategoryPaths("other", ("x",)), docs), unmatched="other")
    assert named.category_names() == ("other", "docs")
