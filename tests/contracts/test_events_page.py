"""The page on events names every event that has a range of its own."""

from __future__ import annotations

from pathlib import Path

from diff_insight.github.events import trust, wanted

PAGE = (Path(__file__).parents[2] / "docs" / "events.md").read_text("utf-8")


def test_every_event_has_a_row() -> None:
    rows = [line.split("|")[1] for line in PAGE.splitlines() if line.startswith("| `")]
    named = {"pull_request", "pull_request_target", *wanted._EVENTS}
    assert {name for name in named if any(f"`{name}`" in row for row in rows)} == named


def test_the_rows_tell_where_configuration_comes_from() -> None:
    for name in wanted._EVENTS:
        rows = [line for line in PAGE.splitlines() if line.startswith(f"| `{name}`")]
        told = [row.rstrip(" |").rpartition("|")[2] for row in rows]
        assert not [text for text in told if "the workspace" in text]
        own = [text for text in told if "GITHUB_SHA" in text]
        assert bool(own) >= (name in trust.TRUSTED), name
