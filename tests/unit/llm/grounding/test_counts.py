"""Small counts stand when the lines bear them out, or the sentence lists what it counts."""

from __future__ import annotations

import pytest

from diff_insight.llm.grounding.counts import derived_counts, listed_count
from diff_insight.llm.grounding.evidence import evidence_of

PATCH = """\
@@ -1,5 +1,4 @@ ## Models
-* `a-1` ([new](x.md))
-* `a-2`
-* `a-3`
+* `a-1`
+| one | two | three |
 * `b`
@@ -20 +19,3 @@
+def f(): return 1
+def g(): return 2
 end
"""


@pytest.mark.parametrize("count", [2, 3, 4])
def test_lines_items_cells_and_definitions_count(count: int) -> None:
    assert count in derived_counts(evidence_of((PATCH,)))


def test_large_numbers_are_no_counts() -> None:
    assert max(derived_counts(evidence_of((PATCH,)))) < 20
    assert 47 not in derived_counts(evidence_of((PATCH,)))


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("`a`, `b` and `c` are the three values.", 3),
        ("「甲」と「乙」の2件です。", 2),
        ("新增“甲”、“乙”、“丙”、“丁”四项。", 4),
    ],
)
def test_what_a_sentence_lists_it_may_count(sentence: str, count: int) -> None:
    assert count in set(listed_count(sentence))
