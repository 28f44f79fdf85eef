"""Which pages are read entry by entry."""

from __future__ import annotations

import pytest

from diff_insight.analysis.people.gather import _added_text, _is_release_page
from diff_insight.model.changes import Hunk


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


def test_lines_of_a_diff_alone_keep_their_numbers() -> None:
    hunk = Hunk(
        old_start=7, new_start=7, section="", old_lines=("a",), new_lines=("a", "- B."), blocks=()
    )
    assert _added_text([hunk]).split("\n") == [""] * 6 + ["a", "- B."]
    far = Hunk(
        old_start=9, new_start=9_000_000, section="", old_lines=(), new_lines=("c",), blocks=()
    )
    assert len(_added_text([hunk, far]).split("\n")) == 100_000
