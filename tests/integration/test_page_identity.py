"""Pages that are not where they were, over real git: gone only when the head serves them from nowhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from support.command import Command
from support.repos import TestRepo

OLD = "# Old page\n\nIts own words, of which there are some.\n"


def kinds(command: Command, repo: TestRepo, base: str, head: str) -> dict[str, tuple[str, str]]:
    """Return kind and certainty of what happened to each page."""
    ran = command(
        "report", f"{base}..{head}", "--repo", str(repo.path), "--format", "json", "--output", "-"
    )
    found = {}
    for file in json.loads(ran.out)["files"]:
        for fact in file["facts"]:
            if fact["kind"].startswith(("page.", "file.renamed")):
                found[file["path"]] = (
                    fact["kind"],
                    fact.get("certainty", "proved") if fact["breaking"] else "",
                )
    return found


def after(
    command: Command,
    folder: Path,
    base: Mapping[str | bytes, str],
    head: Mapping[str | bytes, str],
    gone: str,
) -> tuple[str, str] | None:
    """Return what is said of a page that a commit removes while it writes other files."""
    repo = TestRepo(folder / "repo")
    repo.write({gone: OLD, "docs/kept.md": "# Kept\n", **base})
    start = repo.commit("base")
    (repo.path / gone).unlink()
    repo.write({"docs/kept.md": "# Kept\n\nStill.\n", **head})
    return kinds(command, repo, start, repo.commit("head")).get(gone)


@pytest.mark.parametrize(
    ("gone", "base", "head", "kind"),
    [
        ("docs/old.md", {}, {}, ("page.removed", "proved")),
        ("docs/old.md", {"public/_redirects": "/other /kept\n"}, {}, ("page.removed", "proved")),
        ("docs/old.md", {}, {"public/_redirects": "/old /kept\n"}, ("page.redirected", "")),
        ("docs/old.md", {"public/_redirects": "/old /kept\n"}, {}, ("page.redirected", "")),
        ("docs/old.md", {"docs/a/b.md": "---\nredirect_from: /old\n---\n"}, {}, ("page.redirected", "")),
        ("docs/x/old.md", {"worker.js": "const a = [\n  ['/:lang/x/old/', '/:lang/kept/'],\n];\n"}, {},
         ("page.redirected", "")),
        ("docs/x/old.md", {"vercel.json": '{"redirects": [{"source": "/x/(.*)", "destination": "/kept"}]}'}, {},
         ("page.redirected", "")),
        ("docs/x/old.mdx", {"docs/x/old/index.mdx": "# New\n"}, {}, ("page.replaced", "")),
        ("docs/x/old.rst", {}, {"docs/x/old.md": "# Quite another text\n"}, ("page.replaced", "")),
        ("docs/fr/x/old.md", {"docs/en/x/old.md": "# Old\n"}, {}, ("page.translation-removed", "")),
        ("docs/fr/x/old.md", {"docs/x/old.md": "# Old\n"}, {}, ("page.translation-removed", "")),
        ("content/x/old.fr.md", {"content/x/old.md": "# Old\n"}, {}, ("page.translation-removed", "")),
        ("i18n/fr/docusaurus-plugin-content-docs/current/x/old.md", {"docs/x/old.md": "# Old\n"}, {},
         ("page.translation-removed", "")),
        ("docs/en/x/old.md", {"docs/fr/x/old.md": "# Vieux\n"}, {}, ("page.removed", "proved")),
        ("docs/api/x/old.md", {"docs/cli/x/old.md": "# Other\n"}, {}, ("page.removed", "proved")),
        ("scripts/tool/README.md", {}, {}, None),
        ("content/x/old.md", {"hugo.toml": "", "content/x/index.md": "# Bundle\n"}, {}, None),
        ("content/x/old.md", {"content/x/index.md": "# Page\n"}, {}, ("page.removed", "proved")),
        ("docs/x/old.md", {"docs/b.md": "See [old](/x/old) and [kept](/kept).\n"}, {},
         ("page.removed", "proved")),
    ],
)  # fmt: skip
def test_a_page_that_goes(
    command: Command,
    tmp_path: Path,
    gone: str,
    base: Mapping[str | bytes, str],
    head: Mapping[str | bytes, str],
    kind: tuple[str, str] | None,
) -> None:
    assert after(command, tmp_path, base, head, gone) == kind


def test_an_address_that_the_page_gave_itself(command: Command, tmp_path: Path) -> None:
    repo = TestRepo(tmp_path / "repo")
    repo.write({"docs/x.md": f"---\npermalink: /own/place/\n---\n{OLD}", "docs/kept.md": "# K\n"})
    base = repo.commit("base")
    (repo.path / "docs/x.md").unlink()
    repo.write({"docs/kept.md": "---\naliases: [/own/place/]\n---\n# K\n"})
    assert kinds(command, repo, base, repo.commit("head"))["docs/x.md"] == ("page.redirected", "")
