"""Which pages are read entry by entry."""

from __future__ import annotations

import pytest

from diff_insight.analysis.people.gather import _is_release_page


@pytest.mark.parametrize(
    ("path", "read"),
    [
        ("docs/releases/2.9.md", True),
        ("docs/upgrade/index.md", True),
        ("docs/whats-new/dotnet-11.md", True),
        ("docs/releases/procedure.md", False),
        ("docs/release/checklist.adoc", False),
        ("docs/release-process.md", False),
        ("docs/releases/cadence.rst", False),
        ("docs/guide/releasing.md", False),
    ],
)
def test_pages_on_how_releases_are_made_have_no_entries(path: str, *, read: bool) -> None:
    assert _is_release_page(path) is read
