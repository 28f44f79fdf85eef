"""What git is started with: nothing of the caller's settings, no prompt, no network."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from diff_insight.errors import EnvironmentFailure
from diff_insight.git.attributes import generated_paths
from diff_insight.git.command import PIPE, Git, scrub_environ
from support.repos import TestRepo


def test_the_environment_is_scrubbed() -> None:
    found = scrub_environ(
        {"PATH": "/bin", "GIT_DIR": "/x", "GIT_EXTERNAL_DIFF": "x", "HOME": "/h", "LC_ALL": "ja"}
    )
    assert found["PATH"] == "/bin"
    assert found["HOME"] == "/h"
    assert "GIT_DIR" not in found
    assert "GIT_EXTERNAL_DIFF" not in found
    assert (found["GIT_ALLOW_PROTOCOL"], found["GIT_TERMINAL_PROMPT"]) == ("", "0")
    assert (found["GIT_CONFIG_NOSYSTEM"], found["GIT_CONFIG_GLOBAL"]) == ("1", os.devnull)
    assert (found["GIT_NO_LAZY_FETCH"], found["GIT_NO_REPLACE_OBJECTS"]) == ("1", "1")
    assert found["LC_ALL"] == "C"


def test_nothing_is_fetched(tmp_path: Path) -> None:
    made = TestRepo(tmp_path / "repo")
    made.commit()
    git = Git(made.path, os.environ)
    for url in (f"file://{made.path}", "https://192.0.2.1/x.git", "ext::touch ran"):
        done = git.run("ls-remote", url)
        assert done.returncode != 0
        assert b"not allowed" in done.stderr
    assert not (made.path / "ran").exists()


def test_replaced_objects_are_not_believed(tmp_path: Path) -> None:
    made = TestRepo(tmp_path / "repo")
    made.write({"x": "true\n"})
    made.commit()
    made.write({"x": "false\n"})
    made.commit()
    made.git("replace", made.git("rev-parse", "HEAD~1:x").decode().strip(), "HEAD:x")
    git = Git(made.path, os.environ)
    assert made.git("show", "HEAD~1:x") == b"false\n"
    assert git.text("show", "HEAD~1:x") == "true"


def test_names_come_back_as_they_are(tmp_path: Path) -> None:
    made = TestRepo(tmp_path / "repo")
    made.write({b"\xff \xe3\x81\x82": "x"})
    made.commit()
    told = Git(made.path, os.environ).text("ls-tree", "--name-only", "-z", "HEAD")
    assert told is not None
    assert os.fsencode(told) == b"\xff \xe3\x81\x82\0"


def test_without_git(tmp_path: Path) -> None:
    git = Git(tmp_path, {"PATH": str(tmp_path)})
    with pytest.raises(EnvironmentFailure, match="git could not be started"):
        git.run("--version")
    with pytest.raises(EnvironmentFailure, match="git could not be started"):
        git.start(["--version"], stdout=PIPE)


def test_attributes_of_odd_names_from_any_folder(tmp_path: Path) -> None:
    made = TestRepo(tmp_path / "repo")
    made.write({
        ".gitattributes": "*.gen linguist-generated\nv/** linguist-vendored=true\nno.gen -linguist-generated\nf.gen linguist-generated=false\n",
        "sub/x": "",
    })  # fmt: skip
    base = made.commit()
    # The work tree is anybody's, and so is a link that a commit has in place of the file.
    made.write({".gitattributes": "* linguist-generated\n"})
    paths = [
        b"a b\n.gen",
        b'"q".gen',
        b"\xff.gen",
        b"v/x/y",
        b"no.gen",
        b"f.gen",
        b"plain",
        b":(top)x.gen",
    ]
    for place in (made.path, made.path / "sub"):
        assert generated_paths(Git(place, os.environ), base, paths) == {
            b"a b\n.gen": "generated", b'"q".gen': "generated", b"\xff.gen": "generated",
            b":(top)x.gen": "generated", b"v/x/y": "vendored",
        }  # fmt: skip


def test_attributes_of_a_bare_repository(tmp_path: Path) -> None:
    made = TestRepo(tmp_path / "repo")
    made.git("init", "-q", "--bare", str(tmp_path / "bare"))
    assert generated_paths(Git(tmp_path / "bare", os.environ), "1" * 40, [b"x"]) == {}
    assert generated_paths(Git(tmp_path, os.environ), "1" * 40, [b"x"]) == {}


def test_secrets_of_the_environment_stay_with_the_parent() -> None:
    environ = {
        "PATH": "/bin", "HOME": "/h", "https_proxy": "http://p", "SSL_CERT_FILE": "/c",
        "INPUT_API-KEY": "k", "INPUT_GITHUB-TOKEN": "t", "ACTIONS_RUNTIME_TOKEN": "r", "OPENAI_API_KEY": "o",
        "AWS_SECRET_ACCESS_KEY": "s", "LD_PRELOAD": "/x.so", "GIT_SSH_COMMAND": "x",
    }  # fmt: skip
    given = scrub_environ(environ)
    assert {name for name in given if not name.startswith("GIT_")} == {
        "PATH", "HOME", "https_proxy", "SSL_CERT_FILE", "LC_ALL",
    }  # fmt: skip
    assert not {"k", "t", "r", "o", "s", "x"} & set(given.values())
