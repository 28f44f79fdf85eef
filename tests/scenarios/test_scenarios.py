"""Every folder here is a scenario: two versions of files, options, and the report that is expected.

`base/` and `head/` are the work trees of two commits, `options.txt` holds one argument a line, and
`expected/<locale>.md` is the whole report, in three locales; in all of them for `EVERYWHERE`. `between/` may hold the trees of commits in between, by name;
the message of a commit stands beside its tree, as in `head.message`. Set UPDATE_SCENARIOS=1 to write what comes out instead;
the change is then read in review.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from diff_insight.cli.main import main
from diff_insight.localization.locales import available
from support.repos import TestRepo

HERE = Path(__file__).parent
SCENARIOS = sorted(path.parent for path in HERE.glob("*/head"))
LOCALES = ("en_US", "ja_JP", "zh_CN")
#: Rich scenarios, in which every locale shows how it counts, lists, dates and quotes.
EVERYWHERE = ("retirement-postponed", "interfaces-removed", "kinds-of-files", "code-types")


@pytest.mark.parametrize("folder", SCENARIOS, ids=lambda path: path.name)
def test_scenario(folder: Path, tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "repo")
    base = _commit(repo, folder / "base")
    for tree in sorted(path for path in folder.glob("between/*") if path.is_dir()):
        _commit(repo, tree)
    head = _commit(repo, folder / "head")
    repo.git("remote", "add", "origin", "https://github.com/octo/docs.git")
    options = [line for line in (folder / "options.txt").read_text("utf-8").splitlines() if line]
    locales = available() if folder.name in EVERYWHERE else LOCALES
    out = tmp_path / "{locale}.md"
    code = main(
        ["report", f"{base}..{head}", "--repo", str(repo.path), "--locale", ",".join(locales),
         "--output", str(out), "--quiet", *options],
        os.environ,
    )  # fmt: skip
    assert code == 0
    for locale in locales:
        report = _stable((tmp_path / f"{locale}.md").read_bytes().decode(), base, head)
        place = folder / "expected" / f"{locale}.md"
        if os.environ.get("UPDATE_SCENARIOS"):
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(report.encode())
        assert report == place.read_bytes().decode()


def _commit(repo: TestRepo, tree: Path) -> str:
    """Make the work tree equal to a folder and commit it with the message beside it."""
    beside = tree.with_name(tree.name + ".message")
    message = beside.read_text("utf-8") if beside.exists() else tree.name
    for entry in repo.path.iterdir():
        if entry.name != ".git":
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    if tree.is_dir():
        shutil.copytree(
            tree, repo.path, symlinks=True, dirs_exist_ok=True, copy_function=shutil.copy
        )
    return repo.commit(message)


def _stable(report: str, base: str, head: str) -> str:
    """Take out what depends on the version of the tool or of git."""
    report = report.replace(head, "HEAD").replace(base, "BASE")
    report = report.replace(head[:7], "HEAD").replace(base[:7], "BASE")
    return re.sub(r"<!-- diff-insight .* -->", "<!-- provenance -->", report)
