"""Every folder here is a scenario: two versions of files, options, and the report that is expected.

`base/` and `head/` are the work trees of two commits, `options.txt` holds one argument a line.
`between/` may hold the trees of commits in between, by name; the message of a commit stands
beside its tree, as in `head.message`. `expected.md` holds the facts of each file and the first
screen of the report: headline, highlights, insights. Whole reports stand in `expected/`, of the
few scenarios in `WHOLE`, which together show every form and every locale.

Set UPDATE_SCENARIOS=1 to write what comes out instead; the change is then read in review.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from diff_insight.cli.main import main
from diff_insight.localization.locales import available
from support.repos import TestRepo

HERE = Path(__file__).parent
SCENARIOS = sorted(path.parent for path in HERE.glob("*/head"))
LOCALES = ("en_US", "ja_JP", "zh_CN")
#: Rich scenarios, in which every locale shows how it counts, lists, dates and quotes.
EVERYWHERE = ("retirement-postponed", "interfaces-removed", "kinds-of-files", "code-types")
#: The scenarios with whole reports, and of which locales and forms.
WHOLE = {
    "retirement-postponed": (available(), ("md",)),
    "kinds-of-files": (LOCALES[:1], ("md",)),
    "categories-and-coverage": (LOCALES[:2], ("md", "github.md", "html", "json")),
    "hostile-names": (LOCALES[:1], ("md", "github.md", "html")),
    "interfaces-removed": (LOCALES[:1], ("md",)),
    "code-types": (LOCALES[:1], ("md",)),
}


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
    command = ["report", f"{base}..{head}", "--repo", str(repo.path), "--quiet", *options]
    command += ["--impact", "off"]
    command += ["--locale", ",".join(locales)]
    whole, forms = WHOLE.get(folder.name, ((), ()))
    out = str(tmp_path / "{locale}" / "{category}.md")
    formats = ["--output", out, "--format", "markdown,html,json"]
    assert main(command + formats, os.environ) == 0
    if "github.md" in forms:
        out = str(tmp_path / "{locale}" / "{category}.github.md")
        assert main([*command, "--output", out, "--layout", "github"], os.environ) == 0

    document = json.loads(_stable((tmp_path / "all" / "all.json").read_text("utf-8"), base, head))
    _compare(folder / "expected.md", "\n".join(_shown(document, locales)) + "\n")
    for form in forms:
        for locale in ("all",) if form == "json" else whole:
            report = (tmp_path / locale / f"all.{form}").read_bytes().decode()
            _compare(folder / "expected" / f"{locale}.{form}", _stable(report, base, head))


def test_the_whole_reports_are_those_of_the_table() -> None:
    expected = {
        HERE / name / "expected" / f"{locale}.{form}"
        for name, (locales, forms) in WHOLE.items()
        for form in forms
        for locale in (("all",) if form == "json" else locales)
    }
    assert set(HERE.glob("*/expected/*")) == expected
    assert {locale for locales, _ in WHOLE.values() for locale in locales} == set(available())


def _compare(expected: Path, text: str) -> None:
    if os.environ.get("UPDATE_SCENARIOS"):
        expected.parent.mkdir(exist_ok=True)
        expected.write_bytes(text.encode())
    assert text == expected.read_bytes().decode()


def _shown(document: dict[str, Any], locales: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines of `expected.md`: facts of each file, then the first screen by locale."""
    yield "# Facts"
    for file in document["files"]:
        yield f"\n## {file['path']}: {file['status']}, {file['type']}"
        for fact in file["facts"]:
            lines = " ".join(
                f"{each['side']} {each['start']}-{each['end']}" for each in fact["evidence"]
            )
            breaking = " breaking" if fact["breaking"] else ""
            params = json.dumps(fact["params"], ensure_ascii=False, sort_keys=True)
            yield f"- {fact['kind']}{breaking} [{lines}] {params}"
    for locale in locales:
        yield f"\n# {locale}\n\n{document['headline'][locale]}"
        for group, bullets in document["highlights"][locale].items():
            if bullets:
                yield f"\n## {group}\n"
                yield from (f"- {bullet}" for bullet in bullets)
        yield f"\n## insights\n\n{document['insights'][locale]}"


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
    report = re.sub(r'("tool": ?\{"name": ?"diff-insight", ?"version": ?)"[^"]*"', r'\1"0"', report)
    return re.sub(r"<!-- diff-insight .* -->", "<!-- provenance -->", report)
