"""Files below a folder: what is there is read and written, and no link on the way is followed."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

import pytest

from diff_insight.runtime.inside import LinkError, open_inside, read_inside, write_inside

PLACE = PurePath("a/b/c.txt")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with a secret beside it."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/c.txt").write_text("SECRET", "utf-8")
    (tmp_path / "root/a/b").mkdir(parents=True)
    return tmp_path / "root"


def test_what_is_written_is_read_again(root: Path) -> None:
    write_inside(root, PurePath("x/y/z.txt"), [b"one", b"two"])
    assert read_inside(root, PurePath("x/y/z.txt"), limit=100) == b"onetwo"
    assert read_inside(root, PurePath("x/y/z.txt"), limit=4) == b"onet"
    write_inside(root, root / "x/y/z.txt", [b"again"])
    assert read_inside(root, root / "x/y/z.txt", limit=100) == b"again"
    assert os.listdir(root / "x/y") == ["z.txt"]


def test_what_is_not_there_is_nothing(root: Path) -> None:
    (root / "file").write_text("", "utf-8")
    for path in ("none", "a/none", "a/none/none", "file/below"):
        assert read_inside(root, PurePath(path), limit=1) is None


@pytest.mark.parametrize("step", ["a", "a/b", "a/b/c.txt"])
@pytest.mark.parametrize("target", ["outside", "absolute", "inside", "nowhere"])
def test_no_step_may_be_a_link(root: Path, step: str, target: str) -> None:
    goals = {"outside": "../" * (step.count("/") + 1) + "outside", "absolute": str(root.parent / "outside"),
             "inside": ".", "nowhere": "missing"}  # fmt: skip
    link = root / step
    if link.is_dir():
        link.rename(root / "moved")
    link.symlink_to(goals[target])
    with pytest.raises(LinkError):
        read_inside(root, PLACE, limit=10)
    if step != str(PLACE):
        with pytest.raises(LinkError):
            write_inside(root, PLACE, [b"x"])
    else:  # a link at the end is replaced, and its target stays as it is
        write_inside(root, PLACE, [b"x"])
        assert not link.is_symlink()
    assert (root.parent / "outside/c.txt").read_text("utf-8") == "SECRET"
    assert len(list((root.parent / "outside").iterdir())) == 1


def test_only_regular_files_are_read_and_a_pipe_is_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "pipe")
    for path in ("pipe", "a"):
        with pytest.raises(OSError, match=r"."), open_inside(root, PurePath(path)):
            pass
    with pytest.raises(LinkError), open_inside(Path("/"), PurePath("dev/zero")):
        pass


@pytest.mark.parametrize("path", ["../outside/c.txt", "a/../../outside/c.txt", "..", "."])
def test_no_path_climbs(root: Path, path: str) -> None:
    with pytest.raises(LinkError):
        read_inside(root, PurePath(path), limit=10)
    with pytest.raises(LinkError):
        write_inside(root, PurePath(path), [b""])


def test_half_a_file_is_never_seen(root: Path) -> None:
    def pieces() -> list[bytes]:
        raise MemoryError

    with pytest.raises(MemoryError):
        write_inside(root, PLACE, (piece for piece in pieces()))
    assert not list((root / "a/b").iterdir())
