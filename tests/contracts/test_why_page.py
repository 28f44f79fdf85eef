"""docs/why.md says what the code does: kinds, parameters, who declares, bounds."""

from __future__ import annotations

import json
import re
from pathlib import Path

from diff_insight.analysis import broken, commits
from diff_insight.git import commit_log, search
from diff_insight.kinds.catalogue import KINDS
from diff_insight.model.facts import Fact
from diff_insight.model.history import Commit
from diff_insight.story import quotes
from support.messages import DECLARED_BY

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "why.md").read_text("utf-8")


def rows(text: str) -> dict[str, list[str]]:
    lines = [line for line in text.split("\n") if line.startswith("| `")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0].strip("`"): re.findall(r"`([^`]+)`", row[1]) for row in cells}


def part(heading: str) -> str:
    return TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_facts_about_commits() -> None:
    message = {"1": commits.read_message("Say a good thing")}
    commit = Commit(id="1", message="")
    (fact,) = commits.subject_facts([commit], message, {"1": 1})
    assert rows(part("Commits")) == {fact.kind: list(fact.params), "commit.fix": ["count"]}


def test_facts_about_references() -> None:
    told = rows(part("What breaks elsewhere"))
    places = broken._reference_params([("a.md", 1)])
    assert told == {
        "reference.broken": ["target", "moved", *places],
        "reference.broken-anchor": ["anchor", "target", *places],
    }
    assert set(told) <= set(KINDS)


def test_who_declares() -> None:
    schema = json.loads((ROOT / "docs" / "insight.schema.json").read_text("utf-8"))
    declared = schema["$defs"]["fact"]["properties"]["declared"]["anyOf"][1]
    assert set(rows(part("Declared"))) == DECLARED_BY == set(declared["properties"]["by"]["enum"])


def test_bounds() -> None:
    flat = " ".join(TEXT.split())
    for bound in (
        f"the latest {commit_log.MOST_COMMITS}",
        f"the first {commit_log.LONGEST_MESSAGE:,} characters",
        f"{commit_log.MOST_BYTES // 1_000_000} MB in all",
        f"at most {commits.LONGEST_QUOTE} characters",
        f"{search.MOST_WORDS} words, {search.MOST_FILES} files of {search.LARGEST_FILE // 1_000_000} MB",
        f"{search.MOST_BYTES // 1_000_000} MB of lines",
        f"{search.PATIENCE:.0f} seconds",
        f"{broken._MOST_OF_PAGE} anchors of a page, {broken._MOST_ANCHORS} of a range",
    ):
        assert bound in flat, bound
    assert (quotes.MOST_FILES, commits.MOST_OF_FILE) == (8, 3)
    assert "more than eight files" in flat
    assert "at most three a file" in flat


def test_the_fingerprint_in_the_example_has_the_right_form() -> None:
    fingerprint = Fact("page.removed", {}, breaking=True).fingerprint(b"a")
    shown = re.findall(r'accepted: \["([0-9a-f]+)"\]', TEXT)
    assert [len(one) for one in shown] == [len(fingerprint)]
