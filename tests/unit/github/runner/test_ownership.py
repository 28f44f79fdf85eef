"""Only what was made below the workspace is given away, and no link leads out of it."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

import pytest

from diff_insight.github.runner.host import RunnerHost
from diff_insight.github.runner.ownership import chown_entry, give

ME = os.geteuid()


class Given:
    """Records who was given what, by the place of the directory and the name."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.owners: set[tuple[int, int]] = set()

    def __call__(self, name: str, user: int, group: int, directory: int) -> None:
        self.paths.append(f"{os.readlink(f'/proc/self/fd/{directory}')}/{name}")
        self.owners.add((user, group))


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    made = tmp_path / "workspace"
    (made / "reports" / "en_US").mkdir(parents=True)
    (made / "reports" / "en_US" / "a.md").write_text("a")
    return made


def given_in(workspace: Path, *paths: PurePath, maker: int = ME) -> list[str]:
    found = Given()
    give(str(workspace), paths, maker=maker, chown=found)
    owner = workspace.stat()
    assert found.owners <= {(owner.st_uid, owner.st_gid)}
    top = f"{workspace.resolve()}/"
    assert all(path.startswith(top) for path in found.paths)
    return [path.removeprefix(top) for path in found.paths]


def test_a_file_is_given_with_the_directories_above_it(workspace: Path) -> None:
    path = workspace / "reports" / "en_US" / "a.md"
    assert given_in(workspace, path) == ["reports", "reports/en_US", "reports/en_US/a.md"]


def test_a_relative_path_is_below_the_current_directory(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace / "reports")
    assert given_in(workspace, PurePath("en_US/a.md"))[-1] == "reports/en_US/a.md"


def test_a_workspace_may_be_named_by_a_link(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = workspace.parent / "link"
    link.symlink_to(workspace)
    found = Given()
    give(str(link), [link / "reports", workspace / "reports" / "en_US"], maker=ME, chown=found)
    assert [path.rpartition("/")[2] for path in found.paths] == ["reports", "reports", "en_US"]


def test_what_somebody_else_has_made_stays_theirs(workspace: Path) -> None:
    assert given_in(workspace, workspace / "reports" / "en_US" / "a.md", maker=ME + 1) == []


def test_nothing_outside_is_given(workspace: Path) -> None:
    outside = workspace.parent / "outside.md"
    outside.write_text("outside")
    assert given_in(workspace, outside, workspace / ".." / "outside.md", workspace) == []


def test_no_link_is_followed(workspace: Path) -> None:
    outside = workspace.parent / "outside"
    outside.mkdir()
    (outside / "a.md").write_text("outside")
    (workspace / "folder").symlink_to(outside)
    (workspace / "file.md").symlink_to(outside / "a.md")
    (workspace / "inner.md").symlink_to(workspace / "reports" / "en_US" / "a.md")
    paths = ("folder/a.md", "folder", "file.md", "inner.md")
    assert given_in(workspace, *(workspace / path for path in paths)) == []


def test_a_file_with_a_second_name_is_not_given(workspace: Path) -> None:
    outside = workspace.parent / "outside.md"
    outside.write_text("outside")
    os.link(outside, workspace / "linked.md")
    assert given_in(workspace, workspace / "linked.md") == []


def test_what_is_missing_or_refused_ends_nothing(workspace: Path) -> None:
    path = workspace / "reports" / "en_US" / "a.md"
    assert given_in(workspace, workspace / "gone" / "x.md", path)[-1] == "reports/en_US/a.md"
    asked = []

    def refuse(name: str, user: int, group: int, directory: int) -> None:
        asked.append(name)
        raise PermissionError

    give(str(workspace), [path, path], maker=ME, chown=refuse)
    assert asked == ["reports", "reports"]
    give(str(workspace / "gone"), [path], maker=ME, chown=refuse)
    assert len(asked) == 2


def test_a_link_is_never_followed_by_the_system_either(workspace: Path) -> None:
    target = workspace.parent / "target"
    target.write_text("x")
    (workspace / "link").symlink_to(target)
    before = target.stat().st_ctime_ns
    directory = os.open(workspace, os.O_RDONLY)
    try:
        chown_entry("link", ME, os.getegid(), directory)
    finally:
        os.close(directory)
    assert target.stat().st_ctime_ns == before


def test_nothing_is_tried_without_root(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workspace / "reports" / "en_US" / "a.md"
    before = path.stat()
    monkeypatch.setattr(os, "geteuid", lambda: 1001)
    RunnerHost({"GITHUB_WORKSPACE": str(workspace)}).give_to_workspace_owner([path])
    assert path.stat() == before


@pytest.mark.skipif(ME != 0, reason="only root can give files away")
def test_root_gives_to_the_owner_of_the_workspace(workspace: Path) -> None:
    os.chown(workspace, 1001, 127)
    path = workspace / "reports" / "en_US" / "a.md"
    RunnerHost({"GITHUB_WORKSPACE": str(workspace)}).give_to_workspace_owner([path])
    for place in (path, path.parent, path.parent.parent):
        assert (place.stat().st_uid, place.stat().st_gid) == (1001, 127)
