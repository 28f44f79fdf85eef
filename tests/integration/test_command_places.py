"""The command from end to end: where one stands, what is compared, when, and how paths are printed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import diff_insight
from support.command import Command, Ran
from support.docs import docs_repository, lines, read
from support.repos import TestRepo


@pytest.fixture
def docs(tmp_path: Path) -> TestRepo:
    return docs_repository(tmp_path / "docs")


def in_checkout(command: Command, repo: TestRepo, *words: str) -> Ran:
    """Run the command inside the checkout itself."""
    command.folder = repo.path
    return command("report", *words)


@pytest.mark.parametrize("encoding", ["ascii", "utf-8"])
def test_paths_are_printed_as_the_files_are_called(
    docs: TestRepo, tmp_path: Path, encoding: str
) -> None:
    name = "日本\udcff"
    words = ["report", "--repo", str(docs.path), "--output", f"{name}.html", "-q"]
    done = subprocess.run(
        [sys.executable, "-m", "diff_insight", *words],
        check=True,
        capture_output=True,
        cwd=tmp_path,
        env=os.environ
        | {"PYTHONPATH": str(Path(diff_insight.__file__).parents[1]), "PYTHONIOENCODING": encoding},
    )
    assert done.stdout == os.fsencode(f"{name}.md\n")
    assert (tmp_path / f"{name}.md").is_file()


def test_in_a_folder_of_the_checkout(command: Command, docs: TestRepo) -> None:
    docs.write({".github/diff-insight.yml": "exclude: ['*.png']\noutput: out/{category}\n"})
    top = in_checkout(command, docs, "HEAD~1..HEAD")
    assert lines(top) == ["out/all.md"]
    whole = read(top, "out/all.md")
    command.folder = docs.path / "articles" / "search"
    ran = command("report", "HEAD~1..HEAD")
    # The config file is that of the checkout; paths are below where one stands.
    assert lines(ran) == ["out/all.md"]
    assert read(ran, "out/all.md") == whole
    assert "README.md" in whole


def test_the_last_commit_of_the_default_branch_or_all_of_a_branch(
    command: Command, docs: TestRepo
) -> None:
    on_main = command("report", "--repo", str(docs.path), "--output", "main.md")
    assert "4 files changed" in on_main.err
    docs.git("switch", "-q", "-c", "topic", "HEAD~1")
    for number in range(2):
        docs.write({f"n{number}.md": "# N\n"})
        docs.commit("topic")
    on_branch = command("report", "--repo", str(docs.path), "--output", "branch.md")
    assert "2 files changed" in on_branch.err
    named = command("report", "main...topic", "--repo", str(docs.path), "--output", "branch.md")
    assert read(named, "branch.md") == read(on_branch, "branch.md")
    assert named.files == ["branch.md", "main.md"]


def test_bare_repository_and_worktree(command: Command, docs: TestRepo, tmp_path: Path) -> None:
    plain = command("report", "HEAD~1..HEAD", "--repo", str(docs.path), "--output", "plain.md")
    docs.git("clone", "-q", "--bare", str(docs.path), str(tmp_path / "bare.git"))
    docs.git("worktree", "add", "-q", "--detach", str(tmp_path / "tree"), "HEAD")
    for place in ("bare.git", "tree"):
        ran = command("report", "HEAD~1..HEAD", "--repo", str(tmp_path / place), "--output", "x.md")
        assert lines(ran) == ["x.md"]
        written = read(ran, "x.md")
        if place == "tree":
            assert written == read(plain, "plain.md")
        else:  # its origin is a path, which is no web address
            assert "permalink: ''" in written
            assert "September 1, 2025" in written
        (ran.folder / "x.md").unlink()


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ((), "2025-06-12"),
        (("--timezone", "Asia/Tokyo"), "2025-06-12"),
        (("--timezone", "Pacific/Kiritimati"), "2025-06-13"),
        (("--timezone", "Pacific/Pago_Pago"), "2025-06-11"),
        (("--date", "2024-02-29"), "2024-02-29"),
        (("--date", "2024-02-29", "--timezone", "Pacific/Kiritimati"), "2024-02-29"),
    ],
)
def test_dates(command: Command, docs: TestRepo, words: tuple[str, ...], day: str) -> None:
    # The head was committed at 10:00 UTC on June 12, 2025.
    ran = command("report", "--repo", str(docs.path), "--output", "%Y/%m/%d", *words)
    assert lines(ran) == [f"{day.replace('-', '/')}.md"]
    assert f"date: '{day}'" in read(ran, lines(ran)[0])


def test_a_diff_needs_no_repository(command: Command, docs: TestRepo) -> None:
    patch = docs.git("diff", "HEAD~1", "HEAD")
    ids = [docs.git("rev-parse", name).decode().strip() for name in ("HEAD~1", "HEAD")]
    ran = command(
        "report", "--diff", "-", "--repo", "example/docs", "--base", ids[0], "--head", ids[1],
        "--date", "2025-06-12", stdin=patch,
    )  # fmt: skip
    written = read(ran, lines(ran)[0])
    assert f"example/docs/compare/example:{ids[0][:7]}...example:{ids[1][:7]}" in written
    assert "September 1, 2025" in written


def test_as_a_module(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "diff_insight", "--version"],
        check=True,
        capture_output=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(diff_insight.__file__).parents[1])},
    )
    assert done.stdout.decode() == f"diff-insight {diff_insight.__version__}\n"
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("origin", "link"),
    [
        ("git@gitlab.com:group/sub/docs.git", "https://gitlab.com/group/sub/docs/-/"),
        ("https://codeberg.org/octo/docs.git", ""),
    ],
)
def test_links_are_pages_of_the_host(
    command: Command, docs: TestRepo, origin: str, link: str
) -> None:
    docs.git("config", "remote.origin.url", origin)
    ran = command("report", "HEAD~1..HEAD", "--repo", str(docs.path), "--output", "-")
    assert ("View Diff on GitLab" in ran.out) is bool(link)
    assert "View Diff on GitHub" not in ran.out
    assert (link in ran.out) if link else ("https://codeberg.org" not in ran.out)
