"""A repository that tries to run something, or to change what a diff looks like, changes nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from support.command import Command
from support.repos import TestRepo
from support.truth import checkout, direct, row_of, truth

_FORMAT = {
    "diff.noprefix": "true", "diff.mnemonicPrefix": "true", "diff.srcPrefix": "x/", "color.ui": "always",
    "color.diff": "always", "core.quotePath": "true", "diff.renames": "false", "diff.renameLimit": "1",
    "diff.suppressBlankEmpty": "true", "diff.context": "0", "diff.interHunkContext": "9",
    "diff.submodule": "log", "diff.ignoreSubmodules": "all", "submodule.lib.ignore": "all",
    "diff.relative": "true", "diff.wsErrorHighlight": "all", "diff.colorMoved": "zebra",
    "diff.algorithm": "patience", "diff.indentHeuristic": "false", "log.showSignature": "true",
    "core.abbrev": "4", "core.bigFileThreshold": "1", "diff.statGraphWidth": "1", "diff.noindex": "true",
    "core.pager": "false", "i18n.logOutputEncoding": "UTF-16", "log.date": "raw", "diff.dirstat": "lines",
}  # fmt: skip


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    """Where a program of the repository would leave a trace."""
    return tmp_path / "ran"


@pytest.fixture
def rich(tmp_path: Path, marker: Path) -> TestRepo:
    """A repository with every kind of change, drivers named in its attributes, and a program."""
    made = TestRepo(tmp_path / "repo")
    text = "".join(f"line {number}\n" for number in range(40))
    made.write(
        {
            "keep.md": f"# Title\n\n{text}",
            "sub/old.md": text,
            "picture.bin": b"\0\1",
            "é x.md": "a\n",
        }
    )
    made.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},lib")
    made.git("commit", "-q", "--allow-empty", "-m", "zero")
    made.commit("first")
    made.git("mv", "sub/old.md", "sub/new.md")
    made.write({
        "keep.md": f"# Title\n\n{text}more\n".replace("line 7\n", "line seven\n"),
        "picture.bin": b"\0\2", "é x.md": "a\n\nb", ".gitattributes": "* diff=evil filter=evil\n",
        ".gitmodules": '[submodule "lib"]\n\tpath = lib\n\turl = ./x\n\tignore = all\n',
    })  # fmt: skip
    made.git("update-index", "--add", "--cacheinfo", f"160000,{'2' * 40},lib")
    made.git("add", "-A", ":/", ":(exclude)lib")
    made.git("commit", "-q", "-m", "second")
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho ran >> {marker}\ncat\n")
    program.chmod(0o755)
    return made


def poison(repo: TestRepo, program: Path) -> None:
    """Set everything that runs a program or changes a diff."""
    hooks = repo.path / "hooks"
    hooks.mkdir()
    names = "post-index-change fsmonitor-watchman reference-transaction post-checkout pre-auto-gc"
    for name in names.split():
        shutil.copy(program, hooks / name)
    order = repo.path / "order"
    order.write_text("*.bin\nsub/*\n")
    runs = {
        "core.fsmonitor": str(program), "core.hooksPath": str(hooks), "core.pager": str(program),
        "diff.external": str(program), "diff.evil.command": str(program),
        "diff.evil.textconv": str(program), "diff.evil.cachetextconv": "true",
        "diff.evil.xfuncname": "^(line.*)$", "filter.evil.clean": str(program),
        "filter.evil.smudge": str(program), "filter.evil.process": str(program),
        "core.sshCommand": str(program), "core.askPass": str(program), "gpg.program": str(program),
        "core.alternateRefsCommand": str(program), "uploadpack.packObjectsHook": str(program),
        "credential.helper": f"!{program}", "alias.diff": f"!{program}", "alias.show": f"!{program}",
        "core.editor": str(program), "pager.diff": str(program), "pager.show": str(program),
        "interactive.diffFilter": str(program), "trace2.eventTarget": str(repo.path / "trace"),
    }  # fmt: skip
    lines = [f"[{key.rpartition('.')[0]}]\n\t{key.rpartition('.')[2]} = {json.dumps(value)}\n"
             for key, value in {**_FORMAT, **runs, "diff.orderFile": str(order)}.items()]  # fmt: skip
    sections = [line.replace("[diff.evil]", '[diff "evil"]').replace("[filter.evil]", '[filter "evil"]')
                .replace("[submodule.lib]", '[submodule "lib"]') for line in lines]  # fmt: skip
    with (repo.path / ".git" / "config").open("a") as config:
        config.writelines(sections)


_TO_JSON = ("report", "HEAD~1..HEAD", "--format", "json", "--output", "-")


def test_nothing_runs_and_nothing_changes(
    command: Command, rich: TestRepo, tmp_path: Path, marker: Path
) -> None:
    words = (*_TO_JSON, "--repo", str(rich.path))
    clean = command(*words)
    assert clean.code == 0, clean.err
    poison(rich, tmp_path / "program")
    evil = {"GIT_EXTERNAL_DIFF": str(tmp_path / "program"), "GIT_PAGER": str(tmp_path / "program"),
            "GIT_DIR": "/nowhere", "GIT_TRACE": str(tmp_path / "trace"), "PAGER": str(tmp_path / "program"),
            "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "diff.context", "GIT_CONFIG_VALUE_0": "0",
            "PATH": "/usr/local/bin:/usr/bin:/bin"}  # fmt: skip
    poisoned = command(*words, environ=evil)
    assert poisoned.code == 0, poisoned.err
    assert not marker.exists()
    assert not (tmp_path / "trace").exists()
    assert json.loads(poisoned.out) == json.loads(clean.out)
    rich.git("diff", "HEAD~1", "HEAD")
    assert marker.exists()  # git alone does run it
    assert [file["path"] for file in json.loads(clean.out)["files"]] == [
        ".gitattributes", ".gitmodules", "keep.md", "lib", "picture.bin", "sub/new.md", "é x.md",
    ]  # fmt: skip


def test_the_recorded_options_give_the_same_listing(
    rich: TestRepo, tmp_path: Path, marker: Path
) -> None:
    base, head = (rich.git("rev-parse", name).decode().strip() for name in ("HEAD~1", "HEAD"))
    source = checkout(rich.path)
    changes = source.diff(direct(base, head))
    source.close()
    found = [row_of(change) for change in changes.files]
    assert found == sorted(truth(rich, changes.options, base, head), key=lambda row: row.path)
    assert [row.path for row in found if row.previous] == [b"sub/new.md"]
    assert b"lib" in [row.path for row in found]


def test_what_is_checked_out_does_not_matter(command: Command, rich: TestRepo) -> None:
    words = (*_TO_JSON, "--repo", str(rich.path))
    before = command(*words).out
    rich.git("update-index", "--force-remove", "keep.md")
    rich.write({"keep.md": "not committed\n", "other.md": "not committed\n"})
    assert command(*words).out == before


def test_generated_files_are_known_from_any_folder(command: Command, repo: TestRepo) -> None:
    repo.write({".gitattributes": "data/* linguist-generated\nguide.md linguist-vendored=true\n"})
    repo.commit("marks")
    repo.write({"guide.md": "# Guide\n\nOther text.\n", "data/numbers.txt": "1\n2\n4\n"})
    repo.commit("third")
    for place in (repo.path, repo.path / "data"):
        ran = command(
            "report", "HEAD~1..HEAD", "--repo", str(place), "--format", "json", "--output", "-"
        )
        kinds = {
            file["path"]: next(f for f in file["facts"] if f["kind"] == "file.generated")
            for file in json.loads(ran.out)["files"]
        }
        assert {path: (fact["kind"], fact["params"].get("reason")) for path, fact in kinds.items()} == {
            "data/numbers.txt": ("file.generated", "generated"),
            "guide.md": ("file.generated", "vendored"),
        }  # fmt: skip
