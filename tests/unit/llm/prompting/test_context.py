"""What a model is told around a patch: people's words, facts with lines, other files."""

from __future__ import annotations

from msgspec.structs import replace

from diff_insight.llm.prompting.context import (
    date_facts,
    fact_line,
    fact_lines,
    neighbor_lines,
    neighborhood,
    said_lines,
)
from diff_insight.model.changes import Side
from diff_insight.model.facts import Evidence, Fact
from diff_insight.model.threads import SaidBy, Thread, ThreadKind
from support.asking import page_diff, pages
from support.insights import insight_of_diff

DOCUMENT = insight_of_diff(pages(12))
THREADS = (
    Thread(
        id="pull-request-4", title="Raise the limits", said_by=SaidBy.PULL_REQUEST, kind=ThreadKind.FEATURE,
        files=(0, 2), number="4", why="Callers ran out of time", action="Set `timeout` yourself",
    ),
    Thread(id="x", title="`a` → `b`", said_by=SaidBy.RULES, kind=ThreadKind.DOCS, files=(0,)),
    Thread(
        id="commit-1", title="Bump to 6.0.1", said_by=SaidBy.COMMIT, kind=ThreadKind.MAINTENANCE, files=(1,),
        contradicted="6.0.1",
    ),
)  # fmt: skip


def test_people_are_quoted_with_why_and_what_to_do() -> None:
    told = "pull request #4: Raise the limits -- Callers ran out of time -- to do: Set `timeout` yourself"
    assert said_lines(THREADS, 0) == [told]
    assert said_lines(THREADS, 1) == ["commit: Bump to 6.0.1 (the diff denies 6.0.1)"]
    assert said_lines(THREADS) == [
        f"{told} [1, 3]",
        "commit: Bump to 6.0.1 (the diff denies 6.0.1) [2]",
    ]


def test_facts_have_lines_and_values_and_the_patch_is_not_repeated() -> None:
    moved = Fact(
        "deadline.moved",
        {
            "subject": "gpt",
            "old": {"day": "2025-06-11"},
            "only_row": True,
            "place": 3,
            "nothing": None,
        },
        (Evidence(Side.BASE, 7, 7), Evidence(Side.HEAD, 7, 9)),
    )
    gone = Fact("code.removed", {"names": {"items": ("a", "b"), "total": 4}}, breaking=True)
    assert (
        fact_line(moved)
        == "[-7, +7-9] deadline.moved: subject `gpt`; old `2025-06-11`; only_row yes"
    )
    assert fact_line(gone) == "[] code.removed, breaking (proved): names `a`, `b` (4 in all)"
    entry = DOCUMENT.files[0].analysis
    text = Fact("text.added", {"quote": "words"}, (Evidence(Side.HEAD, 1, 1),))
    assert fact_lines(replace(entry, facts=(text, moved))) == [fact_line(moved)]
    assert date_facts(replace(entry, facts=(text, moved))) == [moved]


def test_other_files_are_named_and_counted() -> None:
    lines = neighbor_lines({0: neighborhood(DOCUMENT, 0)})
    assert lines[0] == "range: example/docs, 12 files, +12 -12; the others:"
    assert lines[1] == "- docs/page-02.md “A page” (modified, +1 -1)"
    assert lines[-1] == "and 9 more"
    two = neighbor_lines({0: neighborhood(DOCUMENT, 0), 1: neighborhood(DOCUMENT, 1)})
    assert not any("page-01" in line or "page-02" in line for line in two)


def test_a_range_of_one_file_has_no_others() -> None:
    alone = insight_of_diff(page_diff())
    assert neighbor_lines({0: neighborhood(alone, 0)}) == []
    assert neighbor_lines({}) == []
