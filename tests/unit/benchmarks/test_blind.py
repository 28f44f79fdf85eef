"""Pairs for readers who do not know which text is whose, and the count of their verdicts."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.blind.pairs import Pair, without_links, write_pairs
from benchmarks.blind.tally import Count, tally


def test_pairs_hide_whose_text_is_which(tmp_path: Path) -> None:
    pairs = [
        Pair(f"case-{number}", b"+a\n", "ours\n", "other\n", "recorded report")
        for number in range(8)
    ]
    assert write_pairs(iter(pairs), tmp_path, seed=3) == 8
    key = json.loads((tmp_path / "key.json").read_text("utf-8"))
    assert {entry["ours"] for entry in key.values()} == {"A", "B"}
    for name, entry in key.items():
        folder = tmp_path / "pairs" / name
        assert (folder / f"{entry['ours']}.md").read_text("utf-8") == "ours\n"
        assert (folder / "diff.patch").read_bytes() == b"+a\n"
    assert "preferred" in (tmp_path / "pairs" / "JUDGE.md").read_text("utf-8")
    assert not list((tmp_path / "pairs").glob("**/key.json"))


def test_a_report_is_given_without_addresses_and_files() -> None:
    report = "---\ntitle: C# x\n---\n\n# Highlights\n\nA ([page L1](https://example.org/a#L1))\n\n# Summary Table\n\n| a |\n"
    assert without_links(report) == "# Highlights\n\nA (page L1)\n"


def test_verdicts_are_counted_by_what_ours_was_held_against(tmp_path: Path) -> None:
    key = {
        "x-en_US-1": {"ours": "A", "against": "recorded report"},
        "y-en_US-2": {"ours": "B", "against": "recorded report"},
        "z": {"ours": "B", "against": "list of commits"},
    }
    (tmp_path / "key.json").write_text(json.dumps(key), "utf-8")
    for name, text in {
        "x-en_US-1": "preferred: A\naccurate: tie\nreasons: B says less",
        "y-en_US-2": "**preferred:** A\naccurate: B",
        "z": "preferred: B\naccurate: B",
        "unknown": "preferred: A",
    }.items():
        (tmp_path / f"{name}.md").write_text(text, "utf-8")
    assert list(tally(tmp_path / "key.json", tmp_path)) == [
        Count("all", "preferred", 2, 1, 0),
        Count("all", "accurate", 2, 0, 1),
        Count("recorded report, en_US", "preferred", 1, 1, 0),
        Count("recorded report, en_US", "accurate", 1, 0, 1),
        Count("list of commits", "preferred", 1, 0, 0),
        Count("list of commits", "accurate", 1, 0, 0),
    ]
