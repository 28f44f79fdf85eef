"""The checkout source at its edges: cut renames, large and absent versions, order, broken runs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from diff_insight.diffs import printed
from diff_insight.errors import EnvironmentFailure, UsageError
from diff_insight.git import diffing, some_files
from diff_insight.git.command import Git
from diff_insight.git.repository import Repository
from diff_insight.model.changes import ChangeSet, FileChange, Side, Status
from diff_insight.model.messages import Notice
from diff_insight.model.ranges import Comparison, RangeRequest
from diff_insight.sources import checkout, patched
from diff_insight.sources.ahead import begin
from diff_insight.sources.checkout import CheckoutSource
from support.repos import TestRepo
from support.trees import FILE, SCRIPT, SUBMODULE, SYMLINK, Entry, import_trees
from support.truth import direct


def files(**entries: Entry) -> dict[bytes, Entry]:
    return {name.encode(): entry for name, entry in entries.items()}


def text(content: bytes) -> Entry:
    return Entry(FILE, content)


def changes(
    made: TestRepo, source: CheckoutSource, trees: Sequence[dict[bytes, Entry]]
) -> ChangeSet:
    return source.diff(direct(*import_trees(made, trees)))


def test_files_stand_in_byte_order(made: TestRepo, source: CheckoutSource) -> None:
    names = [b"\xff", "é".encode(), b"a/b", b"a.b", b"a-b", b"B", b"~", b" "]
    found = changes(made, source, [{}, {name: text(b"x\n") for name in names}])
    assert [change.path_bytes for change in found.files] == sorted(names)
    assert (found.source, found.options[0]) == ("checkout", "-M")


def test_nothing_changed(made: TestRepo, source: CheckoutSource) -> None:
    found = changes(made, source, [files(x=text(b"1")), files(x=text(b"1"))])
    assert (tuple(found.files), found.patch_bytes, found.notices) == ((), 0, ())


def test_a_notice_says_that_renames_were_cut(
    made: TestRepo, source: CheckoutSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (checkout, diffing):
        monkeypatch.setattr(module, "DIFF_OPTIONS", ("-M", "-l1"))
    old = {b"old%d" % number: text(b"line\n" * (number + 9)) for number in range(3)}
    new = {b"new%d" % number: text(b"line\n" * (number + 9) + b"more\n") for number in range(3)}
    found = changes(made, source, [old, new])
    assert found.notices == (Notice("renames-cut"),)
    assert {change.status for change in found.files} == {Status.ADDED, Status.REMOVED}
    assert found.options == ("-M", "-l1")


def test_versions_of_files(made: TestRepo, source: CheckoutSource) -> None:
    body = b"".join(b"line %d\n" % number for number in range(20))
    old = files(
        gone=text(b"1"), old=text(body), mod=Entry(SUBMODULE, b"1" * 40), link=Entry(SYMLINK, b"to")
    )
    new = files(
        new=text(body + b"end\n"), came=text(b"2"), mod=text(b"3"), link=Entry(SYMLINK, b"on")
    )
    changes(made, source, [old, new])
    wanted = [("gone", b"1", None), ("came", None, b"2"), ("old", body, None), ("new", None, body + b"end\n"),
              ("mod", None, None), ("link", b"to", b"on"), ("never", None, None)]  # fmt: skip
    for name, base, head in wanted:
        assert source.read(Side.BASE, name.encode()) == base
        assert source.read(Side.HEAD, name.encode()) == head


def test_a_huge_version_is_not_read(
    made: TestRepo, source: CheckoutSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkout, "LARGEST_VERSION", 10)
    changes(made, source, [files(x=text(b"x" * 10)), files(x=text(b"x" * 11))])
    assert source.read(Side.BASE, b"x") == b"x" * 10
    assert source.read(Side.HEAD, b"x") is None


def test_resolving_requires_a_repository(tmp_path: Path) -> None:
    opened = CheckoutSource(Repository(Git(tmp_path, os.environ)))
    with pytest.raises(UsageError, match="is not a git repository"):
        opened.resolve(RangeRequest())
    opened.close()


def test_resolving_and_dates(made: TestRepo, source: CheckoutSource) -> None:
    made.commit()
    commits = source.resolve(RangeRequest(base="HEAD", head="HEAD"))
    moment = source.commit_time(commits.head)
    assert moment is not None
    assert moment.isoformat() == "2025-06-12T10:00:00+00:00"


def test_gits_reason_is_told(made: TestRepo, source: CheckoutSource) -> None:
    made.commit()
    with pytest.raises(EnvironmentFailure, match="git diff failed") as caught:
        source.diff(direct("1" * 40, "HEAD"))
    assert "1111111" in caught.value.cause


def test_a_patch_that_does_not_fit_the_listing(
    made: TestRepo, source: CheckoutSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patched, "sections_of", lambda change: 2)
    with pytest.raises(EnvironmentFailure, match="different numbers of files"):
        changes(made, source, [{}, files(x=text(b"1"))])
    monkeypatch.setattr(patched, "sections_of", lambda change: 0)
    with pytest.raises(EnvironmentFailure, match="different numbers of files"):
        changes(made, source, [{}, files(x=text(b"1"))])


@pytest.mark.parametrize("most", [0, 8, 100_000])
def test_what_a_patch_does_not_tell_is_counted_by_git(
    made: TestRepo, source: CheckoutSource, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(diffing, "_MOST_PATHS", most)
    picture, words = text(b"\0" * 200), text(b"words\n" * 20)
    old = {b"a[1].png": picture, b"b": words, b"c": picture, b"d": words, b"e": words}
    new = {
        b"odd\n*.png": picture, b"b2": words, b"c": Entry(SCRIPT, picture.content),
        b"d": Entry(SCRIPT, words.content), b"e": Entry(SYMLINK, b"words\nto"),
    }  # fmt: skip
    found = changes(made, source, [old, new]).files
    assert {one.path_bytes: (one.status, one.binary, one.additions, one.deletions) for one in found} == {
        b"odd\n*.png": (Status.RENAMED, True, 0, 0), b"b2": (Status.RENAMED, False, 0, 0),
        b"c": (Status.MODIFIED, True, 0, 0), b"d": (Status.MODIFIED, False, 0, 0),
        b"e": (Status.CHANGED, False, 1, 19),
    }  # fmt: skip


def test_a_second_range_replaces_the_first(made: TestRepo, source: CheckoutSource) -> None:
    trees = [files(x=text(b"1\n" * 99)), files(x=text(b"2\n" * 99)), files(x=text(b"3\n"))]
    commits = import_trees(made, trees)
    first = source.diff(direct(*commits[:2]))
    second = source.diff(direct(*commits[1:]))
    assert first.patch_bytes > second.patch_bytes
    (change,) = second.files
    assert change.patch is not None
    ((offset, length),) = change.patch.parts
    assert second.patches.read(offset, length).endswith(b"-2\n+3\n")


def asked(base: str, head: str) -> RangeRequest:
    return RangeRequest(base=base, head=head, comparison=Comparison.DIRECT)


def begun(made: TestRepo, request: RangeRequest) -> CheckoutSource:
    repository, now = Repository(Git(made.path, os.environ)), datetime(2026, 1, 1, tzinfo=UTC)
    return CheckoutSource(repository, now, ahead=begin(repository, request, now))


def test_what_was_begun_is_what_is_compared(made: TestRepo) -> None:
    commits = import_trees(made, [files(x=text(b"1")), files(x=text(b"2")), files(y=text(b"3"))])
    request = asked(commits[0], commits[1])
    with closing(begun(made, request)) as source:
        found = source.resolve(request)
        assert (found.base, found.head) == (commits[0], commits[1])
        assert [change.path for change in source.diff(found).files] == ["x"]
        assert [change.path for change in source.diff(found).files] == ["x"]


def test_another_range_than_the_one_begun(made: TestRepo) -> None:
    commits = import_trees(made, [files(x=text(b"1")), files(x=text(b"2")), files(y=text(b"3"))])
    with closing(begun(made, asked(commits[0], commits[1]))) as source:
        other = source.resolve(asked(commits[1], commits[2]))
        assert {change.path for change in source.diff(other).files} == {"x", "y"}


def test_git_is_ended_when_nobody_asks_for_what_was_begun(made: TestRepo) -> None:
    commits = import_trees(made, [{}, files(x=text(b"2"))])
    begun(made, asked(commits[0], commits[1])).close()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_git_is_ended_when_the_range_has_no_address(
    made: TestRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    commits = import_trees(made, [{}, files(x=text(b"2"))])
    monkeypatch.setattr(Repository, "web_address", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        begun(made, asked(commits[0], commits[1]))
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def many(made: TestRepo) -> tuple[str, str]:
    """Return two commits between which nine files come, one changes and one goes."""
    head = {f"d/{number}".encode(): text(b"new\n") for number in range(9)}
    base = {
        b"a": text(b"old\n"),
        b"z": text(b"gone\n"),
        b".gitattributes": text(b"a linguist-generated\n"),
    }
    kept = {b"a": text(b"new\n"), b".gitattributes": base[b".gitattributes"]}
    first, second = import_trees(made, [base, kept | head])
    return first, second


def test_of_too_many_files_the_first_are_compared_and_the_others_counted(made: TestRepo) -> None:
    with closing(CheckoutSource(Repository(Git(made.path, os.environ)), most_files=4)) as source:
        found = source.diff(direct(*many(made)))
        assert [change.path for change in found.files] == ["a", "d/0", "d/1", "d/2"]
        assert found.unlisted == 7
        assert [(change.additions, change.deletions) for change in found.files] == [
            (1, 1),
            *[(1, 0)] * 3,
        ]
        assert found.files[0].generated == "generated", "attributes of the base hold"
        assert source.read(Side.BASE, b"a") == b"old\n"


def test_as_many_files_as_are_compared_are_all_of_them(made: TestRepo) -> None:
    with closing(CheckoutSource(Repository(Git(made.path, os.environ)), most_files=11)) as source:
        found = source.diff(direct(*many(made)))
    assert (len(found.files), found.unlisted) == (11, 0)


def test_a_list_of_files_without_end_is_not_kept(
    made: TestRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printed, "LARGEST_LISTING", 1000)
    monkeypatch.setattr(some_files, "MOST_BYTES", 400)
    monkeypatch.setattr(some_files, "_CHUNK", 250)
    with closing(CheckoutSource(Repository(Git(made.path, os.environ)))) as source:
        found = source.diff(direct(*many(made)))
    assert len(found.files) + found.unlisted == 11
    assert 1 <= len(found.files) < 5


def test_what_git_cannot_list_is_an_error(made: TestRepo) -> None:
    base, _ = many(made)
    with pytest.raises(EnvironmentFailure, match="could not list the files"):
        some_files.first_listed(Git(made.path, os.environ), base, "f" * 40, 3)


def test_trees_that_cannot_be_written_are_an_error(made: TestRepo, tmp_path: Path) -> None:
    broken = FileChange(path_bytes=b"a", status=Status.ADDED, new_mode="100644", new_id="no id")
    with pytest.raises(EnvironmentFailure, match="could not write the trees"):
        some_files.trees_of(Git(made.path, os.environ), tmp_path, [broken])


def test_a_comparison_without_end_is_ended(
    made: TestRepo, source: CheckoutSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkout, "LONGEST_DIFF", -1)
    monkeypatch.setattr(diffing.RunningDiff, "at_work", lambda running, patience: True)
    base = made.commit()
    with pytest.raises(EnvironmentFailure, match="has not come to its end"):
        source.diff(direct(base, "HEAD"))
