"""Every file of a category is analysed, in order, from both versions or from hunks alone."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

from msgspec.structs import replace

from diff_insight.analysis.analyze import (
    BATCH,
    WHOLE_VERSIONS_LIMIT,
    analysis_notices,
    analyze,
)
from diff_insight.diffs.store import FilePatchStore
from diff_insight.model.changes import ChangeSet, FileChange, PatchSpan, Side, Status
from diff_insight.model.facts import FileAnalysis
from diff_insight.model.history import History, LineHistory, Mentions
from diff_insight.model.ranges import CommitRange, Comparison, RangeRequest
from diff_insight.runtime.workers import InPlace
from support.views import Patches, unified

TABLE = "| Name | Version |\n|---|---|\n" + "".join(f"| n{row} | 1 |\n" for row in range(20))


FORWARDS = CommitRange(
    base="1" * 40, head="2" * 40, merge_base="0" * 40, comparison=Comparison.DIRECT
)


class Texts:
    """A source of changed files held in memory; it notes what was read."""

    def __init__(self, files: dict[str, tuple[str | None, str | None]]) -> None:
        self._texts: dict[tuple[Side, bytes], bytes] = {}
        self.read_paths: list[tuple[Side, bytes]] = []
        self.expected: list[tuple[Side, bytes]] = []
        patches = b""
        changes = []
        for path, (old, new) in sorted(files.items()):
            patch = unified(old, new).encode()
            changes.append(_change(path, old, new, PatchSpan(((len(patches), len(patch)),))))
            patches += patch
            for side, text in ((Side.BASE, old), (Side.HEAD, new)):
                if text is not None:
                    self._texts[side, path.encode()] = text.encode()
        self.changes = ChangeSet(files=changes, patches=Patches(patches), source="memory")

    def resolve(self, request: RangeRequest) -> CommitRange:
        """Not needed here."""
        raise NotImplementedError

    def diff(self, commits: CommitRange) -> ChangeSet:
        """Return the changes."""
        return self.changes

    def expect(self, wanted: Sequence[tuple[Side, bytes]]) -> None:
        """Note what was announced."""
        self.expected += wanted

    def read(self, side: Side, path: bytes) -> bytes | None:
        """Return one version."""
        self.read_paths.append((side, path))
        return self._texts.get((side, path))

    def commit_time(self, commit: str) -> None:
        """Nobody knows."""

    def history(self, commits: CommitRange) -> History:
        """Nobody wrote these."""
        return History()

    def tree(self, commits: CommitRange, side: Side) -> None:
        """There is nothing else."""

    def commit_lines(self, commits: CommitRange, paths: Sequence[bytes]) -> LineHistory:
        return LineHistory()

    def mentions(
        self, commits: CommitRange, words: Sequence[bytes], suffixes: Sequence[str]
    ) -> Mentions:
        """There is nothing else."""
        return Mentions()

    def close(self) -> None:
        """Nothing is open."""


def _change(path: str, old: str | None, new: str | None, patch: PatchSpan) -> FileChange:
    status = Status.ADDED if old is None else Status.REMOVED if new is None else Status.MODIFIED
    return FileChange(path_bytes=path.encode(), status=status, additions=1, patch=patch)


def analysed(source: Texts, changes: ChangeSet | None = None) -> tuple[FileAnalysis, ...]:
    changes = changes or source.changes
    return analyze(changes.files, changes, source, InPlace(), advance=lambda _: None)


def kinds(analysis: FileAnalysis) -> list[str]:
    return [fact.kind for fact in analysis.facts]


def test_facts_type_rule_and_titles_of_each_file_in_order() -> None:
    found = analysed(
        Texts({"b.md": (None, "# New page\n\n## One\n"), "a.md": ("# T\n\nold\n", "# T\n\nnew\n")})
    )
    assert [analysis.change.path for analysis in found] == ["a.md", "b.md"]
    assert [(analysis.type, analysis.rule) for analysis in found] == [
        ("minor update", "otherwise"),
        ("new feature", "added-file"),
    ]
    assert found[1].titles == {Side.HEAD: "New page"}
    assert kinds(found[1]) == ["page.added"]


def test_a_removed_page_is_breaking() -> None:
    gone: dict[str, tuple[str | None, str | None]] = {"docs/a.md": ("# A\n", None)}
    (page,) = analysed(Texts(gone))
    assert (kinds(page), page.type) == (["page.removed"], "breaking change")


def test_a_broken_patch_spoils_only_its_own_file() -> None:
    source = Texts({"a.md": ("x\n", "y\n"), "redirects.json": ("{}\n", "[]\n")})
    content = b"@@ -1,9 +1,9 @@\n-cut\n"
    broken = replace(source.changes.files[1], patch=PatchSpan(((100, len(content)),)))
    whole = source.changes.patches.read(0, 100).ljust(100) + content
    changes = replace(
        source.changes, files=[source.changes.files[0], broken], patches=Patches(whole)
    )
    first, second = analysed(source, changes)
    assert "file.unreadable" not in kinds(first)
    assert [(fact.kind, fact.params) for fact in second.facts] == [
        ("file.unreadable", {"reason": "patch-broken"})
    ]


def test_renamed_files_are_read_by_both_names() -> None:
    source = Texts({"new.md": (TABLE, TABLE.replace("| n19 | 1 |", "| n19 | 2 |"))})
    change = replace(source.changes.files[0], status=Status.RENAMED, previous_path_bytes=b"old.md")
    other = Texts({"new.md": (None, "Not what the patch is of.\n")})
    analysed(other, replace(source.changes, files=[change]))
    assert set(other.read_paths) == {(Side.BASE, b"old.md"), (Side.HEAD, b"new.md")}


def test_versions_are_announced_in_the_order_in_which_they_are_read() -> None:
    new = TABLE.replace("| n19 | 1 |", "| n19 | 2 |")
    source = Texts({"a.md": (TABLE, new), "b.md": (None, TABLE), "c.md": (TABLE, new)})
    analysed(source)
    assert source.read_paths == source.expected
    # The versions before are made of these and the hunks.
    assert source.expected == [(Side.HEAD, b"a.md"), (Side.HEAD, b"c.md")]
    binary = [replace(change, binary=True) for change in source.changes.files]
    quiet = Texts({"a.md": (TABLE, new)})
    analysed(quiet, replace(quiet.changes, files=binary[:1]))
    assert quiet.expected == []


def test_above_the_limit_nothing_is_read_and_a_notice_says_so() -> None:
    new = TABLE.replace("| n19 | 1 |", "| n19 | 2 |")
    small = Texts({"a.md": (TABLE, new)})
    (whole,) = analysed(small)
    assert [fact.params["column"] for fact in whole.facts] == ["Version"]
    assert analysis_notices(FORWARDS, small.changes) == ()
    large = Texts({"a.md": (TABLE, new)})
    changes = replace(large.changes, patch_bytes=WHOLE_VERSIONS_LIMIT + 1)
    (hunks,) = analysed(large, changes)
    assert [fact.params["column"] for fact in hunks.facts] == [""]
    assert large.read_paths == large.expected == []
    assert [notice.key for notice in analysis_notices(FORWARDS, changes)] == ["hunks-only"]
    backwards = replace(FORWARDS, head="0" * 40)
    assert [notice.key for notice in analysis_notices(backwards, changes)] == [
        "backwards",
        "hunks-only",
    ]


def test_progress_counts_every_file() -> None:
    files: dict[str, tuple[str | None, str | None]] = {
        f"{number:03}.md": ("a\n", "b\n") for number in range(BATCH * 2)
    }
    source = Texts(files)
    steps: list[int] = []
    changes = source.changes
    analyze(changes.files, changes, source, InPlace(), advance=steps.append)
    assert sum(steps) == BATCH * 2
    assert analyze([], changes, source, InPlace(), advance=steps.append) == ()


def test_the_store_of_a_run_gives_the_same_facts_as_memory() -> None:
    source = Texts({"a.md": ("# T\n\nold text\n", "# T\n\nnew text\n")})
    span = source.changes.files[0].patch
    assert span is not None
    with closing(FilePatchStore()) as store:
        store.fill([source.changes.patches.read(*span.parts[0])])
        changes = replace(source.changes, patches=store)
        assert analysed(source, changes) == analysed(source)
