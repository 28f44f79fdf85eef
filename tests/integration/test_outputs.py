"""Where reports end up: whole or not at all, over their own range only, and nothing on a dry run."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from support.command import Command
from support.repos import TestRepo

_PLACE = "reports/202506/en_US/report-20250612-all.md"


def short(repo: TestRepo, revision: str = "HEAD") -> str:
    return repo.git("rev-parse", revision).decode()[:7]


def test_a_report_of_the_same_range_replaces_its_file(command: Command, repo: TestRepo) -> None:
    first = command("report", "HEAD~1..HEAD", "--repo", str(repo.path))
    before = (command.folder / _PLACE).read_text()
    again = command("report", "HEAD~1..main", "--repo", str(repo.path), "--notice", "Something new")
    assert first.out == again.out == f"{_PLACE}\n"
    assert again.files == [_PLACE]
    after = (command.folder / _PLACE).read_text()
    assert "Something new" in after
    assert "Something new" not in before


def test_a_report_of_another_range_gets_a_name_of_its_own(command: Command, repo: TestRepo) -> None:
    command("report", "HEAD~1..HEAD", "--repo", str(repo.path))
    whole = (command.folder / _PLACE).read_bytes()
    repo.write({"guide.md": "# Guide\n\nThird text.\n"})
    repo.commit("third")
    second = _PLACE.replace("-all", f"-all-{short(repo)}")
    for _ in range(2):  # again: the same name again
        ran = command("report", "HEAD~1..HEAD", "--repo", str(repo.path))
        assert ran.out == f"{second}\n"
    third = _PLACE.replace("-all", f"-all-{short(repo)}-{short(repo, 'HEAD~2')}")
    ran = command("report", "HEAD~2..HEAD", "--repo", str(repo.path))
    assert ran.out == f"{third}\n"
    assert ran.files == sorted([_PLACE, second, third])
    assert (command.folder / _PLACE).read_bytes() == whole


@pytest.mark.parametrize("name", ["markdown", "html", "json"])
def test_every_format_knows_its_own_range(command: Command, repo: TestRepo, name: str) -> None:
    options = ("--repo", str(repo.path), "--format", name)
    first = command("report", "HEAD~1..HEAD", *options).out
    assert command("report", "HEAD~1..HEAD", *options).out == first
    other = command("report", "HEAD..HEAD~1", *options)
    assert other.out != first
    assert len(other.files) == 2


@pytest.mark.parametrize("content", [b"mine", b"\xff\0", b"<!-- diff-insight range-id=0 -->"])
def test_a_foreign_file_stays(command: Command, repo: TestRepo, content: bytes) -> None:
    (command.folder / _PLACE).parent.mkdir(parents=True)
    (command.folder / _PLACE).write_bytes(content)
    ran = command("report", "HEAD~1..HEAD", "--repo", str(repo.path))
    assert ran.out == _PLACE.replace("-all", f"-all-{short(repo)}") + "\n"
    assert (command.folder / _PLACE).read_bytes() == content


def test_a_folder_at_the_place(command: Command, repo: TestRepo) -> None:
    (command.folder / _PLACE).mkdir(parents=True)
    ran = command("report", "HEAD~1..HEAD", "--repo", str(repo.path))
    assert ran.files == [_PLACE.replace("-all", f"-all-{short(repo)}")]


def test_a_dry_run_prints_the_same_and_writes_nothing(command: Command, repo: TestRepo) -> None:
    options = (
        "report",
        "HEAD~1..HEAD",
        "--repo",
        str(repo.path),
        "--locale",
        "en,ja",
        "--format",
        "markdown,json",
    )
    dry = command(*options, "--dry-run")
    assert (dry.code, dry.files) == (0, [])
    wet = command(*options)
    assert wet.out == dry.out
    assert sorted(wet.out.split()) == wet.files
    # Also when names are taken by now.
    other = ("report", "HEAD..HEAD~1", *options[2:])
    assert command(*other, "--dry-run").out == command(*other).out != wet.out


def test_labels_cannot_leave_the_folder(command: Command, repo: TestRepo, tmp_path: Path) -> None:
    diff = tmp_path / "x.diff"
    diff.write_bytes(repo.git("diff", "HEAD~1", "HEAD"))
    options = (
        "report",
        "--diff",
        str(diff),
        "--repo",
        "o/r",
        "--date",
        "2025-06-12",
        "--output",
        "x.md",
    )
    assert command(*options, "--base", "../..", "--head", "a/b").out == "x.md\n"
    assert command(*options, "--base", "../..", "--head", "../c").out == "x----c.md\n"
    ran = command(*options, "--base", "/etc", "--head", "../c")
    assert ran.out == "x----c--etc.md\n"
    assert ran.files == ["x----c--etc.md", "x----c.md", "x.md"]


@pytest.mark.parametrize("place", ["taken/x.md", "taken/sub/x.md"])
def test_a_path_through_a_file(command: Command, repo: TestRepo, place: str) -> None:
    (command.folder / "taken").write_text("mine")
    ran = command("report", "HEAD~1..HEAD", "--repo", str(repo.path), "--output", place)
    ran.refused(1, "could not be written", place, "--output")
    assert ran.files == ["taken"]


def test_an_unwritable_folder(command: Command, repo: TestRepo) -> None:
    ran = command("report", "HEAD~1..HEAD", "--repo", str(repo.path), "--output", "/proc/self/x.md")
    ran.refused(1, "could not be written", "/proc/self/x.md")
    long_name = "x" * 300 + ".md"
    ran = command("report", "HEAD~1..HEAD", "--repo", str(repo.path), "--output", long_name)
    ran.refused(1, "could not be written", "File name too long")
    assert ran.files == []


@contextmanager
def small_files() -> Iterator[None]:
    """Let the system refuse files above one kilobyte: what a full disk does, without a disk.

    Only around the call: the log of the test run may be a file too.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_report_that_does_not_fit_leaves_nothing(command: Command, repo: TestRepo) -> None:
    with small_files():
        ran = command("report", "HEAD~1..HEAD", "--repo", str(repo.path), "--output", "x.md")
    ran.refused(1, "the report 'x.md' could not be written: File too large")
    assert ran.files == []


def test_an_older_report_stays_whole(command: Command, repo: TestRepo) -> None:
    command("report", "HEAD~1..HEAD", "--repo", str(repo.path), "--output", "x.md")
    before = (command.folder / "x.md").read_bytes()
    with small_files():
        ran = command("report", "HEAD~1..HEAD", "--repo", str(repo.path), "--output", "x.md")
    assert ran.code == 1
    assert ran.files == ["x.md"]
    assert (command.folder / "x.md").read_bytes() == before


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with no room left for a report."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip("only root can mount a small disk")
    (place / "filler").write_bytes(b"x" * 8000)
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk(command: Command, repo: TestRepo, full_disk: Path) -> None:
    repo.write({"long.md": "".join(f"# Chapter {number}\n\nText.\n\n" for number in range(900))})
    repo.commit("long")
    ran = command(
        "report", "HEAD~1..HEAD", "--repo", str(repo.path), "--output", str(full_disk / "x.md")
    )
    ran.refused(1, "could not be written: No space left on device", "full", "--output")
    assert os.listdir(full_disk) == ["filler"]


def test_no_room_for_temporary_files(
    command: Command, repo: TestRepo, full_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.write({"long.md": "".join(f"# Chapter {number}\n\nText.\n\n" for number in range(900))})
    repo.commit("long")
    monkeypatch.setattr("tempfile.tempdir", str(full_disk))
    ran = command("report", "HEAD~1..HEAD", "--repo", str(repo.path))
    ran.refused(1, "could not write to the temporary directory", "TMPDIR")
    text = repo.git("diff", "HEAD~1", "HEAD")
    ran = command("report", "--diff", "-", stdin=text)
    ran.refused(1, "No space left on device", "TMPDIR")
    assert ran.files == []


def start(repo: TestRepo, folder: Path, *options: str, stdout: int) -> subprocess.Popen[bytes]:
    """Start the command as a process of its own."""
    words = ["report", "HEAD~1..HEAD", "--repo", str(repo.path), *options]
    return subprocess.Popen(
        [sys.executable, "-m", "diff_insight", *words],
        cwd=folder,
        stdout=stdout,
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize("output", ["-", "x.md"])
def test_a_reader_that_has_gone(command: Command, repo: TestRepo, output: str) -> None:
    end, pipe = os.pipe()
    os.close(end)
    with start(repo, command.folder, "--output", output, stdout=pipe) as process:
        os.close(pipe)
        _, said = process.communicate()
    assert process.returncode == 0
    assert b"Traceback" not in said
    assert b"Exception" not in said


def test_standard_output_on_a_full_disk(command: Command, repo: TestRepo) -> None:
    with (
        open("/dev/full", "wb") as full,
        start(repo, command.folder, "--output", "-", stdout=full.fileno()) as process,
    ):
        _, said = process.communicate()
    assert process.returncode == 1
    assert b"error: the system refused: No space left on device" in said
    assert b"Traceback" not in said
    assert b"Exception" not in said


def test_an_interruption_leaves_no_half_report(
    command: Command, repo: TestRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> Iterator[str]:
        yield "half\n" * 10_000
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("diff_insight.render.classic.render_classic", interrupted)
    # A shell that starts something in the background has it ignore interrupts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        ran = command("report", "HEAD~1..HEAD", "--repo", str(repo.path))
    finally:
        signal.signal(signal.SIGINT, before)
    assert (ran.code, ran.out, ran.files) == (130, "", [])
    assert "interrupted" in ran.err
    assert "Traceback" not in ran.err
