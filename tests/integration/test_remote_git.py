"""Ranges of a repository on a server, read with git over HTTP."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from diff_insight.errors import EnvironmentFailure, UsageError
from diff_insight.git.diffing import DIFF_OPTIONS
from diff_insight.model.changes import Side, Status
from diff_insight.model.ranges import Comparison, RangeRequest
from diff_insight.sources.remote_source import RemotePlace, RemoteSource
from support.fake_github import FakeGitHub, Fault
from support.remotes import SLUG, TOKEN, between, by_path, many, remote, rows
from support.repos import TestRepo
from support.truth import truth

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost"])

ABSENT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def kinds(tmp_path: Path) -> tuple[TestRepo, str, str]:
    """Two commits with every kind of change."""
    repo = TestRepo(tmp_path / "kinds")
    long = "".join(f"line {number}\n" for number in range(40))
    repo.write({"a.md": "one\n", "moved.md": long, "same.md": "same\n" * 9, "gone.md": "gone\n"})
    repo.write({"bin.dat": b"\0\1", "tool.sh": "#!/bin/sh\n", "kind": "file\n", b"caf\xe9": "x\n"})
    base = repo.commit()
    for name in ("moved.md", "same.md", "gone.md", "kind"):
        (repo.path / name).unlink()
    repo.write({"a.md": "two\n", "new/moved.md": long + "more\n", "new/same.md": "same\n" * 9})
    repo.write({"bin.dat": b"\0\2", "empty": "", "na me\t|.md": "odd\n", b"caf\xe9": "y\n"})
    (repo.path / "kind").symlink_to("a.md")
    (repo.path / "tool.sh").chmod(0o755)
    repo.git("add", "-A")
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{ABSENT},lib")
    repo.git("commit", "-q", "-m", "head")
    return repo, base, repo.git("rev-parse", "HEAD").decode().strip()


def test_thousand_files_in_four_requests(fake: FakeGitHub, tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "big")
    base, head = many(repo, 1000)
    fake.host(SLUG, repo)
    with remote(fake) as source:
        changes = source.diff(between(base, head))
        assert len(fake.git_requests()) == 4
        assert rows(changes) == by_path(truth(repo, DIFF_OPTIONS, base, head))
        assert source.read(Side.BASE, b"docs/03/page-0170.md") == (
            b"# docs/03/page-0170.md\n\nold\n"
        )
        assert source.read(Side.HEAD, b"docs/03/page-0170.md") == (
            b"# docs/03/page-0170.md\n\nnew\n"
        )
        assert len(fake.git_requests()) == 4
    assert changes.source == "remote"


def test_every_kind_of_change(fake: FakeGitHub, kinds: tuple[TestRepo, str, str]) -> None:
    repo, base, head = kinds
    fake.host(SLUG, repo)
    with remote(fake) as source:
        changes = source.diff(between(base, head))
        assert rows(changes) == by_path(truth(repo, DIFF_OPTIONS, base, head))
        assert source.read(Side.BASE, b"same.md") == b"same\n" * 9
        assert source.read(Side.HEAD, b"new/same.md") == b"same\n" * 9
        assert source.read(Side.HEAD, b"bin.dat") == b"\0\2"
        assert source.read(Side.HEAD, b"lib") is None
        assert source.commit_time(head) == datetime(2025, 6, 12, 10, tzinfo=UTC)
    statuses = {change.status for change in changes.files}
    assert statuses == set(Status) - {Status.COPIED}
    assert not any(change.unreadable for change in changes.files)


def test_a_sha256_repository(fake: FakeGitHub, tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "wide")
    (tmp_path / "wide" / ".git").rename(tmp_path / "narrow")
    repo.git("init", "-q", "-b", "main", "--object-format=sha256")
    base, head = many(repo, 3)
    assert len(head) == 64
    fake.host(SLUG, repo)
    with remote(fake) as source:
        commits = source.resolve(RangeRequest(base="main~1", head="main"))
        assert (commits.merge_base, commits.head) == (base, head)
        assert rows(source.diff(commits)) == by_path(truth(repo, DIFF_OPTIONS, base, head))


def history(tmp_path: Path) -> TestRepo:
    """`main` and `topic` part after the second commit; tags v1, v2 and v2's follower."""
    repo = TestRepo(tmp_path / "history")
    repo.write({"a.md": "1\n"})
    repo.commit()
    repo.git("tag", "v1")
    repo.write({"a.md": "2\n"})
    repo.commit()
    repo.git("branch", "topic")
    repo.write({"b.md": "main\n"})
    repo.commit()
    repo.git("tag", "-a", "v2", "-m", "second")
    repo.git("tag", "v2-also")
    repo.git("switch", "-q", "topic")
    for number in range(30):
        repo.write({"c.md": f"{number}\n"})
        repo.commit()
    repo.git("switch", "-q", "main")
    return repo


def commit_of(repo: TestRepo, name: str) -> str:
    return repo.git("rev-parse", f"{name}^{{commit}}").decode().strip()


def test_a_merge_base_far_back(fake: FakeGitHub, tmp_path: Path) -> None:
    repo = history(tmp_path)
    fake.host(SLUG, repo)
    with remote(fake) as source:
        commits = source.resolve(RangeRequest(base="main", head="topic"))
        changes = source.diff(commits)
    assert commits.merge_base == commit_of(repo, "topic~30")
    assert [(change.path, change.additions) for change in changes.files] == [("c.md", 1)]
    assert commits.compare_url.startswith(f"{fake.url}/{SLUG}/compare/octo:")


@pytest.mark.parametrize(
    ("request_", "base", "head"),
    [
        (RangeRequest(previous_tag=True, head="v2"), "v1", "v2"),
        (RangeRequest(base="v1", head="refs/heads/main"), "v1", "main"),
        (RangeRequest(base="origin/main", head="topic~3"), "main", "topic~3"),
        (RangeRequest(parent=True, head="main"), "main~1", "main"),
        (RangeRequest(head="topic"), "main", "topic"),
        (RangeRequest(), "main~1", "main"),
    ],
)
def test_names(
    fake: FakeGitHub, tmp_path: Path, request_: RangeRequest, base: str, head: str
) -> None:
    repo = history(tmp_path)
    fake.host(SLUG, repo)
    with remote(fake) as source:
        commits = source.resolve(request_)
    assert (commits.base, commits.head) == (commit_of(repo, base), commit_of(repo, head))


def test_since_a_moment(fake: FakeGitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = TestRepo(tmp_path / "dated")
    ids: list[str] = []
    for day in ("10", "12", "13"):
        moment = f"2025-06-{day}T00:00:00+00:00"
        repo.write({"a.md": day})
        repo.git("add", "-A")
        tree = repo.git("write-tree").decode().strip()
        parents = ["-p", ids[-1]] if ids else []
        made = subprocess.run(
            ["git", "-C", str(repo.path), "commit-tree", tree, *parents, "-m", day],
            env=os.environ
            | {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
               for what, value in (("NAME", "Ada"), ("EMAIL", "a@example.com"), ("DATE", moment))},
            check=True,
            capture_output=True,
        )  # fmt: skip
        ids.append(made.stdout.decode().strip())
    repo.git("update-ref", "refs/heads/main", ids[-1])
    fake.host(SLUG, repo)
    with remote(fake) as source:
        assert source.resolve(RangeRequest(since="24h", head="main")).base == ids[1]
        assert source.resolve(RangeRequest(since="2025-06-11", head="main")).base == ids[0]
        whole = source.resolve(RangeRequest(since="2020-01-01", head="main"))
        assert [change.path for change in source.diff(whole).files] == ["a.md"]


def test_a_head_that_only_the_fork_has(fake: FakeGitHub, tmp_path: Path) -> None:
    repo = history(tmp_path)
    fake.host(SLUG, repo)
    base = commit_of(repo, "main")
    repo.write({"d.md": "from the fork\n", "a.md": "3\n"})
    head = repo.commit("fork")
    fake.host("guest/demo", repo)
    with remote(fake, fork="guest/demo") as source:
        commits = source.resolve(RangeRequest(base=base, head=head))
        changes = source.diff(commits)
        assert source.read(Side.BASE, b"a.md") == b"2\n"
        assert source.read(Side.HEAD, b"d.md") == b"from the fork\n"
    assert commits.merge_base == base
    assert rows(changes) == by_path(truth(repo, DIFF_OPTIONS, base, head))


def secrets_told(text: str) -> bool:
    return TOKEN in text or RemotePlace(
        repository=SLUG, token=TOKEN
    ).networks()[0].header.rpartition(" ")[2] in text  # fmt: skip


def test_a_private_repository_and_its_token(
    fake: FakeGitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = history(tmp_path)
    fake.host(SLUG, repo, token=TOKEN)
    log = tmp_path / "arguments"
    real = subprocess.run(["sh", "-c", "command -v git"], capture_output=True, check=True)
    wrapper = tmp_path / "bin" / "git"
    wrapper.parent.mkdir()
    wrapper.write_text(
        f'#!/bin/sh\ntr "\\0" " " < /proc/$$/cmdline >> {log}; echo >> {log}\n'
        f'exec {real.stdout.decode().strip()} "$@"\n'
    )
    wrapper.chmod(0o755)
    monkeypatch.setenv("PATH", f"{wrapper.parent}:{os.environ['PATH']}")
    with remote(fake, token=TOKEN) as source:
        source.diff(source.resolve(RangeRequest(base="main", head="topic")))
        written = [path for path in source._path.rglob("*") if path.is_file()]
        kept = [path for path in written if secrets_told(path.read_bytes().decode("latin-1"))]
        assert written
        assert kept == []
        assert not secrets_told(repr(source._networks))
    ran = log.read_text()
    assert "fetch" in ran
    assert "ls-remote" in ran
    assert not secrets_told(ran)
    assert not any(secrets_told(seen.path + seen.query) for seen in fake.seen())
    # git is refused once and not asked twice: the header goes with the first request.
    assert {seen.status for seen in fake.git_requests()} == {200}


@pytest.mark.parametrize(
    ("token", "cause", "cure"),
    [("", "(401)", "contents: read"), ("wrong-" + TOKEN, "no such repository", "contents: read")],
)
def test_a_private_repository_without_access(
    fake: FakeGitHub, tmp_path: Path, token: str, cause: str, cure: str
) -> None:
    fake.host(SLUG, history(tmp_path), token=TOKEN)
    with remote(fake, token=token) as source, pytest.raises(EnvironmentFailure) as caught:
        source.resolve(RangeRequest(base="main", head="topic"))
    text = "\n".join(caught.value.lines())
    assert cause in text
    assert cure in text
    assert not secrets_told(text)


@pytest.mark.parametrize(
    ("status", "cause", "cure"),
    [
        (401, "not valid", "renew"),
        (403, "refuses", "contents: read"),
        (404, "no such repository", "OWNER/NAME"),
        (429, "limits how often", "wait"),
        (301, "renamed or moved", "new name"),
        (502, "the server failed", "run again"),
    ],
)
def test_refusals(fake: FakeGitHub, tmp_path: Path, status: int, cause: str, cure: str) -> None:
    fake.host(SLUG, history(tmp_path))
    fake.fail(Fault(path=r"\.git/", status=status, headers={"Location": f"{fake.url}/x.git/info"}))
    with remote(fake, token=TOKEN) as source, pytest.raises(EnvironmentFailure) as caught:
        source.diff(between(ABSENT, ABSENT))
    text = "\n".join(caught.value.lines())
    assert cause in text
    assert cure in text
    assert f"{fake.url}/{SLUG}.git could not be read with git" in text
    assert not secrets_told(text)


def test_a_commit_that_is_not_there(fake: FakeGitHub, tmp_path: Path) -> None:
    repo = history(tmp_path)
    fake.host(SLUG, repo)
    with (
        remote(fake) as source,
        pytest.raises(EnvironmentFailure) as caught,
    ):
        source.diff(between(ABSENT, commit_of(repo, "main")))
    assert "does not have this commit" in caught.value.cause
    assert "force push" in caught.value.cure


def test_a_server_that_gives_no_commits_by_id(fake: FakeGitHub, tmp_path: Path) -> None:
    repo = history(tmp_path)
    hosted = fake.host(SLUG, repo)
    hosted.any_id = False
    with remote(fake) as source, pytest.raises(EnvironmentFailure) as caught:
        source.diff(between(commit_of(repo, "main~1"), commit_of(repo, "main")))
    assert "does not give it out by its id" in caught.value.cause


def test_a_server_without_partial_clones(fake: FakeGitHub, tmp_path: Path) -> None:
    repo = history(tmp_path)
    fake.host(SLUG, repo).filters = False
    base, head = commit_of(repo, "v1"), commit_of(repo, "main")
    with remote(fake) as source:
        # Two commits come whole; more than that would be the whole repository.
        changes = source.diff(between(base, head))
        with pytest.raises(EnvironmentFailure) as caught:
            source.resolve(RangeRequest(base="main", head="topic"))
    assert rows(changes) == by_path(truth(repo, DIFF_OPTIONS, base, head))
    assert "allowFilter" in caught.value.cause
    assert "BASE..HEAD" in caught.value.cure


def test_a_server_that_cannot_be_reached() -> None:
    place = RemotePlace(repository=SLUG, server="http://127.0.0.1:9", timeout=20)
    source = RemoteSource(place, os.environ)
    with pytest.raises(EnvironmentFailure) as caught:
        source.resolve(RangeRequest(base="main", head="topic"))
    source.close()
    assert caught.value.cause == "the server cannot be reached"


def test_an_unknown_name(fake: FakeGitHub, tmp_path: Path) -> None:
    fake.host(SLUG, history(tmp_path))
    with remote(fake) as source, pytest.raises(UsageError) as caught:
        source.resolve(RangeRequest(base="nowhere", head="main"))
    assert caught.value.what == "unknown revision 'nowhere'"


def test_a_password_in_an_address_leaves_it(fake: FakeGitHub, tmp_path: Path) -> None:
    repo = history(tmp_path)
    fake.host(SLUG, repo, token=TOKEN)
    address = fake.url.replace("//", f"//x:{TOKEN}@") + f"/{SLUG}.git"
    with remote(fake, address) as source:
        commits = source.resolve(RangeRequest(base="v1", head="v2", comparison=Comparison.DIRECT))
        assert not secrets_told(repr(source._networks))
    assert commits.repository == SLUG


@pytest.mark.parametrize("place", ["demo", "ssh://host/a/b", "/etc", "https://", "--upload-pack=x"])
def test_places_that_are_no_repository(place: str) -> None:
    with pytest.raises(UsageError, match="neither OWNER/NAME nor"):
        RemotePlace(repository=place).networks()


def test_nothing_stays_behind(fake: FakeGitHub, tmp_path: Path) -> None:
    repo = history(tmp_path)
    fake.host(SLUG, repo)
    with remote(fake) as source:
        source.diff(between(commit_of(repo, "v1"), commit_of(repo, "main")))
        assert source._path.is_dir()
    assert not source._path.exists()


def test_files_that_do_not_differ_come_in_one_batch(fake: FakeGitHub, tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "repo")
    repo.write({f"lib/m{number}.py": f"x = {number}\n" for number in range(30)})
    repo.write(
        {
            "lib/__init__.py": "from ._api import f\n",
            "lib/_api.py": "def f(a): ...\n",
            "a.md": "a\n",
        }
    )
    base = repo.commit("base")
    repo.write({"lib/_api.py": "def f(): ...\n"})
    head = repo.commit("head")
    fake.host(SLUG, repo)
    with remote(fake) as source:
        commits = between(base, head)
        source.diff(commits)
        before = len(fake.git_requests())
        trees = [source.tree(commits, side) for side in Side]
        assert len(fake.git_requests()) == before
        for tree in trees:
            assert tree is not None
            assert tree.text("lib/__init__.py") == "from ._api import f\n"
            assert tree.text("lib/m7.py") == "x = 7\n"
            assert tree.text("lib/nowhere.py") is None
        assert [tree and tree.text("lib/_api.py") for tree in trees] == [
            "def f(a): ...\n",
            "def f(): ...\n",
        ]
        after = len(fake.git_requests())
        assert 0 < after - before <= 2
        assert trees[0] is not None
        assert trees[0].text("a.md") == "a\n"
        assert len(fake.git_requests()) > after
