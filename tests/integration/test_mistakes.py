"""Typical mistakes with the command are told in words: what happened, why, and what to change."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest
import yaml

from support.command import Command, Ran
from support.repos import TestRepo

_TABLE = yaml.safe_load((Path(__file__).parent / "mistakes.yml").read_text("utf-8"))
#: What only a program says to programmers.
_RAW = re.compile(r"Traceback|Errno|Error\b|Exception|<class|object at 0x|a defect in diff-insight")


def _folders(path: Path) -> Path:
    repo = TestRepo(path)
    for text in ("One.", "Two."):
        repo.write({"docs/a.md": f"# A\n\n{text}\n"})
        repo.commit(text)
        repo.git("tag", "-f", "v1", "HEAD")
    return path


def _damaged(path: Path) -> Path:
    repo = TestRepo(path)
    repo.write({"a.md": "# A\n"})
    for tag in ("v1", "v2"):
        repo.commit(tag)
        repo.git("tag", tag)
    for file in (path / ".git/objects").glob("??/*"):
        file.unlink()
    return path


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Where somebody may stand, by name; reports are written elsewhere, so that all share them."""
    tmp_path = tmp_path_factory.mktemp("places")
    repo = TestRepo(tmp_path / "repo")
    for number, tag in enumerate(("v1", "v2"), 1):
        repo.write({"guide.md": f"# Guide\n\nText {number}.\n", "n.txt": f"{number}\n"})
        repo.commit(tag)
        repo.git("tag", tag)
    repo.git("branch", "develop")
    repo.git("branch", "topic")
    found = {"repo": repo.path}
    for name, options in {"shallow": ("--depth=1",), "clone": ()}.items():
        found[name] = tmp_path / name
        repo.git("clone", "-q", *options, f"file://{repo.path}", str(found[name]))
    for name in ("detached", "unrelated", "dotted"):
        found[name] = tmp_path / name
        repo.git("clone", "-q", str(repo.path), str(found[name]))
        TestRepo(found[name]).git("tag", "v1.0", "v1")
    TestRepo(found["detached"]).git("switch", "-q", "--detach", "v1")
    other = TestRepo(found["unrelated"])
    other.git("switch", "-q", "--orphan", "other")
    other.commit("other")
    found["empty"] = TestRepo(tmp_path / "empty").path
    single = TestRepo(tmp_path / "single")
    single.write({"a.md": "# A\n"})
    single.commit("first")
    found["single"] = single.path
    found["docs"] = _folders(tmp_path / "docs")
    found["damaged"] = _damaged(tmp_path / "damaged")
    found["plain"] = tmp_path / "plain"
    found["plain"].mkdir()
    found["file"] = found["plain"] / "note.md"
    found["file"].write_text("# Note\n")
    found["locked"] = Path("/proc/nowhere")  # root may write anywhere else
    return found


def _ran(command: Command, case: dict[str, str], places: dict[str, Path]) -> Ran:
    typed = shlex.split(case.get("type", "report v1..v2 --config c.yml").format(**places))
    if "config" in case:
        (command.folder / "c.yml").write_text(case["config"], "utf-8")
    (command.folder / "utf16.yml").write_bytes("locales: ja\n".encode("utf-16"))
    place = case.get("in", "repo")
    where = [] if place == "none" else ["--repo", str(places[place])]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("OPENAI_")}
    stdin = case["stdin"].encode() if "stdin" in case else None
    return command(*typed, *where, environ=environ, stdin=stdin)


@pytest.mark.parametrize("case", _TABLE, ids=[case["mistake"] for case in _TABLE])
def test_a_mistake_is_told(
    command: Command, places: dict[str, Path], case: dict[str, str | int]
) -> None:
    texts = {name: str(value) for name, value in case.items()}
    ran = _ran(command, texts, places)
    assert ran.code == case["exit"], ran.err
    for part in ("what", "why", "change"):
        assert texts[part] in ran.err, part
    assert not _RAW.search(ran.err), ran.err
    if ran.code:
        ran.refused(ran.code)


def test_there_are_many() -> None:
    assert len(_TABLE) >= 80
    assert len({case["mistake"] for case in _TABLE}) == len(_TABLE)
