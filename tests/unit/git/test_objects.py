"""Blobs through one git process: any size, missing ones, other kinds, and a process that ends."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from diff_insight.errors import EnvironmentFailure
from diff_insight.git.command import Git
from diff_insight.git.objects import BlobReader, missing_objects
from support.repos import TestRepo

_CONTENTS = (b"", b"text\n", b"\0\xff\r\n", b"no end", b"x" * 3_000_000, b"missing\n" * 9)


@pytest.fixture
def made(tmp_path: Path) -> TestRepo:
    repo = TestRepo(tmp_path / "repo")
    repo.write({f"file{number}": content for number, content in enumerate(_CONTENTS)})
    repo.commit()
    return repo


@pytest.fixture
def reader(made: TestRepo) -> Iterator[BlobReader]:
    opened = BlobReader(Git(made.path, os.environ))
    yield opened
    opened.close()
    opened.close()


def id_of(made: TestRepo, name: str) -> str:
    return made.git("rev-parse", name).decode().strip()


def test_every_content_comes_back(made: TestRepo, reader: BlobReader) -> None:
    ids = [id_of(made, f"HEAD:file{number}") for number in range(len(_CONTENTS))]
    for _ in range(2):
        assert [reader.read(object_id) for object_id in ids] == list(_CONTENTS)


@pytest.mark.parametrize("name", ["HEAD", "HEAD^{tree}"])
def test_only_blobs_have_content(made: TestRepo, reader: BlobReader, name: str) -> None:
    assert reader.read(id_of(made, name)) is None
    assert reader.read(id_of(made, "HEAD:file1")) == b"text\n"


def test_missing_and_large_ones_do_not_disturb_the_next(made: TestRepo, reader: BlobReader) -> None:
    assert reader.read("1" * 40) is None
    assert reader.read(id_of(made, "HEAD:file4"), limit=2_999_999) is None
    assert reader.read(id_of(made, "HEAD:file4"), limit=3_000_000) == _CONTENTS[4]
    assert reader.read(id_of(made, "HEAD:file1")) == b"text\n"


def test_a_partial_clone_cannot_end_the_reading(made: TestRepo, tmp_path: Path) -> None:
    made.git("config", "uploadpack.allowFilter", "true")
    place = tmp_path / "partial"
    made.git(
        "clone", "-q", "--filter=blob:none", "--no-checkout", f"file://{made.path}", str(place)
    )
    made.git("-C", str(place), "cat-file", "blob", "HEAD:file1")
    ids = [id_of(made, f"HEAD:file{number}") for number in range(len(_CONTENTS))]
    shutil.move(made.path, tmp_path / "gone")
    reader = BlobReader(Git(place, os.environ))
    found = [reader.read(object_id) for object_id in ids]
    reader.close()
    assert found == [b"text\n" if number == 1 else None for number in range(len(ids))]
    missing = missing_objects(Git(place, os.environ), "HEAD")
    assert missing == set(ids) - {ids[1]}


def test_a_helper_asks_a_process_of_its_own(made: TestRepo, reader: BlobReader) -> None:
    wanted = id_of(made, "HEAD:file1")
    assert reader.read(wanted) == b"text\n"
    pid = os.fork()
    if pid == 0:
        os._exit(0 if reader.read(wanted) == b"text\n" else 1)
    assert os.waitpid(pid, 0)[1] == 0
    assert reader.read(wanted) == b"text\n"


def test_without_git(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailure, match="git could not be started"):
        BlobReader(Git(tmp_path, {"PATH": str(tmp_path)})).read("1" * 40)


def test_what_comes_next_may_be_announced(made: TestRepo, reader: BlobReader) -> None:
    ids = [id_of(made, f"HEAD:file{number}") for number in range(len(_CONTENTS))]
    reader.expect([ids[1], ids[4], ids[4], ids[2], "1" * 40, ids[3], ids[5]])
    assert reader.read(ids[1]) == _CONTENTS[1]
    assert reader.read(ids[4]) == _CONTENTS[4]
    # What was announced and then not read is passed over; the same object may be asked for twice.
    assert reader.read(ids[3]) == _CONTENTS[3]
    assert reader.read(ids[3]) == _CONTENTS[3]
    reader.expect([ids[5], ids[4]])
    assert reader.read(ids[5], limit=1) is None
    assert reader.read(ids[1]) == _CONTENTS[1]


def test_more_may_be_announced_than_a_pipe_holds(made: TestRepo, reader: BlobReader) -> None:
    ids = [id_of(made, f"HEAD:file{number}") for number in (4, 5)] * 1000
    reader.expect(ids)
    reader.expect(ids)
    assert [reader.read(wanted) for wanted in ids[:100]] == [_CONTENTS[4], _CONTENTS[5]] * 50
