"""Sealed files: what comes back is what was put, nothing else is believed, and there is no more than fits."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from diff_insight.runtime.sealed_folder import Room, SealedFolder

ROOM = Room(largest=100, total=500, files=10)


def key(number: int) -> str:
    return f"{number:064x}"


def kept(folder: Path, seal: str = "s", purpose: str = "things", room: Room = ROOM) -> SealedFolder:
    return SealedFolder(folder, purpose, seal, suffix=".kept", room=room)


def aged(folder: Path, number: int, seconds: int) -> None:
    path = folder / key(number)[:2] / f"{key(number)[2:]}.kept"
    os.utime(path, (seconds, seconds))


def test_only_the_same_secret_and_purpose_open_it(tmp_path: Path) -> None:
    kept(tmp_path).put(key(1), b"one")
    assert kept(tmp_path).get(key(1)) == b"one"
    assert kept(tmp_path).get(key(2)) is None
    assert kept(tmp_path, seal="other").get(key(1)) is None
    assert kept(tmp_path, purpose="others").get(key(1)) is None


@pytest.mark.parametrize("value", [b"", b"x" * 101])
def test_nothing_and_too_much_are_not_kept(tmp_path: Path, value: bytes) -> None:
    kept(tmp_path).put(key(1), value)
    assert not list(tmp_path.iterdir())


def test_what_was_not_read_for_longest_goes(tmp_path: Path) -> None:
    folder = kept(tmp_path)
    for number in range(3):
        folder.put(key(number), b"x" * 90)
        aged(tmp_path, number, 1_000 + number)
    assert folder.get(key(0)) is not None  # and is the youngest now
    folder.put(key(3), b"x" * 90)
    assert [number for number in range(4) if folder.get(key(number))] == [0, 3]
    again = kept(tmp_path)
    again.put(key(4), b"x" * 90)
    assert [number for number in range(5) if again.get(key(number))] == [0, 3, 4]


def test_there_are_not_more_files_than_fit(tmp_path: Path) -> None:
    folder = kept(tmp_path, room=Room(largest=100, total=10_000, files=4))
    for number in range(30):
        folder.put(key(number << 250), b"x")
    assert sum(path.is_file() for path in tmp_path.rglob("*")) <= 4


def test_nothing_else_is_ever_removed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (outside / "ab").mkdir(parents=True)
    foreign = [
        outside / "ab" / f"{'c' * 62}.kept",
        tmp_path / "in" / "note.txt",
        tmp_path / "in/ab/note.kept",
    ]
    for path in foreign:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"y" * 400)
    (tmp_path / "in/cd").symlink_to(outside / "ab")
    folder = kept(tmp_path / "in", room=Room(largest=100, total=100, files=1))
    for number in range(4):
        folder.put(key(number), b"x" * 90)
    assert all(path.exists() for path in foreign)
    assert folder.get(key(3)) is None or folder.get(key(2)) is None


def test_a_folder_that_is_a_file_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"in the way")
    kept(tmp_path / "file").put(key(1), b"one")
    assert kept(tmp_path / "file").get(key(1)) is None
