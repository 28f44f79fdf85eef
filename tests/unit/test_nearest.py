"""The word that was meant, as people mistype words."""

from __future__ import annotations

import pytest

from diff_insight.nearest import nearest

FORMATS = ("markdown", "json", "html")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("md", "markdown"), ("HTML", "html"), ("jsn", "json"), ("mark", "markdown"),
        ("--json", "json"), (" json ", "json"), ("pdf", None), ("", None), ("m", "markdown"),
    ],
)  # fmt: skip
def test_nearest(typed: str, meant: str | None) -> None:
    assert nearest(typed, FORMATS) == meant


def test_two_that_are_as_near_are_no_answer() -> None:
    assert nearest("mx", ("max-files", "max-memory")) is None


def test_underscores_are_dashes() -> None:
    assert nearest("max_files", ("max-files", "max-memory")) == "max-files"
