"""Kept ranges: how long a version stands, what is no range, and what is not kept."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from diff_insight.model.changes import FileChange, Side, Status
from diff_insight.model.facts import Evidence, Fact, FileAnalysis, ModificationType
from diff_insight.model.ranges import CommitRange, Comparison
from diff_insight.model.source_tree import SourceTree
from diff_insight.model.upstream_range import UpstreamFile, UpstreamRange
from diff_insight.runtime.sealed_folder import SealedFolder
from diff_insight.sources import range_form
from diff_insight.sources.kept_ranges import ROOM, KeptRanges, VersionCommits
from diff_insight.sources.range_form import pack_range, unpack_range

COMMITS = VersionCommits(address="https://github.com/o/lib.git", base="a" * 40, head="b" * 40)
READ = ("docs/", "3000")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def ranges(folder: Path, engine: str = "one", now: datetime = NOW) -> KeptRanges:
    place = SealedFolder(folder, "kept ranges", "secret", suffix=".range", room=ROOM)
    return KeptRanges(place, engine, lambda: now)


def published(**more: object) -> UpstreamRange:
    """A range that removes a function of Python."""
    fact = Fact(
        "symbol.removed", {"name": "old()", "places": ({"path": "a.py", "line": 1},)},
        (Evidence(Side.BASE, 1, 2),), breaking=True, surface="module",
    )  # fmt: skip
    analysis = FileAnalysis(
        change=FileChange(path_bytes=b"lib/\xff.py", status=Status.MODIFIED),
        facts=(fact, fact), type=ModificationType.BREAKING_CHANGE, rule="breaking",
    )  # fmt: skip
    file = UpstreamFile(name="lib.py", analysis=analysis, names=((), ("old-1",)))
    commits = CommitRange(
        base="a" * 40,
        head="b" * 40,
        merge_base="",
        comparison=Comparison.DIRECT,
        repository="o/lib",
    )
    return UpstreamRange(commits=commits, files=(file,), said=("Gone “x”",), **more)  # type: ignore[arg-type]


def tree(texts: dict[str, str]) -> SourceTree:
    return SourceTree(paths=frozenset(texts), content=lambda path: texts[path].encode())


BASE = tree({"lib/__init__.py": "def old(): ...\n", "README.md": "# Lib\n"})


def test_a_range_comes_back_as_it_was(tmp_path: Path) -> None:
    kept = ranges(tmp_path).keep_range(COMMITS, READ, published(), BASE)
    known = ranges(tmp_path).find_range(COMMITS, READ)
    assert known is not None
    assert kept is not None
    assert known.published == kept.published == published()
    assert known.base.paths == BASE.paths
    assert known.base.text("lib/__init__.py") == "def old(): ...\n"
    assert known.base.text("README.md") is None  # no name leads there


@pytest.mark.parametrize("field", ["address", "base", "head"])
def test_all_that_decides_is_in_its_key(tmp_path: Path, field: str) -> None:
    ranges(tmp_path).keep_range(COMMITS, READ, published(), BASE)
    other = msgspec.structs.replace(COMMITS, **{field: "c" * 40})
    assert ranges(tmp_path).find_range(other, READ) is None
    assert ranges(tmp_path).find_range(COMMITS, ("docs/", "4000")) is None
    assert ranges(tmp_path, engine="two").find_range(COMMITS, READ) is None


def test_where_a_version_is_stands_for_a_week(tmp_path: Path) -> None:
    ranges(tmp_path).keep_versions(("lib", "1"), COMMITS)
    for days, there in ((6, True), (8, False), (-8, False)):
        known = ranges(tmp_path, now=NOW + timedelta(days=days)).find_versions(("lib", "1"))
        assert (known == COMMITS) is there
    assert ranges(tmp_path).find_versions(("lib", "2")) is None
    ranges(tmp_path).keep_versions(("lib", "3"), msgspec.structs.replace(COMMITS, base="--help"))
    assert ranges(tmp_path).find_versions(("lib", "3")) is None


def test_what_is_no_range_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = pack_range(published(), BASE)
    assert packed is not None
    form = msgspec.msgpack.decode(zlib.decompress(packed))
    assert unpack_range(packed) is not None
    for odd in (
        b"",
        packed[:-3],
        b"text",
        zlib.compress(b"\xc1"),
        zlib.compress(msgspec.msgpack.encode([1])),
    ):
        assert unpack_range(odd) is None
    form[1][0][2][0][0] = "no.such-kind"
    assert unpack_range(zlib.compress(msgspec.msgpack.encode(form))) is None
    form[1][0][2][0][0] = "symbol.removed"
    form[1][0][1] = []
    assert unpack_range(zlib.compress(msgspec.msgpack.encode(form))) is None
    monkeypatch.setattr(range_form, "MOST_UNPACKED", 100)
    assert unpack_range(zlib.compress(b"\0" * 10_000_000)) is None
    assert pack_range(published(), BASE) is None


def test_what_another_run_may_see_otherwise_is_not_kept() -> None:
    assert pack_range(published(is_lasting=False), BASE) is None
    lost = SourceTree(paths=BASE.paths, content=lambda _path: None)
    assert pack_range(published(), lost) is None
    many = tree({f"lib/a{number}.py": "" for number in range(3_001)})
    assert pack_range(published(), many) is None
