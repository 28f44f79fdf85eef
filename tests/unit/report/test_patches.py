"""Which patches a report shows, and which become links."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from diff_insight.diffs.store import FilePatchStore
from diff_insight.model.changes import FileChange, PatchSpan, Status
from diff_insight.model.ranges import CommitRange, Comparison
from diff_insight.report.patches import file_diff_url, has_hunks, patch_reader, shown_patches
from diff_insight.settings.settings import Settings
from support.hostile import modified
from support.insights import insight_of_diff


def change(size: int, *, additions: int = 1, binary: bool = False) -> FileChange:
    return FileChange(
        path_bytes=b"x",
        status=Status.MODIFIED,
        additions=additions,
        binary=binary,
        patch=PatchSpan(((0, size),)),
    )


def test_large_patches_are_linked() -> None:
    files = [change(100), change(101), change(1)]
    assert shown_patches(files, [0, 90, 0], largest=100, total=1000) == [True, False, True]


def test_beyond_the_total_the_least_salient_go_first() -> None:
    files = [change(40), change(40), change(40), change(10)]
    assert shown_patches(files, [5, 90, 50, 1], largest=100, total=80) == [False, True, True, False]


def test_equal_salience_goes_by_path_order() -> None:
    assert shown_patches([change(40)] * 3, [7, 7, 7], largest=100, total=80) == [True, True, False]


def test_nothing_is_unlimited_but_zero() -> None:
    files = [change(10**9), change(10**9)]
    assert shown_patches(files, [0, 0], largest=0, total=1) == [True, True]


def test_binary_patches_take_no_room() -> None:
    files = [change(900, binary=True), change(900, additions=0), change(80)]
    assert shown_patches(files, [90, 90, 1], largest=1000, total=100) == [False, False, True]


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 5)), max_size=12), st.integers(1, 200))
def test_the_total_is_kept_and_used_by_salience(files: list[tuple[int, int]], total: int) -> None:
    changes = [change(size) for size, _ in files]
    salience = [value for _, value in files]
    shown = shown_patches(changes, salience, largest=1000, total=total)
    assert sum(size for (size, _), seen in zip(files, shown, strict=True) if seen) <= total
    least_shown = min(
        (value for value, seen in zip(salience, shown, strict=True) if seen), default=6
    )
    dropped = [value for value, seen in zip(salience, shown, strict=True) if not seen]
    assert all(value <= least_shown for value in dropped) or least_shown == 6


def test_what_has_hunks() -> None:
    assert has_hunks(change(10))
    assert not has_hunks(change(10, additions=0))
    assert not has_hunks(change(10, binary=True))
    assert not has_hunks(replace(change(10), unreadable="patch-missing"))


def test_a_patch_is_its_hunks_section_by_section(tmp_path: Path) -> None:
    """A type change has two sections; a cut last line still ends."""
    first = b"diff --git a/x b/x\ndeleted file mode 100644\n--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-old\n"
    second = (
        b"diff --git a/x b/x\nnew file mode 120000\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+new\xff"
    )
    (tmp_path / "diff").write_bytes(first + second)
    with (tmp_path / "diff").open("rb") as file:
        both = PatchSpan(((0, len(first)), (len(first), len(second))))
        read = patch_reader(replace(change(1), patch=both), FilePatchStore(file))
        assert read() == "@@ -1 +0,0 @@\n-old\n@@ -0,0 +1 @@\n+new\ufffd\n"


def test_a_file_of_a_comparison_has_an_address() -> None:
    commits = CommitRange(
        base="1" * 40, head="2" * 40, merge_base="1" * 40, comparison=Comparison.DIRECT, repository="o/n"
    )  # fmt: skip
    address = file_diff_url(change(1), commits)
    assert address == (
        "https://github.com/o/n/compare/o:1111111...o:2222222#diff-"
        "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    )
    assert file_diff_url(change(1), replace(commits, repository="")) == ""


def test_a_report_counts_what_it_links() -> None:
    """The total holds for whole documents; the least salient patch goes first."""
    words = [b"word %d" % number for number in range(200)]
    page = [b"# Title", b"The model retires no earlier than June 11, 2025."]
    later = [b"# Title", b"The model retires no earlier than September 1, 2025."]
    diff = modified(b"a.txt", [], words) + modified(b"z.md", page, later)
    insight = insight_of_diff(diff, Settings(max_report_patch_bytes=1000))
    large, small = insight.files
    assert insight.coverage.patches_linked == ("a.txt",)
    assert (large.patch, large.patch_url != "") == (None, True)
    assert (small.patch is not None, small.patch_url) == (True, "")
