"""Parts of a patch hold together, and together hold all of it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from diff_insight.diffs.hunks import parse_hunks
from diff_insight.llm.prompting.split import split_patch
from diff_insight.llm.prompting.token_estimate import Correction, estimate


def patch_of(sizes: list[int]) -> str:
    hunks = []
    line = 1
    for size in sizes:
        body = "".join(f"-old {line + n} of words\n+new {line + n} of words\n" for n in range(size))
        hunks.append(f"@@ -{line},{size + 1} +{line},{size + 1} @@ def f():\n context\n{body}")
        line += size + 10
    return "".join(hunks)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 60), min_size=1, max_size=8), st.integers(60, 600))
def test_every_line_is_in_one_part_with_its_number(sizes: list[int], most: int) -> None:
    patch = patch_of(sizes)
    parts = split_patch(patch, most)
    whole = [
        (b.new_start + n, text)
        for h in parse_hunks(patch)
        for b in h.blocks
        for n, text in enumerate(b.new_lines)
    ]
    found = [
        (b.new_start + n, text)
        for part in parts
        for h in parse_hunks(part)
        for b in h.blocks
        for n, text in enumerate(b.new_lines)
    ]
    assert found == whole
    # A part may be over by its last line and a header.
    assert all(estimate(part) <= most + 60 for part in parts)


def test_a_small_patch_is_one_part() -> None:
    assert split_patch(patch_of([3]), 10_000) == [patch_of([3])]


def test_a_line_without_end_is_cut() -> None:
    patch = f"@@ -0,0 +1 @@\n+{'word ' * 5000}\n"
    parts = split_patch(patch, 500)
    assert sum(map(estimate, parts)) < 2_000
    assert parse_hunks(parts[0])[0].new_lines[0].startswith("word word")


def test_a_missing_newline_stays_with_its_line() -> None:
    patch = (
        f"@@ -0,0 +1,3 @@\n+{'word ' * 100}\n+{'word ' * 100}\n+end\n\\ No newline at end of file\n"
    )
    parts = split_patch(patch, 120)
    assert len(parts) > 1
    assert not parse_hunks(parts[-1])[0].new_final_newline


def test_estimates_know_scripts() -> None:
    assert 5 <= estimate("The quick brown fox jumps") <= 8
    assert 8 <= estimate("提供終了日が変わりました") <= 14
    assert estimate("") <= 1
    assert estimate("😀" * 10) >= 8


def test_estimates_are_corrected_by_what_is_reported() -> None:
    correction = Correction()
    assert correction.correct(100) == 100
    correction.learn(100, 150)
    correction.learn(100, 170)
    correction.learn(100, 0)
    assert correction.correct(100) == 160
    correction.learn(1, 1_000_000)
    assert correction.factor == 4.0
