"""Steps of dependencies that an earlier run has read: no request for them, the same report, and no trust in others."""

from __future__ import annotations

import os
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from diff_insight.bootstrap import engine_digest as engine
from support.fake_github import Conversation, FakeGitHub
from support.pulls import pull as payload_of
from support.raised import APP, CONFIG, REQUIREMENTS, proposed, run_on_pull, three_libraries
from support.remotes import SLUG, TOKEN
from support.repos import TestRepo
from support.step import Step
from support.uses import Files

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

FOLDER = ".diff-insight-cache"
KEEPING = f"cache-dir: {FOLDER}\n{CONFIG}"
SECRET = "0123456789abcdef0123456789abcdef"
OLD, NEW = (
    REQUIREMENTS.format("1.0.0", "0.1.0", "3.1"),
    REQUIREMENTS.format("2.0.0", "0.2.0", "3.2"),
)


class Pull:
    """A pull request that raises three dependencies, its comment, and what was asked of their repositories."""

    def __init__(self, fake: FakeGitHub, folder: Path, config: str = KEEPING) -> None:
        self.fake = fake
        self.place, self._payload = proposed(fake, folder, OLD, NEW, APP, config)
        self.hosted = fake.hosted(SLUG)
        self.kept = self.place / "workspace" / FOLDER

    def run(self, secret: str = SECRET) -> Step:
        """Run the action, as a new push does."""
        self.fake.forget()
        refs = (str(self._payload["pull_request"][side]["sha"]) for side in ("head", "base"))  # type: ignore[index]
        head, base = refs
        self._talk = self.fake.converse(SLUG, 7, Conversation(head=head, base=base))
        done = run_on_pull(self.fake, self.place, self._payload, {"cache-secret": secret})
        assert done.code == 0, done.log
        return done

    def push(self, files: Files) -> None:
        """Add a commit to what is proposed."""
        repo = TestRepo(self.place / "workspace")
        repo.write(files)
        repo.git("add", "-A", "--", ".", f":!{FOLDER}")
        repo.git("commit", "-q", "-m", "more")
        repo.git("push", "-q", str(self.hosted.path), "topic")
        head = repo.git("rev-parse", "HEAD").decode().strip()
        base = repo.git("rev-parse", "main").decode().strip()
        self._payload = payload_of(base, head)

    @property
    def comment(self) -> str:
        (note,) = self._talk.notes
        return note.body

    @property
    def asked(self) -> int:
        """Number of requests for a repository of a dependency."""
        return len(self.fake.seen("/libs/"))

    def files(self, suffix: str = ".range") -> list[Path]:
        return sorted(path for path in self.kept.rglob(f"*{suffix}") if path.is_file())


@pytest.fixture
def libraries(fake: FakeGitHub, tmp_path: Path) -> Path:
    return three_libraries(fake, tmp_path)


@pytest.fixture
def warm(fake: FakeGitHub, libraries: Path) -> Pull:
    """A pull request whose dependencies were read once."""
    pull = Pull(fake, libraries)
    pull.run()
    assert pull.asked
    return pull


def test_the_second_run_asks_nothing_and_says_the_same(fake: FakeGitHub, libraries: Path) -> None:
    pull = Pull(fake, libraries)
    pull.run(secret="")
    plain, count = pull.comment, pull.asked
    assert count
    assert not pull.files()
    pull.run()
    first = pull.comment
    # Whether anybody may read each of the three is one question more, without the token.
    assert pull.asked == count + 3 * 2
    assert len(pull.files()) == 6
    pull.run()
    assert pull.asked == 0
    assert plain == first == pull.comment
    assert "used here in 2 files" in first


def test_the_next_push_finds_uses_of_its_own_without_a_question(warm: Pull) -> None:
    warm.push({"app/four.py": "from alpha import unused\n\nunused(4)\n"})
    warm.run()
    assert warm.asked == 0
    assert "`unused()` removed" in warm.comment
    assert "`app/four.py` L1, L3" in warm.comment


def test_nothing_of_ones_own_is_kept(warm: Pull) -> None:
    kept = b""
    for path in warm.files():
        _, _, value = path.read_bytes().partition(b"\n")
        kept += value if value.startswith(b"{") else zlib.decompress(value)
    assert b"libs/alpha" in kept
    assert b"old_call" in kept
    for own in (SLUG, "app/one.py", "app/two.py", "requirements.txt"):
        assert own.encode() not in kept
    assert not any("alpha" in str(path.relative_to(warm.kept)) for path in warm.files())


def test_a_proposal_without_the_secret_neither_reads_nor_plants(warm: Pull) -> None:
    kept = {path: path.read_bytes() for path in warm.files()}
    done = warm.run(secret="")
    assert warm.asked
    assert "neither used nor kept: without cache-secret nobody can tell" in done.log
    assert {path: path.read_bytes() for path in warm.files()} == kept


def test_what_another_secret_sealed_is_not_believed(warm: Pull) -> None:
    warm.run(secret="f" * 32)
    assert warm.asked


def test_what_is_committed_is_not_believed(warm: Pull) -> None:
    count = len(warm.files())
    TestRepo(warm.place / "workspace").git("add", "-f", FOLDER)
    done = warm.run()
    assert warm.asked
    assert len(warm.files()) == count
    assert "files there are committed" in done.log


def test_another_program_reads_anew(warm: Pull, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "engine_digest", lambda: "another")
    comment = warm.comment
    warm.run()
    assert warm.asked
    assert warm.comment == comment


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def swapped(path: Path) -> None:
    """The content of another one, whose seal is good for its own name only."""
    others = [other for other in path.parents[1].rglob("*.range") if other != path]
    path.write_bytes(min(others).read_bytes())


def linked(path: Path) -> None:
    elsewhere = path.parents[3] / f"elsewhere-{path.name}"
    shutil.move(path, elsewhere)
    path.symlink_to(elsewhere)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    "harm", [cut, swapped, linked, a_folder, a_pipe, lambda path: path.write_bytes(b"")]
)
def test_a_damaged_file_is_as_if_it_was_not_there(warm: Pull, harm: Callable[[Path], None]) -> None:
    comment = warm.comment
    for path in warm.files():
        harm(path)
    warm.run()
    assert warm.asked
    assert warm.comment == comment


@pytest.mark.slow
def test_a_link_in_place_of_the_folder_leads_nowhere(warm: Pull, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    shutil.move(warm.kept, outside)
    warm.kept.symlink_to(outside)
    before = sorted(outside.rglob("*"))
    warm.run()
    assert warm.asked
    assert sorted(outside.rglob("*")) == before


@pytest.mark.slow
def test_what_only_a_token_reads_is_not_kept(fake: FakeGitHub, tmp_path: Path) -> None:
    pull = Pull(fake, three_libraries(fake, tmp_path, TOKEN))
    pull.run()
    assert "used here in 2 files" in pull.comment
    assert len(pull.files()) == 2
    pull.run()
    assert {seen.path.split("/")[2] for seen in fake.seen("/libs/")} == {"alpha.git", "mono.git"}
