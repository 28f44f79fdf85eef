"""What is typed wrong, and repositories that lack something: message, exit code, no file."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from diff_insight.sources import missing_files
from support.command import Command
from support.repos import TestRepo

_ABSENT = "0123456789abcdef0123456789abcdef01234567"


def clone(origin: TestRepo, place: Path, *options: str) -> Path:
    """Clone over the file protocol, which makes shallow and partial clones."""
    origin.git("config", "uploadpack.allowFilter", "true")
    origin.git("clone", "-q", *options, f"file://{origin.path}", str(place))
    return place


@pytest.mark.parametrize(
    ("range_", "unknown"),
    [
        ("nowhere..HEAD", "nowhere"),
        ("HEAD...v9", "v9"),
        ("..nowhere", "nowhere"),
        ("0123456..HEAD", "0123456"),
        ("a..b...HEAD", "a..b"),
    ],
)
def test_unknown_revision(command: Command, repo: TestRepo, range_: str, unknown: str) -> None:
    ran = command("report", range_, "--repo", str(repo.path))
    ran.refused(2, f"unknown revision '{unknown}'", "git branch -a")
    assert ran.files == []


@pytest.mark.parametrize(
    ("range_", "cure"), [("", "BASE..HEAD"), ("HEAD", "HEAD~1..HEAD"), ("a.b", "BASE..HEAD")]
)
def test_text_that_is_no_range(command: Command, repo: TestRepo, range_: str, cure: str) -> None:
    ran = command("report", range_, "--repo", str(repo.path))
    ran.refused(2, "is not a range", cure)


def test_a_commit_that_was_never_fetched(command: Command, repo: TestRepo) -> None:
    ran = command("report", f"{_ABSENT}..HEAD", "--repo", str(repo.path))
    ran.refused(
        1, f"commit {_ABSENT} is not in this repository", "never fetched", "git fetch origin"
    )
    assert ran.files == []


def test_not_a_repository(command: Command, tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    ran = command("report", "--repo", str(tmp_path / "plain"))
    ran.refused(2, "is not a git repository", "--diff")


@pytest.mark.parametrize("name", ["nowhere", "no/where/else", "a_file"])
def test_missing_directory(command: Command, name: str) -> None:
    (command.folder / "a_file").write_text("text")
    ran = command("report", "--repo", name)
    ran.refused(2, f"there is no directory '{name}'")
    assert ran.files == ["a_file"]


def test_a_repository_without_commits(command: Command, tmp_path: Path) -> None:
    empty = TestRepo(tmp_path / "empty")
    command("report", "--repo", str(empty.path)).refused(2, "this repository has no commit yet")


def test_a_shallow_clone_without_the_base(command: Command, repo: TestRepo, tmp_path: Path) -> None:
    base = repo.git("rev-parse", "HEAD~1").decode().strip()
    place = str(clone(repo, tmp_path / "shallow", "--depth=1"))
    for named in (f"{base}..HEAD", "HEAD~1..HEAD", "main^^...HEAD"):
        ran = command("report", named, "--repo", place)
        ran.refused(1, "is not in this repository", "the clone is shallow", "fetch-depth: 0")
        assert ran.files == []
    # Nothing is typed: the last commit is meant, and its parent is not there.
    ran = command("report", "--repo", place)
    ran.refused(1, f"commit {base}", "the clone is shallow", f"git fetch origin {base}")


def test_a_shallow_clone_without_merge_base(
    command: Command, repo: TestRepo, tmp_path: Path
) -> None:
    repo.git("switch", "-q", "-c", "topic", "HEAD~1")
    repo.write({"guide.md": "# Guide\n\nOther text.\n"})
    repo.commit("topic")
    place = clone(repo, tmp_path / "shallow", "--depth=1", "--no-single-branch")
    ran = command("report", "origin/main...origin/topic", "--repo", str(place))
    ran.refused(1, "no merge base", "git fetch --unshallow", "BASE..HEAD")
    assert ran.files == []
    assert command("report", "origin/main..origin/topic", "--repo", str(place)).code == 0


def _line(repo: TestRepo, name: str, count: int) -> None:
    for number in range(count):
        repo.write({f"{name}{number}.md": f"# {name} {number}\n"})
        repo.commit(f"{name} {number}")


def test_a_shallow_clone_that_hides_the_nearest_merge_base(
    command: Command, repo: TestRepo, tmp_path: Path
) -> None:
    """An old branch that was merged leads to an older ancestor, past the one that is cut off."""
    repo.git("branch", "old")
    repo.git("switch", "-q", "-c", "topic")
    _line(repo, "topic", 1)
    repo.git("switch", "-q", "main")
    _line(repo, "early", 4)
    repo.git("switch", "-q", "topic")
    repo.git("merge", "-q", "main", "-m", "back")
    repo.git("switch", "-q", "old")
    _line(repo, "old", 1)
    repo.git("switch", "-q", "main")
    _line(repo, "late", 3)
    repo.git("merge", "-q", "old", "-m", "old")
    cut = TestRepo(tmp_path / "cut")
    for branch, depth in (("topic", 10), ("main", 3)):
        ref = f"{branch}:refs/remotes/origin/{branch}"
        cut.git("fetch", "-q", f"--depth={depth}", f"file://{repo.path}", ref)
    range_ = "origin/main...origin/topic"
    ran = command("report", range_, "--repo", str(cut.path))
    ran.refused(1, "no merge base", "git fetch --unshallow")
    cut.git("fetch", "-q", "--unshallow", f"file://{repo.path}")
    ran = command("report", range_, "--repo", str(cut.path), "--output", "-", "--format", "json")
    assert [file["path"] for file in json.loads(ran.out)["files"]] == ["topic0.md"]


def test_unrelated_histories(command: Command, repo: TestRepo) -> None:
    repo.git("switch", "-q", "--orphan", "other")
    repo.write({"other.md": "# Other\n"})
    repo.commit("other")
    ran = command("report", "main...other", "--repo", str(repo.path))
    ran.refused(2, "no common history", "BASE..HEAD")
    assert ran.files == []
    ran = command("report", "main..other", "--repo", str(repo.path))
    assert (ran.code, len(ran.files)) == (0, 1)


def test_an_empty_range(command: Command, repo: TestRepo) -> None:
    for named in ("HEAD..HEAD", "HEAD...HEAD~1"):
        ran = command("report", named, "--repo", str(repo.path))
        assert (ran.code, ran.out, ran.files) == (0, "", [])
        assert "nothing changed" in ran.err


@pytest.mark.parametrize(
    "words",
    [
        ["--base=--output=x"],
        ["--head=--output=x"],
        ["--base=-O/dev/null", "--head=HEAD"],
        ["--", "--upload-pack=touch ran;..HEAD"],
        ["--", "--exec=touch ran..."],
        ["--base=:(top)x"],
        ["--base=HEAD --output=x"],
        ["--base="],
        ["--base=HEAD\n--output=x"],
        ["--base=$(touch ran)"],
    ],
)
def test_a_revision_that_looks_like_an_option(
    command: Command, repo: TestRepo, words: list[str]
) -> None:
    before = sorted(os.listdir(repo.path))
    ran = command("report", "--repo", str(repo.path), *words)
    ran.refused(2, "unknown revision")
    assert ran.files == []
    assert sorted(os.listdir(repo.path)) == before


def test_git_is_not_installed(command: Command, repo: TestRepo) -> None:
    ran = command("report", "--repo", str(repo.path), environ={"PATH": str(command.folder)})
    ran.refused(1, "git could not be started", "install git")


@pytest.mark.parametrize("bare", [False, True])
def test_a_partial_clone_reports_what_it_has(
    command: Command,
    repo: TestRepo,
    tmp_path: Path,
    bare: bool,  # noqa: FBT001
) -> None:
    repo.write({"data/numbers.txt": "9\n", "guide.md": "# Guide\n\nLast text.\n", "odd [*] é": "x"})
    repo.commit("third")
    kind = "--bare" if bare else "--no-checkout"
    place = clone(repo, tmp_path / "partial", "--filter=blob:none", kind)
    for commit in ("HEAD~1", "HEAD"):
        repo.git("-C", str(place), "cat-file", "blob", f"{commit}:data/numbers.txt")
    shutil.move(repo.path, tmp_path / "gone")  # nothing can be fetched any more
    (place / "data").mkdir(exist_ok=True)
    ran = command(
        "report", "HEAD~1..HEAD", "--repo", str(place / "data"), "--format", "json", "--output", "-"
    )
    assert ran.code == 0, ran.err
    document = json.loads(ran.out)
    assert [(file["path"], file["additions"], file["deletions"]) for file in document["files"]] == [
        ("data/numbers.txt", 1, 3), ("guide.md", 0, 0), ("odd [*] é", 0, 0),
    ]  # fmt: skip
    assert document["coverage"]["unreadable"] == [
        {"path": "guide.md", "reason": "object-missing"},
        {"path": "odd [*] é", "reason": "object-missing"},
    ]
    assert (document["coverage"]["reported"], document["coverage"]["complete"]) == (1, False)


def test_a_partial_clone_without_any_content(
    command: Command, repo: TestRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = clone(repo, tmp_path / "partial", "--filter=blob:none", "--no-checkout")
    shutil.move(repo.path, tmp_path / "gone")
    monkeypatch.setattr(missing_files, "MOST_MISSING", 1)
    ran = command("report", "HEAD~1..HEAD", "--repo", str(place))
    ran.refused(1, "git diff failed", "2 changed files have no content", "git fetch --refetch")
    assert ran.files == []


def test_a_clone_without_trees(command: Command, repo: TestRepo, tmp_path: Path) -> None:
    place = clone(repo, tmp_path / "partial", "--filter=tree:0", "--no-checkout")
    shutil.move(repo.path, tmp_path / "gone")
    ran = command("report", "HEAD~1..HEAD", "--repo", str(place))
    ran.refused(1, "git diff failed", "git fetch --refetch")


def test_a_renamed_file_without_content(command: Command, repo: TestRepo, tmp_path: Path) -> None:
    repo.git("mv", "guide.md", "renamed.md")
    repo.write({"data/numbers.txt": "9\n"})
    repo.commit("third")
    place = clone(repo, tmp_path / "partial", "--filter=blob:none", "--no-checkout")
    for commit in ("HEAD~1", "HEAD"):
        repo.git("-C", str(place), "cat-file", "blob", f"{commit}:data/numbers.txt")
    shutil.move(repo.path, tmp_path / "gone")
    ran = command("report", "HEAD~1..HEAD", "--repo", str(place))
    # Whether one is the other under a new name only their content says.
    ran.refused(1, "2 changed files have no content", "git fetch --refetch --no-filter")


def test_a_damaged_repository(command: Command, repo: TestRepo) -> None:
    blob = repo.git("rev-parse", "HEAD~1:guide.md").decode().strip()
    (repo.path / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    ran = command(
        "report", "HEAD~1..HEAD", "--repo", str(repo.path), "--format", "json", "--output", "-"
    )
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["coverage"]["unreadable"] == [
        {"path": "guide.md", "reason": "object-missing"}
    ]


def test_a_repository_with_missing_and_broken_objects(command: Command, repo: TestRepo) -> None:
    for name, damage in (("HEAD~1:guide.md", None), ("HEAD:data/numbers.txt", b"garbage")):
        blob = repo.git("rev-parse", name).decode().strip()
        place = repo.path / ".git" / "objects" / blob[:2] / blob[2:]
        place.unlink()
        if damage is not None:
            place.write_bytes(damage)
    ran = command("report", "HEAD~1..HEAD", "--repo", str(repo.path))
    ran.refused(1, "git diff failed", "git fsck")
    assert ran.files == []
